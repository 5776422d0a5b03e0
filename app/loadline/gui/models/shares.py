"""How the bytes of a run are spread over the states: the run's progress bar and time left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from loadline.domain.tasks import ENDED, TaskRow, TaskState

ORDER = (
    TaskState.DONE, TaskState.KEPT, TaskState.FAILED, TaskState.CANCELLED, TaskState.CANCELLING,
    TaskState.WAITING, TaskState.RUNNING, TaskState.QUEUED,
)  # fmt: skip
"""From left to right in the bar."""
GAP = 2
LEAST = 6
"""A segment that is not empty is at least this wide, in pixels."""


@dataclass(frozen=True, slots=True)
class Shares:
    """Bytes by state (tasks where no size is known), and how much of the running is read."""

    weights: dict[TaskState, int]
    read: int = 0
    """Bytes read of the tasks that have not ended."""
    running_read: int = 0
    done: int = 0
    """Bytes, or tasks, that need no more work."""
    total: int = 0

    @property
    def progress(self) -> float:
        """Share of the run, 0..1, that is read."""
        return min(1.0, (self.done + self.read) / self.total) if self.total else 0.0

    @property
    def left(self) -> int:
        """What is still to be read."""
        return max(0, self.total - self.done - self.read)


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the bar in pixels; `read` of its width is filled where it is running."""

    state: TaskState
    left: float
    width: float
    read: float = 1.0


def shares_of(rows: Sequence[TaskRow]) -> Shares:
    """Return the shares of all tasks, in one pass."""
    weights: dict[TaskState, int] = {}
    read = running_read = 0
    for row in rows:
        state = row.state
        weights[state] = weights.get(state, 0) + row.size
        if row.bytes and state not in ENDED:
            read += row.bytes
            running_read += row.bytes if state is TaskState.RUNNING else 0
    if not any(weights.values()):
        weights = {}
        for row in rows:
            weights[row.state] = weights.get(row.state, 0) + 1
        read = running_read = 0
    done = sum(weights.get(state, 0) for state in ENDED)
    return Shares(weights, read, running_read, done, sum(weights.values()))


def segments(shares: Shares, width: float) -> list[Segment]:
    """Return the pieces of a bar `width` pixels wide, each at least `LEAST`, `GAP` apart."""
    present = [s for s in ORDER if shares.weights.get(s, 0) > 0]
    if not present or not shares.total:
        return []
    room = width - GAP * (len(present) - 1)
    wanted = {s: room * shares.weights[s] / shares.total for s in present}
    short = [s for s in present if wanted[s] < LEAST]
    spare = room - LEAST * len(short)
    wide = sum(wanted[s] for s in present if s not in short)
    pieces: list[Segment] = []
    at = 0.0
    for state in present:
        wants = wanted[state]
        piece = LEAST if state in short else wants * spare / wide if wide else wants
        read = 1.0
        if state is TaskState.RUNNING:
            read = min(1.0, shares.running_read / shares.weights[state])
        pieces.append(Segment(state, at, piece, read))
        at += piece + GAP
    return pieces
