"""The future of one task in the pool, and the line that tasks wait in."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from copy import copy
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any

from loadline.domain.errors import Cancelled, LoadlineError
from loadline.engine.backends.backend import WorkEvent


class WorkFuture(Future[Any]):
    """What became of one task; works with `asyncio.wrap_future`.

    It ends in one of two ways only: with a result, or with a `LoadlineError`. A task that was
    cancelled ends with the exception `Cancelled`, whether it had started or not, so
    ``cancelled()`` is never true, and ``await wrap_future(f)`` raises `asyncio.CancelledError`
    only when the awaiting task itself is cancelled. A task that finished before the cancel
    reached it ends with its result.
    """

    def __init__(
        self,
        number: int,
        body: bytes,
        line: WorkLine,
        on_event: Callable[[WorkEvent], None] | None,
        deadline: float,
    ) -> None:
        super().__init__()
        self.number = number
        self.body = body
        self.on_event = on_event
        self.deadline = deadline
        self.asked = False
        self.broken: LoadlineError | None = None
        self._line = line

    def cancel(self) -> bool:
        """Take the task back, or ask it to stop; False when it has ended already.

        Returns at once. A running task ends within the grace, when its worker has stopped.
        """
        return not self.done() and self._line.cancel(self)

    def end(self, outcome: LoadlineError | None, result: Any = None) -> None:
        """End with an error or a result and let go of what the task held."""
        self.body = b""
        self.on_event = None
        if outcome is None:
            self.set_result(result)
        else:
            self.set_exception(outcome)


class WorkLine:
    """First in, first out; safe from every thread; wakes the pool's thread when it must look.

    Attributes:
        size: processes allowed.
        prestart: whether all of them are wanted now.
        close_by: moment (`time.monotonic`) by which every worker must have ended; None: open.
        refuse: why nothing is taken any more.
        bell: readable when the pool's thread has to look.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.prestart = False
        self.close_by: float | None = None
        self.refuse: LoadlineError | None = None
        self.bell: Connection[bytes, bytes]
        self.bell, self._rope = Pipe(duplex=False)
        self._lock = threading.RLock()  # the collector may end a forgotten pool while it is held
        self._waiting: OrderedDict[int, WorkFuture] = OrderedDict()
        self._asked: list[WorkFuture] = []
        self._rung = False

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, task: WorkFuture) -> None:
        """Add at the end, or fail the task when nothing is taken any more."""
        with self._lock:
            refuse = self.refuse
            if refuse is None:
                # Behind so many the pool's thread looks anyway when a worker gets free.
                if len(self._waiting) < self.size:
                    self._ring()
                self._waiting[task.number] = task
        if refuse is not None:
            task.end(copy(refuse))

    def take(self) -> WorkFuture | None:
        """Remove and return the first."""
        with self._lock:
            return self._waiting.popitem(last=False)[1] if self._waiting else None

    def put_back(self, task: WorkFuture) -> None:
        """Put a task that was taken in front again."""
        with self._lock:
            self._waiting[task.number] = task
            self._waiting.move_to_end(task.number, last=False)

    def take_all(self, refuse: LoadlineError | None = None) -> list[WorkFuture]:
        """Remove and return all; with `refuse`, every later one fails with it."""
        with self._lock:
            self.refuse = refuse or self.refuse
            tasks = list(self._waiting.values())
            self._waiting.clear()
            return tasks

    def cancel(self, task: WorkFuture) -> bool:
        """End a waiting task at once; note any other for the pool's thread. Always true."""
        if not self.withdraw(task):
            with self._lock:
                self._asked.append(task)
                self._ring()
        return True

    def withdraw(self, task: WorkFuture) -> bool:
        """Take a waiting task out of the line and end it; False when it does not wait."""
        with self._lock:
            waiting = self._waiting.pop(task.number, None) is not None
        if waiting:
            task.end(Cancelled("Cancelled before it started."))
        return waiting

    def take_asked(self) -> list[WorkFuture]:
        """Return the tasks that `cancel` has noted since the last call."""
        with self._lock:
            asked, self._asked = self._asked, []
            return asked

    def ring(self) -> None:
        """Make the pool's thread look."""
        with self._lock:
            self._ring()

    def answered(self) -> None:
        """Silence the bell."""
        with self._lock:
            self.bell.recv_bytes()
            self._rung = False

    def remove_bell(self) -> None:
        """Close the bell; ringing is harmless from then on."""
        with self._lock:
            self._rung = True
            self.bell.close()
            self._rope.close()

    def _ring(self) -> None:
        if not self._rung:
            self._rung = True
            self._rope.send_bytes(b"!")
