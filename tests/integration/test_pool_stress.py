"""Thousands of tasks, cancelled, killed and failing at random: none is lost, none goes on.

The seed is fixed, so the mix of tasks is the same each time; which of two racing events comes
first is not, and every order must end well.
"""

from __future__ import annotations

import asyncio
import os
import queue
import random
import signal
import threading
from collections import Counter
from concurrent.futures import Future, wait
from pathlib import Path
from typing import Any

import pytest

from loadline.domain.errors import (
    Bug,
    Cancelled,
    DeadlineExceeded,
    LoadlineError,
    SourceDamaged,
    WorkerDied,
)
from loadline.engine.backends.backend import Started, WorkEvent
from loadline.engine.backends.local_pool import LocalPool
from tests.support import pool_work as work
from tests.support.waiting import alive

TASKS = 3_000
DEADLINE = 0.05
GRACE = 0.05

# Work, how often, and how it ends when nobody interferes (None: only when it is cancelled).
MIX: list[tuple[Any, float, type[LoadlineError | int] | None]] = [
    (work.write_part, 77.0, int),
    (work.write_then_fail, 8.0, SourceDamaged),
    (work.write_then_stumble, 4.0, Bug),
    (work.write_for_ever, 8.0, None),
    (work.write_then_die, 1.0, WorkerDied),
    (work.write_for_ever_deafly, 1.0, None),
    (work.begin_then_sleep, 1.0, DeadlineExceeded),
]
SHARES = [share for _, share, _ in MIX]


class Storm:
    """Submits the mix and interferes; see that `cancelled` and `killed` explain every end."""

    def __init__(self, pool: LocalPool, folder: Path, seed: int) -> None:
        self.pool = pool
        self.folder = folder
        self.random = random.Random(seed)
        self.aim = random.Random(seed)
        self.cancelled: set[int] = set()
        self.kills = 0
        self.to_cancel: queue.SimpleQueue[Future[Any] | None] = queue.SimpleQueue()
        self.expected: list[type[LoadlineError | int] | None] = []
        self.futures: list[Future[Any]] = []

    def part(self, index: int) -> Path:
        return self.folder / f"part-{index:05}.arrow"

    def submit(self) -> Future[Any]:
        """Submit one task, of which it is settled now whether it will be cancelled, or killed."""
        index = len(self.futures)
        task, _, ends = self.random.choices(MIX, SHARES)[0]
        cancel = ends is None or self.random.random() < 0.15
        at_once = ends is not None and self.random.random() < 0.3
        kill = ends is int and self.random.random() < 0.01
        self.expected.append(ends)
        if cancel:
            self.cancelled.add(index)
        handed: list[Future[Any]] = []
        known = threading.Event()

        def watch(event: WorkEvent) -> None:
            # In the pool's thread, which alone collects dead workers: a process id is valid here.
            if not isinstance(event, Started):
                return
            if cancel:
                assert known.wait(10)
                self.to_cancel.put(handed[0])
            if kill:
                os.kill(self.aim.choice(self.pool.status().pids), signal.SIGKILL)
                self.kills += 1

        future = self.pool.submit(
            task,
            self.part(index),
            on_event=watch,
            deadline=DEADLINE if ends is DeadlineExceeded else 0.0,
        )
        handed.append(future)
        known.set()
        self.futures.append(future)
        future.add_done_callback(lambda f: self.clean(index, f))
        if cancel and at_once:
            self.to_cancel.put(future)
        return future

    def clean(self, index: int, future: Future[Any]) -> None:
        """Do as a run does when an attempt ended: what did not succeed leaves nothing."""
        if future.exception() is not None:
            self.part(index).with_suffix(".tmp").unlink(missing_ok=True)
            self.part(index).unlink(missing_ok=True)

    def cancel_on(self) -> None:
        """Cancel what is put into `to_cancel` until a None; a thread's body."""
        while (future := self.to_cancel.get()) is not None:
            future.cancel()

    def judge(self) -> Counter[str]:
        """Check that every future ended in a way that its story explains; count the ways."""
        ways: Counter[str] = Counter()
        struck = 0
        for index, future in enumerate(self.futures):
            assert future.done(), f"task {index} never ended"
            error = future.exception(0)
            kind = int if error is None else type(error)
            ways[kind.__name__] += 1
            if kind is self.expected[index] or (index in self.cancelled and kind is Cancelled):
                continue
            assert kind is WorkerDied, f"task {index}: {error!r}, not {self.expected[index]}"
            struck += 1
        assert struck <= self.kills
        return ways

    def assert_only_finished_parts_are_left(self) -> None:
        finished = {self.part(i).name for i, f in enumerate(self.futures) if f.exception(0) is None}
        assert {p.name for p in self.folder.iterdir()} == finished


def assert_usable_then_close(pool: LocalPool) -> None:
    assert [f.result(10) for f in [pool.submit(work.double, n) for n in range(100)]] == [
        2 * n for n in range(100)
    ]
    pids = pool.status().pids
    pool.close()
    assert len(pids) == 2
    assert not any(alive(pid) for pid in pids)


@pytest.mark.time_limit(60)
@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_is_lost_and_nothing_goes_on_in_a_storm_of_cancels_and_deaths(
    tmp_path: Path, seed: int
) -> None:
    pool = LocalPool(2, grace=GRACE)
    storm = Storm(pool, tmp_path, seed)
    canceller = threading.Thread(target=storm.cancel_on)
    canceller.start()
    futures = [storm.submit() for _ in range(TASKS)]
    undone = wait(futures, 50).not_done
    storm.to_cancel.put(None)
    canceller.join()
    assert not undone
    assert_usable_then_close(pool)
    ways = storm.judge()
    assert set(ways) >= {"int", "SourceDamaged", "Bug", "Cancelled", "WorkerDied"}
    assert ways["DeadlineExceeded"] > 0
    assert storm.kills > 0
    storm.assert_only_finished_parts_are_left()


@pytest.mark.time_limit(60)
def test_nothing_is_lost_when_an_event_loop_drives_the_storm(tmp_path: Path) -> None:
    pool = LocalPool(2, grace=GRACE)
    storm = Storm(pool, tmp_path, 3)
    canceller = threading.Thread(target=storm.cancel_on)
    canceller.start()

    async def drive(slots: asyncio.Semaphore) -> None:
        async with slots:
            future = storm.submit()
            give_up = storm.random.random() < 0.1
            if give_up:
                storm.cancelled.add(len(storm.futures) - 1)
            try:
                async with asyncio.timeout(0.001 if give_up else None):
                    await asyncio.wrap_future(future)
            except (LoadlineError, TimeoutError):
                return

    async def go() -> None:
        slots = asyncio.Semaphore(8)
        async with asyncio.TaskGroup() as group:
            for _ in range(1_500):
                group.create_task(drive(slots))

    asyncio.run(go())
    undone = wait(storm.futures, 20).not_done
    storm.to_cancel.put(None)
    canceller.join()
    assert not undone
    assert_usable_then_close(pool)
    assert storm.judge()["Cancelled"] > 100
    storm.assert_only_finished_parts_are_left()
