"""Orders as Arrow keys: the first rows at once, then all of them in ranges that fit in memory.

The whole order is made range by range: a sample says where to cut the first key so that each
range has about `RANGE_ROWS` rows; each range is gathered by a pass over the column, sorted, and
written behind the one before. So memory stays flat for any number of rows, and a pass costs
little next to sorting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from loadline.domain.plan import Report
from loadline.domain.query import Sort
from loadline.store.dataset import Dataset
from loadline.store.query_filters import lowered, written
from loadline.store.query_scan import Piece, scan

Rows = npt.NDArray[np.int64]
RANGE_ROWS = 3_000_000
"""About how many rows are sorted at a time."""
SAMPLE_PIECES = 64
ROW = "row"


def keys_of(table: pa.Table, sorts: Sequence[Sort]) -> list[pa.ChunkedArray]:
    """Return what the rows are compared by, first key first: empty text is no value."""
    return [_key(table.column(sort.column)) for sort in sorts]


def _key(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = cells.type
    if pa.types.is_null(kind):
        return cells.cast(pa.int8())
    if pa.types.is_boolean(kind):
        return cells.cast(pa.int8())
    if pa.types.is_date(kind):
        return cells.cast(pa.int32())
    if pa.types.is_timestamp(kind):
        return cells.cast(pa.int64())
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return cells
    texts = lowered(written(cells))
    blank = pc.equal(pc.binary_length(texts), 0)
    if pc.any(blank).as_py():
        texts = pc.if_else(blank, pa.scalar(None, pa.string()), texts)
    return texts


@dataclass(frozen=True, slots=True)
class Keyed:
    """Rows with their keys; `table` has columns ``row``, ``k0``, ``k1`` …, in dataset order."""

    table: pa.Table
    sorts: tuple[Sort, ...]

    @property
    def rows(self) -> Rows:
        """Row numbers as they stand."""
        found: Rows = self.table.column(ROW).to_numpy()
        return found

    def order(self) -> Rows:
        """Return the row numbers in order; equal rows as they stood."""
        if not self.table.num_rows:
            return np.empty(0, np.int64)
        if len(self.sorts) == 1 and not self.table.column("k0").null_count:
            key = self.table.column("k0").to_numpy()
            if key.dtype.kind in "if" and not (key.dtype.kind == "f" and np.isnan(key).any()):
                return self.rows[argsort(key, self.sorts[0].descending)]
        rows: Rows = self.rows[self._indices().to_numpy()]
        return rows

    def first(self, count: int) -> Keyed:
        """Return the first `count` rows of the order."""
        return Keyed(self.table.take(self._indices()[:count]), self.sorts)

    def _indices(self) -> pa.Array:
        keys = [
            (f"k{n}", "descending" if sort.descending else "ascending")
            for n, sort in enumerate(self.sorts)
        ]
        # Rows tell equal ones apart: the order does not hang on how the sort is made.
        keys.append((ROW, "ascending"))
        return pc.sort_indices(self.table, sort_keys=keys)  # no value: at the end


def argsort(key: npt.NDArray[Any], descending: bool) -> Rows:
    """Return a stable order of numbers without "not a number".

    numpy's quick sort is three times as fast as its stable one; equal values are put in order
    afterwards by sorting (number of the run of equal values, place), packed in one integer.
    """
    order = np.argsort(key)
    if descending:
        order = order[::-1]
    ranked = key[order]
    runs = np.empty(len(key), np.int64)
    runs[0] = 0
    np.cumsum(ranked[1:] != ranked[:-1], out=runs[1:])
    bits = max(1, len(key).bit_length())
    if runs[-1] + 1 == len(key):
        return order.astype(np.int64, copy=False)
    packed = np.sort((runs << bits) | order)
    packed &= (1 << bits) - 1
    return packed


def keyed(
    piece: Piece, sorts: Sequence[Sort], keep: Callable[[pa.Table], pa.ChunkedArray] | None
) -> Keyed:
    """Return keys and row numbers of the rows of a piece that pass."""
    columns = [pa.array(np.arange(piece.start, piece.start + piece.table.num_rows))]
    names = [ROW] + [f"k{n}" for n in range(len(sorts))]
    table = pa.table([*columns, *keys_of(piece.table, sorts)], names)
    return Keyed(table if keep is None else table.filter(keep(piece.table)), tuple(sorts))


class Head:
    """The first rows of an order while all rows pass by."""

    def __init__(self, sorts: Sequence[Sort], count: int) -> None:
        self._sorts = tuple(sorts)
        self._count = count
        self._best: list[pa.Table] = []
        self._held = 0
        self._edge: Any = None
        self.passed = 0

    def add(self, found: Keyed) -> None:
        """Look at more rows."""
        self.passed += found.table.num_rows
        self._best.append(found.table)
        self._held += found.table.num_rows
        if self._held > 4 * self._count:
            self._trim()

    def might(self, found: Keyed) -> Keyed:
        """Leave out rows that cannot be among the first; called from any thread."""
        edge = self._edge
        if edge is None or not found.table.num_rows:
            return found
        test = pc.greater_equal if self._sorts[0].descending else pc.less_equal
        near = pc.fill_null(test(found.table.column("k0"), edge), False)
        return Keyed(found.table.filter(near), found.sorts)

    def rows(self) -> Rows:
        """Return the first rows in order."""
        self._trim()
        return Keyed(self._best[0], self._sorts).rows if self._best else np.empty(0, np.int64)

    def _trim(self) -> None:
        if not self._best:
            return
        best = Keyed(pa.concat_tables(self._best), self._sorts).first(self._count)
        self._best, self._held = [best.table], best.table.num_rows
        if self._held == self._count:
            last = best.table.column("k0")[-1]
            number = last.as_py()
            # Beyond "no value" and "not a number" nothing can be left out by comparing.
            self._edge = last if number is not None and number == number else None


def whole_order(
    dataset: Dataset,
    sorts: Sequence[Sort],
    columns: Sequence[str],
    keep: Callable[[pa.Table], pa.ChunkedArray] | None,
    report: Report | None,
) -> Iterator[Rows]:
    """Yield all row numbers that pass, in order, a range at a time."""
    for inside in _ranges(dataset, sorts, report):

        def gather(piece: Piece, inside: Any = inside) -> pa.Table:
            found = keyed(piece, sorts, keep).table
            return found if inside is None else found.filter(inside(found.column("k0")))

        tables = [table for _, table in scan(dataset, columns, gather, report)]
        if tables:
            yield Keyed(pa.concat_tables(tables), tuple(sorts)).order()


def _ranges(dataset: Dataset, sorts: Sequence[Sort], report: Report | None) -> Iterator[Any]:
    """Yield a test of the first key for each range, in order; None: all rows."""
    count = -(-dataset.num_rows // RANGE_ROWS)
    if count <= 1:
        yield None
        return
    cuts = _cuts(_sample(dataset, sorts[0]), count, sorts[0].descending)
    edges = [None, *cuts, None]
    for low, high in pairwise(edges):
        yield _inside(low, high, descending=sorts[0].descending)


def _sample(dataset: Dataset, sort: Sort) -> pa.ChunkedArray:
    step = max(1, dataset.num_rows // SAMPLE_PIECES)
    starts = range(0, dataset.num_rows, step)
    pieces = [dataset.page(start, min(step, 1_024), [sort.column]) for start in starts]
    return keys_of(pa.concat_tables(pieces), [sort])[0].drop_null()


def _cuts(sample: pa.ChunkedArray, count: int, descending: bool) -> list[Any]:
    if not len(sample):
        return []
    order = "descending" if descending else "ascending"
    ranked = sample.take(pc.sort_indices(sample, sort_keys=[("", order)]))
    places = [len(ranked) * n // count for n in range(1, count)]
    cuts = [ranked[place] for place in places]
    found: list[Any] = []
    for cut in cuts:
        value = cut.as_py()
        if value == value and (not found or found[-1] != cut):
            found.append(cut)
    return found


def _inside(low: Any, high: Any, *, descending: bool) -> Any:
    """Return the test for ``low <= key < high`` in the direction of the order.

    The last range (no `high`) also has what has no place in an order.
    """
    after = pc.less_equal if descending else pc.greater_equal
    before = pc.greater if descending else pc.less

    def test(key: pa.ChunkedArray) -> pa.ChunkedArray:
        kept = None if low is None else pc.fill_null(after(key, low), False)
        if high is not None:
            ahead = pc.fill_null(before(key, high), False)
            return ahead if kept is None else pc.and_(kept, ahead)
        if kept is None:
            return pa.chunked_array([pa.repeat(True, len(key))])
        return pc.or_(kept, pc.is_null(key, nan_is_null=True))

    return test
