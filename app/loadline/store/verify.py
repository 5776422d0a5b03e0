"""Checking a finished part before its dataset is sealed, and making a large one last.

Costs one reading of the file at the speed of the disk; meant to be done for many parts side by
side in worker processes.
"""

from __future__ import annotations

from pathlib import Path

from loadline.domain.errors import Place, RunError
from loadline.store.checksum import file_checksum
from loadline.store.part_index import batch_rows
from loadline.store.writing import LARGE, sync_files, writing


def verify_part(path: Path, checksum: str, rows: int) -> int:
    """Return the bytes of the part at `path`; one of a megabyte lasts through a power cut then.

    Smaller ones are made to last together when the dataset is sealed.

    Raises `RunError` when it is missing, its bytes do not have `checksum`, or its own footer
    tells another number of rows; `OutputError` when the disk does not take it.
    """
    try:
        found, size = file_checksum(path)
    except OSError as error:
        raise _unsound(path, "It cannot be read.", str(error)) from error
    if found != checksum:
        raise _unsound(path, "Its bytes have changed.", f"{checksum} was told, {found} is there")
    counted = sum(batch_rows(path))
    if counted != rows:
        raise _unsound(path, f"It has {counted:,} rows instead of {rows:,}.")
    if size >= LARGE:
        with writing(path):
            sync_files([path])
    return size


def _unsound(path: Path, what: str, cause: str = "") -> RunError:
    return RunError(
        f"A part is not what was written. {what}",
        place=Place(path.name),
        cause=cause,
        advice="Retry: it is read again.",
    )
