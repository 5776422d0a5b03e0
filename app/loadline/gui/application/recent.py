"""The runs there are, for the rail and the Runs page: live ones, and those kept on disk."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from loadline.domain.receipt import RunState
from loadline.gui.frame.rail import RecentRun
from loadline.gui.runs_page.runs_model import RunLine
from loadline.gui.theme import run_look
from loadline.store.history import list_runs, source_words
from loadline.store.run_folder import finish_deletions

if TYPE_CHECKING:
    from loadline.engine.run import Run
    from loadline.store.history import PastRun

IN_THE_RAIL = 8


class Recent:
    """What is known of the runs below a folder; `refresh` reads it anew in a thread."""

    def __init__(self, runs_dir: Path) -> None:
        self.past: list[PastRun] = []
        self._runs_dir = runs_dir

    async def refresh(self) -> None:
        """Read the list again; a folder that cannot be read has no runs."""
        self.past = await asyncio.to_thread(list_runs, self._runs_dir)

    async def tidy(self) -> None:
        """Finish deletions that an earlier end of the program cut short."""
        await asyncio.to_thread(finish_deletions, self._runs_dir)

    def rail(self, live: Sequence[Run], shown: str) -> list[RecentRun]:
        """Return the rail's lines, newest first; `shown` is the run on screen."""
        lines = [
            RecentRun(
                str(run.folder), run.job.name, run_look(run.state), _percent(run),
                shown=str(run.folder) == shown,
            )
            for run in reversed(live)
        ]  # fmt: skip
        at_work = {run.folder for run in live}
        lines += [
            RecentRun(
                str(run.folder), run.title, run_look(run.state), shown=str(run.folder) == shown
            )
            for run in self.past[:IN_THE_RAIL]
            if run.folder not in at_work
        ]
        return lines[:IN_THE_RAIL]

    def lines(self, live: Sequence[Run]) -> list[RunLine]:
        """Return the lines of the Runs page, newest first."""
        at_work = {run.folder for run in live}
        shown = [_live_line(run) for run in reversed(live)]
        return shown + [_line(run) for run in self.past if run.folder not in at_work]


def _percent(run: Run) -> int | None:
    if run.state is RunState.PLANNING or not run.board.size:
        return None
    return int(100 * run.board.bytes_read / run.board.size)


def _live_line(run: Run) -> RunLine:
    return RunLine(
        key=str(run.folder),
        name=run.job.name,
        state=run.state,
        started=run.started_at,
        files=len(run.board.rows),
        rows=run.board.rows_loaded,
        seconds=run.elapsed(),
        source=source_words(run.job),
        live=True,
    )


def _line(run: PastRun) -> RunLine:
    return RunLine(
        key=str(run.folder),
        name=run.title,
        state=run.state,
        started=run.started,
        files=run.tasks,
        rows=run.rows,
        seconds=run.seconds,
        size=run.size,
        source=run.damage[0] if run.damage else run.source,
    )
