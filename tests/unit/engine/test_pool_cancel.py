"""Cancelling a task, and the deadline: asked, then ended, at the cost of that task only."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from loadline.domain.errors import Cancelled, DeadlineExceeded
from loadline.engine.backends.backend import Progress, WorkerEnded, WorkEvent
from loadline.engine.backends.local_pool import LocalPool
from tests.support import pool_work as work
from tests.support.waiting import alive, until

GRACE = 0.3


@pytest.fixture
def pool() -> Iterator[LocalPool]:
    with LocalPool(1, grace=GRACE) as made:
        yield made


def test_a_queued_task_is_cancelled_at_once(pool: LocalPool, tmp_path: Path) -> None:
    pool.submit(work.await_file, tmp_path / "never")
    queued = pool.submit(work.double, 1)
    assert queued.cancel()
    assert isinstance(queued.exception(0), Cancelled)


def test_ten_thousand_queued_tasks_are_cancelled_in_a_moment(
    pool: LocalPool, tmp_path: Path
) -> None:
    pool.submit(work.await_file, tmp_path / "never")
    queued = [pool.submit(work.double, n) for n in range(10_000)]
    before = time.monotonic()
    for future in reversed(queued):
        future.cancel()
    assert time.monotonic() - before < 1.0
    assert all(isinstance(f.exception(0), Cancelled) for f in queued)


def test_a_running_task_that_listens_stops_and_keeps_its_worker(
    pool: LocalPool, tmp_path: Path
) -> None:
    pid = pool.submit(work.process_id, None).result(10)
    started = threading.Event()
    future = pool.submit(work.await_file, tmp_path / "never", on_event=lambda _: started.set())
    assert started.wait(10)
    assert future.cancel()
    assert isinstance(future.exception(10), Cancelled)
    assert pool.submit(work.process_id, None).result(10) == pid


def test_a_deaf_task_is_ended_after_the_grace_and_only_when_its_worker_is_gone(
    pool: LocalPool, tmp_path: Path
) -> None:
    pid = pool.submit(work.process_id, None).result(10)
    started = tmp_path / "started"
    future = pool.submit(work.begin_then_sleep, started)
    living: list[bool] = []
    future.add_done_callback(lambda _: living.append(alive(pid)))
    until(started.exists, "the start")
    asked = time.monotonic()
    assert future.cancel()
    error = future.exception(10)
    assert isinstance(error, Cancelled)
    assert time.monotonic() - asked >= GRACE
    until(lambda: living, "the callback")
    assert living == [False]
    assert pool.submit(work.process_id, None).result(10) != pid


def test_asking_again_does_not_prolong_the_grace(pool: LocalPool, tmp_path: Path) -> None:
    started = tmp_path / "started"
    future = pool.submit(work.begin_then_sleep, started)
    until(started.exists, "the start")
    asked = time.monotonic()
    while not future.done():
        future.cancel()
        assert time.monotonic() - asked < 5 * GRACE + 2
    assert isinstance(future.exception(0), Cancelled)
    assert not future.cancel()


def test_two_tasks_cancelled_in_one_moment_both_stop(tmp_path: Path) -> None:
    with LocalPool(2) as pool:
        futures = [pool.submit(work.await_file, tmp_path / "never")]
        until(lambda: pool.status().busy == 1, "a busy worker")

        def cancel_both(event: WorkEvent) -> None:  # the pool's thread is busy here, so both wait
            if isinstance(event, Progress) and len(futures) == 2:
                for future in futures:
                    future.cancel()

        futures.append(pool.submit(work.await_file, tmp_path / "never", on_event=cancel_both))
        assert all(isinstance(f.exception(10), Cancelled) for f in futures)


def test_a_neighbour_is_not_touched_when_a_worker_is_ended(tmp_path: Path) -> None:
    started, finish = tmp_path / "started", tmp_path / "finish"
    with LocalPool(2, grace=0.1) as pool:
        deaf = pool.submit(work.begin_then_sleep, started)
        neighbour = pool.submit(work.await_file_deafly, finish)
        until(started.exists, "the start")
        deaf.cancel()
        assert isinstance(deaf.exception(10), Cancelled)
        assert not neighbour.done()
        finish.touch()
        assert neighbour.result(10) == "finish"


def test_work_that_swallows_the_first_request_is_asked_with_every_report(
    pool: LocalPool, tmp_path: Path
) -> None:
    started = tmp_path / "started"
    future = pool.submit(work.swallow_the_first_cancel, started)
    until(started.exists, "the start")
    future.cancel()
    assert isinstance(future.exception(10), Cancelled)


def test_an_error_that_the_request_caused_counts_as_cancelled(
    pool: LocalPool, tmp_path: Path
) -> None:
    started = tmp_path / "started"
    future = pool.submit(work.fail_when_asked, started)
    until(started.exists, "the start")
    future.cancel()
    error = future.exception(10)
    assert isinstance(error, Cancelled)
    assert "callback failed" in error.cause


def test_work_that_finished_before_it_stopped_is_done(pool: LocalPool, tmp_path: Path) -> None:
    started = tmp_path / "started"
    future = pool.submit(work.finish_although_asked, started)
    until(started.exists, "the start")
    future.cancel()
    assert future.result(10) == "finished"


def test_a_cancel_never_reaches_the_next_task(pool: LocalPool) -> None:
    for n in range(300):
        first, second = pool.submit(work.double, n), pool.submit(work.double, n)
        first.cancel()
        assert second.result(10) == 2 * n
        assert first.exception(10) is None or isinstance(first.exception(10), Cancelled)


def test_a_cancel_while_the_worker_starts_ends_the_task_at_once(tmp_path: Path) -> None:
    with LocalPool(1) as pool:
        future = pool.submit(work.await_file, tmp_path / "never")
        assert future.cancel()
        assert isinstance(future.exception(10), Cancelled)
        assert pool.submit(work.double, 3).result(10) == 6


def test_no_progress_within_the_deadline_ends_the_work(pool: LocalPool, tmp_path: Path) -> None:
    ended: list[WorkerEnded] = []
    pool.on_worker_ended = ended.append
    future = pool.submit(work.begin_then_sleep, tmp_path / "started", deadline=0.3)
    error = future.exception(10)
    assert isinstance(error, DeadlineExceeded)
    assert error.transient
    assert pool.submit(work.double, 3).result(10) == 6
    assert ended == [WorkerEnded(1, "was ended: no progress within the deadline")]


def test_progress_puts_the_deadline_off(pool: LocalPool, tmp_path: Path) -> None:
    finish = tmp_path / "finish"
    seen: list[WorkEvent] = []
    began = time.monotonic()

    def watch(event: WorkEvent) -> None:
        seen.append(event)
        if isinstance(event, Progress) and time.monotonic() - began > 1.2:
            finish.touch()

    future = pool.submit(work.await_file, finish, on_event=watch, deadline=0.4)
    assert future.result(10) == "finish"
    assert time.monotonic() - began > 1.2


def test_the_deadline_of_a_queued_task_does_not_run(pool: LocalPool, tmp_path: Path) -> None:
    finish = tmp_path / "finish"
    first = pool.submit(work.await_file_deafly, finish)
    second = pool.submit(work.double, 4, deadline=0.2)
    threading.Timer(0.5, finish.touch).start()
    assert first.result(10) == "finish"
    assert second.result(10) == 8


def test_progress_does_not_put_off_the_end_of_work_that_was_asked_to_stop(
    pool: LocalPool, tmp_path: Path
) -> None:
    started = tmp_path / "started"
    future = pool.submit(work.swallow_every_cancel, started, deadline=10.0)
    until(started.exists, "the start")
    future.cancel()
    assert isinstance(future.exception(5), Cancelled)
