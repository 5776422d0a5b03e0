"""What pieces of a collection are called, for people."""

from __future__ import annotations

from loadline.sources.mongo_documents import record_of
from loadline.sources.mongo_piece import Piece

LONGEST = 26
"""Characters that a column of 200 pixels shows."""


def name_of(collection: str, piece: Piece, index: int, number: int) -> str:
    """Return the name of a piece: from which ``_id`` on, and which of how many it is.

    The ``_id`` leads and is cut in its middle: neighbours often begin alike.
    """
    if number == 1:
        return collection
    place = f" ({index + 1} of {number:,})"
    first = piece.ids[:1] or piece.first
    if not first:
        return f"From the start{place}"
    return f"From {_short(record_of(first[0]), LONGEST - len('From '))}{place}"


def _short(text: str, most: int) -> str:
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    end = most * 2 // 3
    return f"{text[: most - end - 1]}…{text[-end:]}"
