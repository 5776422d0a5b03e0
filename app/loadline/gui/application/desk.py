"""Small questions of the window, answered in worker processes of their own.

They do not stand in the queue of a run: a preview answers although all workers are busy.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from loadline.domain.errors import Cancelled
from loadline.domain.jobs import CsvFolderSource
from loadline.domain.plan import Report
from loadline.domain.survey import Preview, Survey
from loadline.engine.backends.backend import Progress, Work, WorkEvent

if TYPE_CHECKING:
    from loadline.engine.backends.local_pool import LocalPool

ANSWER_WITHIN = 60.0
"""Seconds without progress after which a question is given up."""

LONG_STILL = 300.0
"""Seconds without progress after which long work is given up."""


class Desk:
    """Asks `pool`; a caller that stops waiting stops the work as well."""

    def __init__(self, pool: LocalPool) -> None:
        self._pool = pool

    async def survey(self, source: CsvFolderSource) -> Survey:
        """Look at a folder; raises `LoadlineError`."""
        answer: Survey = await self.ask(survey, source)
        return answer

    async def preview(self, source: CsvFolderSource, file: str) -> Preview:
        """Read the first rows of a file; raises `LoadlineError`."""
        answer: Preview = await self.ask(preview, (source, file))
        return answer

    async def ask(
        self,
        work: Work,
        spec: Any,
        moved: Callable[[int], None] | None = None,
    ) -> Any:
        """Return what ``work(spec, report)`` gives; `moved` is told the rows so far."""

        def told(rows: int, _: int) -> None:
            if moved is not None:
                moved(rows)

        return await self.follow(work, spec, told)

    def get_ready(self, work: Work) -> None:
        """Have a worker do `work` before anyone waits for it: what it imports is there then."""
        self._pool.submit(work, None, deadline=ANSWER_WITHIN)

    async def follow(self, work: Work, spec: Any, moved: Callable[[int, int], None]) -> Any:
        """Return what ``work(spec, report)`` gives; `moved` is told both of its counters."""
        loop = asyncio.get_running_loop()

        def event(event: WorkEvent) -> None:
            if isinstance(event, Progress):
                loop.call_soon_threadsafe(moved, event.rows, event.bytes)

        future = self._pool.submit(work, spec, on_event=event, deadline=ANSWER_WITHIN)
        try:
            return await asyncio.wrap_future(future)
        except Cancelled as stopped:
            raise asyncio.CancelledError from stopped
        finally:
            future.cancel()

    async def finish(
        self, work: Work, spec: Any, stop: asyncio.Event, moved: Callable[[int], None]
    ) -> Any:
        """Do long work to its end, or until it has really stopped after `stop`.

        Raises `Cancelled` then, and whatever else the work raises.
        """
        loop = asyncio.get_running_loop()

        def event(event: WorkEvent) -> None:
            if isinstance(event, Progress):
                loop.call_soon_threadsafe(moved, event.rows)

        future = self._pool.submit(work, spec, on_event=event, deadline=LONG_STILL)
        done = asyncio.wrap_future(future)
        asked = asyncio.ensure_future(stop.wait())
        try:
            await asyncio.wait((done, asked), return_when=asyncio.FIRST_COMPLETED)
            if not done.done():
                future.cancel()  # `done` follows when the worker has stopped
            return await asyncio.shield(done)
        finally:
            asked.cancel()
            future.cancel()


def survey(source: CsvFolderSource, report: Report) -> Survey:
    """Look at a folder (in a worker)."""
    from loadline.sources.csv_survey import survey_folder

    return survey_folder(source, report)


def preview(spec: tuple[CsvFolderSource, str], report: Report) -> Preview:
    """Read the first rows of a file (in a worker)."""
    from loadline.sources.csv_survey import preview_file

    return preview_file(*spec, report)
