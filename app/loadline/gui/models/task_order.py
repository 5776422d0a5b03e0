"""Which tasks are shown and in which order: an index over the board's rows, sorted natively."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from loadline.domain.tasks import TaskRow, TaskState


class TaskColumn(IntEnum):
    """The columns of the task table."""

    NUMBER = 0
    FILE = 1
    STATE = 2
    PROGRESS = 3
    ROWS = 4
    SIZE = 5
    SECONDS = 6
    RATE = 7
    TRIES = 8
    MESSAGE = 9


STEADY = frozenset({TaskColumn.NUMBER, TaskColumn.FILE, TaskColumn.SIZE})
"""Columns whose values do not change while a task runs."""

_STATES = {
    state: place
    for place, state in enumerate(
        (
            TaskState.RUNNING, TaskState.CANCELLING, TaskState.WAITING, TaskState.QUEUED,
            TaskState.FAILED, TaskState.CANCELLED, TaskState.DONE, TaskState.KEPT,
        )
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TaskView:
    """What the user asked to see."""

    states: frozenset[TaskState] | None = None
    """None: all."""
    text: str = ""
    """Part of the name, any case."""
    column: TaskColumn = TaskColumn.NUMBER
    descending: bool = False

    @property
    def filters(self) -> bool:
        """Some tasks may be hidden."""
        return self.states is not None or bool(self.text)

    @property
    def plain(self) -> bool:
        """Every task, in the order of the source."""
        return not self.filters and self.column is TaskColumn.NUMBER and not self.descending

    def shows(self, row: TaskRow) -> bool:
        """Tell whether `row` passes the filters."""
        if self.states is not None and row.state not in self.states:
            return False
        return not self.text or self.text.casefold() in row.name.casefold()


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key that puts ``2.csv`` before ``10.csv``."""
    pieces = re.findall(r"\d+|\D+", name.casefold())
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in pieces)


def rate_of(row: TaskRow, now: float) -> float | None:
    """Return the rows per second of the latest attempt, or None where that tells nothing."""
    seconds = row.seconds(now)
    if not seconds or not row.rows or row.state is TaskState.FAILED:
        return None
    return row.rows / seconds


def native(column: TaskColumn, row: TaskRow, now: float) -> Any:
    """Return the value that `column` sorts by; None sorts last."""
    return _NATIVE[column](row, now)


_NATIVE: dict[TaskColumn, Callable[[TaskRow, float], Any]] = {
    TaskColumn.NUMBER: lambda row, _: row.index,
    TaskColumn.FILE: lambda row, _: natural(row.name),
    TaskColumn.STATE: lambda row, _: _STATES[row.state],
    TaskColumn.PROGRESS: lambda row, _: row.progress,
    TaskColumn.ROWS: lambda row, _: row.rows,
    TaskColumn.SIZE: lambda row, _: row.size,
    TaskColumn.SECONDS: lambda row, now: row.seconds(now),
    TaskColumn.RATE: rate_of,
    TaskColumn.TRIES: lambda row, _: row.attempt,
    TaskColumn.MESSAGE: lambda row, _: (
        (row.error.sentence if row.error else row.message).casefold() or None
    ),
}


def ordered(rows: Sequence[TaskRow], view: TaskView, now: float) -> list[int]:
    """Return the indexes of the rows that `view` shows, in its order, ties by index."""
    shown = [r.index for r in rows if view.shows(r)] if view.filters else list(range(len(rows)))
    if view.column is TaskColumn.NUMBER:
        return shown[::-1] if view.descending else shown
    value = _NATIVE[view.column]
    keyed = [(value(rows[i], now), i) for i in shown]
    known = [pair for pair in keyed if pair[0] is not None]
    known.sort(key=lambda pair: pair[0], reverse=view.descending)
    return [i for _, i in known] + [i for key, i in keyed if key is None]
