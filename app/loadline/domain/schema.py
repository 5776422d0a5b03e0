"""Columns and their types, and how two types become one without changing what was written.

Widening order (a value of the left type can always be told again as the right one)::

    empty → int → decimal → text
    empty → date → timestamp → text
    empty → bool → text
    empty → empties → ints → numbers → list → text

Everything else meets in ``text``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import reduce


class ColumnType(StrEnum):
    """What a column holds, in the words of the job file."""

    EMPTY = "empty"  # no value seen yet
    INT = "int"  # 64 bits
    DECIMAL = "decimal"  # IEEE double, at most 15 significant digits as written
    BOOL = "bool"
    DATE = "date"
    TIMESTAMP = "timestamp"  # microseconds, no zone
    EMPTIES = "empties"  # lists, all of no length so far
    INTS = "ints"  # lists of whole numbers, 64 bits
    NUMBERS = "numbers"  # lists of IEEE doubles
    LIST = "list"  # lists of text
    BINARY = "binary"
    TEXT = "text"


_CHAINS = (
    (ColumnType.EMPTY, ColumnType.INT, ColumnType.DECIMAL, ColumnType.TEXT),
    (ColumnType.EMPTY, ColumnType.DATE, ColumnType.TIMESTAMP, ColumnType.TEXT),
    (ColumnType.EMPTY, ColumnType.BOOL, ColumnType.TEXT),
    (
        ColumnType.EMPTY,
        ColumnType.EMPTIES,
        ColumnType.INTS,
        ColumnType.NUMBERS,
        ColumnType.LIST,
        ColumnType.TEXT,
    ),
    (ColumnType.EMPTY, ColumnType.BINARY, ColumnType.TEXT),
)

# Types whose text can be told again exactly from the stored value.
_KEEPS_TEXT = frozenset({ColumnType.INT, ColumnType.DATE, ColumnType.TEXT})


@dataclass(frozen=True, slots=True)
class Column:
    """A named column of one type."""

    name: str
    type: ColumnType
    wide: bool = field(default=False, compare=False)
    """Whole numbers of more than 15 digits stand in it, which a decimal cannot hold exactly."""
    form: str = field(default="", compare=False)
    """What its source knows of it beyond the type, in the source's own words."""


Schema = tuple[Column, ...]


def widen(a: ColumnType, b: ColumnType) -> ColumnType:
    """Return the narrowest type that holds values of both `a` and `b`."""
    for chain in _CHAINS:
        if a in chain and b in chain:
            return chain[max(chain.index(a), chain.index(b))]
    return ColumnType.TEXT


def loses_text(stored: ColumnType, wanted: ColumnType) -> bool:
    """Tell whether turning `stored` into `wanted` cannot give back what was written.

    ``1.50`` stored as a decimal cannot become the text ``1.50`` again: such a part is read again.
    A column without a value is text of no length, which a null does not say either.
    """
    return wanted is ColumnType.TEXT and stored not in _KEEPS_TEXT


def union(schemas: Iterable[Sequence[Column]]) -> Schema:
    """Return all columns by name in order of first appearance, each with its widest type.

    Whole numbers too long for a decimal meet decimals as text.
    """
    types: dict[str, ColumnType] = {}
    wide: set[str] = set()
    for schema in schemas:
        for column in schema:
            seen = types.get(column.name, ColumnType.EMPTY)
            types[column.name] = widen(seen, column.type)
            if column.wide:
                wide.add(column.name)
    for name in wide:
        types[name] = types[name] if types[name] is ColumnType.INT else ColumnType.TEXT
    return tuple(Column(name, kind, wide=name in wide) for name, kind in types.items())


def common(schemas: Iterable[Sequence[Column]]) -> Schema:
    """Return the columns that every schema has, in the first one's order, with the widest type."""
    listed = [tuple(schema) for schema in schemas]
    if not listed:
        return ()
    shared: set[str] = reduce(set.intersection, ({c.name for c in schema} for schema in listed))
    return tuple(column for column in union(listed) if column.name in shared)
