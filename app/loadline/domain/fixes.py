"""Rows that a person has corrected by hand; the source itself is never touched."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec import Struct

BY_HAND = "fixed by hand"
"""What a problems file says of a corrected row."""
FIXED = "fixed"
"""In an account's further facts: how many corrected rows are in the part."""
FIXES = "fixes"
"""In an account's further facts: which corrections the part was read with, see `token`."""


class Fix(Struct, frozen=True):
    """What is read instead of one row. `cells` are its columns' texts, an empty one is empty."""

    index: int
    """Of the partition."""
    line: int
    """In which the row begins, from 1."""
    raw: str
    """What stands there in the source, or the one cell that was odd; tells a file that changed."""
    text: str
    """What the person wrote instead, in the manner of the file."""
    cells: tuple[str, ...]


def token(fixes: Iterable[Fix]) -> str:
    """Return what tells one set of corrections of a partition from another; empty for none."""
    ordered = sorted(fixes, key=lambda fix: (fix.line, fix.raw))
    return msgspec.json.encode([(f.line, f.cells) for f in ordered]).decode() if ordered else ""


def by_partition(fixes: Iterable[Fix]) -> dict[int, tuple[Fix, ...]]:
    """Return the corrections of each partition that has any."""
    found: dict[int, list[Fix]] = {}
    for fix in fixes:
        found.setdefault(fix.index, []).append(fix)
    return {index: tuple(own) for index, own in found.items()}
