"""A file's content as blocks of whole lines in UTF-8, whatever is in it.

Nothing is refused here: bytes that the encoding does not have stay recognisable, so that the line
they stand in can be read by itself.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from loadline.sources.csv_dialect import Dialect
from loadline.sources.csv_encoding import find_encoding, shown

BLOCK_BYTES = 512 << 10
LONGEST_OPEN = 8 << 20
"""Bytes for which a quoted cell's end is waited for."""
LONGEST_LINE = 64 << 20
_SWAP = bytes.maketrans(b"\n\r", b"\r\n")
_KEPT = "loadline-kept"
_STRANGE = re.compile("[\udc00-\udcff]+")


def _keep(error: UnicodeError) -> tuple[str, int]:
    """Stand in for undecodable bytes with lone surrogates, which no text has."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + b) for b in error.object[error.start : error.end]), error.end


codecs.register_error(_KEPT, _keep)


class Readable(Protocol):
    """What content is read from."""

    def readinto(self, view: memoryview, /) -> int | None:
        """Fill the view from its start; return how many bytes, 0 at the end."""


def count_byte(data: bytes, byte: bytes) -> int:
    """Count a byte, quicker than `bytes.count` where it is frequent."""
    return int(np.count_nonzero(np.frombuffer(data, np.uint8) == byte[0])) if data else 0


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines; a line end is LF (with CR and LF exchanged where CR ends the lines)."""

    data: bytes
    line: int
    """Number of the first line, from 1."""
    lines: int
    """Line ends in it."""
    byte: int | None
    """Offset of the first byte in the decompressed content, where that is known."""
    last: bool
    rejected: int = 0
    """Bytes of a line before this block that was too long to be read."""


class Blocks:
    """Cuts content into blocks after its first `dialect.data_line` lines.

    `open_from` is asked where the record begins that a block's end cuts off; from there on the
    bytes go to the next block.
    """

    def __init__(self, stream: Readable, dialect: Dialect) -> None:
        self._stream = stream
        self._swap = dialect.line_end == "\r"
        self._decoder = None
        if dialect.encoding not in ("utf-8", "ascii"):
            self._decoder = codecs.getincrementaldecoder(dialect.encoding)(_KEPT)
        self._skip = dialect.data_line
        self._buffer = memoryview(bytearray(BLOCK_BYTES))
        self._ended = False
        self._first = True
        self.carry = b""
        self.line = 1
        self.byte = 0

    @property
    def exact_bytes(self) -> bool:
        """Byte offsets are those of the content."""
        return self._decoder is None

    def read(self) -> bytes:
        """Return the next bytes as UTF-8 with LF as line end, nothing at the end."""
        while not self._ended:
            filled = 0
            while filled < BLOCK_BYTES:
                got = self._stream.readinto(self._buffer[filled:]) or 0
                if not got:
                    self._ended = True
                    break
                filled += got
            data = self._recoded(bytes(self._buffer[:filled]))
            if data:
                return data
        return b""

    def _recoded(self, data: bytes) -> bytes:
        if self._decoder is not None:
            text = self._decoder.decode(data, final=self._ended)
            data = text.encode("utf-8", "surrogatepass")
        if self._swap:
            data = data.translate(_SWAP)
        if self._first and data:
            self._first = False
            if data.startswith(codecs.BOM_UTF8):
                data = data[3:]
                self.byte = 3
        return data

    def next(self, open_from: _OpenFrom) -> Block | None:
        """Return the next block, None at the end."""
        rejected = 0
        while True:
            data = self.carry + self.read() if not self._ended else self.carry
            self.carry = b""
            data = self._without_skipped(data)
            if self._ended:
                data = data.rstrip(b"\r\n")
                return self._block(data + b"\n", rejected, last=True) if data else None
            cut = data.rfind(b"\n") + 1
            if not cut and len(data) > LONGEST_LINE:
                rejected += len(data)
                self.byte += len(data)
                self._drop_line()
                continue
            cut = self._whole(data, cut, open_from)
            self.carry = data[cut:]
            if cut:
                return self._block(data[:cut], rejected, last=False)

    def push_back(self, data: bytes) -> None:
        """Take back lines that the last block ended with."""
        self.carry = data + self.carry
        self.line -= count_byte(data, b"\n")
        self.byte -= len(data)

    def _drop_line(self) -> None:
        while data := self.read():
            cut = data.find(b"\n") + 1
            self.byte += cut or len(data)
            if cut:
                self.carry = data[cut:]
                break
        self.line += 1

    def _whole(self, data: bytes, cut: int, open_from: _OpenFrom) -> int:
        begun = open_from(data[:cut] if cut < len(data) else data)
        if len(data) - begun < LONGEST_OPEN:
            cut = begun
        while cut > 1 and data[cut - 2 : cut] in (b"\n\n", b"\r\n"):
            shorter = cut - 1 if data[cut - 2 : cut] == b"\n\n" else cut - 2
            if shorter and data[shorter - 1 : shorter] != b"\n":
                break
            cut = shorter
        return cut

    def _without_skipped(self, data: bytes) -> bytes:
        if not self._skip:
            return data
        lines = count_byte(data, b"\n")
        if lines <= self._skip:
            end = data.rfind(b"\n") + 1
        else:
            ends = np.flatnonzero(np.frombuffer(data, np.uint8) == 10)
            lines, end = self._skip, int(ends[self._skip - 1]) + 1
        self._skipped(lines, end)
        return b"" if self._skip and self._ended else data[end:]

    def _skipped(self, lines: int, size: int) -> None:
        self._skip -= lines
        self.line += lines
        self.byte += size

    def _block(self, data: bytes, rejected: int, *, last: bool) -> Block:
        byte = self.byte if self.exact_bytes else None
        lines = count_byte(data, b"\n")
        block = Block(data, self.line, lines, byte, last, rejected)
        self.line += lines
        self.byte += len(data)
        return block


class _OpenFrom(Protocol):
    def __call__(self, block: bytes, /) -> int: ...


class LineDecoder:
    """Turns lines into text; bytes that are not of the file's encoding are read by a guess."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self._guess = ""

    def suspect(self, block: bytes) -> bool:
        """Tell whether some bytes of a block are not UTF-8."""
        if block.isascii():
            return False
        try:
            block.decode("utf-8")
        except UnicodeDecodeError:
            return True
        return False

    def __call__(self, line: bytes) -> tuple[str, str]:
        """Return the text and what was odd about its bytes."""
        try:
            return line.decode("utf-8"), ""
        except UnicodeDecodeError:
            pass
        try:
            text = line.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            text = line.decode("utf-8", _KEPT)
        if not self._guess:
            self._guess = "cp1252"
            if self._encoding == "utf-8":
                self._guess = find_encoding(line, whole=True).name
        odd = f"bytes that are not {shown(self._encoding)}"
        return _STRANGE.sub(lambda found: self._guessed(found.group()), text), odd

    @property
    def guess(self) -> str:
        """The encoding that odd bytes were read in, as a person reads it."""
        return shown(self._guess)

    def _guessed(self, strange: str) -> str:
        raw = bytes(ord(c) - 0xDC00 for c in strange)
        try:
            return raw.decode(self._guess)
        except UnicodeDecodeError:
            return raw.decode("latin-1")
