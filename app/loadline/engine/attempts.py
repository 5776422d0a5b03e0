"""What becomes of a task once it is handed out: started, done, tried again, failed, cancelled.

The board says *running* only when the backend says that a worker has it, and *cancelled*, *waiting
for a retry* or *failed* only when the worker has stopped and its temporary files are gone.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from random import random
from typing import Any, Protocol

from loadline.domain import events as ev
from loadline.domain.errors import Bug, Failure
from loadline.domain.plan import PartResult
from loadline.domain.policy import Policy, backoff
from loadline.domain.tasks import WaitReason
from loadline.domain.throughput import MarkKind
from loadline.engine.backends.backend import Progress, Started, Work, WorkEvent
from loadline.engine.calls import Call, Calls, failure_of, was_cancelled
from loadline.engine.clock import Clock
from loadline.engine.deaths import Deaths
from loadline.engine.facts import Facts
from loadline.engine.health import SourceHealth
from loadline.engine.order import Order
from loadline.engine.retry import ENDS_THE_RUN, retry_after

_FROM_THE_SOURCE = frozenset({"SourceMissing", "SourceRefused", "SourceChanged", "SourceDamaged"})
"""Failures that the source itself tells: it answers, whatever it says."""


class Reading(Protocol):
    """What an attempt does, and where its outcome is kept.

    `attempt` counts the tries of a task that the policy counts, `serial` all of them; from 1.
    """

    @property
    def work(self) -> Work:
        """The function that a worker runs."""

    def next_serial(self, index: int) -> int:
        """Return the serial number of a new attempt."""

    def spec(self, index: int, serial: int) -> Any:
        """Return what `work` needs."""

    def clean(self, index: int, serial: int) -> None:
        """Remove what a broken-off attempt left behind; called in a thread."""

    def started(self, index: int, attempt: int, worker: int, serial: int) -> None:
        """Keep that a worker has a task."""

    def done(self, result: PartResult, attempts: int) -> None:
        """Keep a finished attempt's line."""

    def broken(self, index: int, attempt: int, failure: Failure, *, final: bool) -> None:
        """Keep that an attempt failed; `final`: there will be no other."""

    def cancelled(self, index: int) -> None:
        """Keep that a task was cancelled."""


@dataclass(slots=True, eq=False)
class Flight:
    """An attempt that is with the backend; `number` counts the tries that the policy counts."""

    index: int
    number: int
    serial: int
    call: Call | None = None
    started: bool = False
    unwanted: bool = False


