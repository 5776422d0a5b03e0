"""Files that live as long as the window: row numbers of what a filter shows.

They are in the cache folder, below the number of the process that made them; those of a process
that has ended without clearing up are deleted when the next one begins.
"""

from __future__ import annotations

import os
import shutil
from itertools import count
from pathlib import Path

import platformdirs

VIEWS = "views"


class Scratch:
    """A folder of its own for this process; it is made with the first file."""

    def __init__(self, base: Path | None = None) -> None:
        self._base = base or platformdirs.user_cache_path("loadline", appauthor=False) / VIEWS
        self._folder = self._base / str(os.getpid())
        self._numbers = count(1)

    def new_file(self) -> Path:
        """Return a name that no file has; may block. Raises `OSError`."""
        if not self._folder.is_dir():
            self._clear_up()
            self._folder.mkdir(parents=True, exist_ok=True)
        return self._folder / f"{next(self._numbers)}.rows"

    def close(self) -> None:
        """Delete all files; may block."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _clear_up(self) -> None:
        import psutil

        if not self._base.is_dir():
            return
        for folder in self._base.iterdir():
            if folder.name.isdecimal() and not psutil.pid_exists(int(folder.name)):
                shutil.rmtree(folder, ignore_errors=True)
