"""Questions about the result of an earlier run, answered in a worker."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from loadline.domain.browsing import DocumentsSeen, FieldSeen, Matching
from loadline.domain.jobs import DatasetSource
from loadline.domain.plan import Report
from loadline.domain.receipt import RunState
from loadline.gui.new_job_page.records_look import CollectionLook
from loadline.gui.new_job_page.run_card import EarlierRun

if TYPE_CHECKING:
    from loadline.gui.application.desk import Desk
    from loadline.store.history import PastRun

FIRST_ROWS, MOST_COLUMNS = 100, 200
_READABLE = frozenset({RunState.DONE, RunState.PROBLEMS, RunState.CANCELLED, RunState.FAILED})


class RunDesk:
    """What the New job page asks about earlier runs."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def look(self, source: DatasetSource) -> CollectionLook:
        """Read the first rows of a run's result; raises `LoadlineError`."""
        seen: tuple[DocumentsSeen, int] = await self._desk.ask(first_rows, source)
        documents, rows = seen
        return CollectionLook(documents, Matching(rows, rows))


def readable(past: Sequence[PastRun]) -> list[EarlierRun]:
    """Return the runs among `past` whose result may be read, in their order."""
    return [
        EarlierRun(str(run.folder), run.title, run.started, run.rows)
        for run in past
        if run.state in _READABLE and not run.damage
    ]


def first_rows(source: DatasetSource, report: Report) -> tuple[DocumentsSeen, int]:
    """Return the first rows as texts, and how many rows there are (in a worker)."""
    from loadline.engine.earlier_run import open_earlier

    earlier = open_earlier(source.path)
    columns = earlier.schema[:MOST_COLUMNS]
    names = [column.name for column in columns]
    rows: list[tuple[str | None, ...]] = []
    for batch in earlier.batches(names, 0, min(FIRST_ROWS, earlier.rows), lambda: report(0, 0)):
        cells = [batch.column(place).to_pylist() for place in range(batch.num_columns)]
        rows += [tuple(map(_text, row)) for row in zip(*cells, strict=True)]
    fields = tuple(
        FieldSeen(column.name, column.type, sum(row[place] is not None for row in rows))
        for place, column in enumerate(columns)
    )
    left_out = len(earlier.schema) - len(columns)
    return DocumentsSeen(fields, tuple(rows), left_out=left_out), earlier.rows


def _text(value: Any) -> str | None:
    """Return a value as the preview shows it and as a comparison reads it."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return json.dumps(value, default=str) if isinstance(value, list) else str(value)
