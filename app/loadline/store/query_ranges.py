"""Rows set aside on disk by ranges of their first key, so that an order needs little memory.

A sample says where to cut the first key. One pass puts every row, with its keys, into the range
that it lies in: between two cuts, exactly at a cut, not a number, or without a value. Ranges stand
in the order; rows of a range whose key is one and the same value go on to the next key, or are in
place already. So no range grows with the data because a column has few values.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import ipc

from loadline.domain.query import Sort

ROW = "row"
MOST_CUTS = 127
"""Ranges are two for each cut and three more; a range that is too large is cut again."""
Fragments = list[tuple[int, pa.Buffer, int]]
"""Number of the range, its rows as an Arrow message, how many they are."""


@dataclass(slots=True)
class Range:
    """Rows on disk that stand together in the order.

    Attributes:
        sorts: what they are still to be compared by; none: they are in order.
        rows: how many.
        size: bytes on disk.
    """

    sorts: tuple[Sort, ...]
    rows: int = 0
    size: int = 0
    pieces: list[tuple[int, int]] = field(default_factory=list)


class Aside:
    """A file without a name that takes rows; it is gone with the process. For one thread."""

    def __init__(self, folder: Path) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115
        self._end = 0

    def close(self) -> None:
        """Give the room back."""
        self._file.close()

    def put(self, into: Range, message: pa.Buffer, rows: int) -> None:
        """Add rows to a range."""
        self._file.seek(self._end)
        self._file.write(message)
        into.pieces.append((self._end, message.size))
        into.rows += rows
        into.size += message.size
        self._end += message.size

    def tables(self, found: Range, schema: pa.Schema) -> Iterator[pa.Table]:
        """Yield the rows of a range as they were put."""
        for start, size in found.pieces:
            self._file.seek(start)
            content = pa.py_buffer(self._file.read(size))
            yield pa.Table.from_batches([ipc.read_record_batch(content, schema)])


class Cuts:
    """Where the first key of an order is cut into ranges."""

    def __init__(self, sample: pa.ChunkedArray, sorts: tuple[Sort, ...], count: int) -> None:
        """Cut values like those of `sample` into about `count` ranges."""
        self._sorts = sorts
        self._at = _cuts(sample, min(count - 1, MOST_CUTS))

    def ranges(self) -> list[Range]:
        """Return new ranges in the order of their numbers."""
        rest, last = self._sorts[1:], 2 * len(self._at) + 1
        same = (n % 2 == 1 or n >= last for n in range(last + 2))
        return [Range(rest if one else self._sorts) for one in same]

    def ordered(self, ranges: Sequence[Range]) -> list[Range]:
        """Return the ranges in the order of the rows: what has no place in it comes last."""
        last = 2 * len(self._at) + 1
        known = ranges[:last][::-1] if self._sorts[0].descending else ranges[:last]
        return [*known, *ranges[last:]]

    def split(self, table: pa.Table) -> Fragments:
        """Return the rows of `table` by range, each range's as they stood."""
        numbers = self._numbers(table.column("k0"))
        order = np.argsort(numbers, kind="stable")
        ends = np.cumsum(np.bincount(numbers, minlength=1))
        rows = one_batch(table).take(pa.array(order))
        found: Fragments = []
        start, last = 0, 2 * len(self._at) + 1
        for number, end in enumerate(ends.tolist()):
            if end > start:
                some = rows.slice(start, end - start)
                same = number % 2 == 1 or number >= last
                found.append((number, without_first(some, same).serialize(), end - start))
            start = end
        return found

    def _numbers(self, key: pa.ChunkedArray) -> npt.NDArray[np.uint16]:
        cuts, last = self._at, 2 * len(self._at) + 1
        if len(cuts):
            before, upto = (pc.search_sorted(cuts, key, side=side) for side in ("left", "right"))
            numbers = pc.fill_null(pc.add(before, upto), last + 1)
        else:
            numbers = pc.if_else(pc.is_valid(key), pa.scalar(0, pa.uint64()), last + 1)
        if pa.types.is_floating(key.type):
            unlike = pc.fill_null(pc.is_nan(key), False)
            numbers = pc.if_else(unlike, pa.scalar(last, pa.uint64()), numbers)
        found: npt.NDArray[np.uint16] = numbers.to_numpy().astype(np.uint16)
        return found


def without_first(batch: pa.RecordBatch, same: bool) -> pa.RecordBatch:
    """Return rows whose first key is one value without it: the next key becomes the first."""
    if not same:
        return batch
    columns = [batch.column(place) for place in range(batch.num_columns) if place != 1]
    names = [ROW] + [f"k{place}" for place in range(len(columns) - 1)]
    return pa.record_batch(columns, names)


def distribute(tables: Iterable[Fragments], cuts: Cuts, aside: Aside) -> list[Range]:
    """Put rows that are split at `cuts` on disk; return the ranges in order, none empty."""
    ranges = cuts.ranges()
    for fragments in tables:
        for number, message, rows in fragments:
            aside.put(ranges[number], message, rows)
    return [one for one in cuts.ordered(ranges) if one.rows]


def one_batch(table: pa.Table) -> pa.RecordBatch:
    """Return all rows of a table as one batch."""
    whole = table.combine_chunks().to_batches()
    return whole[0] if whole else pa.RecordBatch.from_pylist([], table.schema)


def _cuts(sample: pa.ChunkedArray, count: int) -> pa.Array:
    sample = sample.drop_null()
    if pa.types.is_floating(sample.type):
        sample = sample.filter(pc.invert(pc.is_nan(sample)))
    whole = sample.combine_chunks()
    if not len(whole) or count < 1:
        return whole.slice(0, 0)
    ranked = whole.take(pc.array_sort_indices(whole))
    places = [len(ranked) * n // (count + 1) for n in range(1, count + 1)]
    return ranked.take(pa.array(places, pa.int64())).unique()
