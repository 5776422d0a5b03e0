"""What becomes of a task in the local pool: results, errors, events."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import wait
from pathlib import Path

import pytest

from loadline.domain.errors import (
    Bug,
    Cancelled,
    DiskFull,
    LoadlineError,
    OutOfMemory,
    SourceDamaged,
)
from loadline.engine.backends.backend import Progress, Started, Work, WorkerEnded, WorkEvent
from loadline.engine.backends.local_pool import LocalPool
from tests.support import pool_work as work
from tests.support.waiting import alive, until


@pytest.fixture
def pool() -> Iterator[LocalPool]:
    with LocalPool(2, grace=0.3) as made:
        yield made


def error_of(pool: LocalPool, *submit: object) -> LoadlineError:
    error = pool.submit(*submit).exception(10)  # type: ignore[arg-type]
    assert isinstance(error, LoadlineError)
    return error


def test_each_result_belongs_to_its_task(pool: LocalPool) -> None:
    futures = [pool.submit(work.double, n) for n in range(200)]
    assert [f.result(10) for f in futures] == [2 * n for n in range(200)]


def test_tasks_start_in_the_order_of_submit() -> None:
    started: list[int] = []
    with LocalPool(1) as pool:
        futures = [
            pool.submit(work.nothing, None, on_event=lambda _, n=n: started.append(n))  # type: ignore[misc]
            for n in range(50)
        ]
        wait(futures, 10)
    assert started == list(range(50))


def test_two_workers_work_at_the_same_time(pool: LocalPool, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    started = [threading.Event(), threading.Event()]
    futures = [
        pool.submit(work.await_file, path, on_event=lambda _, s=s: s.set())  # type: ignore[misc]
        for path, s in zip((first, second), started, strict=True)
    ]
    assert all(s.wait(10) for s in started)
    second.touch()
    assert futures[1].result(10) == "second"
    assert not futures[0].done()
    first.touch()
    assert futures[0].result(10) == "first"


def test_a_foreseen_error_arrives_with_all_its_fields(pool: LocalPool) -> None:
    error = error_of(pool, work.damaged, "polls.csv")
    assert type(error) is SourceDamaged
    assert (error.sentence, error.cause, error.advice) == (
        "It is cut off.", "polls.csv", "Copy it again.",
    )  # fmt: skip


def test_an_unforeseen_error_is_a_bug_with_the_traceback_of_the_worker(pool: LocalPool) -> None:
    error = error_of(pool, work.divide_by_zero, None)
    assert type(error) is Bug
    assert "ZeroDivisionError: division by zero" in error.sentence
    assert "in divide_by_zero" in error.cause


def test_a_full_disk_is_told_as_such(pool: LocalPool) -> None:
    assert type(error_of(pool, work.disk_full, None)) is DiskFull


@pytest.mark.parametrize(
    "starved", [work.out_of_memory, work.no_memory_for_a_library, work.no_memory_in_disguise]
)
def test_missing_memory_is_told_and_another_worker_takes_the_next_task(starved: Work) -> None:
    with LocalPool(1) as pool:
        before = pool.submit(work.process_id, None).result(10)
        errors = [error_of(pool, starved, None) for _ in range(2)]
        assert {type(error) for error in errors} == {OutOfMemory}
        assert errors[0].sentence == "There was not enough memory for this task."
        assert pool.submit(work.process_id, None).result(10) != before


def test_the_worker_in_place_of_one_without_memory_starts_when_that_has_gone() -> None:
    ended: list[WorkerEnded] = []
    with LocalPool(1) as pool:
        pool.on_worker_ended = ended.append
        error_of(pool, work.out_of_memory, None)
        events: list[WorkEvent] = []
        pool.submit(work.process_id, None, on_event=events.append).result(10)
        assert events[0] == Started(1)
    assert ended == [WorkerEnded(1, "was ended: it found no more memory")]


@pytest.mark.parametrize("leave", [work.raise_system_exit, work.raise_interrupt])
def test_work_that_raises_to_end_its_process_costs_only_itself(leave: object) -> None:
    with LocalPool(1) as pool:
        before = pool.submit(work.process_id, None).result(10)
        assert type(error_of(pool, leave, None)) is Bug
        assert pool.submit(work.process_id, None).result(10) == before


@pytest.mark.parametrize(
    ("task", "told"),
    [(work.lock, "cannot pickle"), (work.unloadable, "not here"), (work.stubborn, "not travel")],
)
def test_what_cannot_travel_back_is_a_bug_of_that_task(
    pool: LocalPool, task: object, told: str
) -> None:
    error = error_of(pool, task, None)
    assert type(error) is Bug
    assert told in error.sentence
    assert pool.submit(work.double, 2).result(10) == 4


@pytest.mark.parametrize("spec", [threading.Lock(), work.Unloadable()])
def test_what_cannot_travel_there_is_a_bug_of_that_task(pool: LocalPool, spec: object) -> None:
    assert type(error_of(pool, work.nothing, spec)) is Bug
    assert type(error_of(pool, lambda _spec, _report: None, None)) is Bug


def test_fifty_megabytes_travel_both_ways(pool: LocalPool) -> None:
    big = 50_000_000
    assert len(pool.submit(work.many_bytes, big).result(20)) == big
    assert pool.submit(work.length, bytes(big)).result(20) == big


def test_a_task_tells_that_it_started_then_its_last_counters_before_its_end(
    pool: LocalPool,
) -> None:
    events: list[WorkEvent] = []
    at_end: list[WorkEvent] = []
    future = pool.submit(work.count_up, 10_000, on_event=events.append)
    future.add_done_callback(lambda _: at_end.extend(events[-1:]))
    assert future.result(10) == 10_000
    until(lambda: at_end, "the callback")
    assert events[0] == Started(1)
    assert at_end == [Progress(10_000, 100_000)]


def test_progress_is_thinned_out_to_about_ten_a_second(pool: LocalPool) -> None:
    events: list[WorkEvent] = []
    pool.submit(work.count_up, 100_000, on_event=events.append).result(10)
    told = [e for e in events if isinstance(e, Progress)]
    assert told == sorted(told, key=lambda p: p.rows)
    assert 2 <= len(told) <= 30


def test_counters_told_right_before_a_crash_are_heard(pool: LocalPool) -> None:
    events: list[WorkEvent] = []
    pool.submit(work.report_then_die, None, on_event=events.append).exception(10)
    assert events[-1] == Progress(7, 70)


def test_a_listener_that_raises_fails_its_task_only(pool: LocalPool, tmp_path: Path) -> None:
    def raises(_: WorkEvent) -> None:
        raise RuntimeError("loop is closed")

    future = pool.submit(work.await_file, tmp_path / "never", on_event=raises)
    error = future.exception(10)
    assert isinstance(error, Bug)
    assert "loop is closed" in error.sentence
    assert pool.submit(work.double, 1).result(10) == 2


def test_a_callback_may_submit_the_next_task(pool: LocalPool) -> None:
    after: list[object] = []
    future = pool.submit(work.double, 1)
    future.add_done_callback(lambda f: after.append(pool.submit(work.double, f.result())))
    until(lambda: after, "the callback")
    assert after[0].result(10) == 4  # type: ignore[attr-defined]


def test_an_event_loop_awaits_results_and_errors(pool: LocalPool) -> None:
    async def go() -> None:
        assert await asyncio.wrap_future(pool.submit(work.double, 21)) == 42
        with pytest.raises(SourceDamaged):
            await asyncio.wrap_future(pool.submit(work.damaged, ""))

    asyncio.run(go())


def test_an_event_loop_sees_a_cancelled_task_as_cancelled_not_the_one_that_awaits_it(
    tmp_path: Path,
) -> None:
    async def go(pool: LocalPool) -> None:
        running = pool.submit(work.await_file, tmp_path / "never")
        queued = pool.submit(work.double, 1)
        assert running.cancel()
        assert queued.cancel()
        for future in (running, queued):
            with pytest.raises(Cancelled):
                await asyncio.wrap_future(future)
            assert not future.cancelled()

    with LocalPool(1) as pool:
        asyncio.run(go(pool))


def test_cancelling_who_awaits_asks_the_work_to_stop(pool: LocalPool, tmp_path: Path) -> None:
    future = pool.submit(work.await_file, tmp_path / "never")

    async def go() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await asyncio.wrap_future(future)

    asyncio.run(go())
    assert isinstance(future.exception(10), Cancelled)


def test_a_closed_pool_fails_what_comes_later(pool: LocalPool) -> None:
    pool.close()
    assert isinstance(pool.submit(work.double, 1).exception(1), Cancelled)


def test_closing_cancels_everything_and_leaves_no_process(tmp_path: Path) -> None:
    pool = LocalPool(2)
    started = [threading.Event(), threading.Event()]
    running = [
        pool.submit(work.await_file, tmp_path / "never", on_event=lambda _, s=s: s.set())  # type: ignore[misc]
        for s in started
    ]
    queued = [pool.submit(work.double, n) for n in range(5)]
    assert all(s.wait(10) for s in started)
    pids = pool.status().pids
    pool.close()
    assert all(isinstance(f.exception(0), Cancelled) for f in running + queued)
    assert len(pids) == 2
    assert not any(alive(pid) for pid in pids)
    assert not [t for t in threading.enumerate() if t.name == "local-pool"]


def test_closing_ends_a_deaf_worker_after_the_grace(tmp_path: Path) -> None:
    started = tmp_path / "started"
    pool = LocalPool(1)
    future = pool.submit(work.begin_then_sleep, started)
    until(started.exists, "the start")
    pool.close(0.1)
    assert isinstance(future.exception(0), Cancelled)


def test_closing_from_a_listener_does_not_wait_for_itself(tmp_path: Path) -> None:
    pool = LocalPool(1)
    future = pool.submit(work.await_file, tmp_path / "never", on_event=lambda _: pool.close())
    assert isinstance(future.exception(10), Cancelled)
    pool.close()


def test_closing_a_pool_that_never_worked_and_closing_twice_are_harmless() -> None:
    pool = LocalPool(2)
    pool.close()
    pool.close()
    assert pool.status().workers == 0


def test_a_forgotten_pool_ends_its_workers() -> None:
    pool = LocalPool(1)
    pid = pool.submit(work.process_id, None).result(10)
    del pool
    until(lambda: not alive(pid), "the end of the worker")
