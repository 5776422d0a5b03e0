"""The file that a workbook is packed into, which can be given up half-way."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

TOLD_EVERY = 1 << 20
"""Bytes after which a stop is asked for; packing a full sheet takes many seconds."""


class Target:
    """Passes on what `zipfile` writes, until something goes wrong.

    From then on it only counts: a `ZipFile` that is given up still writes its list of contents
    when it is forgotten, and the file is closed by then.
    """

    def __init__(self, file: BinaryIO, tell: Callable[[], None] | None) -> None:
        self._file: BinaryIO | None = file
        self._tell = tell
        self._untold = 0
        self._place = 0

    def give_up(self) -> None:
        """Write nothing more."""
        self._file = None

    def write(self, data: bytes) -> int:
        """Write, and now and then ask whether to go on; raises what `tell` raises."""
        self._place += len(data)
        if self._file is None:
            return len(data)
        self._untold += len(data)
        try:
            if self._tell is not None and self._untold >= TOLD_EVERY:
                self._untold = 0
                self._tell()
            return self._file.write(data)
        except BaseException:
            self.give_up()
            raise

    def seek(self, place: int) -> int:
        """Go to a place."""
        self._place = place
        return place if self._file is None else self._file.seek(place)

    def tell(self) -> int:
        """Return the place."""
        return self._place

    def flush(self) -> None:
        """Hand on what is held back."""
        if self._file is not None:
            self._file.flush()
