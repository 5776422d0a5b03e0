"""A task's life: its states, why it waits, and its row on the board.

The one truth about states (an event that this table does not allow raises `TransitionError`):

=============  ==========================================  =========================================
state          meaning                                     leaves to
=============  ==========================================  =========================================
queued         not handed out                              waiting, running, cancelled (at once),
                                                           kept
waiting        its turn, but: slot, rate limit, retry in   running, cancelled (at once), failed,
               n s, source not answering, memory, paused   queued
running        a worker has it                             done, waiting (retry), failed, cancelling
cancelling     asked to stop; the worker still lives       cancelled, or done if it finished first
cancelled      the worker has stopped and its temporary    queued (by *Retry unfinished*)
               file is gone
done           the part is in place, its line adds up      –
failed         attempts used up, or an error that          queued (by *Retry unfinished*)
               retrying cannot help
kept           an earlier attempt of this run left a       queued (its part turned out damaged)
               valid part and the source is unchanged
=============  ==========================================  =========================================
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from loadline.domain.errors import Failure


class TaskState(StrEnum):
    """Where a task stands."""

    QUEUED = "queued"
    WAITING = "waiting"
    RUNNING = "running"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"
    DONE = "done"
    FAILED = "failed"
    KEPT = "kept"


class WaitReason(StrEnum):
    """Why a task whose turn it is has not started."""

    SLOT = "slot"
    RATE = "rate"
    RETRY = "retry"
    SOURCE = "source"
    MEMORY = "memory"
    PAUSED = "paused"


_S = TaskState
LEAVES: dict[TaskState, frozenset[TaskState]] = {
    _S.QUEUED: frozenset({_S.WAITING, _S.RUNNING, _S.CANCELLED, _S.KEPT}),
    _S.WAITING: frozenset({_S.WAITING, _S.RUNNING, _S.CANCELLED, _S.FAILED, _S.QUEUED}),
    _S.RUNNING: frozenset({_S.RUNNING, _S.DONE, _S.WAITING, _S.FAILED, _S.CANCELLING}),
    _S.CANCELLING: frozenset({_S.CANCELLING, _S.CANCELLED, _S.DONE}),
    _S.CANCELLED: frozenset({_S.QUEUED}),
    _S.DONE: frozenset(),
    _S.FAILED: frozenset({_S.QUEUED}),
    _S.KEPT: frozenset({_S.QUEUED}),
}
ENDED = frozenset({_S.CANCELLED, _S.DONE, _S.FAILED, _S.KEPT})
COMPLETE = frozenset({_S.DONE, _S.KEPT})


class TaskRow(Struct, frozen=True):
    """One row of the board; times are seconds since the run's start.

    A `Struct`, because a row is replaced at every event: that is ten times as fast as with a
    dataclass.
    """

    index: int
    name: str
    size: int = 0
    state: TaskState = TaskState.QUEUED
    reason: WaitReason | None = None
    until: float | None = None
    """When the wait ends, where that is known."""
    attempt: int = 0
    worker: int | None = None
    rows: int = 0
    rejected: int = 0
    bytes: int = 0
    started: float | None = None
    """Start of the latest attempt."""
    ended: float | None = None
    problems: int = 0
    error: Failure | None = None
    """The latest attempt's error; stays while it waits for a retry."""
    message: str = ""

    @property
    def progress(self) -> float:
        """Share read, 0..1; by bytes, and 1 only when complete."""
        if self.state in COMPLETE:
            return 1.0
        return min(self.bytes / self.size, 0.999) if self.size else 0.0

    def seconds(self, now: float) -> float | None:
        """Seconds of the latest attempt, up to its end or to `now`."""
        if self.started is None:
            return None
        return max(0.0, (now if self.ended is None else self.ended) - self.started)
