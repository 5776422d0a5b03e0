"""The local pool: tasks run in worker processes on this machine, one at a time in each.

Why not `ProcessPoolExecutor`: a cancel, a deadline or a crash here costs one task, never another
one or the pool, and no worker outlives the program, however that ends.

- A worker has a pipe of its own; there is no queue that a killed worker could leave locked.
- Tasks are handed out in the order of `submit`, only to a worker that is free and ready.
- A future is done only when its work has really stopped; see `WorkFuture` for how it ends.
- A task specification and a result are meant to be small; big ones work and cost memory.
"""

from __future__ import annotations

import itertools
import os
import pickle
import sys
import threading
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from loadline.domain.policy import CANCEL_GRACE
from loadline.engine.backends import wire
from loadline.engine.backends.backend import Work, WorkerEnded, WorkEvent
from loadline.engine.backends.pool_thread import PoolThread
from loadline.engine.backends.unforeseen import as_bug
from loadline.engine.backends.work_future import WorkFuture, WorkLine

MOST_WORKERS = 30 if sys.platform == "win32" else 64  # Windows waits for at most 63 handles


@dataclass(frozen=True, slots=True)
class PoolStatus:
    """The pool at a moment: processes (also starting ones), how many are busy, what waits."""

    workers: int
    busy: int
    waiting: int
    pids: tuple[int, ...]


class LocalPool:
    """A `Backend` of worker processes.

    `workers`: how many at most, 0 for one per core; they start when there is work, or with
    `prestart`. `grace`: seconds between asking a worker to stop and ending it. `on_worker_ended`
    is called from the pool's thread when a worker died or had to be ended. `preload` names modules
    that a worker imports as soon as it lives.

    Close it; a pool that is forgotten ends its workers without grace at the program's exit.
    """

    def __init__(
        self,
        workers: int = 0,
        *,
        grace: float = CANCEL_GRACE,
        on_worker_ended: Callable[[WorkerEnded], None] | None = None,
        preload: tuple[str, ...] = (),
    ) -> None:
        self._grace = grace
        self._numbers = itertools.count(1)
        self._line = WorkLine(_allowed(workers))
        self._crew = PoolThread(self._line, grace)
        self._crew.on_worker_ended = on_worker_ended
        self._crew.preload = preload
        self._thread = threading.Thread(target=self._crew.run, name="local-pool", daemon=True)
        self._forgotten = weakref.finalize(self, _close, self._line, self._thread, 0.0)
        self._thread.start()

    @property
    def workers(self) -> int:
        """Processes there are now, or will be as soon as there is work for them."""
        return self._line.size

    @property
    def on_worker_ended(self) -> Callable[[WorkerEnded], None] | None:
        """Called from the pool's thread when a worker has ended before its time."""
        return self._crew.on_worker_ended

    @on_worker_ended.setter
    def on_worker_ended(self, listener: Callable[[WorkerEnded], None] | None) -> None:
        self._crew.on_worker_ended = listener

    def submit(
        self,
        work: Work,
        spec: Any,
        *,
        on_event: Callable[[WorkEvent], None] | None = None,
        deadline: float = 0.0,
    ) -> WorkFuture:
        """Queue ``work(spec, report)``; see `Backend.submit` and `WorkFuture`.

        Work that cannot be pickled, and work for a closed pool, come back as a failed future.
        """
        unfit = None
        try:
            body = wire.pickled((work, spec))
        except (pickle.PicklingError, TypeError, AttributeError, RecursionError) as error:
            body, unfit = b"", as_bug(error)
        task = WorkFuture(next(self._numbers), body, self._line, on_event, deadline)
        if unfit is None:
            self._line.put(task)
        else:
            task.end(unfit)
        return task

    def prestart(self) -> None:
        """Start all allowed workers now, before there is work."""
        self._line.prestart = True
        self._line.ring()

    def resize(self, workers: int) -> None:
        """Allow this many processes (0: one per core); surplus ones end when they are idle."""
        self._line.size = _allowed(workers)
        self._line.ring()

    def status(self) -> PoolStatus:
        """Return the pool as it is now; cheap, from any thread."""
        crew = self._crew.crew
        busy = sum(w.task is not None for w in crew)
        return PoolStatus(len(crew), busy, len(self._line), tuple(w.pid for w in crew))

    def close(self, grace: float | None = None) -> None:
        """Cancel everything and wait until every worker has ended, at most about `grace` seconds.

        Harmless when repeated. Called by a listener in the pool's own thread it does not wait.
        """
        _close(self._line, self._thread, self._grace if grace is None else grace)
        self._forgotten.detach()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _allowed(workers: int) -> int:
    return min(max(1, workers or os.cpu_count() or 1), MOST_WORKERS)


def _close(line: WorkLine, thread: threading.Thread, grace: float) -> None:
    by = time.monotonic() + grace
    line.close_by = by if line.close_by is None else min(by, line.close_by)
    line.ring()
    if threading.current_thread() is not thread:
        thread.join()
