"""Facts about tasks and the run, each told once to the board; `at` is seconds since the start."""

from __future__ import annotations

from dataclasses import dataclass

from loadline.domain.errors import Failure
from loadline.domain.tasks import WaitReason

_UNKNOWN = Failure("Bug", "Unknown error.")


@dataclass(frozen=True, slots=True)
class TaskEvent:
    """Base: which task, and when."""

    index: int
    at: float


@dataclass(frozen=True, slots=True)
class TaskQueued(TaskEvent):
    """A task is in the list (first time), or back in it (retry unfinished)."""

    name: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class TaskKept(TaskEvent):
    """An earlier attempt's part is valid and the source has not changed."""

    rows: int = 0
    rejected: int = 0
    bytes: int = 0
    problems: int = 0
    attempts: int = 1
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class TaskWaiting(TaskEvent):
    """Its turn, but something holds it back; after a failed attempt `error` says what."""

    reason: WaitReason = WaitReason.SLOT
    until: float | None = None
    error: Failure | None = None


@dataclass(frozen=True, slots=True)
class TaskStarted(TaskEvent):
    """A worker has it."""

    attempt: int = 1
    worker: int = 0


@dataclass(frozen=True, slots=True)
class TaskProgress(TaskEvent):
    """Counters of the running attempt so far (absolute, not a difference)."""

    rows: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class TaskCancelling(TaskEvent):
    """Asked to stop; the worker still lives."""


@dataclass(frozen=True, slots=True)
class TaskCancelled(TaskEvent):
    """Never started, or its worker has stopped and left nothing behind."""


@dataclass(frozen=True, slots=True)
class TaskDone(TaskEvent):
    """The part is in place and its line adds up."""

    rows: int = 0
    rejected: int = 0
    bytes: int = 0
    problems: int = 0
    message: str = ""


@dataclass(frozen=True, slots=True)
class TaskFailed(TaskEvent):
    """Attempts used up, or an error that retrying cannot help."""

    error: Failure = _UNKNOWN
