"""How many rows each record batch of a part has, without decoding any.

Reads the few numbers it needs from the file's footer and from the head of each batch, as laid
down in the Arrow columnar format ("IPC File Format", ``File.fbs``, ``Message.fbs``) and in the
FlatBuffers binary layout (a table starts with the distance back to its vtable, which holds where
each field is). pyarrow offers this only by decoding every batch.
"""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from loadline.domain.errors import Place, RunError

_MAGIC = b"ARROW1"
_BLOCK = struct.Struct("<qi4xq")  # offset, length of the metadata, length of the body
_FOOTER_BATCHES, _MESSAGE_HEADER, _BATCH_LENGTH = 3, 2, 0
"""Numbers of the fields in the tables Footer, Message and RecordBatch."""
_MOST_HEAD = 1 << 28


def batch_rows(path: Path, content: bytes | None = None) -> tuple[int, ...]:
    """Return the rows of each batch of the part at `path`, whose bytes may be known already.

    Raises `RunError` when the file is cut off, not a part, or cannot be read.
    """
    try:
        with path.open("rb") if content is None else BytesIO(content) as file:
            footer = _footer(file)
            return tuple(_rows(file, *block) for block in _blocks(footer))
    except (OSError, struct.error, ValueError) as error:
        raise RunError("This part is damaged.", place=Place(path.name), cause=str(error)) from error


def _footer(file: BinaryIO) -> bytes:
    size = file.seek(0, 2)
    if size < 2 * len(_MAGIC) + 4:
        raise ValueError(f"it has {size} bytes only")
    file.seek(size - len(_MAGIC) - 4)
    length, magic = struct.unpack("<i6s", file.read(10))
    if magic != _MAGIC or not 0 < length <= size:
        raise ValueError("it has no end mark")
    file.seek(size - len(_MAGIC) - 4 - length)
    return file.read(length)


def _blocks(footer: bytes) -> list[tuple[int, int]]:
    """Return offset and length of the head of each batch."""
    (root,) = struct.unpack_from("<I", footer)
    field = _field(footer, root, _FOOTER_BATCHES)
    if field is None:
        return []
    vector = field + struct.unpack_from("<I", footer, field)[0]
    (count,) = struct.unpack_from("<I", footer, vector)
    if count * _BLOCK.size > len(footer):
        raise ValueError("its footer does not add up")
    start = vector + 4
    return [_BLOCK.unpack_from(footer, start + number * _BLOCK.size)[:2] for number in range(count)]


def _rows(file: BinaryIO, offset: int, length: int) -> int:
    """Return the rows of the batch whose head is at `offset`."""
    if offset < 0 or not 8 <= length <= _MOST_HEAD:
        raise ValueError("its footer does not add up")
    file.seek(offset + 8)  # a continuation mark and the length again
    head = file.read(length - 8)
    (root,) = struct.unpack_from("<I", head)
    field = _field(head, root, _MESSAGE_HEADER)
    if field is None:
        raise ValueError("a batch has no head")
    batch = field + struct.unpack_from("<I", head, field)[0]
    rows = _field(head, batch, _BATCH_LENGTH)
    return 0 if rows is None else int(struct.unpack_from("<q", head, rows)[0])


def _field(buffer: bytes, table: int, number: int) -> int | None:
    """Return where field `number` of the table at `table` is; None: it has its default."""
    vtable = table - struct.unpack_from("<i", buffer, table)[0]
    if vtable < 0:
        raise ValueError("a table points outside")
    (size,) = struct.unpack_from("<H", buffer, vtable)
    place = 4 + 2 * number
    if place + 2 > size:
        return None
    (distance,) = struct.unpack_from("<H", buffer, vtable + place)
    return table + distance if distance else None
