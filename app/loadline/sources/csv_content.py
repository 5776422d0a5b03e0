"""The content of one file as UTF-8 bytes: opened, unpacked and recoded while it streams.

Position and size are those of the file on disk, whatever it unpacks to.
"""

from __future__ import annotations

import codecs
import errno
import lzma
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from loadline.domain.errors import (
    Place,
    SourceChanged,
    SourceDamaged,
    SourceError,
    SourceMissing,
    SourceRefused,
    SourceUnreachable,
)
from loadline.sources.csv_compression import HEAD, Readable, compression_of, unpacked

READ_BYTES = 1 << 20
"""Bytes unpacked at a time where they have to be recoded."""
_BOM = "\ufeff".encode()
_UNREACHABLE = {
    errno.EIO, errno.ESTALE, errno.ETIMEDOUT, errno.EHOSTDOWN, errno.EHOSTUNREACH,
    errno.ENETDOWN, errno.ENETUNREACH, errno.ENOTCONN, errno.ECONNRESET,
}  # fmt: skip
_ANY_BYTES = {"utf-8", "ascii", "utf_8", "us-ascii"}


class WrongEncoding(Exception):
    """Bytes that the file's encoding does not have."""


class Content:
    """One file's decompressed content in UTF-8, without a byte order mark.

    Attributes:
        packed: ``gz``, ``bz2``, ``xz``, ``zst``, ``zip`` or None.

    Raises `SourceError` for whatever keeps the file from being read.
    """

    def __init__(self, path: Path, name: str) -> None:
        self._name = name
        self._path = path
        with refusals(name):
            self._raw = path.open("rb", buffering=0)
        try:
            with refusals(name):
                self._opened = os.fstat(self._raw.fileno())
                head = self._raw.read(HEAD) or b""
                self._raw.seek(0)
                self.packed = compression_of(head)
                self._stream: Readable = unpacked(self._raw, self.packed, name)
        except SourceError:
            self._raw.close()
            raise
        self._size = self._opened.st_size
        self._ended = False

    @property
    def consumed(self) -> int:
        """Bytes of the file on disk that have been read so far."""
        if self._ended or self._raw.closed:
            return self._size
        return min(self._raw.tell(), self._size)

    @property
    def size(self) -> int:
        """Bytes of the file on disk."""
        return self._size

    @property
    def state(self) -> str:
        """Size and modification time when it was opened."""
        return state_of(self._opened)

    def again(self) -> Content:
        """Open the same file anew, at its start."""
        return Content(self._path, self._name)

    def seek_past(self, lines: int, end: bytes, size: int) -> bool:
        """Go behind the first `lines` lines and `size` further bytes; tell whether that was done.

        Only what is not packed can be skipped without reading it.
        """
        if self.packed is not None:
            return False
        head, at = self._raw.read(1 << 20) or b"", 0
        for _ in range(lines):
            at = head.find(end, at) + 1
            if not at:
                break
        done = at > 0 or not lines
        self._raw.seek(at + size if done else 0)
        return done

    def decode(self, encoding: str) -> None:
        """Recode what is read from now on to UTF-8."""
        if encoding.lower() not in _ANY_BYTES:
            self._stream = _Recoded(self._stream, encoding)

    def rewind(self, head: bytes) -> None:
        """Go back to the start; `head` is all that has been read so far."""
        self._ended = False
        if self.packed is None:
            self._raw.seek(0)
        else:
            self._stream = _Again(head, self._stream)

    def readinto(self, view: memoryview) -> int:
        """Fill `view` from its start as far as the file goes; return how many bytes."""
        filled = 0
        while filled < len(view):
            got = self._stream.readinto(view[filled:])
            if not got:
                self._ended = True
                break
            filled += got
        return filled

    def verify_unchanged(self) -> None:
        """Raise `SourceChanged` when the file is not any more what was opened."""
        now = os.fstat(self._raw.fileno())
        if state_of(now) != self.state:
            raise SourceChanged(
                "The file was changed while it was read.",
                place=Place(self._name),
                advice="Load it again when nothing writes to it.",
            )
        try:
            there = self._path.stat()
        except OSError as error:
            raise vanished(self._name) from error
        if (there.st_ino, there.st_dev) != (now.st_ino, now.st_dev):
            raise SourceChanged(
                "The file was replaced while it was read.",
                place=Place(self._name),
                advice="Load it again.",
            )

    def close(self) -> None:
        """Release the file; harmless when repeated."""
        self._raw.close()


