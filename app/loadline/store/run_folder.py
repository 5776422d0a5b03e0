"""The folder of a run: what is where in it, who may write, and what may be deleted.

::

    polls-2026-11-21-14-32-07/
    ├── run.json         format and name of the run; a newer format is refused
    ├── job.toml         the job as it was started
    ├── lock             held by the program that works on the run
    ├── journal.jsonl    what happened (`loadline.store.entries`)
    ├── parts/           part-00042.arrow, part-00042.aside-2.arrow; *.tmp while being written
    ├── problems/        part-00042.jsonl, only where there are problems
    ├── receipt.json     once ended
    ├── dataset.json     once sealed
    └── label.json       what a person calls it (`loadline.store.run_label`)
"""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Self

import msgspec
from msgspec import Struct

from loadline.domain.errors import Place, RunError
from loadline.domain.jobs import Job
from loadline.store.job_file import read_job, write_job
from loadline.store.lock import FolderLock, is_locked
from loadline.store.part_ref import PARTS, temporary
from loadline.store.writing import sync_folder, write_whole, writing

FORMAT = 1
DELETING = ".deleting"
"""Suffix of a run folder that is being deleted."""
MAKING = ".new"
"""Suffix of a run folder that is being made."""
_MOST_NAME_BYTES = 120


class RunMark(Struct, frozen=True):
    """What ``run.json`` says: that this is a run folder, and of which format."""

    format: int
    run: str
    created: str
    """ISO 8601 with zone."""


class RunFolder:
    """One run's folder. Only who holds its lock may write into it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.name
        self.parts = path / PARTS
        self.problems = path / "problems"
        self.job_file = path / "job.toml"
        self.journal = path / "journal.jsonl"
        self.receipt = path / "receipt.json"
        self.dataset = path / "dataset.json"
        self._mark = path / "run.json"
        self._lock: FolderLock | None = None

    @classmethod
    def create(cls, runs_dir: Path, job: Job, now: datetime | None = None) -> Self:
        """Make and lock the folder of a new run of `job`; raises `OutputError`.

        It gets its name when all is in it, so that a kill in the middle leaves no half a run.
        """
        now = now or datetime.now().astimezone()
        with writing(runs_dir):
            runs_dir.mkdir(parents=True, exist_ok=True)
            finish_deletions(runs_dir)
            new = cls(_made(runs_dir / run_name(job.name, now)))
        try:
            new.lock()
            folder = new._filled(job, now)
            if os.name == "nt":
                new.unlock()  # a folder with an open file in it cannot be moved there
            with writing(runs_dir):
                new.path.rename(folder.path)
            folder._lock, new._lock = new._lock, None
            sync_folder(runs_dir)
            folder.lock()
        except BaseException:
            new.unlock()
            shutil.rmtree(new.path, ignore_errors=True)
            raise
        return folder

    def _filled(self, job: Job, now: datetime) -> Self:
        """Put into a folder that is being made what belongs to a run; return the run's folder."""
        folder = type(self)(self.path.with_name(self.name[1 : -len(MAKING)]))
        with writing(self.path):
            self.parts.mkdir()
            self.problems.mkdir()
        write_job(self.job_file, job)
        mark = RunMark(FORMAT, folder.name, now.isoformat(timespec="seconds"))
        write_whole(self._mark, msgspec.json.encode(mark))
        return folder

    @classmethod
    def open(cls, path: Path, *, lock: bool = False) -> Self:
        """Return the folder of an earlier run, locked for writing if asked.

        Raises `RunError` when it is none, of a newer format, or locked by another program.
        """
        folder = cls(path)
        folder.mark()
        if lock:
            folder.lock()
        return folder

    def mark(self) -> RunMark:
        """Return what the folder says about itself; as far as possible where that is lost."""
        place = Place(str(self.path))
        try:
            mark = msgspec.json.decode(self._mark.read_bytes(), type=RunMark)
        except (OSError, ValueError, RecursionError) as error:
            if self.journal.is_file() or self.job_file.is_file():
                return RunMark(FORMAT, self.name, "")
            raise RunError("This is not the folder of a run.", place=place) from error
        if mark.format > FORMAT:
            raise RunError(
                f"This run has format {mark.format}; this program reads up to {FORMAT}.",
                place=place,
                advice="Install a newer version of Loadline.",
            )
        return mark

    def job(self) -> Job:
        """Return the job as it was started; raises `JobError`."""
        return read_job(self.job_file)

    def lock(self) -> None:
        """Lock the folder for writing; raises `RunError` when another program holds it."""
        if self._lock is None:
            self._lock = FolderLock(self.path / "lock")

    def unlock(self) -> None:
        """Let another program write; harmless if repeated."""
        if self._lock is not None:
            self._lock.release()
        self._lock = None

    @property
    def in_use(self) -> bool:
        """Somebody, here or in another program, holds the lock."""
        return self._lock is not None or is_locked(self.path / "lock")

    def __enter__(self) -> Self:
        """Give the folder."""
        return self

    def __exit__(self, *_: object) -> None:
        """Unlock it."""
        self.unlock()

    def remove_attempt(self, index: int, attempt: int | str) -> list[str]:
        """Remove what one broken-off attempt left behind; return the files' names."""
        left = [self.parts / temporary(index, attempt), self.problems / temporary(index, attempt)]
        removed = [path.name for path in left if _removed(path)]
        for aside in count(2):
            path = self.parts / temporary(index, attempt, aside)
            if not _removed(path):
                return removed
            removed.append(path.name)
        return removed

    def remove_leftovers(self) -> list[str]:
        """Remove all temporary files, when no attempt is under way; return their names."""
        names = []
        for folder in (self.path, self.parts, self.problems):
            if folder.is_symlink() or not folder.is_dir():
                continue  # a link may lead out of the run
            left = sorted(folder.glob("*.tmp"))
            names += [path.name for path in left if _removed(path)]
        return names

    def size(self) -> int:
        """Return the bytes that the folder takes; links count for themselves."""
        return folder_size(self.path)

    def delete(self) -> int:
        """Delete the run and return the bytes that this freed; raises `RunError` if in use.

        Nothing that a link in the folder leads to is touched.
        """
        if self.path.is_symlink():
            raise RunError("This is a link, not the folder of a run.", place=Place(str(self.path)))
        self.lock()
        size = self.size()
        doomed = self.path.with_name(f".{self.name}{DELETING}")
        self.unlock()  # where open files cannot be moved, ours must be closed
        with writing(self.path):
            self.path.rename(doomed)
            shutil.rmtree(doomed)
        return size


