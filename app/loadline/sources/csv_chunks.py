"""A file's content cut into pieces that end with a record, and what can be told of each by bytes.

A line end inside a quoted cell does not end a record. Whether a line end is inside is told by the
number of quotes before it, which is sound only while every quote stands where quotes may stand;
`Chunk.well_quoted` says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from loadline.sources.csv_content import without_bom

CHUNK_BYTES = 1 << 20
LONGEST_RECORD = 24 << 20
"""Bytes after which a record is not waited for any longer."""

_LARGE = 16 << 20
"""A buffer that has grown beyond this shrinks again after the record it was needed for."""

_LF, _CR = b"\n\r"


class Irregular(Exception):
    """The file is not written as a strict parser expects; its text says how."""


class _Readable(Protocol):
    def readinto(self, view: memoryview) -> int: ...


@dataclass(frozen=True, slots=True)
class Chunk:
    """Whole records; `data` is valid until the next chunk is asked for."""

    data: memoryview
    lines: int
    """Line ends in it, those inside quoted cells included."""
    quotes: int
    """Quote characters in it."""
    plain: bool
    """All bytes are ASCII."""


class Chunks:
    """Cuts a stream of UTF-8 into chunks.

    Args:
        stream: what to read.
        line_end: how lines end; a missing last one is added.
        quote: the quote character, or empty.
        delimiter: one ASCII character, or empty.
        skip_lines: lines at the start that are not yielded.
        size: bytes of a chunk, about.
    """

    def __init__(
        self,
        stream: _Readable,
        *,
        line_end: str,
        quote: str,
        delimiter: str,
        skip_lines: int = 0,
        size: int = CHUNK_BYTES,
    ) -> None:
        self._stream = stream
        self._line_end = line_end.encode()
        self._ends = _CR if line_end == "\r" else _LF
        self._quote = quote.encode()
        self._beside = np.frombuffer(delimiter.encode() + b"\n\r" + self._quote, np.uint8)
        self._skip_lines = skip_lines
        self._size = size
        self._buffer = bytearray(size)
        self._end = 0
        self._eof = False

    def __iter__(self) -> Iterator[Chunk]:
        """Yield the chunks once; raises `Irregular`."""
        start = self._begin()
        while True:
            if not self._eof:
                self._fill()
            quoted = self._quotes(start)
            cut = self._cut(start, quoted)
            if not cut:
                if self._eof:
                    return
                start = self._grow(start)
                continue
            yield self._chunk(start, cut, quoted)
            self._carry(cut)
            if len(self._buffer) > _LARGE and self._end < self._size // 2:
                self._resize(self._size)
            start = 0

    def _begin(self) -> int:
        """Fill the buffer and return where the data begins."""
        self._fill()
        start = without_bom(bytes(self._buffer[:3]))
        end = bytes((self._ends,))
        for _ in range(self._skip_lines):
            found = self._buffer.find(end, start, self._end)
            while found < 0 and not self._eof:
                start = self._grow(start)
                self._fill()
                found = self._buffer.find(end, start, self._end)
            if found < 0:
                return self._end
            start = found + 1
        return start

    def _fill(self) -> None:
        """Read until the buffer is full but for room for a line end, or the file ends."""
        free = memoryview(self._buffer)[self._end : len(self._buffer) - 2]
        got = self._stream.readinto(free)
        self._end += got
        if got < len(free):
            self._eof = True

    def _cut(self, start: int, quoted: npt.NDArray[np.intp] | None) -> int:
        """Return where the last whole record ends, 0 when there is none."""
        if self._eof:
            return self._close(start)
        cut = self._buffer.rfind(self._ends, start, self._end)
        while quoted is not None and cut >= 0:
            before = int(np.searchsorted(quoted, cut))
            if before % 2 == 0:
                break
            cut = self._buffer.rfind(self._ends, start, int(quoted[before - 1]))
        cut += 1
        # Blank lines go to the next chunk: only those at the end of the file mean nothing.
        while cut - 2 * len(self._line_end) >= start and self._buffer.endswith(
            self._line_end * 2, start, cut
        ):
            cut -= len(self._line_end)
        return cut

    def _close(self, start: int) -> int:
        """Drop blank lines at the file's end and complete its last line."""
        end = self._end
        while end > start and self._buffer[end - 1] in (_LF, _CR):
            end -= 1
        if end == start:
            return 0
        size = len(self._line_end)
        self._buffer[end : end + size] = self._line_end
        self._end = end + size
        return self._end

    def _quotes(self, start: int) -> npt.NDArray[np.intp] | None:
        """Return where quotes are, None when there are none."""
        if not self._quote or self._buffer.find(self._quote, start, self._end) < 0:
            return None
        view = np.frombuffer(self._buffer, np.uint8, self._end - start, start)
        return np.flatnonzero(view == self._quote[0]) + start

    def _chunk(self, start: int, cut: int, quoted: npt.NDArray[np.intp] | None) -> Chunk:
        view = np.frombuffer(self._buffer, np.uint8, cut)
        quotes = 0
        if quoted is not None:
            inside = quoted[: int(np.searchsorted(quoted, cut))]
            self._check_quotes(view, start, inside)
            quotes = len(inside)
        lines = int(np.count_nonzero(view[start:] == self._ends))
        plain = int(view[start:].max()) < 128
        return Chunk(memoryview(self._buffer)[start:cut], lines, quotes, plain)

    def _check_quotes(
        self, view: npt.NDArray[np.uint8], start: int, inside: npt.NDArray[np.intp]
    ) -> None:
        """Raise `Irregular` unless every quote opens, closes or doubles as it may."""
        if len(inside) % 2:
            raise Irregular("a quoted cell is not closed")
        opens, closes = inside[0::2], inside[1::2]
        if len(opens) and opens[0] == start:
            opens = opens[1:]
        beside = np.isin(view[opens - 1], self._beside, kind="table")
        if not (beside.all() and np.isin(view[closes + 1], self._beside, kind="table").all()):
            raise Irregular("a quote stands inside a cell that is not quoted")

    def _grow(self, start: int) -> int:
        """Make room for a record longer than the buffer; what is before `start` goes."""
        self._carry(start)
        if self._end < len(self._buffer) // 2:
            return 0
        if self._end > LONGEST_RECORD:
            raise Irregular(f"a record is longer than {LONGEST_RECORD >> 20} MB")
        self._resize(len(self._buffer) * 2)
        return 0

    def _resize(self, size: int) -> None:
        other = bytearray(size)
        other[: self._end] = memoryview(self._buffer)[: self._end]
        self._buffer = other

    def _carry(self, cut: int) -> None:
        rest = self._end - cut
        view = memoryview(self._buffer)
        view[:rest] = view[cut : self._end]
        self._end = rest
