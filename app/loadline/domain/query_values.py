"""What a person wrote as a filter's value, as a value of the column's type.

A date may be cut short: ``2021`` and ``2021-03`` stand for every day in them, and a day stands for
every moment in it. So a written value is two values: the first and the last that it stands for.

A number has a point before its fraction; commas and spaces may stand between groups of three
digits only.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from loadline.domain.errors import QueryError
from loadline.domain.schema import ColumnType

Bounds = tuple[Any, Any]
_TRUE, _FALSE = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})
_SPACES = str.maketrans({"\u2212": "-", "\u00a0": " ", "\u202f": " "})
_GROUPED = re.compile(r"[-+]?[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?: [0-9]{3})+)(?:\.[0-9]*)?")
"""Thousands with commas or spaces; ``0,123`` and ``1,5`` are not."""
_ONE_COMMA = re.compile(r"[-+]?[0-9]+,[0-9]+")
_LONGEST = 400
_LARGEST = 1 << 1023
"""Beyond it a number may be no double."""
_MICROSECOND = timedelta(microseconds=1)


def bounds_of(text: str, kind: ColumnType) -> Bounds:
    """Return the first and the last value that `text` stands for in a column of type `kind`.

    Raises `QueryError` when it is no value of that type.
    """
    text = text.strip()
    match kind:
        case ColumnType.INT | ColumnType.DECIMAL:
            value = _number(text)
            return value, value
        case ColumnType.BOOL:
            return _truth(text), _truth(text)
        case ColumnType.DATE:
            first, last = _moments(text)
            return first.date(), last.date()
        case ColumnType.TIMESTAMP:
            return _moments(text)
    return text, text


def _number(text: str) -> int | float:
    """Return the number; a whole one exactly, however it is written and however large."""
    plain = text.translate(_SPACES)
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "").replace(" ", "")
    elif _ONE_COMMA.fullmatch(plain):
        either, other = plain.replace(",", "."), plain.replace(",", "")
        raise QueryError(f"“{text}” may be {either} or {other}: write it without the comma.")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        value = Decimal("nan")
    if value.is_nan() or "_" in plain:
        raise QueryError(f"“{text}” is not a number.")
    if value.is_finite() and value.adjusted() < _LONGEST and value == (whole := int(value)):
        return whole if abs(whole) < _LARGEST else float(value)
    return float(value)


def _truth(text: str) -> bool:
    word = text.lower()
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise QueryError(f"“{text}” is neither true nor false.")


def _moments(text: str) -> tuple[datetime, datetime]:
    wrong = QueryError(f"“{text}” is not a date.", advice="Write it like 2021-03-31.")
    pieces = text.split("-")
    try:
        if len(pieces) <= 2 and all(piece.isdecimal() for piece in pieces):
            return _months(*map(int, pieces))
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise wrong from None
    if moment.tzinfo is not None:
        raise wrong
    whole_day = len(text) <= len("2021-03-31")
    step = timedelta(days=1) if whole_day else timedelta(seconds=_rest(text))
    return moment, moment + (step - _MICROSECOND) if step else moment


def _rest(text: str) -> int:
    """Return how many seconds a moment stands for: to the minute, to the second, or exact."""
    clock = text[11:]
    if "." in clock:
        return 0
    return {1: 60, 2: 1}.get(clock.count(":"), 3600)


def _months(year: int, month: int = 0) -> tuple[datetime, datetime]:
    last = date(year, month or 12, monthrange(year, month or 12)[1])
    end = datetime(last.year, last.month, last.day, 23, 59, 59, 999_999)  # noqa: DTZ001
    return datetime(year, month or 1, 1), end  # noqa: DTZ001
