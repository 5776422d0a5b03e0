"""How the page reads a run's results and problem records; all of it in threads."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from loadline.domain.receipt import RUN_ENDED
from loadline.gui.models.problem_model import ProblemEntry, ProblemPage
from loadline.gui.models.result_model import Opened, ResultState, open_table
from loadline.gui.run_page.run_like import RunLike
from loadline.store.problems import ProblemLog


def open_result(run: RunLike, state: ResultState, before: ResultState | None) -> Opened:
    """Return a run's finished parts as one table; `before` is what is shown so far."""
    from loadline.domain.lean_arrow import keep_pandas_out
    from loadline.store.dataset import Dataset

    keep_pandas_out()
    parts = state.parts
    if run.state not in RUN_ENDED:  # a part that is written anew meanwhile is not damaged
        parts = tuple(replace(part, checksum="") for part in parts)
    dataset = Dataset(run.folder, parts, state.schema)
    grows = before is not None and state.parts[: len(before.parts)] == before.parts
    return open_table(state, dataset, state.schema, grows=grows)


class ProblemPages:
    """Pages through a run's problem records; counts them again whenever it begins anew."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._log: ProblemLog | None = None

    def __call__(self, run: RunLike, start: int, count: int) -> ProblemPage:
        """Return records from number `start` on, in the order of the source."""
        if start == 0 or self._log is None or run.problems_folder != self._folder:
            self._folder = run.problems_folder
            self._log = ProblemLog(self._folder)
        rows = run.board.rows
        entries = tuple(
            ProblemEntry(found.index, rows[found.index].name, found.problem)
            for found in self._log.page(start, count)
            if found.index < len(rows)
        )
        return ProblemPage(entries, more=start + count < self._log.count)
