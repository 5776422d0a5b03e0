"""Orders as Arrow keys: the first rows at once, then all of them in ranges that fit in memory.

The whole order is made range by range (`loadline.store.query_ranges`): one pass puts rows and keys
on disk by range, then each range of about `RANGE_ROWS` rows is sorted in memory. So memory stays
flat for any number of rows, of different values or of few.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from loadline.domain.plan import Report
from loadline.domain.query import Sort
from loadline.store.dataset import Dataset
from loadline.store.query_filters import lowered, written
from loadline.store.query_ranges import ROW, Aside, Cuts, Fragments, Range, distribute, one_batch
from loadline.store.query_scan import Piece, scan

Rows = npt.NDArray[np.int64]
RANGE_ROWS = 1 << 18
"""About how many rows are sorted at a time …"""
RANGE_BYTES = 8 << 20
"""… and how many bytes of them and their keys."""
SORTED_AT_ONCE = 2
SAMPLE_PIECES = 64
SAMPLE_ROWS = 1_024


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
        if not self.sorts:
            return self.rows
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
        # In one piece: many are sorted one by one and then merged, which takes three times as long.
        whole = one_batch(self.table)
        return pc.sort_indices(whole, sort_keys=keys)  # no value: at the end


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
    folder: Path,
) -> Iterator[Rows]:
    """Yield all row numbers that pass, in order, some at a time.

    `folder` has room for the keys while it lasts. Raises `OSError` when it has not.
    """
    sorts = tuple(sorts)
    sample = _sample(dataset, sorts)
    count = _count(dataset.num_rows, sample.nbytes * dataset.num_rows // max(1, len(sample)))
    if count <= 1:
        found = [one for _, one in scan(dataset, columns, lambda p: keyed(p, sorts, keep), report)]
        if found:
            yield Keyed(pa.concat_tables([one.table for one in found]), sorts).order()
        return
    cuts = Cuts(sample.column("k0"), sorts, count)

    def split(piece: Piece) -> Fragments:
        return cuts.split(keyed(piece, sorts, keep).table)

    with closing(Aside(folder)) as aside:
        fragments = (pieces for _, pieces in scan(dataset, columns, split, report))
        ranges = distribute(fragments, cuts, aside)
        yield from _sorted(_loaded(ranges, aside, sample.schema))


def _count(rows: int, size: int) -> int:
    return max(-(-rows // RANGE_ROWS), -(-size // RANGE_BYTES))


def _loaded(ranges: Sequence[Range], aside: Aside, schema: pa.Schema) -> Iterator[Keyed]:
    """Yield what is small enough to be sorted in memory, in order; cut again what is not."""
    for found in ranges:
        kinds = pa.schema([schema.field(0), *_last(schema, len(found.sorts))])
        if not found.sorts:
            for table in aside.tables(found, kinds):
                yield Keyed(table, ())
        elif _count(found.rows, found.size) <= 1:
            yield Keyed(pa.concat_tables(aside.tables(found, kinds)), found.sorts)
        else:
            again = _sample_of(aside.tables(found, kinds), found.rows)
            cuts = Cuts(again, found.sorts, _count(found.rows, found.size))
            split = (cuts.split(table) for table in aside.tables(found, kinds))
            yield from _loaded(distribute(split, cuts, aside), aside, schema)


def _last(schema: pa.Schema, count: int) -> list[pa.Field]:
    kinds = [one.type for one in schema][1:]
    return [pa.field(f"k{n}", kind) for n, kind in enumerate(kinds[len(kinds) - count :])]


def _sorted(ranges: Iterator[Keyed]) -> Iterator[Rows]:
    """Yield the order of each, two sorted at a time; reading and cutting stays in this thread."""
    waiting: deque[Future[Rows]] = deque()
    with ThreadPoolExecutor(SORTED_AT_ONCE) as pool:
        for found in ranges:
            waiting.append(pool.submit(found.order))
            if len(waiting) > SORTED_AT_ONCE - 1:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _sample(dataset: Dataset, sorts: Sequence[Sort]) -> pa.Table:
    step = max(1, dataset.num_rows // SAMPLE_PIECES)
    names = list(dict.fromkeys(sort.column for sort in sorts))
    tables = []
    kinds = dataset.arrow_schema(names)
    for start in range(0, max(1, dataset.num_rows), step):
        found = dataset.batches(names, start, start + min(step, SAMPLE_ROWS))
        some = keyed(Piece(start, pa.Table.from_batches(found, kinds)), sorts, None).table
        # A copy, which lets the batch go that the rows are a part of.
        tables.append(some.take(pa.array(range(len(some)), pa.int64())))
    return pa.concat_tables(tables)


def _sample_of(tables: Iterator[pa.Table], rows: int) -> pa.ChunkedArray:
    step = max(1, rows // (SAMPLE_PIECES * SAMPLE_ROWS))
    keys = [
        table.column("k0").take(pa.array(range(0, len(table), step), pa.int64()))
        for table in tables
    ]
    return pa.chunked_array([chunk for key in keys for chunk in key.chunks], keys[0].type)