class Attempts:
    """The attempts of one run that are with the backend, and what follows from their ends."""

    def __init__(
        self,
        facts: Facts,
        calls: Calls,
        clock: Clock,
        reading: Reading,
        policy: Policy,
        *,
        on_fatal: Callable[[Failure], None],
        on_change: Callable[[], None],
    ) -> None:
        self.flying: dict[int, Flight] = {}
        self.order = Order()
        self.health = SourceHealth()
        self._failed: dict[int, int] = {}
        self._silenced: set[int] = set()
        self._deaths = Deaths()
        self._facts = facts
        self._calls = calls
        self._clock = clock
        self._reading = reading
        self._policy = policy
        self._on_fatal = on_fatal
        self._on_change = on_change

    def begin(self, index: int) -> None:
        """Hand task `index` to the backend."""
        self._facts.wait(index, WaitReason.SLOT)
        serial = self._reading.next_serial(index)
        flight = Flight(index, self._failed.get(index, 0) + 1, serial)
        self.flying[index] = flight
        flight.call = self._calls.submit(
            self._reading.work,
            self._reading.spec(index, serial),
            partial(self._ended, flight),
            on_event=partial(self._event, flight),
            deadline=self._policy.deadline,
        )

    def cancel(self, index: int) -> None:
        """Ask the attempt of task `index` to stop."""
        flight = self.flying[index]
        if flight.unwanted or flight.call is None:
            return
        flight.unwanted = True
        if flight.started:
            self._facts.tell(ev.TaskCancelling(index, self._facts.now()))
        flight.call.cancel()

    def stop(self) -> None:
        """Hand out nothing more, and ask all attempts to stop."""
        self.order.clear()
        for index in list(self.flying):
            self.cancel(index)

    def new_start(self) -> None:
        """Let the policy count all tries from one, and believe in the source again."""
        self._failed.clear()
        self._silenced.clear()
        self._deaths = Deaths()
        self.health = SourceHealth()

    def _event(self, flight: Flight, event: WorkEvent) -> None:
        now = self._facts.now()
        match event:
            case Started(worker):
                self._started(flight, worker)
            case Progress(rows, size):
                self._facts.tell(ev.TaskProgress(flight.index, now, rows, size))
                if rows or size:
                    self._answered()

    def _started(self, flight: Flight, worker: int) -> None:
        now = self._facts.now()
        flight.started = True
        self._reading.started(flight.index, flight.number, worker, flight.serial)
        self._facts.tell(ev.TaskStarted(flight.index, now, flight.number, worker))
        if flight.unwanted:
            self._facts.tell(ev.TaskCancelling(flight.index, now))
        self._on_change()

    def _ended(self, flight: Flight, future: Future[Any]) -> None:
        if was_cancelled(future):
            self._broken_off(flight, None)
            return
        error = future.exception()
        if error is not None:
            self._broken_off(flight, failure_of(error))
        elif future.result().balanced:
            self._done(flight, future.result())
        else:
            self._broken_off(flight, unbalanced(future.result()))

    def _done(self, flight: Flight, result: PartResult) -> None:
        if not flight.started:  # a backend that does not tell
            self._started(flight, 0)
        account = result.account
        self._reading.done(result, flight.number)
        self._facts.tell(
            ev.TaskDone(
                flight.index,
                self._facts.now(),
                rows=result.rows,
                rejected=account.rejected,
                bytes=account.bytes_read,
                problems=account.problem_count,
                message=account.reason,
            )
        )
        del self.flying[flight.index]
        self._answered()
        self._landed(flight)

    def _broken_off(self, flight: Flight, failure: Failure | None) -> None:
        if not flight.started and failure is None:
            self._clean_and_over(flight, None)
            return
        clean = partial(self._reading.clean, flight.index, flight.serial)
        self._calls.in_thread(clean, partial(self._cleaned, flight, failure))

    def _cleaned(self, flight: Flight, failure: Failure | None, cleaning: Future[None]) -> None:
        error = cleaning.exception()
        self._clean_and_over(flight, failure_of(error) if error and not failure else failure)

    def _clean_and_over(self, flight: Flight, failure: Failure | None) -> None:
        del self.flying[flight.index]
        if failure is None or flight.unwanted:
            self._reading.cancelled(flight.index)
            if flight.started and not flight.unwanted:
                self._facts.tell(ev.TaskCancelling(flight.index, self._facts.now()))
            self._facts.tell(ev.TaskCancelled(flight.index, self._facts.now()))
        else:
            self._failed_try(flight, failure)
        self._landed(flight)

    def _landed(self, flight: Flight) -> None:
        self.health.released(flight.index)
        self._on_change()

    def _failed_try(self, flight: Flight, failure: Failure) -> None:
        if failure.kind == "WorkerDied":
            self._facts.mark(MarkKind.WORKER, failure.sentence, flight.index)
            if not self._deaths.blames(flight.index):  # not the task's fault either
                due = self._clock.now() + backoff(self._deaths.under(flight.index), random())
                self._again(flight, failure, WaitReason.RETRY, due)
                return
        if failure.kind == "SourceUnreachable":
            self._no_answer(flight.index)
            if self.health.down:  # not the task's fault: no try of it is used up
                self._silenced.add(flight.index)
                self._again(flight, failure, WaitReason.SOURCE, self._clock.now())
                return
        elif failure.kind in _FROM_THE_SOURCE:
            self._answered()
        tries = self._failed[flight.index] = flight.number
        wait = retry_after(failure, tries, self._policy, random())
        if wait is None:
            self._fail(flight, failure)
        else:
            self._facts.mark(MarkKind.RETRY, failure.sentence, flight.index)
            self._again(flight, failure, WaitReason.RETRY, self._clock.now() + wait)

    def _again(self, flight: Flight, failure: Failure, why: WaitReason, due: float) -> None:
        self._reading.broken(flight.index, flight.number, failure, final=False)
        self._facts.wait(flight.index, why, due if why is WaitReason.RETRY else None, failure)
        self.order.add_later(flight.index, due)

    def _fail(self, flight: Flight, failure: Failure) -> None:
        self._reading.broken(flight.index, flight.number, failure, final=True)
        self._facts.tell(ev.TaskFailed(flight.index, self._facts.now(), failure))
        if failure.kind in ENDS_THE_RUN or self._policy.on_failure == "stop":
            self._on_fatal(failure)
        elif failure.kind == "SourceUnreachable":
            self.health.lost.append(flight.index)

    def _no_answer(self, index: int) -> None:
        if not self.health.no_answer(index, self._clock.now()):
            return
        self._facts.mark(MarkKind.SOURCE, "The source does not answer.", index)
        # They failed before anyone could know that it was the source: they get their turn again.
        for lost in self.health.lost:
            self._failed.pop(lost, None)
            self._facts.tell(ev.TaskQueued(lost, self._facts.now()))
        self.order.add(self.health.lost)
        self.health.lost = []

    def _answered(self) -> None:
        if not self.health.answered():
            return
        self._facts.mark(MarkKind.SOURCE, "The source answers again.")
        for index in self._silenced.intersection(self.order.waiting()):
            self._facts.wait(index, WaitReason.SLOT)
        self._silenced.clear()
        self._on_change()


def unbalanced(result: PartResult) -> Failure:
    """Return the failure of an attempt whose account does not add up."""
    account = result.account
    return Bug(
        f"{account.rows_read:,} rows were read, but {result.rows:,} were stored "
        f"and {account.rejected:,} set aside.",
        advice="The rows are not in the result. Please report this.",
    ).failure
