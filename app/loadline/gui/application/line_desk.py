"""Leads from a line of a file to its row in the result; the file is read in a worker."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from loadline.gui.application.desk import Desk
from loadline.gui.run_page.run_like import RunLike

if TYPE_CHECKING:
    from loadline.domain.jobs import Job
    from loadline.engine.problem_row import LineSpec
    from loadline.sources.source import Source


class LineDesk:
    """Asks `desk`."""

    def __init__(self, desk: Desk, source_of: Callable[[Job], Source]) -> None:
        self._desk = desk
        self._source_of = source_of

    async def row(self, run: RunLike, index: int, line: int) -> int | None:
        """Return the dataset's row (from 0) that begins in `line` of task `index`.

        None: it was not loaded. Raises `LoadlineError`.
        """
        spec, first = await asyncio.to_thread(self._spec, run, index, line)
        from loadline.engine.problem_row import problem_row

        row: int | None = await self._desk.ask(problem_row, spec)
        return None if row is None or first is None else first + row

    def _spec(self, run: Any, index: int, line: int) -> tuple[LineSpec, int | None]:
        from loadline.engine.problem_row import line_spec
        from loadline.store.dataset import Dataset

        dataset = Dataset(run.folder, run.parts(), run.schema())
        return line_spec(run, self._source_of(run.job), index, line), dataset.first_row(index)
