"""The runs there are, for the rail and the Runs page: live ones, and those kept on disk."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from loadline.domain.errors import OutputError
from loadline.domain.receipt import RunState
from loadline.gui.frame.rail import RecentRun
from loadline.gui.runs_page.runs_model import RunLine
from loadline.gui.theme import run_look
from loadline.store.history import list_runs, source_words
from loadline.store.retention import Deleted, KeepRule, apply_rule
from loadline.store.run_folder import finish_deletions
from loadline.store.run_label import read_label, write_label

if TYPE_CHECKING:
    from loadline.engine.run import Run
    from loadline.settings import Settings
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

    async def tidy(self, rule: KeepRule | None = None) -> list[Deleted]:
        """Finish deletions that were cut short, and delete what `rule` does not keep."""
        return await asyncio.to_thread(_tidied, self._runs_dir, rule)

    async def relabel(self, folder: Path, *, title: str | None, pinned: bool | None) -> None:
        """Keep what a run is called and whether it is pinned; None: as it is.

        Raises `OutputError`. An empty title is the job's name again.
        """
        await asyncio.to_thread(_relabelled, folder, title, pinned)
        await self.refresh()

    def unseen(self) -> list[PastRun]:
        """Return the runs whose failed end nobody has dismissed, newest first."""
        return [run for run in self.past if run.unseen]

    async def dismiss(self, folders: Sequence[Path]) -> None:
        """Keep that a person has dismissed the ends of these runs; a full disk keeps nothing."""
        ends = {run.folder: run.end for run in self.past if run.folder in set(folders)}
        with suppress(OutputError):  # told again at the next start
            await asyncio.to_thread(_dismissed, ends)
        self.past = [
            replace(run, dismissed=run.dismissed or run.folder in ends) for run in self.past
        ]

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
                str(run.folder),
                run.title,
                run_look(run.state),
                shown=str(run.folder) == shown,
                unseen=run.unseen,
            )
            for run in self.past[:IN_THE_RAIL]
            if run.folder not in at_work
        ]
        return lines[:IN_THE_RAIL]

    def lines(self, live: Sequence[Run]) -> list[RunLine]:
        """Return the lines of the Runs page, newest first."""
        at_work = {run.folder for run in live}
        labels = {str(run.folder): run for run in self.past}
        shown = [_live_line(run, labels.get(str(run.folder))) for run in reversed(live)]
        return shown + [_line(run) for run in self.past if run.folder not in at_work]


def _percent(run: Run) -> int | None:
    if run.state is RunState.PLANNING or not run.board.size:
        return None
    return int(100 * run.board.bytes_read / run.board.size)


def keep_rule(settings: Settings) -> KeepRule:
    """Return the rule for old runs that a person has set."""
    return KeepRule(settings.keep_gigabytes * 10**9, settings.keep_days)


def _relabelled(folder: Path, title: str | None, pinned: bool | None) -> None:
    label = read_label(folder)
    if title is not None:
        label = msgspec.structs.replace(label, title=title)
    if pinned is not None:
        label = msgspec.structs.replace(label, pinned=pinned)
    write_label(folder, label)


def _dismissed(ends: Mapping[Path, str]) -> None:
    for folder, end in ends.items():
        write_label(folder, msgspec.structs.replace(read_label(folder), dismissed=end))


def _tidied(runs_dir: Path, rule: KeepRule | None) -> list[Deleted]:
    finish_deletions(runs_dir)
    return apply_rule(runs_dir, rule, datetime.now(UTC)) if rule else []


def _live_line(run: Run, known: PastRun | None) -> RunLine:
    return RunLine(
        key=str(run.folder),
        name=known.title if known else run.job.name,
        state=run.state,
        started=run.started_at,
        files=len(run.board.rows),
        rows=run.board.rows_loaded,
        seconds=run.elapsed(),
        source=source_words(run.job),
        live=True,
        pinned=known is not None and known.pinned,
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
        pinned=run.pinned,
    )