def folder_size(folder: Path) -> int:
    """Return the bytes of all files below `folder`, not following links."""
    size = 0
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                size += folder_size(Path(entry.path))
            else:
                with suppress(FileNotFoundError):
                    size += entry.stat(follow_symlinks=False).st_size
    return size


def _removed(path: Path) -> bool:
    """Remove a file, or a link itself; tell whether it was there."""
    with writing(path):
        try:
            path.unlink()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return False
    return True


def run_name(job_name: str, now: datetime) -> str:
    """Return a folder name that every system takes: letters and digits of `job_name`, and `now`."""
    plain = unicodedata.normalize("NFC", job_name).lower()
    words = re.findall(r"[^\W_]+", plain)
    slug = "-".join(words).encode()[:_MOST_NAME_BYTES].decode(errors="ignore").strip("-")
    return f"{slug or 'run'}-{now:%Y-%m-%d-%H-%M-%S}"


def _made(path: Path) -> Path:
    """Make the hidden folder of a run that will be at `path`, or ``path-2`` and so on."""
    number = 0
    while True:
        number += 1
        named = path if number == 1 else path.with_name(f"{path.name}-{number}")
        made = path.with_name(f".{named.name}{MAKING}")
        with suppress(FileExistsError):
            made.mkdir()
            if not named.exists():
                return made
            made.rmdir()


def finish_deletions(runs_dir: Path) -> None:
    """Remove what is left of runs whose making or deletion was cut short."""
    if not runs_dir.is_dir():
        return
    with os.scandir(runs_dir) as entries:
        left = [entry for entry in entries if entry.name.startswith(".")]
    for entry in left:
        if entry.name.endswith((DELETING, MAKING)) and entry.is_dir(follow_symlinks=False):
            path = Path(entry.path)
            if not is_locked(path / "lock"):
                shutil.rmtree(path, ignore_errors=True)
