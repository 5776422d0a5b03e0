"""Queries on a run's rows as work for a worker: filter, order, find.

Answers are files of row numbers (`loadline.domain.query.View`) that the window maps into memory;
no row travels through a pipe.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from loadline.domain.errors import QueryError
from loadline.domain.plan import Report
from loadline.domain.query import Find, Query, View
from loadline.store.dataset import Dataset
from loadline.store.query_filters import passing
from loadline.store.query_order import Head, Keyed, Rows, keyed, whole_order
from loadline.store.query_scan import Piece, RowsSpec, scan
from loadline.store.query_search import finder
from loadline.store.writing import writing

if TYPE_CHECKING:
    import pyarrow as pa

FIRST_ROWS = 1_000
"""Rows of an order that are shown before the whole order is known."""


@dataclass(frozen=True, slots=True)
class QuerySpec:
    """A query as work: the rows asked about, and the file that takes the answer."""

    rows: RowsSpec
    query: Query
    path: Path


@dataclass(frozen=True, slots=True)
class FirstRows:
    """The beginning of an answer: its first rows in order, and how many it has in all."""

    rows: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class FindSpec:
    """A search as work. `view`: where to look, None for all rows in the order of the dataset."""

    rows: RowsSpec
    find: Find
    view: View | None
    path: Path


def first_rows(spec: QuerySpec, report: Report) -> FirstRows:
    """Return the first rows of an ordered query; `report` is told the rows passed.

    Raises `QueryError`, and `RunError` when a part is damaged.
    """
    dataset, query = spec.rows.open(), spec.query
    head = Head(query.sort, FIRST_ROWS)
    keep = _keep(spec)

    def look(piece: Piece) -> tuple[int, Keyed]:
        found = keyed(piece, query.sort, keep)
        return found.table.num_rows, head.might(found)

    total = 0
    for _, (count, found) in scan(dataset, _columns(query), look, report):
        total += count
        head.add(found)
    return FirstRows(tuple(head.rows().tolist()), total)


def query_rows(spec: QuerySpec, report: Report) -> View:
    """Write the row numbers of the whole answer; `report` is told rows passed and rows ready.

    Raises `QueryError`, `OutputError`, and `RunError` when a part is damaged.
    """
    ready = 0
    with writing(spec.path), spec.path.open("wb") as file:
        for passed, rows in _answer(spec, report):
            file.write(rows.astype("<i8", copy=False).data)
            file.flush()
            ready += len(rows)
            report(passed, ready)
    return View(path=str(spec.path), rows=ready, query=spec.query)


def find_rows(spec: FindSpec, report: Report) -> View:
    """Write the places in the view (from 0, ascending) whose rows have the text.

    `report` is told rows passed and hits ready. Raises as `query_rows`.
    """
    dataset = spec.rows.open()
    names, has_it = finder(dataset.schema, spec.find)
    marks = None if spec.view is None else np.zeros(dataset.num_rows, np.bool_)
    ready = 0
    with writing(spec.path), spec.path.open("wb") as file:
        for passed, hits in scan(dataset, names, lambda p: _places(p, has_it(p.table))):
            if marks is not None:
                marks[hits] = True
            else:
                file.write(hits.astype("<i8", copy=False).data)
                file.flush()
                ready += len(hits)
            report(passed, ready)
        if marks is not None and spec.view is not None:
            for places in _in_view(spec.view, marks):
                file.write(places.astype("<i8", copy=False).data)
                ready += len(places)
                report(dataset.num_rows, ready)
    return View(path=str(spec.path), rows=ready, query=Query(find=spec.find))


def read_rows(view: View) -> Rows:
    """Return the row numbers of an answer, mapped into memory."""
    if not view.rows:
        return np.empty(0, np.int64)
    return np.memmap(view.path, "<i8", "r", shape=(view.rows,))


def _answer(spec: QuerySpec, report: Report) -> Iterator[tuple[int, Rows]]:
    dataset, query, keep = spec.rows.open(), spec.query, _keep(spec)
    if query.sort:
        passed, folder = _Counting(report), spec.path.parent
        for rows in whole_order(dataset, query.sort, _columns(query), keep, passed, folder):
            passed.ready += len(rows)
            yield passed.rows, rows
    elif keep is not None:
        yield from _filtered(dataset, query, keep, report)


def _filtered(
    dataset: Dataset,
    query: Query,
    keep: Callable[[pa.Table], pa.ChunkedArray],
    report: Report,
) -> Iterator[tuple[int, Rows]]:
    yield from scan(dataset, _columns(query), lambda p: _places(p, keep(p.table)))


class _Counting:
    """Adds up the rows of several passes.

    Attributes:
        rows: passed so far.
        ready: rows of the answer that are in place, told along.
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        self.ready = 0
        self._before = self._last = 0
        self.rows = 0

    def __call__(self, rows: int, bytes_read: int) -> None:
        """Tell the rows of all passes so far."""
        if rows < self._last:
            self._before += self._last
        self._last = rows
        self.rows = self._before + rows
        self._report(self.rows, self.ready)


def _keep(spec: QuerySpec) -> Callable[[pa.Table], pa.ChunkedArray] | None:
    names = {column.name for column in spec.rows.schema}
    for sort in spec.query.sort:
        if sort.column not in names:
            raise QueryError(f"There is no column {sort.column}.")
    filters = spec.query.filters
    return passing(spec.rows.schema, filters) if filters else None


def _columns(query: Query) -> list[str]:
    wanted = [sort.column for sort in query.sort] + [one.column for one in query.filters]
    return list(dict.fromkeys(wanted))


def _places(piece: Piece, mask: pa.ChunkedArray) -> Rows:
    places: Rows = np.flatnonzero(mask.to_numpy()).astype(np.int64, copy=False)
    return places + piece.start


def _in_view(view: View, marks: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Iterator[Rows]:
    rows = read_rows(view)
    step = 1 << 20
    for start in range(0, len(rows), step):
        yield np.flatnonzero(marks[rows[start : start + step]]).astype(np.int64) + start


__all__ = [
    "FIRST_ROWS", "FindSpec", "FirstRows", "QuerySpec", "find_rows", "first_rows", "query_rows",
    "read_rows",
]  # fmt: skip
