"""What the run page reads from a run's folder; called in its threads."""

from __future__ import annotations

from loadline.gui.models.problem_model import ProblemEntry, ProblemPage
from loadline.gui.models.result_model import Opened, open_table
from loadline.gui.run_page.run_like import RunLike


def open_result(run: RunLike, parts: object, before: object) -> Opened:
    """Open the finished `parts` of a run as one table; `before` are those shown so far."""
    from loadline.store.dataset import Dataset

    assert isinstance(parts, tuple)
    schema = run.schema()
    table = Dataset(run.folder, parts, schema)
    grows = isinstance(before, tuple) and parts[: len(before)] == before
    return open_table(parts, table, schema, grows=grows)


def read_problems(run: RunLike, start: int, count: int) -> ProblemPage:
    """Read up to `count` problem records of a run from number `start` on."""
    from loadline.store.problems import ProblemLog

    log = ProblemLog(run.problems_folder)
    rows = run.board.rows
    entries = tuple(
        ProblemEntry(found.index, rows[found.index].name, found.problem)
        for found in log.page(start, count)
    )
    return ProblemPage(entries, start + len(entries) < log.count)
