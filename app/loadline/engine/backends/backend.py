"""The seam between a run and where its work is done."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Protocol

from loadline.domain.plan import Report


@dataclass(frozen=True, slots=True)
class Started:
    """A worker has taken the work; workers are numbered from 1."""

    worker: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Absolute counters of the running work."""

    rows: int
    bytes: int


@dataclass(frozen=True, slots=True)
class WorkerEnded:
    """A worker process has ended before its time; a new one takes its number.

    It died, or was ended because its work did not stop when asked or made no progress. `cause`
    says so; it reads on from "Worker 2".
    """

    worker: int
    cause: str


WorkEvent = Started | Progress
Work = Callable[[Any, Report], Any]
"""A top-level, picklable function ``work(spec, report) -> result``."""


class Backend(Protocol):
    """Runs work elsewhere and says how it goes.

    `submit` returns a `concurrent.futures.Future`. Its ``cancel()`` takes queued work back at
    once; running work is asked to stop (its next ``report`` raises `Cancelled`) and after the
    grace its worker is ended; the future is done only when the work has really stopped.

    The future ends with a result or with a `LoadlineError`; cancelled work with `Cancelled`, also
    when it had not started, so that ``await wrap_future(f)`` raises `asyncio.CancelledError` only
    when the awaiting task itself is cancelled (which asks the work to stop; shield it to see the
    end). Work that finished before the cancel reached it ends with its result.
    """

    @property
    def workers(self) -> int:
        """Processes there are now, or will be as soon as there is work for them."""

    def submit(
        self,
        work: Work,
        spec: Any,
        *,
        on_event: Callable[[WorkEvent], None] | None = None,
        deadline: float = 0.0,
    ) -> Future[Any]:
        """Queue work.

        `on_event` is called from another thread, `Started` first. `deadline`: seconds without
        progress (0: none), after which the worker is ended and the future fails with
        `DeadlineExceeded`. A worker's death fails it with `WorkerDied`.
        """

    def resize(self, workers: int) -> None:
        """Allow this many processes; more start when there is work, surplus ones end when idle."""

    def close(self) -> None:
        """Cancel everything and wait until every worker has ended."""
