"""Questions of the Results tab, answered in workers; row numbers come back as files."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loadline.domain.query import Find, Query, View
from loadline.domain.statistics import ColumnStatistics
from loadline.gui.application.desk import Desk
from loadline.gui.models.row_view import RowView
from loadline.gui.run_page.result_questions import Grown, Rows, RowSource
from loadline.store.query_start import get_ready
from loadline.store.scratch import Scratch
from loadline.store.writing import output_error

if TYPE_CHECKING:
    from loadline.domain.jobs import Job
    from loadline.engine.source_place import PlaceSpec, SourcePlace
    from loadline.sources.source import Source
    from loadline.store.query import FindSpec, FirstRows, QuerySpec
    from loadline.store.query_scan import RowsSpec
    from loadline.store.statistics import StatisticsSpec

FILES_KEPT = 8
"""Answers of each kind whose files stay: an export may still be reading one of the last.

A search looks into the last view, so what is searched must not push out what is shown; nor must a
question that had no answer.
"""
BETWEEN = 0.1
"""Seconds between two views of an answer that grows, at least."""
AT_ONCE = 200_000
"""Up to so many rows the whole order is there as soon as the first rows would be."""


class ResultDesk:
    """Asks `desk`; every answer with rows has a file of its own in a scratch folder."""

    def __init__(
        self, desk: Desk, source_of: Callable[[Job], Source], scratch: Scratch | None = None
    ) -> None:
        self._desk = desk
        self._source_of = source_of
        self._scratch = scratch or Scratch()
        self._views: list[Path] = []
        self._hits: list[Path] = []
        self._given_up: list[Path] = []
        self._ready = False

    def get_ready(self) -> None:
        """Have a worker started, that the first answer does not wait for it."""
        if not self._ready:
            self._ready = True
            self._desk.get_ready(get_ready)

    async def rows(self, rows: Rows, query: Query, grown: Grown) -> RowView:
        """Return the rows that pass, in their order; raises `LoadlineError`."""
        # What is imported takes a moment the first time: in a thread.
        spec = await asyncio.to_thread(self._query_spec, rows, query)
        from loadline.store import query as work

        with self._kept(spec.path, self._views):
            total = None
            if query.sort and sum(part.rows for part in spec.rows.parts) > AT_ONCE:
                first: FirstRows = await self._desk.ask(work.first_rows, spec)
                grown(RowView.of_first(first.rows, first.total))
                total = first.total
            growing = _Growing(spec.path, total, grown)
            view: View = await self._desk.follow(work.query_rows, spec, growing)
            return await asyncio.to_thread(RowView.of_answer, view)

    async def find(self, rows: Rows, find: Find, view: View | None) -> RowView:
        """Return the places whose rows have a text; raises `LoadlineError`."""
        spec = await asyncio.to_thread(self._find_spec, rows, find, view)
        from loadline.store.query import find_rows

        with self._kept(spec.path, self._hits):
            found: View = await self._desk.ask(find_rows, spec)
            return await asyncio.to_thread(RowView.of_answer, found)

    async def statistics(self, rows: Rows, column: str, view: View | None) -> ColumnStatistics:
        """Return the facts of a column; raises `LoadlineError`."""
        spec = await asyncio.to_thread(_statistics_spec, rows, column, view)
        from loadline.store.statistics import column_statistics

        told: ColumnStatistics = await self._desk.ask(column_statistics, spec)
        return told

    async def place(self, rows: Rows, row: int) -> RowSource:
        """Return where a row comes from; raises `LoadlineError`."""
        index, spec = await asyncio.to_thread(self._place_spec, rows, row)
        from loadline.engine.source_place import source_place

        told: SourcePlace = await self._desk.ask(source_place, spec)
        return RowSource(told.name, index, told.line, told.path, told.changed)

    def close(self) -> None:
        """Delete the files of all answers; may block."""
        self._scratch.close()

    def _query_spec(self, rows: Rows, query: Query) -> QuerySpec:
        from loadline.store.query import QuerySpec

        return QuerySpec(_rows_spec(rows), query, self._new_file())

    def _find_spec(self, rows: Rows, find: Find, view: View | None) -> FindSpec:
        from loadline.store.query import FindSpec

        return FindSpec(_rows_spec(rows), find, view, self._new_file())

    def _place_spec(self, rows: Rows, row: int) -> tuple[int, PlaceSpec]:
        from loadline.engine.source_place import place_spec

        run: Any = rows[0]
        part, offset = _rows_spec(rows).open().locate(row)
        return part.index, place_spec(run, self._source_of(run.job), part.index, offset)

    def _new_file(self) -> Path:
        try:
            path = self._scratch.new_file()
        except OSError as error:
            raise output_error(error, Path(error.filename or "")) from error
        for files in (self._views, self._hits, self._given_up):
            while len(files) > FILES_KEPT:
                with suppress(OSError):  # one that is still mapped cannot be deleted everywhere
                    files.pop(0).unlink(missing_ok=True)
        return path

    @contextmanager
    def _kept(self, path: Path, answers: list[Path]) -> Iterator[None]:
        """Count `path` among `answers` once it is one, else among what was given up."""
        try:
            yield
        except BaseException:
            self._given_up.append(path)  # a worker may still be writing it
            raise
        answers.append(path)


class _Growing:
    """Makes views of an answer while a worker writes it."""

    def __init__(self, path: Path, total: int | None, grown: Grown) -> None:
        self._path, self._total, self._grown = path, total, grown
        self._ready = 0
        self._next = 0.0

    def __call__(self, _passed: int, ready: int) -> None:
        """Tell the view so far, not too often."""
        now = time.monotonic()
        if ready > self._ready and now >= self._next:
            self._ready, self._next = ready, now + BETWEEN
            self._grown(RowView.growing(str(self._path), ready, self._total))


def _statistics_spec(rows: Rows, column: str, view: View | None) -> StatisticsSpec:
    from loadline.store.statistics import StatisticsSpec

    return StatisticsSpec(_rows_spec(rows), column, view)


def _rows_spec(rows: Rows) -> RowsSpec:
    from loadline.store.query_scan import RowsSpec

    run, state = rows
    return RowsSpec(run.folder, state.parts, state.schema)
