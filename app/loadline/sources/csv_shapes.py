"""How the values of a text column are written, where all are written in one way."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

CELLS = 60
"""Cells that are looked at."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One way of writing values; `words` stand after "has", `example` is a value."""

    key: str
    words: str
    example: str = ""


def _full(pattern: str) -> Callable[[str], bool]:
    match = re.compile(pattern).fullmatch
    return lambda cell: match(cell) is not None


_DIGITS = re.compile(r"[0-9]")
_NUMBER = re.compile(r"-?[0-9]*\.?[0-9]*(?:[eE][-+]?[0-9]+)?")
_SHAPES: tuple[tuple[Shape, Callable[[str], bool]], ...] = (
    (
        Shape("short years", "two-digit years"),
        _full(r"[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{2}(?: .*)?"),
    ),
    (Shape("n/n/yyyy", "dates like"), _full(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}(?: .*)?")),
    (Shape("n.n.yyyy", "dates like"), _full(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}(?: .*)?")),
    (Shape("n-n-yyyy", "dates like"), _full(r"[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}(?: .*)?")),
    (Shape("yyyy/n/n", "dates like"), _full(r"[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}(?: .*)?")),
    (Shape("zoned", "times with a zone"), _full(r"[0-9]{4}-.*[0-9](?:Z|[-+][0-9]{2}:?[0-9]{2})")),
    (Shape("thousands", "commas between thousands"), _full(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\..*)?")),
    (Shape("comma", "decimal commas"), _full(r"-?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+),[0-9]+")),
    (Shape("True", "true and false in capitals"), _full(r"TRUE|FALSE|True|False")),
    (Shape("yes", "yes and no"), _full(r"(?i:yes|no)")),
)


def shape_of(cells: Sequence[str]) -> Shape | None:
    """Return how the cells are written, None where they have nothing in common or are words."""
    if not cells:
        return None
    first = cells[0]
    for shape, fits in _SHAPES:
        if fits(first) and all(map(fits, cells)):
            return Shape(shape.key, shape.words, first)
    return _numbers(cells)


def _numbers(cells: Sequence[str]) -> Shape | None:
    if not all(_NUMBER.fullmatch(cell) for cell in cells):
        return None
    for cell in cells:
        bare = cell.lstrip("-")
        if len(bare) > 1 and bare[0] == "0" and bare[1] != ".":
            return Shape("zeros", "leading zeros", cell)
    for cell in cells:
        if len(_DIGITS.findall(cell)) > 15:
            return Shape("long", "numbers with more than 15 digits", cell)
    return None
