"""Columns of any type as what a measure needs, with a count of the values that do not fit.

Each function takes an Arrow array of n values and returns NumPy data of n entries in which a
missing value (null, empty text, not readable as what is needed) is NaN or None; `wrong` counts
those that are there but not readable.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

NUMERAL = r"^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$"
ISO_DATE = r"^\d{4}-\d{2}-\d{2}$"
ISO_MOMENT = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?$"
_MICROSECONDS_PER_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Values:
    """`data`: float64 (n,) with NaN, or an object array of n texts with None."""

    data: np.ndarray[Any, Any]
    wrong: int = 0


def plain(column: pa.Array) -> pa.Array:
    """Return `column` without dictionary encoding."""
    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column


def numbers(column: pa.Array) -> Values:
    """Return the values as float64 (n,); infinities and text that is no numeral are wrong."""
    column = plain(column)
    if is_text(column.type):
        fits = pc.fill_null(pc.match_substring_regex(column, NUMERAL), False)
        wrong = _filled(column) - int(pc.sum(fits).as_py() or 0)
        cells = pc.utf8_trim_whitespace(pc.if_else(fits, column, None))
        data = pc.cast(cells, pa.float64())
    elif pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        wrong, data = 0, pc.cast(column, pa.float64(), safe=False)
    else:
        return Values(np.full(len(column), np.nan), len(column) - column.null_count)
    out = data.to_numpy(zero_copy_only=False).astype(np.float64, copy=True)
    infinite = np.isinf(out)
    out[infinite] = np.nan
    return Values(out, wrong + int(infinite.sum()))


def days(column: pa.Array) -> Values:
    """Return dates and moments as float64 days since 1970-01-01 (n,); text must be ISO 8601."""
    column = plain(column)
    if is_text(column.type):
        return _days_of_text(column)
    if not (pa.types.is_date(column.type) or pa.types.is_timestamp(column.type)):
        return Values(np.full(len(column), np.nan), len(column) - column.null_count)
    moments = pc.cast(column, pa.timestamp("us"), safe=False)
    return Values(_days(moments))


def _days_of_text(column: pa.Array) -> Values:
    is_date = pc.fill_null(pc.match_substring_regex(column, ISO_DATE), False)
    is_moment = pc.fill_null(pc.match_substring_regex(column, ISO_MOMENT), False)
    fits = pc.or_(is_date, is_moment)
    cells = pc.if_else(fits, column, None)
    try:
        moments = pc.cast(cells, pa.timestamp("us"))
    except pa.ArrowInvalid:  # a day such as 2021-02-30: read one by one
        moments = pa.array([_moment(text) for text in cells.to_pylist()], pa.timestamp("us"))
    return Values(_days(moments), _filled(column) - (len(moments) - moments.null_count))


def _moment(text: str | None) -> Any:
    try:
        return None if text is None else pa.scalar(text).cast(pa.timestamp("us")).as_py()
    except pa.ArrowInvalid:
        return None


def _days(moments: pa.Array) -> np.ndarray[Any, Any]:
    ticks = pc.cast(pc.cast(moments, pa.int64()), pa.float64())
    counted: np.ndarray[Any, Any] = ticks.to_numpy(zero_copy_only=False)
    return counted / _MICROSECONDS_PER_DAY


def texts(column: pa.Array) -> Values:
    """Return the values as texts (object array, n), None where null or empty."""
    column = plain(column)
    if not pa.types.is_string(column.type):
        if pa.types.is_nested(column.type) or pa.types.is_binary(column.type):
            blank = np.full(len(column), None, dtype=object)
            return Values(blank, len(column) - column.null_count)
        column = pc.cast(column, pa.string())
    cells = pc.if_else(pc.equal(column, ""), None, column)
    return Values(cells.to_numpy(zero_copy_only=False))


def words(column: pa.Array) -> tuple[pa.ListArray, int]:
    """Return lists of text: arrays as they are, texts cut at blanks in lower case."""
    column = plain(column)
    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        return pc.cast(column, pa.list_(pa.string())), 0
    if pa.types.is_nested(column.type) or pa.types.is_binary(column.type):
        return pa.nulls(len(column), pa.list_(pa.string())), len(column) - column.null_count
    column = pc.cast(column, pa.string())
    if _has_lists(column):
        cells = [_members(cell) for cell in column.to_pylist()]
        return pa.array(cells, pa.list_(pa.string())), 0
    trimmed = pc.utf8_lower(pc.utf8_trim_whitespace(column))
    filled = pc.if_else(pc.equal(trimmed, ""), None, trimmed)
    return pc.cast(pc.utf8_split_whitespace(filled), pa.list_(pa.string())), 0


def vectors(column: pa.Array, length: int) -> Values:
    """Return arrays of `length` numbers as float64 (n, length); others are wrong, NaN rows."""
    column = plain(column)
    if is_text(column.type) and _has_lists(column):
        return _vectors_of_text(column, length)
    out = np.full((len(column), length), np.nan)
    if not (pa.types.is_list(column.type) or pa.types.is_large_list(column.type)):
        return Values(out, len(column) - column.null_count)
    fits = pc.fill_null(pc.equal(pc.list_value_length(column), length), False)
    chosen = np.flatnonzero(fits.to_numpy(zero_copy_only=False))
    flat = numbers(column.take(pa.array(chosen)).flatten())
    out[chosen] = flat.data.reshape(len(chosen), length)
    broken = int(np.isnan(out[chosen]).any(axis=1).sum())
    there = len(column) - column.null_count
    return Values(out, there - len(chosen) + broken)


def is_text(kind: pa.DataType) -> bool:
    """Tell whether values are texts."""
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _has_lists(column: pa.Array) -> bool:
    """Tell whether some texts are written as lists: a field that holds a list only here and there.

    A dataset keeps such a field as text, its lists as JSON (MongoDB's extended form).
    """
    return bool(pc.any(pc.starts_with(column, "[")).as_py())


def _vectors_of_text(column: pa.Array, length: int) -> Values:
    out = np.full((len(column), length), np.nan)
    wrong = 0
    for row, cell in enumerate(column.to_pylist()):
        found = _list(cell) if cell else None
        if found is not None and len(found) == length and all(map(_is_finite, found)):
            out[row] = found
        elif cell:
            wrong += 1
    return Values(out, wrong)


def _members(cell: str | None) -> list[str] | None:
    """Return the entries of a list, or the words of a text, in lower case."""
    found = _list(cell) if cell else None
    if found is not None:
        return [str(value) for value in found]
    return cell.lower().split() or None if cell else None


def _list(cell: str) -> list[Any] | None:
    try:
        told = json.loads(cell, object_hook=_number)
    except ValueError:
        return None
    return told if isinstance(told, list) else None


def _number(box: dict[str, Any]) -> Any:
    """Return a number of MongoDB's extended JSON, e.g. ``{"$numberInt": "7"}``; others as is."""
    (name, value), *more = box.items() or [("", None)]
    if more or not isinstance(value, str):
        return box
    try:
        if name in ("$numberInt", "$numberLong"):
            return int(value)
        return float(value) if name in ("$numberDouble", "$numberDecimal") else box
    except ValueError:
        return box


def _is_finite(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < np.inf


def _filled(column: pa.Array) -> int:
    """How many values are neither null nor empty text."""
    empty = pc.fill_null(pc.equal(pc.utf8_trim_whitespace(column), ""), True)
    return len(column) - int(pc.sum(empty).as_py() or 0)
