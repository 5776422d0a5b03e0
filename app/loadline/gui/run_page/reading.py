"""How the page reads a run's results and problem records; all of it in threads."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import msgspec

from loadline.domain.plan import Problem
from loadline.domain.tasks import TaskRow
from loadline.gui.models.problem_model import ProblemEntry, ProblemPage
from loadline.gui.models.result_model import Opened, open_table
from loadline.gui.run_page.run_like import RunLike
from loadline.store.part_ref import stem


def open_result(run: RunLike, key: object, before: object = None) -> Opened:
    """Return a run's finished parts as one table; `key` is the tuple of its parts."""
    from loadline.store.dataset import Dataset

    parts = key if isinstance(key, tuple) else run.parts()
    dataset = Dataset(run.folder, parts, run.schema())
    grows = isinstance(before, tuple) and parts[: len(before)] == before
    return open_table(key, dataset, tuple(run.schema()), grows=grows)


def read_problems(run: RunLike, start: int, count: int) -> ProblemPage:
    """Return problem records from number `start` on, in the order of the source."""
    records = _records(run.problems_folder, tuple(run.board.rows))
    page = tuple(islice(records, start, start + count + 1))
    return ProblemPage(page[:count], more=len(page) > count)


def _records(folder: Path, rows: tuple[TaskRow, ...]) -> Iterator[ProblemEntry]:
    decode = msgspec.json.Decoder(Problem).decode
    for row in rows:
        if not (row.problems or row.rejected):
            continue
        path = folder / f"{stem(row.index)}.jsonl"
        if not path.exists():
            continue
        with path.open("rb") as lines:
            for line in lines:
                yield ProblemEntry(row.index, row.name, decode(line))
