"""Filters and orders in words, as chips and tooltips show them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from loadline.domain.errors import QueryError
from loadline.domain.query import Filter, FilterKind, Sort
from loadline.domain.query_values import bounds_of
from loadline.domain.schema import ColumnType

_translate = QCoreApplication.translate
ORDERED = frozenset(
    {ColumnType.INT, ColumnType.DECIMAL, ColumnType.BOOL, ColumnType.DATE, ColumnType.TIMESTAMP}
)
"""Types whose values are compared as what they are, not as text."""


def filter_words(chosen: Filter) -> str:
    """Return e.g. ``location is WI``, ``samplesize ≥ 1000``."""
    column, value, high = chosen.column, chosen.value, chosen.high
    match chosen.kind, chosen.negate:
        case FilterKind.EMPTY, False:
            return _translate("QueryWords", "{0} is empty").format(column)
        case FilterKind.EMPTY, True:
            return _translate("QueryWords", "{0} is not empty").format(column)
        case FilterKind.CONTAINS, False:
            return _translate("QueryWords", "{0} contains {1}").format(column, value)
        case FilterKind.CONTAINS, True:
            return _translate("QueryWords", "{0} does not contain {1}").format(column, value)
        case FilterKind.EQUALS, False:
            return _translate("QueryWords", "{0} is {1}").format(column, value)
        case FilterKind.EQUALS, True:
            return _translate("QueryWords", "{0} is not {1}").format(column, value)
    if not value:
        return f"{column} {'<' if chosen.below else '≤'} {high}"
    if not high:
        return f"{column} {'>' if chosen.above else '≥'} {value}"
    return _translate("QueryWords", "{0} from {1} to {2}").format(column, value, high)


def sort_words(sorts: Sequence[Sort]) -> str:
    """Return e.g. ``Sorted by samplesize, descending``; empty for the order of the source."""
    if not sorts:
        return ""
    each = []
    for sort in sorts:
        down = _translate("QueryWords", "{0}, descending")
        up = _translate("QueryWords", "{0}, ascending")
        each.append((down if sort.descending else up).format(sort.column))
    return _translate("QueryWords", "Sorted by {0}").format("; ".join(each))


def mistake_in(chosen: Filter, kind: ColumnType) -> str:
    """Return what is wrong with the values of a filter, in a sentence; empty: nothing."""
    if chosen.kind is FilterKind.EMPTY:
        return ""
    if not chosen.value and not chosen.high:
        return _translate("QueryWords", "Write a value first.")
    if chosen.kind is FilterKind.CONTAINS or kind not in ORDERED:
        return ""
    try:
        for text in filter(None, (chosen.value, chosen.high)):
            bounds_of(text, kind)
    except QueryError as error:
        return " ".join(filter(None, (error.failure.sentence, error.failure.advice)))
    return ""
