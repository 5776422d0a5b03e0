"""The names of what an export has not finished, and its removal."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

PARTIAL = ".partial"
CELLS = ".cells"
"""Added to a partial workbook: the folder of its unfinished sheets."""


def partial_of(path: Path) -> Path:
    """Return the file that is renamed to `path` when it is whole."""
    return path.with_name(f"{path.name}{PARTIAL}")


def cells_of(partial: Path) -> Path:
    """Return the folder of what a partial workbook still needs."""
    return partial.with_name(f"{partial.name}{CELLS}")


def discard(path: Path) -> None:
    """Remove all that was written for `path` before its name, as far as that is possible."""
    partial = partial_of(path)
    with suppress(OSError):
        partial.unlink(missing_ok=True)
    shutil.rmtree(cells_of(partial), ignore_errors=True)
