"""How often each value occurs, as long as there are not too many different ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from loadline.domain.statistics import MOST_DISTINCT, Frequent

HASHED = 250_000
"""Texts up to which they are put together by a table of them, which is quicker than sorting."""
JOINED = 100_000
"""Counts above the most that are held before they are put together."""


class ValueCounts:
    """Counts all values, or those `wanted` only; gives up beyond `MOST_DISTINCT` different ones.

    `of` may be called from several threads, the rest from one.
    """

    def __init__(self, wanted: pa.Array | None = None) -> None:
        self._wanted = wanted
        self._tables: list[pa.Table] = []
        self._held = 0
        self.exact = True
        """Whether `distinct` is all; if not, there are more."""
        self.distinct = 0

    def of(self, cells: pa.ChunkedArray) -> pa.Table | None:
        """Return the counts of a slice; None once there are too many."""
        if not self.exact:
            return None
        if self._wanted is not None:
            cells = cells.filter(pc.is_in(cells, value_set=self._wanted))
        return _counted(cells)

    def add(self, counted: pa.Table | None) -> None:
        """Add the counts of a slice."""
        if counted is None or not self.exact:
            return
        self._tables.append(counted)
        self._held += counted.num_rows
        if self._held > max(100_000, min(2 * self.distinct, MOST_DISTINCT + JOINED)):
            self._join()

    def whole(self) -> pa.Table | None:
        """Return all counts (columns ``values`` and ``counts``); None if there are too many."""
        self._join()
        return self._tables[0] if self.exact and self._tables else None

    def top(self, known: pa.Table | None, most: int) -> tuple[Frequent, ...]:
        """Return the most frequent of the known values; none where every value occurs once."""
        if known is None or not known.num_rows:
            return ()
        first = known.take(
            pc.select_k_unstable(known, most, [("counts", "descending")])
            if pa.types.is_boolean(known.column("values").type)
            else pc.select_k_unstable(
                known, most, [("counts", "descending"), ("values", "ascending")]
            )
        )
        found = first.to_pylist()
        if found[0]["counts"] == 1 and known.num_rows > most:
            return ()
        return tuple(Frequent(one["values"], one["counts"]) for one in found)

    def _join(self) -> None:
        if len(self._tables) < 2:
            self.distinct = max(self.distinct, self._held)
        else:
            whole = _added(pa.concat_tables(self._tables))
            self._tables = [whole]
            self._held = self.distinct = whole.num_rows
        if self.distinct > MOST_DISTINCT:
            self.distinct = MOST_DISTINCT
            self.exact, self._tables = False, []


def _counted(cells: pa.ChunkedArray) -> pa.Table:
    """Return the different values and how many cells have each."""
    if _sortable(cells.type):
        values, counts = np.unique(_plain(cells), return_counts=True)
        return _table(values, counts, cells.type)
    counted = pc.value_counts(cells)
    return pa.table([counted.field("values"), counted.field("counts")], ["values", "counts"])


def _added(table: pa.Table) -> pa.Table:
    """Return counts with each value once.

    Numbers are put together by sorting: Arrow's grouping takes 200 times as long for decimals that
    are round, whose bits it tells apart badly.
    """
    kind = table.column("values").type
    if not table.num_rows:
        return table
    if not _sortable(kind):
        if table.num_rows > HASHED:
            return _added_in_order(table)
        known = table.column("values").combine_chunks().dictionary_encode()
        summed = np.bincount(known.indices.to_numpy(), table.column("counts").to_numpy())
        return _table(known.dictionary, summed.astype(np.int64), kind)
    values, counts = _plain(table.column("values")), table.column("counts").to_numpy()
    order = np.argsort(values)
    values, counts = values[order], counts[order]
    other = values[1:] != values[:-1]
    if values.dtype.kind == "f":
        other &= ~(np.isnan(values[1:]) & np.isnan(values[:-1]))
    firsts = np.flatnonzero(np.concatenate([[True], other]))
    return _table(values[firsts], np.add.reduceat(counts, firsts), kind)


def _added_in_order(table: pa.Table) -> pa.Table:
    """Return the same for many texts: a table of them all would take 80 MB and more."""
    order = pc.array_sort_indices(table.column("values").combine_chunks())
    values = table.column("values").combine_chunks().take(order)
    other = pc.not_equal(values.slice(1), values.slice(0, len(values) - 1))
    firsts = np.flatnonzero(np.concatenate([[True], other.to_numpy(zero_copy_only=False)]))
    counts = table.column("counts").to_numpy()[order.to_numpy()]
    return _table(values.take(pa.array(firsts)), np.add.reduceat(counts, firsts), values.type)


def _sortable(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_integer(kind)
        or pa.types.is_floating(kind)
        or pa.types.is_date(kind)
        or pa.types.is_timestamp(kind)
    )


def _plain(cells: pa.ChunkedArray) -> npt.NDArray[Any]:
    if pa.types.is_date(cells.type):
        cells = cells.cast(pa.int32())
    elif pa.types.is_timestamp(cells.type):
        cells = cells.cast(pa.int64())
    found: npt.NDArray[Any] = cells.to_numpy()
    return found


def _table(values: Any, counts: npt.NDArray[Any], kind: pa.DataType) -> pa.Table:
    columns = [pa.array(values).cast(kind), pa.array(counts, pa.int64())]
    return pa.table(columns, ["values", "counts"])


def frequent(sample: pa.ChunkedArray, most: int) -> pa.Array:
    """Return the values that occur most often in a sample, and more than once."""
    table = _counted(sample)
    table = table.filter(pc.greater(table.column("counts"), 1))
    if not table.num_rows:
        return pa.array([], sample.type)
    first = pc.select_k_unstable(table, most, [("counts", "descending")])
    return table.column("values").take(first).combine_chunks()
