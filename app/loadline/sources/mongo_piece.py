"""One partition of a collection: which documents, and by which way they are asked for.

=======  =========================================================================================
way      the documents
=======  =========================================================================================
all      all of them, by ``_id``
range    those with ``first ≤ _id < last``; a missing bound is open
window   the same, asked for by their place in the order of ``_id``; checked against both bounds
ids      those with the listed ``_id``, in the order of the list
natural  all of them, in the order in which the server gives them (views, time series)
some     `count` of them, any: to measure with, never a task
=======  =========================================================================================
"""

from __future__ import annotations

import zlib
from base64 import b85decode, b85encode
from dataclasses import dataclass
from typing import Any, Literal

import bson
from bson import json_util

from loadline.sources.mongo_kinds import CODEC

Way = Literal["all", "range", "window", "ids", "natural", "some"]


@dataclass(frozen=True, slots=True)
class Piece:
    """What one partition asks for. `first` and `last` are boxes of one ``_id``, empty: open."""

    way: Way
    first: tuple[Any, ...] = ()
    last: tuple[Any, ...] = ()
    offset: int = 0
    count: int = 0
    """Documents that were in it when the plan was made; 0: not known."""
    ids: tuple[Any, ...] = ()
    each: int = 0
    """Bytes of a document, about."""
    entire: bool = False
    """Documents are read with all their fields, whichever are needed."""

    @property
    def bounds(self) -> dict[str, Any]:
        """The condition that ``_id`` meets in a range."""
        found: dict[str, Any] = {}
        if self.first:
            found["$gte"] = self.first[0]
        if self.last:
            found["$lt"] = self.last[0]
        return {"_id": found} if found else {}


def key_of(piece: Piece) -> str:
    """Return `piece` as a partition's key."""
    table: dict[str, Any] = {"way": piece.way, "each": piece.each}
    if piece.ids:
        packed = zlib.compress(bson.encode({"ids": list(piece.ids)}), 1)
        table["ids"] = b85encode(packed).decode()
    for name in ("first", "last"):
        if box := getattr(piece, name):
            table[name] = list(box)
    for name in ("offset", "count"):
        if number := getattr(piece, name):
            table[name] = number
    if piece.entire:
        table["entire"] = True
    return json_util.dumps(table, json_options=json_util.CANONICAL_JSON_OPTIONS)


def piece_of(key: str) -> Piece:
    """Return the piece that a partition's key says."""
    table = json_util.loads(
        key,
        json_options=json_util.JSONOptions(datetime_conversion=CODEC.datetime_conversion),
    )
    ids: tuple[Any, ...] = ()
    if "ids" in table:
        ids = tuple(bson.decode(zlib.decompress(b85decode(table["ids"])), CODEC)["ids"])
    return Piece(
        way=table["way"],
        first=tuple(table.get("first", ())),
        last=tuple(table.get("last", ())),
        offset=int(table.get("offset", 0)),
        count=int(table.get("count", 0)),
        ids=ids,
        each=int(table.get("each", 0)),
        entire=bool(table.get("entire", False)),
    )
