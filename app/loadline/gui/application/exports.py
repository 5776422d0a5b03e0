"""Exports asked for by the run page: rows and the ranking in a worker, the receipt in a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loadline.domain.browsing import Server
from loadline.domain.errors import Cancelled, LoadlineError, WorkerDied
from loadline.domain.jobs import MongoSource
from loadline.domain.plan import Report
from loadline.domain.query import View
from loadline.engine.backends.backend import Work
from loadline.gui.application.desk import Desk
from loadline.store.partial import discard

if TYPE_CHECKING:
    from loadline.engine.collection_export import CollectionSpec
    from loadline.engine.export_ranking import RankingExport
    from loadline.gui.run_page.export_menu import ExportOptions as Options
    from loadline.gui.run_page.page import RunPage
    from loadline.store.export import ExportSpec

GIVE_UP_SECONDS = 10.0
"""For a server that no longer answers; the next export to the same place tidies up as well."""
ServerOf = Callable[[MongoSource], Awaitable[Server]]


class Exports:
    """Saves what a run page asks for and tells it how it goes; one at a time."""

    def __init__(self, desk: Desk, page: RunPage, server_of: ServerOf | None = None) -> None:
        self._desk = desk
        self._page = page
        self._server_of = server_of
        self._stop: asyncio.Event = asyncio.Event()

    async def save(self, run: Any, target: Path, options: Options) -> None:
        """Write what `options` ask for to `target`; what goes wrong is shown on the page."""
        failure, spec = None, None
        options, held = await asyncio.to_thread(_holding, options)
        try:
            if options.what == "receipt":
                from loadline.store.receipt_csv import write_receipt

                await asyncio.to_thread(write_receipt, run.receipt, target)
            elif options.what == "ranking":
                from loadline.engine.export_ranking import export_ranking

                await self._desk.ask(export_ranking, _ranking(run, target, options.harmless))
            else:
                work, spec = await self._rows(run, target, options)
                moved = partial(self._moved, run.board.rows_loaded)
                await self._desk.finish(work, spec, self._stop, moved)
        except LoadlineError as error:
            failure = error.failure
            if options.collection is None:
                await asyncio.to_thread(discard, target)  # a worker that was ended could not
            elif spec is not None and isinstance(error, Cancelled | WorkerDied):
                await self._give_up(spec)
        finally:
            if held is not None:
                await asyncio.to_thread(held.unlink, missing_ok=True)
            self._stop.clear()  # not at the start: it may be asked for before that
        self._page.export_ended(target, failure)

    async def _give_up(self, spec: CollectionSpec) -> None:
        """Drop what a worker that was ended left of a collection, as far as that is possible."""
        from loadline.engine.collection_once import give_up

        with suppress(LoadlineError, TimeoutError):
            async with asyncio.timeout(GIVE_UP_SECONDS):
                await self._desk.ask(give_up, spec)

    def stop(self) -> None:
        """Ask the export under way to stop; `save` ends when it has."""
        self._stop.set()

    async def estimate(
        self, run: Any, target: Path, options: Options, tell: Callable[[int, int], None]
    ) -> None:
        """Tell about how many bytes an export will have, and how many are free there."""
        try:
            size, free = await self._desk.ask(estimate, _spec(run, target, options))
        except LoadlineError:
            return  # saving says what is wrong
        tell(size, free)

    async def _rows(self, run: Any, target: Path, options: Options) -> tuple[Work, Any]:
        """Return the work that saves rows; raises `JobError` for an unknown connection."""
        if options.what == "above":
            from loadline.engine.export_above import AboveSpec, export_above

            return export_above, AboveSpec(_spec(run, target, options), options.first)
        if options.collection is None or self._server_of is None:
            from loadline.store.export import export_run

            return export_run, _spec(run, target, options)
        from loadline.engine.collection_export import CollectionSpec, export_to_collection

        where = options.collection
        source = MongoSource(
            connection=where.connection, database=where.database, collection=where.collection
        )
        spec = CollectionSpec(
            run.folder,
            await self._server_of(source),
            where.database,
            where.collection,
            options.overwrite,
            Path(options.view.path) if options.view else None,
            options.as_shown,
        )
        return export_to_collection, spec

    def _moved(self, total: int, done: int) -> None:
        self._page.export_moved(done, total)


def _holding(options: Options) -> tuple[Options, Path | None]:
    """Give the list of rows a second name that no later filter takes away; may block."""
    if options.view is None:
        return options, None
    path = Path(options.view.path)
    held = path.with_name(f"{path.name}.export")
    try:
        held.unlink(missing_ok=True)
        held.hardlink_to(path)
    except OSError:  # not every disk knows second names; a list that is gone is told by the export
        return options, None
    view = View(path=str(held), rows=options.view.rows, query=options.view.query)
    return replace(options, view=view), held


def _spec(run: Any, target: Path, options: Options) -> ExportSpec:
    from loadline.store.export import ExportOptions, ExportSpec

    chosen = ExportOptions(
        delimiter=options.delimiter,
        encoding=options.encoding,
        defuse=options.harmless,
        sheets=options.sheets,
    )
    view = Path(options.view.path) if options.view else None
    return ExportSpec(run.folder, target, options.overwrite, chosen, view, options.as_shown)


def estimate(spec: ExportSpec, report: Report) -> tuple[int, int]:
    """Return about how many bytes an export has, and how many are free (in a worker)."""
    import shutil

    from loadline.store.dataset import Dataset
    from loadline.store.export import ExportOptions
    from loadline.store.export_limits import estimated_bytes
    from loadline.store.export_rows import ExportRows

    report(0, 0)
    rows = ExportRows(Dataset.open(spec.run_folder), spec.view)
    options = spec.options or ExportOptions()
    free = shutil.disk_usage(spec.path.parent).free if spec.path.parent.is_dir() else 0
    return estimated_bytes(rows, spec.path.suffix.lower(), options), free


def _ranking(run: Any, target: Path, harmless: bool) -> RankingExport:
    """Return the ranking as work for a worker: of all references, where there are many."""
    from loadline.engine.export_ranking import RankingExport
    from loadline.engine.ranked import LiveRanking
    from loadline.engine.rankings import ranked_parts

    results = dict(run.results)
    hits = LiveRanking(run.job.score).update(results, len(results)).hits
    parts = ranked_parts(results.values())
    return RankingExport(target, run.job.score, hits, run.folder, parts, harmless)
