"""Exports asked for by the run page: rows in a worker, the receipt at once."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loadline.domain.errors import LoadlineError
from loadline.gui.application.desk import Desk

if TYPE_CHECKING:
    from loadline.gui.run_page.export_menu import ExportOptions as Options
    from loadline.gui.run_page.page import RunPage


class Exports:
    """Saves what a run page asks for and tells it how it goes."""

    def __init__(self, desk: Desk, page: RunPage) -> None:
        self._desk = desk
        self._page = page

    async def save(self, run: Any, target: Path, options: Options) -> None:
        """Write what `options` ask for to `target`; what goes wrong is shown on the page."""
        from loadline.store.export import ExportOptions, ExportSpec, export_run

        failure = None
        try:
            if options.what == "receipt":
                from loadline.store.receipt_csv import write_receipt

                await asyncio.to_thread(write_receipt, run.receipt, target)
            elif options.what == "ranking":
                await asyncio.to_thread(_write_ranking, run, target, options.harmless)
            else:
                moved = partial(self._moved, run.board.rows_loaded)
                chosen = ExportOptions(defuse=options.harmless)
                spec = ExportSpec(run.folder, target, overwrite=True, options=chosen)
                await self._desk.ask(export_run, spec, moved)
        except LoadlineError as error:
            failure = error.failure
        self._page.export_ended(target, failure)

    def _moved(self, total: int, rows: int) -> None:
        self._page.export_moved(rows, total)


def _write_ranking(run: Any, target: Path, harmless: bool) -> None:
    """Write what the ranking shows; raises `OutputError`. Called in a thread."""
    from loadline.engine.ranked import LiveRanking
    from loadline.store.ranking_csv import RankedRow, write_ranking

    results = dict(run.results)
    hits = LiveRanking(run.job.score).update(results, len(results)).hits
    rows = [RankedRow(hit.score, hit.shares, hit.fields) for hit in hits]
    names = [comparison.field for comparison in run.job.score.compare]
    write_ranking(rows, names, target, defuse=harmless)
