"""The short way to write a filter: what is typed under a column's name.

=====================  =========================================================
written                keeps
=====================  =========================================================
``wi``                 text that has it in it; numbers, dates: equal to it
``= wi``  ``"wi"``     exactly it; the second: text that has it in it, as it stands
``>= 10``  ``< 20``    a range, also with ``≥`` and ``≤``
``10..20``             from 10 to 20, both included; ``10..`` and ``..20``
``empty``  ``=``       cells without a value
``not wi``  ``≠ wi``   what the rest would not keep; also ``!wi`` and ``!= wi``
=====================  =========================================================
"""

from __future__ import annotations

import re

from loadline.domain.query import Filter, FilterKind
from loadline.domain.query_values import bounds_of
from loadline.domain.schema import Column, ColumnType

_ORDERED = frozenset(
    {ColumnType.INT, ColumnType.DECIMAL, ColumnType.BOOL, ColumnType.DATE, ColumnType.TIMESTAMP}
)
_COMPARED = re.compile(r"(>=|<=|≥|≤|>|<)\s*(.+)", re.DOTALL)
_EQUAL = re.compile(r"=\s*(.*)", re.DOTALL)
_UNEQUAL = re.compile(r"(?:!=|<>|≠)\s*(.*)", re.DOTALL)
_NOT = re.compile(r"(?:not\s+|!\s*)(.+)", re.DOTALL | re.IGNORECASE)
_BETWEEN = re.compile(r"(.*?)\s*(?:\.\.|…)\s*(.*)", re.DOTALL)


def parse_filter(column: Column, text: str) -> Filter | None:
    """Return the filter that `text` stands for under `column`; None for no text.

    Raises `QueryError` where the column's type has no such value.
    """
    text = text.strip()
    if not text:
        return None
    negate = False
    if found := _UNEQUAL.fullmatch(text):
        negate, text = True, f"= {found[1]}"
    elif (found := _NOT.fullmatch(text)) and text.lower() != "not":
        negate, text = True, found[1].strip()
    made = _positive(column, text, negate)
    for value in (made.value, made.high):
        if value and made.kind in (FilterKind.EQUALS, FilterKind.RANGE):
            bounds_of(value, column.type)
    return made


def _positive(column: Column, text: str, negate: bool) -> Filter:
    name, kind = column.name, FilterKind
    if text.lower() == "empty":
        return Filter(column=name, kind=kind.EMPTY, negate=negate)
    if found := _EQUAL.fullmatch(text):
        if not found[1]:
            return Filter(column=name, kind=kind.EMPTY, negate=negate)
        return Filter(column=name, kind=kind.EQUALS, value=found[1], negate=negate)
    if found := _COMPARED.fullmatch(text):
        return _compared(name, found[1], found[2], negate)
    if len(text) > 1 and text[0] == text[-1] == '"':
        return Filter(column=name, kind=kind.CONTAINS, value=text[1:-1], negate=negate)
    ordered = column.type in _ORDERED
    found = _BETWEEN.fullmatch(text)
    if found and (found[1] or found[2]) and (ordered or (found[1] and found[2])):
        return Filter(column=name, kind=kind.RANGE, value=found[1], high=found[2], negate=negate)
    how = kind.EQUALS if ordered else kind.CONTAINS
    return Filter(column=name, kind=how, value=text, negate=negate)


def _compared(name: str, sign: str, value: str, negate: bool) -> Filter:
    kind = FilterKind.RANGE
    if sign in (">", ">=", "≥"):
        return Filter(column=name, kind=kind, value=value, above=sign == ">", negate=negate)
    return Filter(column=name, kind=kind, high=value, below=sign == "<", negate=negate)


def filter_text(chosen: Filter) -> str:
    """Return a filter the short way; `parse_filter` makes the same of it."""
    lead = "not " if chosen.negate else ""
    match chosen.kind:
        case FilterKind.EMPTY:
            return f"{lead}empty"
        case FilterKind.EQUALS:
            return f"{lead}= {chosen.value}"
        case FilterKind.CONTAINS:
            return f'{lead}"{chosen.value}"'
    if chosen.value and chosen.high:
        return f"{lead}{chosen.value}..{chosen.high}"
    if chosen.value:
        return f"{lead}{'>' if chosen.above else '≥'} {chosen.value}"
    return f"{lead}{'<' if chosen.below else '≤'} {chosen.high}"
