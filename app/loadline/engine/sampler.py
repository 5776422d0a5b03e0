"""Twice a second: how far each live run is, and how much memory is in use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from typing import Protocol

from loadline.engine.clock import Alarm, Clock
from loadline.engine.heap import Heap
from loadline.engine.inbox import Inbox
from loadline.engine.machine import Machine

EVERY = 0.5  # seconds


class Sampled(Protocol):
    """What a live run takes from the sampler."""

    @property
    def size(self) -> int:
        """Tasks planned, and tasks ended."""

    def sample(self, machine: Machine | None) -> None:
        """Note the totals of this moment; `machine` is the latest measurement."""


class Sampler:
    """Samples the live runs as long as there are any; measures memory in a thread."""

    def __init__(
        self,
        clock: Clock,
        threads: Executor,
        measure: Callable[[], Machine],
        live: Sequence[Sampled],
    ) -> None:
        self.machine: Machine | None = None
        self._clock = clock
        self._threads = threads
        self._measure = measure
        self._live = live
        self._inbox = Inbox(self._measured)
        self._heap = Heap()
        self._alarm: Alarm | None = None
        self._under_way: Future[Machine] | None = None

    def begin(self) -> None:
        """Sample from now on, until no run is live."""
        if self._alarm is None:
            self._tick()

    def end(self) -> None:
        """Stop sampling."""
        self._heap.give_back()
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def tidy(self) -> None:
        """Keep the collector of garbage quick while runs grow."""
        self._heap.grown_to(sum(run.size for run in self._live))

    def _tick(self) -> None:
        self._alarm = None
        for run in self._live:
            run.sample(self.machine)
        if not self._live:
            self._heap.give_back()
            return
        self.tidy()
        if self._under_way is None:
            self._under_way = self._threads.submit(self._measure)
            self._under_way.add_done_callback(self._inbox.put)
        self._alarm = self._clock.call_at(self._clock.now() + EVERY, self._tick)

    def _measured(self, done: Future[Machine]) -> None:
        self._under_way = None
        self.machine = done.result()
