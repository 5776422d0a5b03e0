"""The files of a folder that match, in order."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from loadline.domain.errors import Place, SourceMissing, SourceRefused, SourceUnreachable
from loadline.domain.jobs import CsvFolderSource
from loadline.sources.csv_content import state_of

_NUMBER = re.compile(r"([0-9]+)")


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of the folder; `name` is relative to it, with ``/``."""

    path: Path
    name: str
    size: int
    state: str
    modified: int


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """All that match, in order, and what was left out."""

    files: tuple[FoundFile, ...]
    notes: tuple[str, ...] = ()


def natural(name: str) -> tuple[tuple[str | int, ...], ...]:
    """Return a key that sorts ``2.csv`` before ``10.csv``, folder by folder, without case."""
    return (*(_natural_part(part) for part in name.split("/")), (name,))


def _natural_part(part: str) -> tuple[str | int, ...]:
    pieces = _NUMBER.split(part.casefold())
    return tuple(int(piece) if i % 2 else piece for i, piece in enumerate(pieces))


def find_files(spec: CsvFolderSource) -> FoundFiles:
    """List the files of the folder that match, in the order of the job.

    Hidden files are left out, and so are links that lead out of the folder. Raises
    `SourceMissing` when there is nothing to read and `SourceRefused` when it may not be listed.
    """
    root = _folder(spec.path)
    walk = _Walk(root, spec.recursive)
    matching = [file for file in walk if _matches(file.name, spec.pattern)]
    if not matching:
        raise _nothing(root, spec, walk.seen)
    if spec.order == "modified":
        matching.sort(key=lambda file: (file.modified, natural(file.name)))
    else:
        matching.sort(key=lambda file: natural(file.name))
    return FoundFiles(tuple(matching), tuple(walk.notes()))


def _folder(path: str) -> Path:
    root = Path(path)
    if root.is_dir():
        return root.resolve()
    if root.is_file():
        raise SourceMissing(
            f"{root.name} is a file, not a folder.",
            place=Place(path),
            advice="Choose the folder that holds it.",
        )
    raise SourceMissing(
        "The folder is not there.", place=Place(path), advice="Choose another folder."
    )


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    whole = name.casefold()
    last = whole.rpartition("/")[2]
    return any(
        fnmatchcase(whole if "/" in pattern else last, pattern.casefold()) for pattern in patterns
    )


def _nothing(root: Path, spec: CsvFolderSource, seen: int) -> SourceMissing:
    place = Place(str(root))
    if not seen:
        deeper = "" if spec.recursive else " Files in folders below it are not looked at."
        return SourceMissing(
            "There is no file in the folder.",
            place=place,
            advice=f"Choose another folder.{deeper}",
        )
    patterns = ", ".join(spec.pattern if len(spec.pattern) <= 4 else (*spec.pattern[:3], "…"))
    files = "file" if seen == 1 else "files"
    return SourceMissing(
        f"None of the {seen:,} {files} in the folder matches {patterns}.",
        place=place,
        advice="Change the pattern or choose another folder.",
    )


class _Walk:
    """Goes through a folder and counts what it leaves out."""

    def __init__(self, root: Path, recursive: bool) -> None:
        self._root = root
        self._recursive = recursive
        self._out = 0
        self._closed = 0
        self.seen = 0

    def __iter__(self) -> Iterator[FoundFile]:
        folders = [self._root]
        while folders:
            folder = folders.pop()
            for entry in self._entries(folder):
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    if self._recursive:
                        folders.append(Path(entry.path))
                elif (file := self._file(entry)) is not None:
                    self.seen += 1
                    yield file

    def notes(self) -> Iterator[str]:
        """Yield a sentence for each kind of thing left out."""
        if self._out:
            links = "1 link that leads" if self._out == 1 else f"{self._out:,} links that lead"
            yield f"Left out: {links} out of the folder or nowhere."
        if self._closed:
            count = "1 folder" if self._closed == 1 else f"{self._closed:,} folders"
            yield f"Left out: {count} that may not be listed."

    def _entries(self, folder: Path) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                return list(entries)
        except OSError as error:
            if folder != self._root:
                self._closed += 1
                return []
            if isinstance(error, PermissionError):
                raise SourceRefused(
                    "The folder may not be listed.",
                    place=Place(str(folder)),
                    cause=str(error),
                    advice="Ask for the permission to read it.",
                ) from error
            raise SourceUnreachable(
                "The folder cannot be listed.", place=Place(str(folder)), cause=str(error)
            ) from error

    def _file(self, entry: os.DirEntry[str]) -> FoundFile | None:
        path = Path(entry.path)
        if entry.is_symlink() and not self._leads_inside(path):
            self._out += 1
            return None
        try:
            if not entry.is_file():
                return None
            stat = entry.stat()
        except OSError:
            return None  # gone since the folder was listed
        name = path.relative_to(self._root).as_posix()
        return FoundFile(path, name, stat.st_size, state_of(stat), stat.st_mtime_ns)

    def _leads_inside(self, link: Path) -> bool:
        try:
            return link.resolve(strict=True).is_relative_to(self._root)
        except OSError:
            return False
