"""Statistics of one column as work for a worker: a sample, then two passes, memory flat."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from loadline.domain.errors import QueryError
from loadline.domain.plan import Report
from loadline.domain.query import View
from loadline.domain.statistics import BARS, TOP, ColumnStatistics
from loadline.store.dataset import Dataset
from loadline.store.query import read_rows
from loadline.store.query_filters import written
from loadline.store.query_scan import Piece, RowsSpec, scan
from loadline.store.value_counts import ValueCounts, frequent
from loadline.store.value_spread import Spread, ends_of

SAMPLE_PIECES = 64
SAMPLE_ROWS = 1_024
CANDIDATES = 200
VIEW_ROWS = 1 << 20


@dataclass(frozen=True, slots=True)
class StatisticsSpec:
    """A column to look at. `view`: of which rows, None for all."""

    rows: RowsSpec
    column: str
    view: View | None = None


@dataclass(slots=True)
class _Sums:
    """What one pass adds up."""

    rows: int = 0
    empty: int = 0
    numbers: int = 0
    total: float = 0.0
    smallest: Any = None
    largest: Any = None

    def add(self, cells: pa.ChunkedArray, rows: int) -> None:
        """Take in the values (no empty ones) of a slice of `rows` rows."""
        self.rows += rows
        self.empty += rows - len(cells)
        if pa.types.is_floating(cells.type) and pc.any(pc.is_nan(cells)).as_py():
            cells = cells.filter(pc.invert(pc.is_nan(cells)))  # has no place and no size
        if not len(cells):
            return
        self.numbers += len(cells)
        ends = pc.min_max(cells)
        low, high = ends["min"].as_py(), ends["max"].as_py()
        if low is not None:
            self.smallest = low if self.smallest is None else min(low, self.smallest)
            self.largest = high if self.largest is None else max(high, self.largest)
        if pa.types.is_integer(cells.type) or pa.types.is_floating(cells.type):
            self.total += pc.sum(cells.cast(pa.float64(), safe=False)).as_py()


def column_statistics(spec: StatisticsSpec, report: Report) -> ColumnStatistics:
    """Return the facts of a column; `report` is told the rows passed, of two passes.

    Raises `QueryError` for a column that is not there, and `RunError` when a part is damaged.
    """
    dataset = spec.rows.open()
    if spec.column not in dataset.columns:
        raise QueryError(f"There is no column {spec.column}.")
    chosen = None if spec.view is None else _marks(spec.view, dataset.num_rows)
    cells_of = _cells(chosen)
    sums, counts = _Sums(), ValueCounts()

    def look(piece: Piece) -> tuple[int, pa.ChunkedArray, pa.Table | None]:
        rows, cells = cells_of(piece)
        return rows, cells, counts.of(cells)

    for _, (rows, cells, counted) in scan(dataset, [spec.column], look, report):
        sums.add(cells, rows)
        counts.add(counted)
    return _facts(dataset, spec.column, cells_of, sums, counts, _after(report, dataset))


def _facts(
    dataset: Dataset,
    column: str,
    cells_of: Callable[[Piece], tuple[int, pa.ChunkedArray]],
    sums: _Sums,
    counts: ValueCounts,
    report: Report,
) -> ColumnStatistics:
    values = sums.rows - sums.empty
    kind = _measured_type(dataset, column)
    sample = pa.chunked_array([], kind) if not values else _sample(dataset, column, cells_of)
    known = counts.whole()
    spread = (
        None
        if _is_text(kind) or not values
        else Spread(ends_of(sample, sums.smallest, sums.largest))
    )
    if known is None or spread is not None:
        wanted = frequent(sample, CANDIDATES) if known is None else None
        found = ValueCounts(wanted)
        if known is not None and spread is not None:
            spread.add(known.column("values"), known.column("counts"))
        else:
            for cells, counted in _again(dataset, column, cells_of, found, report):
                found.add(counted)
                if spread is not None:
                    spread.add(cells, None)
            known = found.whole()
    top = counts.top(known, BARS)
    number = pa.types.is_integer(kind) or pa.types.is_floating(kind)
    return ColumnStatistics(
        rows=sums.rows,
        empty=sums.empty,
        distinct=counts.distinct,
        distinct_exact=counts.exact,
        smallest=sums.smallest,
        largest=sums.largest,
        median=None if spread is None else spread.median(),
        mean=sums.total / sums.numbers if number and sums.numbers else None,
        top=top[:TOP],
        histogram=None if spread is None else spread.histogram(),
        frequencies=tuple(one.count for one in top) if _is_text(kind) else (),
    )


def _again(
    dataset: Dataset,
    column: str,
    cells_of: Callable[[Piece], tuple[int, pa.ChunkedArray]],
    counts: ValueCounts,
    report: Report,
) -> Iterator[tuple[pa.ChunkedArray, pa.Table | None]]:
    def look(piece: Piece) -> tuple[pa.ChunkedArray, pa.Table | None]:
        _, cells = cells_of(piece)
        return cells, counts.of(cells)

    for _, found in scan(dataset, [column], look, report):
        yield found


def _cells(chosen: Any) -> Callable[[Piece], tuple[int, pa.ChunkedArray]]:
    """Return what gives rows and values of a piece: those of the view, without empty ones."""

    def cells_of(piece: Piece) -> tuple[int, pa.ChunkedArray]:
        cells = piece.table.column(0)
        if chosen is not None:
            cells = cells.filter(pa.array(chosen[piece.start : piece.start + len(cells)]))
        return len(cells), values_of(cells)

    return cells_of


def _marks(view: View, rows: int) -> npt.NDArray[np.bool_]:
    """Return for each row of the dataset whether the view has it: a byte for each."""
    marks = np.zeros(rows, np.bool_)
    found = read_rows(view)
    for start in range(0, len(found), VIEW_ROWS):
        marks[found[start : start + VIEW_ROWS]] = True
    return marks


def values_of(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return the values without empty ones; what cannot be counted as it is, as text."""
    kind = cells.type
    if pa.types.is_nested(kind) or pa.types.is_binary(kind):
        cells = written(cells)
    elif pa.types.is_null(kind):
        cells = cells.cast(pa.string())
    if cells.null_count:
        cells = cells.drop_null()
    if pa.types.is_string(cells.type):
        filled = pc.not_equal(pc.binary_length(cells), 0)
        return cells if pc.all(filled).as_py() in (True, None) else cells.filter(filled)
    return cells


def _sample(
    dataset: Dataset, column: str, cells_of: Callable[[Piece], tuple[int, pa.ChunkedArray]]
) -> pa.ChunkedArray:
    step = max(1, dataset.num_rows // SAMPLE_PIECES)
    most = min(step, SAMPLE_ROWS)
    schema = dataset.arrow_schema([column])
    pieces = []
    for start in range(0, dataset.num_rows, step):
        found = dataset.batches([column], start, start + most)
        cells = cells_of(Piece(start, pa.Table.from_batches(found, schema)))[1]
        # A copy, which lets the batch go that the cells are a part of.
        pieces.append(cells.take(pa.array(range(len(cells)), pa.int64())))
    return pa.chunked_array([chunk for piece in pieces for chunk in piece.chunks], pieces[0].type)


def _measured_type(dataset: Dataset, column: str) -> pa.DataType:
    kind = dataset.arrow_schema([column]).field(0).type
    told = pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_null(kind)
    return pa.string() if told else kind


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind))


def _after(report: Report, dataset: Dataset) -> Report:
    def second(rows: int, bytes_read: int) -> None:
        report(dataset.num_rows + rows, bytes_read)

    return second
