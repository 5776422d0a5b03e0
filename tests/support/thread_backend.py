"""A backend whose workers are threads of the test: quick, and everything stays in one process."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from loadline.domain.errors import Cancelled
from loadline.engine.backends.backend import Progress, Started, Work, WorkEvent


class Asked(Future[Any]):
    """Work that can be asked to stop while it runs."""

    def __init__(self) -> None:
        super().__init__()
        self.unwanted = False

    def cancel(self) -> bool:
        """Take queued work back, or ask running work to stop."""
        self.unwanted = True
        return super().cancel()


@dataclass(slots=True)
class _Work:
    future: Asked
    work: Work
    spec: Any
    on_event: Callable[[WorkEvent], None] | None


@dataclass(slots=True)
class Shared:
    """What a worker thread shares with the others."""

    queue: deque[_Work] = field(default_factory=deque)
    wake: threading.Condition = field(default_factory=threading.Condition)


class ThreadBackend:
    """Does work in `workers` threads, in the order in which it was handed in."""

    def __init__(self, workers: int = 2) -> None:
        self.submitted = 0
        self.resized: list[int] = []
        self.refuse: Exception | None = None
        self.on_start: Callable[[], None] | None = None
        self._shared = Shared()
        self._threads: list[threading.Thread] = []
        self._closed = False
        self._wanted = 0
        self._doing = 0
        self.resize(workers)
        self.resized.clear()

    @property
    def workers(self) -> int:
        """Threads that there are."""
        return self._wanted

    @property
    def busy(self) -> bool:
        """There is work that has not ended."""
        return self._doing > 0 or bool(self._shared.queue)

    def submit(
        self,
        work: Work,
        spec: Any,
        *,
        on_event: Callable[[WorkEvent], None] | None = None,
        deadline: float = 0.0,
    ) -> Future[Any]:
        """Queue work."""
        if self.refuse is not None:
            raise self.refuse
        future = Asked()
        with self._shared.wake:
            self.submitted += 1
            self._shared.queue.append(_Work(future, work, spec, on_event))
            self._shared.wake.notify_all()  # one that is surplus now must not eat it
        return future

    def resize(self, workers: int) -> None:
        """Have at least this many threads; none ends before `close`."""
        self.resized.append(workers)
        with self._shared.wake:
            self._wanted = workers
            self._shared.wake.notify_all()
        while len(self._threads) < workers:
            number = len(self._threads) + 1
            thread = threading.Thread(target=self._live, args=(number,), name=f"worker {number}")
            self._threads.append(thread)
            thread.start()

    def close(self) -> None:
        """Wait until every thread has ended."""
        with self._shared.wake:
            self._closed = True
            self._shared.wake.notify_all()
        for thread in self._threads:
            thread.join()

    def _live(self, number: int) -> None:
        while (work := self._next(number)) is not None:
            if work.future.set_running_or_notify_cancel():
                self._do(work, number)
            with self._shared.wake:
                self._doing -= 1

    def _next(self, number: int) -> _Work | None:
        with self._shared.wake:
            self._shared.wake.wait_for(lambda: self._closed or self._may_take(number))
            if self._closed:
                return None
            self._doing += 1
            return self._shared.queue.popleft()

    def _may_take(self, number: int) -> bool:
        return bool(self._shared.queue) and number <= self._wanted

    def _do(self, work: _Work, number: int) -> None:
        def report(rows: int, bytes_read: int) -> None:
            if work.future.unwanted:
                raise Cancelled("Stopped.")
            if work.on_event is not None:
                work.on_event(Progress(rows, bytes_read))

        if self.on_start is not None:
            self.on_start()
        if work.on_event is not None:
            work.on_event(Started(number))
        try:
            result = work.work(work.spec, report)
        except BaseException as error:  # noqa: BLE001 - as a worker process does
            work.future.set_exception(error)
        else:
            work.future.set_result(result)
