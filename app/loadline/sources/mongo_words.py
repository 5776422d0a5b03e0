"""What pieces of a collection are called, for people."""

from __future__ import annotations

from loadline.sources.mongo_documents import record_of
from loadline.sources.mongo_piece import Piece

LONGEST = 24


def name_of(collection: str, piece: Piece, index: int, number: int) -> str:
    """Return the name of a piece: the collection, and from which ``_id`` on."""
    if number == 1:
        return collection
    first = piece.ids[:1] or piece.first
    if not first:
        return f"{collection} {index + 1} of {number:,}: from the start"
    told = record_of(first[0])
    return f"{collection} {index + 1} of {number:,}: from {_short(told)}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
