"""The run's problems on disk: one JSON line per odd record, one file per task that has any."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from io import BufferedWriter
from pathlib import Path

import msgspec

from loadline.domain.errors import Place, RunError
from loadline.domain.plan import Problem
from loadline.store.part_ref import stem, temporary
from loadline.store.writing import writing

_STRIDE = 256
"""Lines between two remembered places in a file."""
_NAME = re.compile(r"part-(\d+)\.jsonl")
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Problem).decode


class ProblemsWriter:
    """Writes the problems of one attempt; ends with `finish` or `discard`.

    No file is made before the first problem. Raises `OutputError`.
    """

    def __init__(self, folder: Path, index: int, attempt: int | str) -> None:
        self.count = 0
        self._path = folder / f"{stem(index)}.jsonl"
        self._temporary = folder / temporary(index, attempt)
        self._file: BufferedWriter | None = None

    def write(self, problem: Problem) -> None:
        """Add a problem."""
        with writing(self._temporary):
            if self._file is None:
                self._file = self._temporary.open("wb")
            self._file.write(_line(problem))
        self.count += 1

    def finish(self) -> None:
        """Put the file in the place of an earlier attempt's; without a problem there is none."""
        with writing(self._temporary):
            if self._file is None:
                self._path.unlink(missing_ok=True)
                return
            try:
                self._file.close()
                self._temporary.replace(self._path)
            except OSError:
                self._temporary.unlink(missing_ok=True)
                raise

    def discard(self) -> None:
        """Remove what has been written; harmless after `finish`."""
        if self._file is not None:
            with suppress(OSError):  # what could not be flushed is not wanted either
                self._file.close()
            self._temporary.unlink(missing_ok=True)


def _line(problem: Problem) -> bytes:
    try:
        return _encode(problem) + b"\n"
    except UnicodeEncodeError:  # raw bytes that are not text stand in it as lone surrogates
        return (
            _encode(replace(problem, raw=_shown(problem.raw), record=_shown(problem.record)))
            + b"\n"
        )


def _shown(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


@dataclass(frozen=True, slots=True)
class TaskProblem:
    """A problem and the task it belongs to."""

    index: int
    problem: Problem


class ProblemLog:
    """Pages through the problems of all tasks, in task order.

    Holds where every 256th line begins, not the problems. Made anew to see later ones. Safe to
    use from several threads.
    """

    def __init__(self, folder: Path) -> None:
        """Count the problems below `folder`; raises `RunError`."""
        self._files = [_LineFile(path, index) for index, path in _files(folder)]
        self._starts: list[int] = []
        self.count = 0
        for file in self._files:
            self._starts.append(self.count)
            self.count += file.count

    def page(self, start: int, count: int) -> Sequence[TaskProblem]:
        """Return up to `count` problems from number `start` (from 0); raises `RunError`."""
        found: list[TaskProblem] = []
        number = max(0, bisect_right(self._starts, start) - 1)
        for file, first in zip(self._files[number:], self._starts[number:], strict=True):
            if len(found) >= count:
                break
            skip = max(0, start - first)
            found.extend(file.read(skip, count - len(found)))
        return found


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, msgspec.DecodeError) as error:
        raise RunError(
            "The problems of this task cannot be read.", place=Place(str(path)), cause=str(error)
        ) from error


def _files(folder: Path) -> list[tuple[int, Path]]:
    if not folder.is_dir():
        return []
    named = ((_NAME.fullmatch(path.name), path) for path in folder.iterdir())
    return sorted((int(match.group(1)), path) for match, path in named if match)


class _LineFile:
    """A file of lines with remembered places."""

    def __init__(self, path: Path, index: int) -> None:
        self.count = 0
        self._path, self._index = path, index
        self._places = array("q")
        place = 0
        with _reading(path), path.open("rb") as file:
            for line in file:
                if self.count % _STRIDE == 0:
                    self._places.append(place)
                place += len(line)
                self.count += 1

    def read(self, start: int, count: int) -> Iterator[TaskProblem]:
        """Yield up to `count` problems from line `start`."""
        if start >= self.count:
            return
        with _reading(self._path), self._path.open("rb") as file:
            file.seek(self._places[start // _STRIDE])
            for _ in range(start % _STRIDE):
                file.readline()
            for _ in range(min(count, self.count - start)):
                yield TaskProblem(self._index, _decode(file.readline()))
