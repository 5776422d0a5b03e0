"""The elements of a raw document, without decoding their values (https://bsonspec.org/spec.html)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

import bson
from bson.errors import InvalidBSON

from loadline.sources.mongo_kinds import CODEC

_LENGTH = struct.Struct("<i")
_FIXED = {
    0x01: 8, 0x06: 0, 0x07: 12, 0x08: 1, 0x09: 8, 0x0A: 0, 0x10: 4, 0x11: 8, 0x12: 8, 0x13: 16,
    0x7F: 0, 0xFF: 0,
}  # fmt: skip
# Bytes besides the length that stands first.
_COUNTED = {0x02: 4, 0x03: 0, 0x04: 0, 0x05: 5, 0x0C: 16, 0x0D: 4, 0x0E: 4, 0x0F: 0}
_REGEX = 0x0B


def elements(raw: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, begin and end of each element of the document at the start of `raw`.

    Raises `InvalidBSON` where it is cut off.
    """
    end = _LENGTH.unpack_from(raw)[0] - 1
    place = 4
    while place < end:
        name_end = raw.index(b"\0", place + 1)
        value = name_end + 1
        stop = value + _value_size(raw, raw[place], value)
        if stop > end:
            raise InvalidBSON("an element ends behind its document")
        yield raw[place + 1 : name_end], place, stop
        place = stop


def _value_size(raw: bytes, kind: int, place: int) -> int:
    if kind in _FIXED:
        return _FIXED[kind]
    if kind in _COUNTED:
        return int(_LENGTH.unpack_from(raw, place)[0]) + _COUNTED[kind]
    if kind == _REGEX:
        return raw.index(b"\0", raw.index(b"\0", place) + 1) + 1 - place
    raise InvalidBSON(f"an element has the unknown type {kind}")


def key_of_document(raw: bytes) -> bytes:
    """Return the document at the start of `raw` reduced to its ``_id``, as bytes."""
    try:
        for name, begin, stop in elements(raw):
            if name == b"_id":
                body = raw[begin:stop]
                return _LENGTH.pack(len(body) + 5) + body + b"\0"
    except (struct.error, ValueError) as error:
        raise InvalidBSON("a document is cut off") from error
    return b"\x05\0\0\0\0"


def id_of_document(raw: bytes) -> Any:
    """Return the ``_id`` of the document at the start of `raw`, None without one."""
    return bson.decode(key_of_document(raw), CODEC).get("_id")
