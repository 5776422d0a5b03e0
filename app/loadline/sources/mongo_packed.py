"""Large documents: their long arrays of sub-documents are decoded one by one, when each is told.

A list of 200,000 small sub-documents takes 16 MB as BSON and twenty times as much decoded.
"""

from __future__ import annotations

import struct
from typing import Any

import bson

from loadline.sources.mongo_elements import elements
from loadline.sources.mongo_kinds import CODEC, Packed

LARGE = 2 << 20
"""Bytes of a document or an array from which it is worth it."""
_DOCUMENT, _ARRAY = 0x03, 0x04
_LENGTH = struct.Struct("<i")


def unpacked_late(raw: bytes) -> dict[str, Any]:
    """Return a document decoded, but for the sub-documents in its large arrays (see `Packed`).

    Raises `BSONError`, as decoding all of it would, and `ValueError`.
    """
    found: dict[str, Any] = {}
    for name, begin, stop in elements(raw):
        kind, value = raw[begin], begin + 1 + len(name) + 1
        if stop - value < LARGE or kind not in (_DOCUMENT, _ARRAY):
            found |= _decoded(raw[begin:stop])
            continue
        inside = raw[value:stop]
        packed = _items(inside) if kind == _ARRAY else unpacked_late(inside)
        found |= _decoded(raw[begin:stop]) if packed is None else {name.decode(): packed}
    return found


def _items(raw: bytes) -> list[Any] | None:
    """Return the sub-documents in an array, each proved to be readable; None: others are there."""
    found: list[Any] = []
    for name, begin, stop in elements(raw):
        if raw[begin] != _DOCUMENT:
            return None
        one = raw[begin + 1 + len(name) + 1 : stop]
        bson.decode(one, CODEC)
        found.append(Packed(one))
    return found


def _decoded(element: bytes) -> dict[str, Any]:
    return bson.decode(_LENGTH.pack(len(element) + 5) + element + b"\0", CODEC)
