"""The one thread of the local pool: starts workers, hands out tasks, hears answers, ends workers.

Everything about worker processes happens in this thread, so it needs no lock; what other threads
want reaches it through the `WorkLine`.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from copy import copy
from math import inf
from multiprocessing.connection import wait
from typing import Any

from loadline.domain.errors import (
    Cancelled,
    DeadlineExceeded,
    LoadlineError,
    OutOfMemory,
    WorkerDied,
    WorkersUnavailable,
)
from loadline.engine.backends import wire
from loadline.engine.backends.backend import Progress, Started, WorkerEnded, WorkEvent
from loadline.engine.backends.unforeseen import as_bug
from loadline.engine.backends.work_future import WorkFuture, WorkLine
from loadline.engine.backends.worker_link import Why, WorkerLink

MOST_FAILED_STARTS = 3
log = logging.getLogger(__name__)


class PoolThread:
    """Runs the pool; see `run`.

    Attributes:
        crew: the workers there are, replaced as a whole, so any thread may look at it.
        on_worker_ended: told when a worker has ended before its time.
        preload: modules that a new worker imports first.
    """

    def __init__(self, line: WorkLine, grace: float) -> None:
        self.crew: tuple[WorkerLink, ...] = ()
        self.on_worker_ended: Callable[[WorkerEnded], None] | None = None
        self.preload: tuple[str, ...] = ()
        self._line = line
        self._grace = grace
        self._warm = 0  # processes to keep up once they were there
        self._failed_starts = 0

    def run(self) -> None:
        """Work until the line is closed and every worker has ended; the thread's body."""
        try:
            while self._turn():
                pass
        except Exception as error:
            log.exception("The local pool failed")
            self._collapse(error)
        finally:
            self._line.remove_bell()

    def _turn(self) -> bool:
        for task in self._line.take_asked():
            self._ask(task)
        if self._line.close_by is not None:
            self._wind_up(self._line.close_by)
            if not self.crew:
                return False
        else:
            self._staff()
            self._hand_out()
        self._listen()
        self._end_overdue()
        return True

    # Workers come and go

    def _staff(self) -> None:
        line = self._line
        staying = [w for w in self.crew if w.stays]
        if line.prestart:
            line.prestart = False
            self._warm = line.size
        busy = sum(w.task is not None for w in staying)
        wanted = min(line.size, max(self._warm, busy + len(line)))
        for worker in sorted(staying, key=_dispensable)[line.size :]:
            if worker.task is None:
                worker.stop(self._grace)
        if not self.crew and len(line) and self._failed_starts >= MOST_FAILED_STARTS:
            self._failed_starts = 0  # new work: try again
        for _ in range(wanted - len(staying)):
            if self._failed_starts >= MOST_FAILED_STARTS:
                break
            self._start()
        self._warm = min(line.size, max(self._warm, sum(w.ready for w in staying)))

    def _start(self) -> None:
        taken = {w.number for w in self.crew}
        number = next(n for n in range(1, len(taken) + 2) if n not in taken)
        try:
            worker = WorkerLink(number, self.preload)
        except OSError as error:
            self._failed_start(f"could not be started: {error}")
        else:
            self.crew = (*self.crew, worker)

    def _failed_start(self, cause: str) -> None:
        self._failed_starts += 1
        if self._failed_starts < MOST_FAILED_STARTS:
            return
        self._warm = 0
        if not self.crew:
            error = WorkersUnavailable(
                f"Worker processes cannot be started: the last one {cause}.",
                cause=cause,
                advice="Restart the program; if that does not help, install it again.",
            )
            for task in self._line.take_all():
                task.end(copy(error))

    def _bury(self, worker: WorkerLink) -> None:
        for message in worker.remaining():
            self._hear(worker, message)
        self.crew = tuple(w for w in self.crew if w is not worker)
        words = worker.bury()
        task = worker.freed()
        if task is not None:
            task.end(_lost(task, worker, words))
        if worker.why is Why.STOP:
            return
        if not worker.ready:
            slow = worker.killed and "was not ready within a minute"
            self._failed_start(slow or f"{words} while it started")
        self._tell_ended(WorkerEnded(worker.number, _cause(worker, words)))

    def _end_overdue(self) -> None:
        now = time.monotonic()
        for worker in self.crew:
            if now < worker.limit:
                continue
            if not worker.killed:
                worker.kill()
            elif worker.gone():
                self._bury(worker)

    # Tasks

    def _hand_out(self) -> None:
        for worker in self.crew:
            if not worker.free:
                continue
            task = self._line.take()
            if task is None:
                return
            try:
                worker.give(task)
            except OSError:
                self._line.put_back(task)  # it never left; another worker takes it
                worker.kill()
                continue
            task.set_running_or_notify_cancel()
            self._tell(worker, Started(worker.number))

    def _ask(self, task: WorkFuture) -> None:
        if task.done():
            return
        for worker in self.crew:
            if worker.task is task:
                worker.ask(self._grace)
                return
        self._line.withdraw(task)

    def _listen(self) -> None:
        bell = self._line.bell
        watched: dict[Any, WorkerLink | None] = {bell: None}
        for w in self.crew:
            watched[w.sentinel] = w
            if not w.deaf:
                watched[w.conn] = w
        limit = min((w.limit for w in self.crew), default=inf)
        timeout = None if limit == inf else max(0.0, limit - time.monotonic())
        ended: list[WorkerLink] = []
        for source in wait(list(watched), timeout):
            worker = watched[source]
            if worker is None:
                self._line.answered()
            elif isinstance(source, int):
                ended.append(worker)
            else:
                self._read(worker)
        for gone in ended:
            self._bury(gone)

    def _read(self, worker: WorkerLink) -> None:
        message = worker.read()
        if message is None:
            worker.silent(self._grace)
        else:
            self._hear(worker, message)

    def _hear(self, worker: WorkerLink, message: bytes) -> None:
        kind = message[:1]
        if kind == wire.PROGRESS:
            worker.progressed()
            self._tell(worker, Progress(*wire.read_progress(message)))
        elif kind == wire.READY:
            worker.ready = True
            worker.freed()
            self._failed_starts = 0
        else:
            self._answered(worker, message)

    def _answered(self, worker: WorkerLink, message: bytes) -> None:
        task = worker.freed()
        if task is None:
            return
        try:
            answer = wire.read_object(message)
        except Exception as error:  # noqa: BLE001 - whatever unpickling raises, the task is told
            answer, message = as_bug(error), wire.ERROR
        if isinstance(answer, OutOfMemory) and not worker.leaving:
            worker.replace()
        if task.broken is not None:
            task.end(task.broken)
        elif message[:1] == wire.RESULT:
            task.end(None, answer)
        else:
            task.end(_as_cancelled(answer) if task.asked else answer)

    # The program

    def _tell(self, worker: WorkerLink, event: WorkEvent) -> None:
        task = worker.task
        if task is None or task.on_event is None:
            return
        try:
            task.on_event(event)
        except Exception as error:  # noqa: BLE001 - the task fails with it
            task.broken = as_bug(error)
            task.on_event = None
            worker.ask(self._grace)

    def _tell_ended(self, ended: WorkerEnded) -> None:
        if self.on_worker_ended is not None:
            try:
                self.on_worker_ended(ended)
            except Exception:
                log.exception("A listener failed; it is not told again")
                self.on_worker_ended = None

    def _wind_up(self, close_by: float) -> None:
        for task in self._line.take_all(_closed()):
            task.end(_closed())
        left = max(0.0, close_by - time.monotonic())
        for worker in self.crew:
            if worker.task is not None:
                worker.ask(left)
            else:
                worker.stop(left)
            if not worker.killed:
                worker.limit = min(worker.limit, close_by)

    def _collapse(self, error: Exception) -> None:
        for worker in self.crew:
            worker.kill()
        bug = as_bug(error)
        tasks = self._line.take_all(bug) + [w.task for w in self.crew if w.task]
        for worker in self.crew:
            worker.bury()
        self.crew = ()
        for task in tasks:
            if not task.done():
                task.end(copy(bug))


