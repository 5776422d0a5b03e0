"""Rows read one by one, put back between the rows of whole columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from loadline.sources.csv_positions import Positions

_FEW = 32


def whole(column: pa.ChunkedArray) -> pa.StringArray:
    """Return a column of one or no chunk as one array."""
    if column.num_chunks == 1:
        return column.chunk(0)
    return column.combine_chunks() if column.num_chunks else pa.array([], pa.string())


def spliced(
    columns: list[pa.StringArray], rows: int, odd: Sequence[tuple[int, Sequence[str | None]]]
) -> list[pa.StringArray]:
    """Put rows of text between those of columns; each with the number of column rows before it."""
    if not odd:
        return columns
    extra = [pa.array(cells, pa.string()) for cells in zip(*(c for _, c in odd), strict=True)]
    places = np.array([before for before, _ in odd])
    if len(odd) <= _FEW:
        return [_pieced(c, e, places, rows) for c, e in zip(columns, extra, strict=True)]
    order = np.full(rows + len(odd), -1, np.int64)
    order[places + np.arange(len(odd))] = rows + np.arange(len(odd))
    order[order < 0] = np.arange(rows)
    indices = pa.array(order)
    return [pa.concat_arrays([c, e]).take(indices) for c, e in zip(columns, extra, strict=True)]


def _pieced(
    column: pa.StringArray, extra: pa.StringArray, places: Positions, rows: int
) -> pa.StringArray:
    pieces: list[pa.StringArray] = []
    at = 0
    for number, place in enumerate(places.tolist()):
        if place > at:
            pieces.append(column.slice(at, place - at))
            at = place
        pieces.append(extra.slice(number, 1))
    if at < rows:
        pieces.append(column.slice(at))
    return pa.concat_arrays(pieces)
