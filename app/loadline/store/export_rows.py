"""Which rows are exported: all of a dataset, or those of a view, in one order or the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from loadline.domain.errors import Place, RunError
from loadline.domain.plan import BATCH_ROWS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from loadline.store.dataset import Dataset

SORTED_BYTES = 10 << 20
"""Most bytes of rows that are put in order at a time: the more, the less is read twice.

For 2,000,000 rows in random order a process took 275 to 300 MB so, 340 to 375 with 16 MiB.
"""
_SORTED_ROWS = 2 << 20
_NUMBER = np.dtype("<i8")


class ExportRows:
    """Rows of `dataset` to write; `view` is a file of row numbers (`loadline.domain.query.View`).

    They keep the view's order or, without `as_shown`, that of the dataset; if the view has
    another one, a byte is held for each row of the dataset then.

    Attributes:
        num_rows: how many there are.
    """

    def __init__(
        self, dataset: Dataset, view: Path | None = None, *, as_shown: bool = True
    ) -> None:
        """Look at the view; raises `RunError` when it is not of this dataset."""
        self.dataset = dataset
        self._numbers = None if view is None else _numbers(view, dataset.num_rows)
        self._marks: NDArray[np.bool_] | None = None
        self.num_rows = dataset.num_rows if self._numbers is None else len(self._numbers)
        if self._numbers is None or as_shown:
            return
        if self.num_rows == dataset.num_rows:
            self._numbers = None  # sorted, and nothing is left out
        elif not _rising(self._numbers):
            self._marks = _marked(self._numbers, dataset.num_rows)

    def batches(
        self, columns: Sequence[str] | None = None, most: int | None = None
    ) -> Iterator[pa.RecordBatch]:
        """Yield the first `most` (all) rows in order, in batches of at most 65,536.

        Memory does not grow with the rows. Raises `RunError` when a part is damaged.
        """
        stop = self.num_rows if most is None else min(most, self.num_rows)
        if self._numbers is None:
            yield from self.dataset.batches(columns, 0, stop)
            return
        start = 0
        for found in self._chunks(self._numbers, columns):
            chunk = found[: stop - start]
            rising = _rising(chunk)
            yield from _cut(self._taken(chunk, columns, rising=rising))
            if not rising:
                pa.default_memory_pool().release_unused()
            start += len(chunk)
            if start >= stop:
                return

    def _chunks(
        self, numbers: NDArray[np.int64], columns: Sequence[str] | None
    ) -> Iterator[NDArray[np.int64]]:
        """Yield row numbers in the order of the export, as many as are put together at once."""
        if self._marks is not None:
            for first in range(0, len(self._marks), _SORTED_ROWS):
                found = np.flatnonzero(self._marks[first : first + _SORTED_ROWS]) + first
                for start in range(0, len(found), BATCH_ROWS):
                    yield found[start : start + BATCH_ROWS]
            return
        start = 0
        while start < len(numbers):
            chunk = np.asarray(numbers[start : start + BATCH_ROWS], np.int64)
            if not _rising(chunk):
                size = min(_SORTED_ROWS, SORTED_BYTES // self._row_bytes(columns, int(chunk[0])))
                chunk = np.asarray(numbers[start : start + max(size, 1_024)], np.int64)
            yield chunk
            start += len(chunk)

    def _row_bytes(self, columns: Sequence[str] | None, row: int) -> int:
        """Return about how many bytes a row takes in memory."""
        page = self.dataset.page(row, 1_024, columns)
        size: int = page.nbytes // max(1, page.num_rows)
        return max(1, size)

    def _taken(
        self, numbers: NDArray[np.int64], columns: Sequence[str] | None, *, rising: bool
    ) -> pa.Table:
        """Return rows by number, each part read only where some of them are."""
        order = None if rising else np.argsort(numbers, kind="stable")
        wanted = numbers if order is None else numbers[order]
        found: list[pa.RecordBatch] = []
        done = 0
        while done < len(wanted):
            first = int(wanted[done])
            near = int(np.searchsorted(wanted, first + BATCH_ROWS))
            here = wanted[done:near]
            span = self.dataset.batches(columns, first, int(here[-1]) + 1)
            begin = first
            for batch in span:
                low, high = np.searchsorted(here, (begin, begin + batch.num_rows))
                if low < high:
                    found.append(batch.take(pa.array(here[low:high] - begin)))
                begin += batch.num_rows
            done = near
        table = pa.Table.from_batches(found, self.dataset.arrow_schema(columns))
        if order is None:
            return table
        places = np.empty_like(order)
        places[order] = np.arange(len(order))
        return table.take(pa.array(places))


def _cut(table: pa.Table) -> Iterator[pa.RecordBatch]:
    """Yield a table in batches of at most 65,536 rows, small neighbours joined."""
    for start in range(0, table.num_rows, BATCH_ROWS):
        piece = table.slice(start, BATCH_ROWS).combine_chunks()
        yield from piece.to_batches()


def _rising(numbers: NDArray[np.int64]) -> bool:
    steps = range(0, len(numbers), _SORTED_ROWS)
    pieces = (numbers[start : start + _SORTED_ROWS + 1] for start in steps)
    return all(bool((piece[1:] > piece[:-1]).all()) for piece in pieces)


def _marked(numbers: NDArray[np.int64], rows: int) -> NDArray[np.bool_]:
    """Return for each row whether it is one of `numbers`."""
    marks = np.zeros(rows, np.bool_)
    for start in range(0, len(numbers), _SORTED_ROWS):
        marks[numbers[start : start + _SORTED_ROWS]] = True
    return marks


def _numbers(view: Path, rows: int) -> NDArray[np.int64]:
    place = Place(str(view))
    advice = "Filter once more, then export."
    try:
        size = view.stat().st_size
        numbers: NDArray[np.int64] = (
            np.memmap(view, _NUMBER, "r") if size else np.empty(0, np.int64)
        )
    except (OSError, ValueError) as error:
        raise RunError(
            "The list of filtered rows cannot be read.",
            place=place,
            cause=str(error),
            advice=advice,
        ) from error
    if len(numbers) and (int(numbers.min()) < 0 or int(numbers.max()) >= rows):
        raise RunError(
            "The list of filtered rows is not of this result.", place=place, advice=advice
        )
    return numbers
