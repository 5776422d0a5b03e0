"""Columns of text as typed columns, but only where the type says exactly what was written.

Arrow's casts are quick but lenient (``00501`` becomes 501, ``0x1F`` 31, ``nan`` a number), so
every value passes a strict check first. The checks work on whole columns: on the bytes of all
cells together (their alphabet), on the lengths of the cells, and on the first bytes of each.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from loadline.domain.arrow import arrow_type
from loadline.domain.schema import ColumnType, widen

Bytes = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

SAMPLE = 1_000
"""Cells that a first proposal looks at."""
EXACT_DIGITS = 15
"""Significant digits that a double always gives back."""

_MINUS, _DOT, _ZERO, _NINE = b"-.09"
_FIRST_DAY = -719_162  # 0001-01-01 in days since 1970-01-01
_DAY_US = 86_400_000_000
_LEAST_NORMAL = 2.2250738585072014e-308
_WHOLE_OR_POINTED = r"^-?(?:(?:0|[1-9][0-9]*)\.?[0-9]*|\.[0-9]+)$"
_EXPONENT = (
    r"^-?(?:(?:(?:0|[1-9][0-9]*)\.[0-9]*|\.[0-9]+)[eE][+-]?|(?:0|[1-9][0-9]*)[eE][+-])[0-9]{1,3}$"
)
_DIGITS_FIT = r"^-?[0.]*(?:[1-9](?:\.?[0-9]){0,14}\.?)?(?:[eE].*)?$"
_LENIENT = {
    ColumnType.INT: r"^[-+]?[0-9]+$",
    ColumnType.DECIMAL: r"^[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?$",
    ColumnType.DATE: r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    ColumnType.TIMESTAMP: r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T][0-9:.]+)?$",
}
_NOT_ZERO = r"^-?[0.]*[1-9]"


class Cells:
    """A column of text with its bytes laid open.

    Attributes:
        text: the cells, ``pa.string()``; null or no length is an empty cell.
        data: the bytes that `starts` counts in.
        starts: where each cell begins in `data`.
        used: the bytes of all cells together, one after the other.
    """

    def __init__(self, text: pa.StringArray) -> None:
        _, ends, data = text.buffers()
        first, rows = text.offset, len(text)
        offsets = (
            np.frombuffer(ends, np.int32, rows + 1, first * 4)
            if ends is not None
            else np.zeros(rows + 1, np.int32)
        )
        self.text = text
        self.data: Bytes = np.frombuffer(data if data is not None else b"", np.uint8)
        self.starts = offsets[:-1]
        self._ends = offsets[1:]
        self.used = self.data[offsets[0] : offsets[-1]]

    @cached_property
    def lengths(self) -> npt.NDArray[np.int32]:
        """Bytes of each cell."""
        return self._ends - self.starts

    @cached_property
    def longest(self) -> int:
        """Bytes of the longest cell."""
        return int(self.lengths.max()) if len(self.text) else 0

    @cached_property
    def filled(self) -> Mask | None:
        """Which cells are not empty; None when all are."""
        return None if int(self.lengths.min()) else self.lengths != 0

    @cached_property
    def least(self) -> int:
        """The smallest byte."""
        return int(self.used.min())

    @cached_property
    def plain(self) -> bool:
        """No byte is outside ``-./0…9``."""
        return int(self.used.max()) <= _NINE and self.least >= _MINUS

    def filled_text(self) -> pa.StringArray:
        """Return the cells that are not empty."""
        return self.text if self.filled is None else self.text.filter(pa.array(self.filled))

    def nullable(self) -> pa.StringArray:
        """Return the cells with null in place of the empty ones."""
        filled = self.filled
        if filled is None:
            return self.text
        if self.text.offset or self.text.null_count:
            return pc.if_else(pa.array(filled), self.text, pa.scalar(None, pa.string()))
        valid = pa.py_buffer(np.packbits(filled, bitorder="little"))
        _, ends, data = self.text.buffers()
        return pa.StringArray.from_buffers(len(self.text), ends, data, valid)


def converted(cells: Cells, kind: ColumnType) -> pa.Array | None:
    """Return the column as `kind`, empty cells as null; None when a value does not fit exactly.

    As text, the cells come back as they are: an empty cell is a text of no length.
    """
    if kind is ColumnType.TEXT:
        return cells.text
    if not cells.used.size:
        return pa.nulls(len(cells.text), arrow_type(kind))
    if not _CHECKS[kind](cells):
        return None
    try:
        array = pc.cast(cells.nullable(), arrow_type(kind))
    except pa.ArrowInvalid:
        return None
    after = _AFTER.get(kind)
    return array if after is None or after(cells, array) else None


def proposed(cells: Cells) -> ColumnType:
    """Return the narrowest type that says every cell exactly."""
    return narrowest(cells)[0]


def narrowest(cells: Cells) -> tuple[ColumnType, pa.Array]:
    """Return the narrowest type that says every cell exactly, and the column in it."""
    if not cells.used.size:
        return ColumnType.EMPTY, pa.nulls(len(cells.text))
    for kind in _CANDIDATES.get(int(cells.used[0]), ()):
        array = converted(cells, kind)
        if array is not None:
            return kind, array
    return ColumnType.TEXT, cells.text


def fitting(cells: Cells, least: ColumnType) -> ColumnType:
    """Return the narrowest type from `least` upwards that says every cell exactly."""
    kind = widen(least, proposed(cells))
    return kind if converted(cells, kind) is not None else ColumnType.TEXT


def forced(cells: Cells, kind: ColumnType) -> pa.Array:
    """Return the column as a type that a person has forced; null where a cell does not fit.

    Read leniently: blanks around a value, leading zeros and plus signs are let go, and numbers
    may be rounded to what the type holds.
    """
    array = converted(cells, kind)
    if array is not None:
        return array
    text = pc.utf8_trim_whitespace(cells.nullable())
    if kind is ColumnType.BOOL:
        lower = pc.utf8_lower(text)
        true, false = pa.array(["true", "1"]), pa.array(["false", "0"])
        known = pc.or_(pc.is_in(lower, true), pc.is_in(lower, false))
        return pc.if_else(known, pc.is_in(lower, true), pa.scalar(None, pa.bool_()))
    fits = pc.match_substring_regex(text, _LENIENT[kind])
    text = pc.if_else(fits, text, pa.scalar(None, pa.string()))
    text = pc.replace_substring_regex(text, r"^\+", "")
    return _cast_one_by_one(text, arrow_type(kind))


def _cast_one_by_one(text: pa.StringArray, kind: pa.DataType) -> pa.Array:
    """Cast, halving the column around cells that cannot be cast, which become null."""
    try:
        return pc.cast(text, kind)
    except pa.ArrowInvalid:
        if len(text) == 1:
            return pa.nulls(1, kind)
        half = len(text) // 2
        pieces = (text.slice(0, half), text.slice(half))
        return pa.concat_arrays([_cast_one_by_one(piece, kind) for piece in pieces])


def is_wide(cells: Cells) -> bool:
    """Tell whether whole numbers are so long that decimals could not hold them exactly."""
    return cells.longest > EXACT_DIGITS


def _no_leading_zero(cells: Cells, allowed: int | None) -> bool:
    """Tell whether no cell starts with a zero that another byte than `allowed` follows."""
    starts, lengths = cells.starts.astype(np.intp), cells.lengths
    if cells.filled is not None:
        starts, lengths = starts[cells.filled], lengths[cells.filled]
    first = cells.data[starts]
    if cells.least == _MINUS:
        negative = first == _MINUS
        if (lengths[negative] < 2).any():
            return False
        starts, lengths = starts + negative, lengths - negative
        if allowed is None and (cells.data[starts[negative]] == _ZERO).any():
            return False  # -0 is not the number 0
        first = cells.data[starts]
    zeros = first == _ZERO
    if not zeros.any():
        return True
    zeros &= lengths > 1
    if not zeros.any():
        return True
    return allowed is not None and bool((cells.data[starts[zeros] + 1] == allowed).all())


def _may_be_int(cells: Cells) -> bool:
    return cells.longest <= 20 and cells.plain and _no_leading_zero(cells, None)


def _may_be_decimal(cells: Cells) -> bool:
    if cells.plain:
        if not _no_leading_zero(cells, _DOT):
            return False
        return cells.longest <= EXACT_DIGITS or _every(_longer(cells), _DIGITS_FIT)
    if cells.longest > 400 or not _numeric_alphabet(cells):
        return False
    text = cells.filled_text()
    return _every(text, f"{_WHOLE_OR_POINTED}|{_EXPONENT}") and _every(text, _DIGITS_FIT)


def _numeric_alphabet(cells: Cells) -> bool:
    """Tell, from a few cells at most, whether there are only bytes of numbers with exponents."""
    return bool(np.isin(cells.used[:64], _EXPONENT_BYTES).all())


_EXPONENT_BYTES = np.frombuffer(b"0123456789+-.eE", np.uint8)


def _longer(cells: Cells) -> pa.StringArray:
    return cells.text.filter(pa.array(cells.lengths > EXACT_DIGITS))


def _every(text: pa.StringArray, pattern: str) -> bool:
    return bool(pc.all(pc.match_substring_regex(text, pattern), min_count=0).as_py())


def _is_faithful(cells: Cells, array: pa.DoubleArray) -> bool:
    """Tell whether no number left the range in which doubles keep 15 digits."""
    if cells.plain and cells.longest < 300:
        return True
    values = np.abs(array.drop_null().to_numpy())
    if not np.isfinite(values).all():
        return False
    small = values < _LEAST_NORMAL
    if not small.any():
        return True
    text = cells.filled_text().filter(pa.array(small))
    return not pc.any(pc.match_substring_regex(text, _NOT_ZERO)).as_py()


def _may_be_date(cells: Cells) -> bool:
    lengths = cells.lengths
    return cells.longest == 10 and bool(((lengths == 10) | (lengths == 0)).all())


def _may_be_timestamp(cells: Cells) -> bool:
    return 10 <= cells.longest <= 26


def _may_be_bool(cells: Cells) -> bool:
    if cells.longest not in (4, 5):
        return False
    text = cells.nullable()
    either = pc.or_(pc.equal(text, "true"), pc.equal(text, "false"))
    return bool(pc.all(either).as_py())


def _from_year_one(_: Cells, array: pa.Array) -> bool:
    """Tell whether no day is before the year 1, which most calendars cannot say."""
    days = array.drop_null()
    day = 1 if pa.types.is_date(array.type) else _DAY_US
    whole: Any = days.view(pa.int32() if day == 1 else pa.int64())
    return int(whole.to_numpy().min()) >= _FIRST_DAY * day


_CHECKS = {
    ColumnType.EMPTY: lambda _: False,
    ColumnType.INT: _may_be_int,
    ColumnType.DECIMAL: _may_be_decimal,
    ColumnType.DATE: _may_be_date,
    ColumnType.TIMESTAMP: _may_be_timestamp,
    ColumnType.BOOL: _may_be_bool,
}
_AFTER = {
    ColumnType.DECIMAL: _is_faithful,
    ColumnType.DATE: _from_year_one,
    ColumnType.TIMESTAMP: _from_year_one,
}
_NUMBERS = (ColumnType.INT, ColumnType.DECIMAL)
_CANDIDATES: dict[int, tuple[ColumnType, ...]] = {
    **dict.fromkeys(b"0123456789", (*_NUMBERS, ColumnType.DATE, ColumnType.TIMESTAMP)),
    **dict.fromkeys(b"-.", _NUMBERS),
    **dict.fromkeys(b"tf", (ColumnType.BOOL,)),
}
