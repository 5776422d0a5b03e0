"""What a person asks of a dataset's rows: filters, an order, a text to find; and the answer.

The meaning of each part, by the type of its column:

=========  ==============================  ==============================================
part       numbers, dates, true or false   text and all else
=========  ==============================  ==============================================
equals     the same value                  the same text
contains   the value as it is written      the text has it in it
range      low <= value <= high            by code point, letter case aside
empty      no value                        no value, or the empty text
=========  ==============================  ==============================================

A negated filter keeps exactly the rows that the plain one does not keep, so that the two always
add up to all rows. Letter case matters only where `case` says so. Order: numbers as numbers, dates
as dates, text letter case aside by code point; "not a number", then empty cells, come last in both
directions; rows that are equal stay in the order of the dataset.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class FilterKind(StrEnum):
    """How a filter looks at a cell."""

    CONTAINS = "contains"
    EQUALS = "equals"
    RANGE = "range"
    EMPTY = "empty"


class Filter(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One condition on one column. Values are the text that a person wrote."""

    column: str
    kind: FilterKind
    value: str = ""
    """What is contained or equal; the low end of a range, empty for none."""
    high: str = ""
    """The high end of a range, empty for none."""
    above: bool = False
    """The low end itself is out of the range."""
    below: bool = False
    """The high end itself is out of the range."""
    case: bool = False
    """Capital and small letters differ."""
    negate: bool = False
    """Keep the rows for which it is not so."""


class Sort(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One column that orders the rows."""

    column: str
    descending: bool = False


class Find(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A text to find in any cell, or in the cells of some columns."""

    text: str
    columns: tuple[str, ...] = ()
    """Empty: all."""
    case: bool = False


class Query(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """All that is asked: rows must pass every filter; the first sort counts most."""

    filters: tuple[Filter, ...] = ()
    sort: tuple[Sort, ...] = ()
    find: Find | None = None
    """Marks rows of the view; takes none away."""

    @property
    def plain(self) -> bool:
        """Whether the answer is all rows in the order of the dataset."""
        return not self.filters and not self.sort


class View(Struct, frozen=True, kw_only=True):
    """The answer: which rows of the dataset, in which order.

    `path` is a file of `rows` row numbers (positions in the dataset, from 0), each a signed
    integer of 64 bits, little-endian, without a head: ``numpy.memmap(path, "<i8", "r")``. It is in
    a scratch folder and is gone when the run's page shows something else.
    """

    path: str
    rows: int
    query: Query = Query()