def _dispensable(worker: WorkerLink) -> tuple[bool, int]:
    return worker.task is None, worker.number


def _closed() -> Cancelled:
    return Cancelled("Cancelled because the program closes its workers.")


def _as_cancelled(error: LoadlineError) -> LoadlineError:
    if isinstance(error, Cancelled):
        return error
    return Cancelled("Cancelled.", cause=str(error.failure))


def _cause(worker: WorkerLink, words: str) -> str:
    if worker.killed and worker.why is Why.DEADLINE:
        return "was ended: no progress within the deadline"
    if worker.killed and worker.why is Why.CANCEL:
        return "was ended: it did not stop when asked"
    if worker.why is Why.MEMORY:
        return "was ended: it found no more memory"
    if worker.killed and worker.why is Why.SILENT:
        return "was ended: it no longer answered"
    return words


def _lost(task: WorkFuture, worker: WorkerLink, words: str) -> LoadlineError:
    if task.broken is not None:
        return task.broken
    if task.asked:
        return Cancelled("Cancelled; its worker was ended.", cause=_cause(worker, words))
    if worker.killed and worker.why is Why.DEADLINE:
        return DeadlineExceeded(f"No progress for {task.deadline:g} seconds.")
    return WorkerDied(f"The worker process {_cause(worker, words)}.")
