"""Who worked on what and when: one block per attempt, in a lane per worker.

Fed by the board with every change of a task's row. Memory is bounded: the blocks of the last
`BLOCKS_KEPT` ended attempts are kept; the share of busy time is summed up and stays exact.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from loadline.domain.tasks import TaskRow, TaskState
from loadline.domain.waits import Wait, Waits

BLOCKS_KEPT = 10_000


class Outcome(StrEnum):
    """How an attempt ended."""

    RUNNING = "running"
    DONE = "done"
    RETRIED = "retried"  # broke off and is tried again
    STOPPED = "stopped"  # its worker ended without an answer
    FAILED = "failed"
    CANCELLED = "cancelled"


_BY_STATE = {
    TaskState.DONE: Outcome.DONE,
    TaskState.KEPT: Outcome.DONE,
    TaskState.FAILED: Outcome.FAILED,
    TaskState.CANCELLED: Outcome.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try of one task in one worker; times are seconds since the run's start."""

    index: int
    worker: int
    start: float
    end: float | None = None
    outcome: Outcome = Outcome.RUNNING
    number: int = 1


class Timeline:
    """The attempts of a run, ended ones in the order in which they ended, and what it awaited."""

    def __init__(self, keep: int = BLOCKS_KEPT) -> None:
        self.ended: deque[Attempt] = deque(maxlen=keep)
        self.open: dict[int, Attempt] = {}
        self.waits = Waits()
        self._since: dict[int, float] = {}
        self._busy = 0.0
        self._outcomes: set[Outcome] = set()

    @property
    def workers(self) -> list[int]:
        """Numbers of all workers seen so far, sorted."""
        return sorted(self._since)

    def outcomes(self) -> set[Outcome]:
        """Return how attempts have ended so far; those that run count as running."""
        found = set(self._outcomes)
        return found | {Outcome.RUNNING} if self.open else found

    def since(self, worker: int) -> float:
        """Return when `worker` began its first attempt."""
        return self._since[worker]

    def attempts_of(self, index: int) -> list[Attempt]:
        """Return the attempts of one task, as far as they are kept, the latest last."""
        found = [attempt for attempt in self.ended if attempt.index == index]
        return [*found, self.open[index]] if index in self.open else found

    def begin(self, row: TaskRow) -> None:
        """Note that the attempt that `row` tells has begun in its worker."""
        at = row.started or 0.0
        if row.index in self.open:
            self._close(row.index, at, Outcome.RETRIED)
        worker = row.worker or 0
        self._since.setdefault(worker, at)
        self.open[row.index] = Attempt(row.index, worker, at, number=row.attempt)

    def end(self, row: TaskRow, at: float) -> None:
        """Note that the open attempt of `row`'s task has ended as `row` tells."""
        if row.index not in self.open:
            return
        if row.state is TaskState.WAITING:
            died = row.error is not None and row.error.kind == "WorkerDied"
            self._close(row.index, at, Outcome.STOPPED if died else Outcome.RETRIED)
        elif row.state in _BY_STATE:
            self._close(row.index, at, _BY_STATE[row.state])

    def restore(self, attempts: Iterable[Attempt], waits: Iterable[Wait]) -> None:
        """Take over what a journal tells; the attempts have ended, in this order."""
        for attempt in attempts:
            first = self._since.get(attempt.worker, attempt.start)
            self._since[attempt.worker] = min(first, attempt.start)
            self._busy += max(0.0, (attempt.end or attempt.start) - attempt.start)
            self.ended.append(attempt)
            self._outcomes.add(attempt.outcome)
        for wait in waits:
            self.waits.add(wait)

    def busy(self, now: float) -> float:
        """Return the share of time, 0..1, in which the workers seen so far had an attempt."""
        there = sum(max(0.0, now - since) for since in self._since.values())
        busy = self._busy + sum(max(0.0, now - a.start) for a in self.open.values())
        return min(1.0, busy / there) if there else 0.0

    def _close(self, index: int, at: float, outcome: Outcome) -> None:
        attempt = replace(self.open.pop(index), end=at, outcome=outcome)
        self._busy += max(0.0, at - attempt.start)
        self.ended.append(attempt)
        self._outcomes.add(outcome)
