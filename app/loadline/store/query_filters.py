"""Filters as masks over Arrow columns; their meaning is told in `loadline.domain.query`."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from loadline.domain.errors import QueryError
from loadline.domain.query import Filter, FilterKind
from loadline.domain.query_values import bounds_of
from loadline.domain.schema import Column, ColumnType, Schema
from loadline.store.conform import as_text

Mask = Callable[[pa.ChunkedArray], pa.ChunkedArray]
"""Gives true or false for each cell, never null."""
_ORDERED = frozenset(
    {ColumnType.INT, ColumnType.DECIMAL, ColumnType.BOOL, ColumnType.DATE, ColumnType.TIMESTAMP}
)
_LARGEST = 1 << 63


def mask_of(column: Column, chosen: Filter) -> Mask:
    """Return the test of one filter; raises `QueryError` where its values do not fit."""
    plain = _positive(column, chosen)
    if not chosen.negate:
        return lambda cells: _definite(plain(cells))
    return lambda cells: pc.invert(_definite(plain(cells)))


def passing(schema: Schema, filters: Sequence[Filter]) -> Callable[[pa.Table], pa.ChunkedArray]:
    """Return what tells for each row of a table whether it passes every filter."""
    by_name = {column.name: column for column in schema}
    for chosen in filters:
        if chosen.column not in by_name:
            raise QueryError(f"There is no column {chosen.column}.")
    masks = [(one.column, mask_of(by_name[one.column], one)) for one in filters]

    def keep(table: pa.Table) -> pa.ChunkedArray:
        kept = pa.chunked_array([pa.repeat(True, table.num_rows)])
        for name, mask in masks:
            kept = pc.and_(kept, mask(table.column(name)))
        return kept

    return keep


def lowered(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return text in small letters; pure ASCII takes the quick way to the same."""
    if all(_is_ascii(chunk) for chunk in cells.chunks):
        return pc.ascii_lower(cells)
    return pc.utf8_lower(cells)


def written(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return cells of any type as text, as they are written to a text file."""
    if pa.types.is_string(cells.type):
        return cells
    if pa.types.is_binary(cells.type):
        return pa.chunked_array([_hex(chunk) for chunk in cells.chunks], pa.string())
    return pa.chunked_array([as_text(chunk) for chunk in cells.chunks], pa.string())


def _positive(column: Column, chosen: Filter) -> Mask:
    match chosen.kind:
        case FilterKind.EMPTY:
            return _empty
        case FilterKind.CONTAINS:
            return _contains(chosen.value, chosen.case)
    if column.type in _ORDERED:
        return _between_values(column.type, chosen)
    return _between_texts(chosen)


def _empty(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    missing = pc.is_null(cells, nan_is_null=False)
    if pa.types.is_string(cells.type):
        return pc.or_(missing, _definite(pc.equal(cells, "")))
    return missing


def _contains(value: str, case: bool) -> Mask:
    wanted = value if case else _lower(value)

    def mask(cells: pa.ChunkedArray) -> pa.ChunkedArray:
        texts = written(cells)
        return pc.match_substring(texts if case else lowered(texts), wanted)

    return mask


def _between_values(kind: ColumnType, chosen: Filter) -> Mask:
    low = bounds_of(chosen.value, kind) if chosen.value else None
    high = bounds_of(chosen.high, kind) if chosen.high else None
    if chosen.kind is FilterKind.EQUALS:
        low = high = bounds_of(chosen.value, kind)
        return _range(low[0], low[1], above=False, below=False)
    first = None if low is None else low[1] if chosen.above else low[0]
    last = None if high is None else high[0] if chosen.below else high[1]
    return _range(first, last, above=chosen.above, below=chosen.below)


def _between_texts(chosen: Filter) -> Mask:
    def lower(text: str) -> str:
        return text if chosen.case else _lower(text)

    if chosen.kind is FilterKind.EQUALS:
        value = lower(chosen.value)
        within = _range(value, value, above=False, below=False)
    else:
        low, high = (lower(text) if text else None for text in (chosen.value, chosen.high))
        within = _range(low, high, above=chosen.above, below=chosen.below)

    def mask(cells: pa.ChunkedArray) -> pa.ChunkedArray:
        texts = written(cells)
        return within(texts if chosen.case else lowered(texts))

    return mask


def _range(low: object, high: object, *, above: bool, below: bool) -> Mask:
    def mask(cells: pa.ChunkedArray) -> pa.ChunkedArray:
        if low is not None and low == high and not above and not below:
            return _compared(pc.equal, cells, low)
        kept = pc.is_valid(cells)
        if low is not None:
            test = pc.greater if above else pc.greater_equal
            kept = pc.and_(kept, _compared(test, cells, low))
        if high is not None:
            test = pc.less if below else pc.less_equal
            kept = pc.and_(kept, _compared(test, cells, high))
        return kept

    return mask


def _compared(
    test: Callable[..., pa.ChunkedArray], cells: pa.ChunkedArray, value: object
) -> pa.ChunkedArray:
    """Compare with a value; a number between two whole numbers, or beyond 64 bits, is one, too."""
    if pa.types.is_integer(cells.type) and isinstance(value, int):
        # As a double the largest number of 64 bits would be the same as the one beyond it.
        value = value if -_LARGEST <= value < _LARGEST else math.copysign(math.inf, value)
    if isinstance(value, int) and pa.types.is_floating(cells.type):
        value = float(value)
    if isinstance(value, float) and pa.types.is_integer(cells.type):
        return _definite(test(cells.cast(pa.float64(), safe=False), value))
    return _definite(test(cells, pa.scalar(value, _plain_type(value, cells.type))))


def _plain_type(value: object, wanted: pa.DataType) -> pa.DataType | None:
    return None if isinstance(value, float) else wanted


def _definite(mask: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.fill_null(mask, False) if mask.null_count else mask


def _lower(text: str) -> str:
    found: str = pc.utf8_lower(pa.scalar(text)).as_py()
    return found


def _is_ascii(chunk: pa.Array) -> bool:
    """Tell whether no byte of the text is 128 or more; looks at the bytes that the chunk has."""
    import numpy as np

    _, offsets, data = chunk.buffers()
    if data is None or not len(chunk):
        return True
    places = np.frombuffer(offsets, np.int32)
    first, last = places[chunk.offset], places[chunk.offset + len(chunk)]
    held = np.frombuffer(data, np.int8)[first:last]
    return not held.size or int(held.min()) >= 0


def _hex(chunk: pa.Array) -> pa.Array:
    cells = (None if value is None else value.hex(" ") for value in chunk.to_pylist())
    return pa.array(cells, pa.string())
