"""The board: every task's row, changed only by events, read by whoever shows it.

A pure state machine. Facts come in through `Board.handle`; the table of allowed changes stands
in `loadline.domain.tasks`. A reader calls `Board.drain` on its own clock and gets the rows that
changed since, whatever the rate of events.
"""

from __future__ import annotations

from collections import Counter

from msgspec.structs import replace

from loadline.domain import events as ev
from loadline.domain.errors import Failure, TransitionError
from loadline.domain.tasks import COMPLETE, ENDED, LEAVES, TaskRow, TaskState
from loadline.domain.timeline import Timeline

_S = TaskState


class Board:
    """Rows of all tasks in index order, with running totals.

    Attributes:
        rows: one `TaskRow` per task; replaced, never changed in place.
        counts: how many tasks are in each state.
        rows_loaded: rows of complete tasks plus those of running ones so far.
        bytes_read: the same for bytes of the source.
        size: bytes of all tasks together.
        retries: attempts that failed and were tried again.
        timeline: the attempts by worker.
    """

    def __init__(self) -> None:
        self.rows: list[TaskRow] = []
        self.counts: Counter[TaskState] = Counter()
        self.rows_loaded = 0
        self.bytes_read = 0
        self.size = 0
        self.retries = 0
        self.timeline = Timeline()
        self._history: list[list[TaskState]] = []
        self._dirty: set[int] = set()

    def handle(self, event: ev.TaskEvent) -> TaskRow:
        """Apply one event and return the task's new row; raises `TransitionError`."""
        if isinstance(event, ev.TaskQueued) and event.index == len(self.rows):
            return self._add(event)
        if not 0 <= event.index < len(self.rows):
            raise TransitionError(
                f"{type(event).__name__} for task {event.index}, which is not there"
            )
        old = self.rows[event.index]
        new = self._applied(old, event)
        if new.state is not old.state or not isinstance(event, ev.TaskProgress):
            self._check(old, new, event)
        self._replace(old, new)
        self.timeline.waits.changed(old, new, event.at)
        if isinstance(event, ev.TaskStarted):
            self.timeline.begin(new)
        elif new.state is not old.state:
            self.timeline.end(new, event.at)
        return new

    def drain(self) -> list[int]:
        """Return the indexes of the rows changed since the last call, sorted, and forget them."""
        changed = sorted(self._dirty)
        self._dirty.clear()
        return changed

    @property
    def ended(self) -> bool:
        """Every task has ended."""
        return sum(self.counts[s] for s in ENDED) == len(self.rows)

    def unfinished(self) -> list[int]:
        """Indexes of the tasks that *Retry unfinished* would queue again."""
        return [r.index for r in self.rows if r.state in ENDED and r.state not in COMPLETE]

    def _add(self, event: ev.TaskQueued) -> TaskRow:
        row = TaskRow(index=event.index, name=event.name, size=event.size)
        self.rows.append(row)
        self._history.append([row.state])
        self.counts[row.state] += 1
        self.size += row.size
        self._dirty.add(row.index)
        return row

    def _check(self, old: TaskRow, new: TaskRow, event: ev.TaskEvent) -> None:
        history = self._history[old.index]
        if new.state not in LEAVES[old.state]:
            told = " → ".join(history)
            raise TransitionError(
                f"task {old.index} ({old.name}): {type(event).__name__} is not allowed "
                f"in state {old.state}; its history: {told}"
            )
        if new.state is not old.state:
            history.append(new.state)

    def _replace(self, old: TaskRow, new: TaskRow) -> None:
        self.rows[old.index] = new
        self.counts[old.state] -= 1
        self.counts[new.state] += 1
        self.rows_loaded += new.rows - old.rows
        self.bytes_read += new.bytes - old.bytes
        self.size += new.size - old.size
        self._dirty.add(old.index)

    def _applied(self, row: TaskRow, event: ev.TaskEvent) -> TaskRow:
        match event:
            case ev.TaskProgress():
                if row.state not in (_S.RUNNING, _S.CANCELLING):
                    return row  # a counter that was overtaken by the attempt's end
                return replace(row, rows=event.rows, bytes=event.bytes)
            case ev.TaskStarted():
                return self._started(row, event)
            case ev.TaskWaiting():
                return self._waiting(row, event)
            case ev.TaskDone() | ev.TaskKept():
                return self._complete(row, event)
            case ev.TaskFailed():
                return self._emptied(
                    row, state=_S.FAILED, ended=event.at, error=event.error, worker=row.worker
                )
            case ev.TaskCancelling():
                return replace(row, state=_S.CANCELLING)
            case ev.TaskCancelled():
                ended = event.at if row.started is not None else None
                return self._emptied(row, state=_S.CANCELLED, ended=ended, error=row.error)
            case ev.TaskQueued():
                row = replace(row, name=event.name or row.name, size=event.size or row.size)
                return self._emptied(row, state=_S.QUEUED, ended=None)
        raise TypeError(f"unknown event {event!r}")

    def _emptied(
        self,
        row: TaskRow,
        *,
        state: TaskState,
        ended: float | None,
        error: Failure | None = None,
        worker: int | None = None,
    ) -> TaskRow:
        # What an attempt had read is not in the dataset, so it counts for nothing.
        return replace(
            row, state=state, reason=None, until=None, rows=0, bytes=0, rejected=0, problems=0,
            worker=worker, ended=ended, error=error, message="",
        )  # fmt: skip

    def _started(self, row: TaskRow, event: ev.TaskStarted) -> TaskRow:
        return replace(
            row, state=_S.RUNNING, reason=None, until=None, attempt=event.attempt,
            worker=event.worker, started=event.at, ended=None, rows=0, bytes=0,
        )  # fmt: skip

    def _waiting(self, row: TaskRow, event: ev.TaskWaiting) -> TaskRow:
        if row.state is _S.RUNNING:
            self.retries += event.error is not None
            row = replace(row, rows=0, bytes=0, ended=event.at, worker=None)
        return replace(
            row, state=_S.WAITING, reason=event.reason, until=event.until,
            error=event.error or row.error,
        )  # fmt: skip

    def _complete(self, row: TaskRow, event: ev.TaskDone | ev.TaskKept) -> TaskRow:
        row = replace(
            row, reason=None, until=None, rows=event.rows, rejected=event.rejected,
            bytes=event.bytes, problems=event.problems, error=None, ended=event.at,
        )  # fmt: skip
        if isinstance(event, ev.TaskKept):
            started = event.at - event.seconds
            return replace(row, state=_S.KEPT, attempt=event.attempts, started=started)
        return replace(row, state=_S.DONE, message=event.message)
