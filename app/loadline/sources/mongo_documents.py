r"""Raw batches as documents: cut into pieces of bounded size, decoded without changing a value.

BSON: https://bsonspec.org/spec.html. A document that is no valid UTF-8 is read with its odd bytes
written as ``\xe9``, and told; one that cannot be read at all is rejected, and told.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import bson
from bson.errors import BSONError

from loadline.domain.plan import Problem, ProblemKind
from loadline.sources.mongo_kinds import CODEC, json_of
from loadline.sources.mongo_packed import LARGE, unpacked_late

PIECE_BYTES = 1 << 20
"""About how many bytes of documents are decoded at once."""
MOST_RAW = 4_096
"""Bytes of a rejected document that go into the problems file."""

_HEAD = struct.Struct("<i")
_TOLERANT = CODEC.with_options(unicode_decode_error_handler="backslashreplace")
Tell = Callable[[Problem], None]


@dataclass(frozen=True, slots=True)
class Documents:
    """Decoded documents in their order; `read` counts those that could not be decoded, too."""

    docs: list[dict[str, Any]]
    size: int
    read: int
    problems: list[Problem] = field(default_factory=list)


def pieces(raw: bytes) -> Iterator[bytes]:
    """Cut a batch of whole documents into pieces of about `PIECE_BYTES`."""
    if len(raw) <= PIECE_BYTES:
        yield raw
        return
    start = place = 0
    view = memoryview(raw)
    while place < len(raw):
        place += _HEAD.unpack_from(raw, place)[0]
        if place - start >= PIECE_BYTES:
            yield bytes(view[start:place])
            start = place
    if start < len(raw):
        yield bytes(view[start:])


def each(raw: bytes) -> Iterator[bytes]:
    """Yield the documents of a batch one by one."""
    place = 0
    while place < len(raw):
        size = _HEAD.unpack_from(raw, place)[0]
        yield raw[place : place + size]
        place += size


def walked(raw: bytes) -> tuple[int, int]:
    """Return how many documents there are in a batch, and where the last one begins."""
    number = place = last = 0
    size = _HEAD.unpack_from
    while place < len(raw):
        last = place
        place += size(raw, place)[0]
        number += 1
    return number, last


def decoded(raw: bytes, *, late: bool = False) -> Documents:
    """Return the documents of `raw`; with `late`, large ones with `Packed` values in them."""
    try:
        if late and len(raw) > LARGE:
            docs = [_unpacked_late(one) for one in each(raw)]
        else:
            docs = bson.decode_all(raw, CODEC)
    except (BSONError, ValueError, OverflowError, RecursionError, struct.error):
        return _one_by_one(raw)
    return Documents(docs, len(raw), len(docs))


def _unpacked_late(raw: bytes) -> dict[str, Any]:
    return unpacked_late(raw) if len(raw) > LARGE else bson.decode(raw, CODEC)


def _one_by_one(raw: bytes) -> Documents:
    docs: list[dict[str, Any]] = []
    problems: list[Problem] = []
    read = 0
    for one in each(raw):
        read += 1
        doc, problem = _tolerantly(one)
        if doc is not None:
            docs.append(doc)
        if problem is not None:
            problems.append(problem)
    return Documents(docs, len(raw), read, problems)


def _tolerantly(raw: bytes) -> tuple[dict[str, Any] | None, Problem | None]:
    try:
        return bson.decode(raw, CODEC), None
    except (BSONError, ValueError, OverflowError, RecursionError) as error:
        why = str(error)
    hexed = raw[:MOST_RAW].hex()
    try:
        doc = bson.decode(raw, _TOLERANT)
    except (BSONError, ValueError, OverflowError, RecursionError) as error:
        what = f"The document cannot be read: {error}"
        return None, Problem(ProblemKind.REJECTED, what, "Left out", raw=hexed)
    return doc, Problem(
        ProblemKind.REPAIRED,
        f"Text that is not UTF-8: {why}",
        "Its odd bytes are written as \\x and two digits",
        record=record_of(doc.get("_id")),
        raw=hexed,
    )


def record_of(key: Any) -> str:
    """Return an ``_id`` as it is told to a person."""
    return key if isinstance(key, str) else str(key) if _is_plain(key) else json_of(key)


def _is_plain(key: Any) -> bool:
    return isinstance(key, bson.ObjectId | int | float) and not isinstance(key, bool)
