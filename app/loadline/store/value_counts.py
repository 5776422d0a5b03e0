"""How often each value occurs, as long as there are not too many different ones."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from loadline.domain.statistics import MOST_DISTINCT, Frequent


class ValueCounts:
    """Counts all values, or those `wanted` only; gives up beyond `MOST_DISTINCT` different ones.

    `of` may be called from several threads, the rest from one.
    """

    def __init__(self, wanted: pa.Array | None = None) -> None:
        self._wanted = wanted
        self._tables: list[pa.Table] = []
        self._held = 0
        self.exact = True
        self.distinct = 0

    def of(self, cells: pa.ChunkedArray) -> pa.Table | None:
        """Return the counts of a slice; None once there are too many."""
        if not self.exact:
            return None
        if self._wanted is not None:
            cells = cells.filter(pc.is_in(cells, value_set=self._wanted))
        counted = pc.value_counts(cells)
        return pa.table([counted.field("values"), counted.field("counts")], ["values", "counts"])

    def add(self, counted: pa.Table | None) -> None:
        """Add the counts of a slice."""
        if counted is None or not self.exact:
            return
        self._tables.append(counted)
        self._held += counted.num_rows
        if self._held > max(100_000, 2 * self.distinct):
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
            whole = pa.concat_tables(self._tables).group_by("values").aggregate([("counts", "sum")])
            columns = [whole.column("values"), whole.column("counts_sum")]
            self._tables = [pa.table(columns, ["values", "counts"])]
            self._held = self.distinct = whole.num_rows
        if self.distinct > MOST_DISTINCT:
            self.exact, self._tables = False, []


def frequent(sample: pa.ChunkedArray, most: int) -> pa.Array:
    """Return the values that occur most often in a sample, and more than once."""
    counted = pc.value_counts(sample)
    table = pa.table([counted.field("values"), counted.field("counts")], ["values", "counts"])
    table = table.filter(pc.greater(table.column("counts"), 1))
    if not table.num_rows:
        return pa.array([], sample.type)
    first = pc.select_k_unstable(table, most, [("counts", "descending")])
    return table.column("values").take(first).combine_chunks()
