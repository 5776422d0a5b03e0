"""Values as Excel can keep them: a number, true or false, or the text of what it cannot."""

from __future__ import annotations

from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from loadline.store.text_cells import as_cells

Cell = str | int | float | bool | None
Style = Literal["plain", "date", "moment"]
"""How numbers are shown: dates and moments are days since 1899-12-30 with their fraction."""
MOST_TEXT = 32_767
"""Most characters in a cell."""
EXACT = 2**53
"""Whole numbers beyond are text: Excel keeps 15 digits."""
_FIRST_DAY = -25_508
"""1 March 1900, in days since 1970; before it Excel counts a day that never was."""
_DAYS_BEFORE = 25_569
_LAST_DAY = 2_932_896
"""31 December 9999."""
_MILLISECOND, _DAY_OF_MS = 1_000, 86_400_000


def longest(column: pa.Array) -> int:
    """Return the most characters that a text of the column has as Excel counts them (UTF-16)."""
    if not _may_be_long(column.type):
        return 0
    text = as_cells(column)
    most = pc.max(pc.binary_length(text)).as_py() or 0
    if most <= MOST_TEXT:
        return int(most)  # bytes are never fewer than characters
    return max((len(v.encode("utf-16-le")) // 2 for v in text.to_pylist() if v), default=0)


def _may_be_long(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_binary(kind) or pa.types.is_nested(kind))


def style_of(kind: pa.DataType) -> Style:
    """Return how the numbers of a column of some type are shown."""
    if pa.types.is_date(kind):
        return "date"
    return "moment" if pa.types.is_timestamp(kind) else "plain"


def cells(column: pa.Array) -> list[Cell]:
    """Return the values of a column for its cells; None is no cell."""
    kind = column.type
    if pa.types.is_null(kind) or pa.types.is_boolean(kind):
        return list(column.to_pylist())
    if pa.types.is_integer(kind):
        fits = pc.and_(pc.less(column, EXACT), pc.greater(column, -EXACT))
        return _either(column, fits, column)
    if pa.types.is_floating(kind):
        return _either(column, pc.is_finite(column), column)
    if pa.types.is_date(kind):
        days = column.cast(pa.int32()).cast(pa.int64())
        fits = _between(days, _FIRST_DAY, _LAST_DAY)
        return _either(column, fits, pc.add(days, _DAYS_BEFORE))
    if pa.types.is_timestamp(kind):
        return _moments(column)
    return list(as_cells(column).to_pylist())


def _moments(column: pa.Array) -> list[Cell]:
    """Days and their fraction, exact to the millisecond; finer ones are text."""
    micros = column.cast(pa.timestamp("us")).cast(pa.int64())
    millis = pc.divide(micros, _MILLISECOND)
    whole = pc.equal(pc.multiply(millis, _MILLISECOND), micros)
    day = _MILLISECOND * _DAY_OF_MS
    inside = _between(micros, _FIRST_DAY * day, (_LAST_DAY + 1) * day - 1)
    serial = pc.add(pc.divide(millis.cast(pa.float64()), float(_DAY_OF_MS)), float(_DAYS_BEFORE))
    return _either(column, pc.and_(whole, inside), serial)


def _between(values: pa.Array, low: int, high: int) -> pa.Array:
    return pc.and_(pc.greater_equal(values, low), pc.less_equal(values, high))


def _either(column: pa.Array, fits: pa.Array, values: pa.Array) -> list[Cell]:
    """Return numbers, and texts where Excel could not keep the value."""
    found: list[Cell] = values.to_pylist()
    if pc.all(fits, min_count=0).as_py():
        return found
    odd = pc.indices_nonzero(pc.fill_null(pc.invert(fits), fill_value=False))
    for place, text in zip(odd.to_pylist(), as_cells(column.take(odd)).to_pylist(), strict=True):
        found[place] = text
    return found