def state_of(stat: os.stat_result) -> str:
    """Return what tells that a file changed: its size and modification time."""
    return f"{stat.st_size}-{stat.st_mtime_ns}"


def vanished(name: str) -> SourceChanged:
    """Return the error for a file that was listed and is gone."""
    return SourceChanged(
        "The file is not there any more.",
        place=Place(name),
        advice="Put it back, or start again without it.",
    )


@contextmanager
def refusals(name: str, where: str = "") -> Iterator[None]:
    """Turn what the system says about a file into a `SourceError`.

    `where` tells how far reading had come, for a file that turns out damaged.
    """
    try:
        yield
    except (EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile) as error:
        raise _damaged(name, where, error) from error
    except OSError as error:
        raise _refusal(name, where, error) from error


def _refusal(name: str, where: str, error: OSError) -> SourceError:
    place = Place(name)
    if isinstance(error, FileNotFoundError):
        return vanished(name)
    if isinstance(error, PermissionError):
        return SourceRefused(
            "The file may not be read.",
            place=place,
            cause=str(error),
            advice="Ask for the permission to read it.",
        )
    if isinstance(error, IsADirectoryError):
        return SourceMissing("This is a folder, not a file.", place=place, cause=str(error))
    if error.errno in _UNREACHABLE:
        return SourceUnreachable(
            "The drive does not answer.", place=place, cause=str(error), advice="Check the drive."
        )
    return _damaged(name, where, error)


def _damaged(name: str, where: str, error: Exception) -> SourceDamaged:
    return SourceDamaged(
        f"The file is cut off or damaged{where}.",
        place=Place(name),
        cause=str(error),
        advice="Get a complete copy of it.",
    )


class _Again:
    """Bytes that have been read once, and those that follow."""

    def __init__(self, head: bytes, rest: Readable) -> None:
        self._head = head
        self._rest = rest

    def readinto(self, view: memoryview, /) -> int:
        if not self._head:
            return self._rest.readinto(view) or 0
        piece = self._head[: len(view)]
        view[: len(piece)] = piece
        self._head = self._head[len(piece) :]
        return len(piece)


class _Recoded:
    """Bytes of another encoding as UTF-8."""

    def __init__(self, stream: Readable, encoding: str) -> None:
        self._stream = stream
        self._encoding = encoding
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")
        self._plain = "hello, 1;2".encode(encoding) == b"hello, 1;2"
        self._chunk = bytearray(READ_BYTES)
        self._ready = b""
        self._at = 0
        self._ended = False

    def readinto(self, view: memoryview, /) -> int:
        while self._at == len(self._ready) and not self._ended:
            self._ready, self._at = self._next(), 0
        piece = self._ready[self._at : self._at + len(view)]
        view[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def _next(self) -> bytes:
        got = self._stream.readinto(memoryview(self._chunk)) or 0
        self._ended = not got
        read = bytes(memoryview(self._chunk)[:got])
        if self._plain and read.isascii() and not self._decoder.getstate()[0]:
            return read
        try:
            return self._decoder.decode(read, final=not got).encode()
        except UnicodeError as error:
            raise WrongEncoding(f"bytes that are not {self._encoding}: {error}") from error


def without_bom(head: bytes) -> int:
    """Return how many bytes a byte order mark takes at the start of UTF-8 content."""
    return len(_BOM) if head.startswith(_BOM) else 0
