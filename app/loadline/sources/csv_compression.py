"""Packed files: which packing a file has, told by its first bytes, and its content as a stream."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
from pathlib import Path
from typing import BinaryIO, cast

from loadline.domain.errors import Place, SourceDamaged

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


def compression_of(path: Path, head: bytes) -> str | None:
    """Return ``gz``, ``bz2``, ``xz``, ``zst`` or ``zip`` by the file's first bytes, else None.

    The suffix is not asked: a file called ``.gz`` that is not packed is read as it is.
    """
    del path
    return next((name for magic, name in _MAGIC if head.startswith(magic)), None)


def open_decompressed(path: Path) -> BinaryIO:
    """Open a file's decompressed content for reading in order.

    Raises `OSError` as `open` does, and `SourceDamaged` for a zip that holds no or several files.
    What is read later from a damaged stream raises `OSError`, `EOFError`, `lzma.LZMAError` or
    `zlib.error`.
    """
    with path.open("rb") as file:
        packed = compression_of(path, file.read(HEAD))
    match packed:
        case "gz":
            return cast("BinaryIO", gzip.open(path, "rb"))
        case "bz2":
            return cast("BinaryIO", bz2.open(path, "rb"))
        case "xz":
            return cast("BinaryIO", lzma.open(path, "rb"))
        case "zst":
            return _zstd(path)
        case "zip":
            return _only_member(path)
    return path.open("rb")


def _zstd(path: Path) -> BinaryIO:
    import pyarrow as pa

    stream = pa.CompressedInputStream(pa.OSFile(str(path)), "zstd")
    return cast("BinaryIO", io.BufferedReader(cast("io.RawIOBase", stream), 1 << 20))


def _only_member(path: Path) -> BinaryIO:
    try:
        packed = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise SourceDamaged(
            "The zip file is damaged.", place=Place(path.name), cause=str(error)
        ) from error
    files = [i for i in packed.infolist() if not i.is_dir() and not _by_the_system(i.filename)]
    if len(files) != 1:
        packed.close()
        told = "no file" if not files else f"{len(files)} files"
        raise SourceDamaged(
            f"The zip file holds {told}; one is expected.",
            place=Place(path.name),
            advice="Unpack it and choose the folder.",
        )
    return cast("BinaryIO", packed.open(files[0]))


def _by_the_system(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rpartition("/")[2] in (".DS_Store", "Thumbs.db")
