"""Packed files: which packing a file has, told by its first bytes, and its content as a stream."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zipfile
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from loadline.domain.errors import Place, SourceDamaged

if TYPE_CHECKING:
    import io

_MAGIC = (
    (b"\x1f\x8b", "gz"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
)
HEAD = 6
"""Bytes that `compression_of` needs to see."""


class Readable(Protocol):
    """A stream of bytes."""

    def readinto(self, view: memoryview, /) -> int | None:
        """Fill `view` from its start; return how many bytes, 0 at the end."""


def compression_of(head: bytes) -> str | None:
    """Return ``gz``, ``bz2``, ``xz``, ``zst`` or ``zip`` by a file's first bytes, else None.

    The suffix is not asked: a file called ``.gz`` that is not packed is read as it is.
    """
    return next((name for magic, name in _MAGIC if head.startswith(magic)), None)


def unpacked(raw: io.FileIO, packed: str | None, name: str) -> Readable:
    """Return the content of an opened file at its start, unpacked while it is read.

    Raises `SourceDamaged` for a zip that holds no or several files. A damaged file raises, now or
    while it is read, `OSError`, `EOFError`, `lzma.LZMAError`, `zlib.error` or `BadZipFile`.
    """
    match packed:
        case "gz":
            return cast("Readable", gzip.GzipFile(fileobj=raw, mode="rb"))
        case "bz2":
            return cast("Readable", bz2.BZ2File(raw))
        case "xz":
            return cast("Readable", lzma.LZMAFile(raw))
        case "zst":
            import pyarrow as pa

            return cast("Readable", pa.CompressedInputStream(pa.PythonFile(raw, "r"), "zstd"))
        case "zip":
            return cast("Readable", _only_member(raw, name))
    return raw


def _only_member(raw: io.FileIO, name: str) -> BinaryIO:
    archive = zipfile.ZipFile(cast("BinaryIO", raw))
    files = [i for i in archive.infolist() if not i.is_dir() and not _by_the_system(i.filename)]
    if len(files) != 1:
        told = "no file" if not files else f"{len(files)} files"
        raise SourceDamaged(
            f"The zip file holds {told}; one is expected.",
            place=Place(name),
            advice="Unpack it and choose the folder.",
        )
    return cast("BinaryIO", archive.open(files[0]))


def _by_the_system(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rpartition("/")[2] in (".DS_Store", "Thumbs.db")
