"""The worker processes of the local pool: how they start, what they are, how they end."""

from __future__ import annotations

import multiprocessing.spawn
import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import Future, wait
from pathlib import Path

import pytest

from loadline.domain.errors import Bug, WorkerDied, WorkersUnavailable
from loadline.engine.backends import wire
from loadline.engine.backends.backend import Progress, Started, WorkerEnded, WorkEvent
from loadline.engine.backends.local_pool import LocalPool
from loadline.engine.backends.pool_thread import PoolThread
from loadline.engine.backends.worker_link import WorkerLink, ending_in_words
from loadline.engine.backends.worker_process import ONE_THREAD
from tests.support import pool_work as work
from tests.support.waiting import alive, until

HEAVY = {
    "PySide6", "asyncio", "dask", "msgspec", "numpy", "pandas", "pyarrow", "pymongo", "qasync",
    "pyqtgraph",
}  # fmt: skip


@pytest.fixture
def pool() -> Iterator[LocalPool]:
    with LocalPool(1, grace=0.3) as made:
        yield made


@pytest.fixture
def broken_start() -> Iterator[None]:
    """Make new processes ``false``, which ends at once."""
    real = multiprocessing.spawn.get_executable()
    multiprocessing.spawn.set_executable("/bin/false")
    yield
    multiprocessing.spawn.set_executable(real)


@pytest.mark.parametrize(
    ("task", "spec", "words"),
    [
        (work.exit_process, 0, "ended with exit code 0"),
        (work.exit_process, 7, "ended with exit code 7"),
        (work.exit_process, 127, "ended, perhaps because memory ran out (exit code 127)"),
        (work.kill_self, signal.SIGKILL, "was killed, perhaps because memory ran out (SIGKILL)"),
        (work.kill_self, signal.SIGSEGV, "crashed (SIGSEGV)"),
        (work.kill_self, signal.SIGTERM, "was ended from outside (SIGTERM)"),
    ],
)
def test_a_death_costs_its_task_only_and_says_how(task: object, spec: int, words: str) -> None:
    ended: list[WorkerEnded] = []
    with LocalPool(2, on_worker_ended=ended.append) as pool:
        futures = [pool.submit(work.double, n) for n in range(6)]
        dying = pool.submit(task, spec)  # type: ignore[arg-type]
        futures += [pool.submit(work.double, n) for n in range(6, 12)]
        error = dying.exception(10)
        assert isinstance(error, WorkerDied)
        assert words in error.sentence
        assert [f.result(10) for f in futures] == [2 * n for n in range(12)]
    assert [e.cause for e in ended] == [words]


def test_an_idle_worker_that_dies_is_replaced_and_told(pool: LocalPool) -> None:
    ended: list[WorkerEnded] = []
    pool.on_worker_ended = ended.append
    pid = pool.submit(work.process_id, None).result(10)
    os.kill(pid, signal.SIGKILL)
    until(lambda: ended and pool.status().pids, "the new worker")
    assert ended[0].worker == 1
    assert pool.submit(work.process_id, None).result(10) == pool.status().pids[0] != pid


def test_a_listener_for_deaths_that_raises_does_not_stop_the_pool(pool: LocalPool) -> None:
    def raises(_: WorkerEnded) -> None:
        raise RuntimeError

    pool.on_worker_ended = raises
    assert isinstance(pool.submit(work.exit_process, 1).exception(10), WorkerDied)
    assert pool.submit(work.double, 5).result(10) == 10


def test_prestart_starts_all_before_there_is_work() -> None:
    with LocalPool(2) as pool:
        assert pool.status().workers == 0
        pool.prestart()
        until(lambda: pool.status().workers == 2, "two workers")


def test_a_second_worker_starts_only_for_a_second_task(tmp_path: Path) -> None:
    with LocalPool(3) as pool:
        first = pool.submit(work.process_id, None).result(10)
        assert pool.submit(work.process_id, None).result(10) == first
        assert pool.status().workers == 1
        for _ in range(3):
            pool.submit(work.await_file, tmp_path / "never")
        until(lambda: pool.status().busy == 3, "three busy workers")


def test_a_second_task_does_not_wait_for_the_first_worker_to_be_ready(
    tmp_path: Path, broken_start: None
) -> None:
    never_ready = tmp_path / "never_ready"
    never_ready.write_text("#!/bin/sh\nexec sleep 60\n")
    never_ready.chmod(0o755)
    multiprocessing.spawn.set_executable(str(never_ready))
    with LocalPool(2) as pool:
        for workers in (1, 2):
            pool.submit(work.double, 1)
            until(lambda n=workers: pool.status().workers == n, "the next worker")  # type: ignore[misc]


def test_a_bigger_pool_starts_more_workers_for_what_waits(pool: LocalPool, tmp_path: Path) -> None:
    for _ in range(3):
        pool.submit(work.await_file, tmp_path / "never")
    until(lambda: pool.status().busy == 1, "a busy worker")
    assert pool.status().waiting == 2
    pool.resize(3)
    assert pool.workers == 3
    until(lambda: pool.status().busy == 3, "three busy workers")


def test_a_smaller_pool_ends_idle_workers_and_lets_busy_ones_finish(tmp_path: Path) -> None:
    finish, left = tmp_path / "finish", tmp_path / "left"
    with LocalPool(3) as pool:
        pool.prestart()
        until(lambda: pool.status().workers == 3, "three workers")
        futures = [pool.submit(work.await_file_deafly, finish) for _ in range(2)]
        until(lambda: pool.status().busy == 2, "two busy workers")
        pool.resize(1)
        until(lambda: pool.status().workers == 2, "the end of the idle one")
        finish.touch()
        assert [f.result(10) for f in futures] == ["finish", "finish"]
        until(lambda: pool.status().workers == 1, "the end of the surplus one")
        pool.submit(work.leave_at_exit, left).result(10)
    assert left.exists()


@pytest.mark.usefixtures("broken_start")
@pytest.mark.parametrize("workers", [1, 3])
def test_three_deaths_in_a_row_at_the_start_fail_the_queue_with_the_reason(workers: int) -> None:
    with LocalPool(workers) as pool:
        futures = [pool.submit(work.double, n) for n in range(20)]
        errors = [f.exception(10) for f in futures]
    assert all(isinstance(e, WorkersUnavailable) for e in errors)
    assert "exit code 1" in str(errors[0]) or "Broken pipe" in str(errors[0])


def test_new_work_tries_again_after_the_workers_could_not_be_started(broken_start: None) -> None:
    with LocalPool(1) as pool:
        assert isinstance(pool.submit(work.double, 1).exception(10), WorkersUnavailable)
        multiprocessing.spawn.set_executable(sys.executable)
        assert pool.submit(work.double, 1).result(10) == 2


def test_a_living_worker_goes_on_when_others_cannot_be_started(
    pool: LocalPool, broken_start: None
) -> None:
    multiprocessing.spawn.set_executable(sys.executable)
    pool.submit(work.double, 1).result(10)
    multiprocessing.spawn.set_executable("/bin/false")
    pool.resize(3)
    futures = [pool.submit(work.double, n) for n in range(500)]
    assert [f.result(10) for f in futures] == [2 * n for n in range(500)]


def test_a_worker_is_small_until_it_has_work(pool: LocalPool) -> None:
    loaded = {name.partition(".")[0] for name in pool.submit(work.modules, None).result(10)}
    # What the test program itself brings along is not the worker's.
    brought = {"asyncio"} if "_pytest" in loaded else set()
    assert not loaded & (HEAVY - brought)


@pytest.mark.parametrize("name", ONE_THREAD)
def test_numeric_libraries_use_one_thread(pool: LocalPool, name: str) -> None:
    assert pool.submit(work.environment, name).result(10) == "1"


def test_pyarrow_uses_one_thread(pool: LocalPool) -> None:
    assert pool.submit(work.arrow_threads, None).result(20) == 1


def test_a_worker_ignores_an_interrupt(pool: LocalPool) -> None:
    assert pool.submit(work.interrupt_self, None).result(10) == "still here"


def test_what_work_prints_stays_out_of_the_programs_output(
    pool: LocalPool, capfd: pytest.CaptureFixture[str]
) -> None:
    pool.submit(work.print_aloud, "loud").result(10)
    pool.close()
    out, err = capfd.readouterr()
    assert out == ""
    assert err.count("loud") == 2


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (None, "ended"),
        (3, "ended with exit code 3"),
        (-11, "crashed (SIGSEGV)"),
        (-99, "crashed (signal 99)"),
        (3221225477, "ended with exit code 3221225477"),
    ],
)
def test_exit_codes_are_told_in_words(code: int | None, words: str) -> None:
    assert ending_in_words(code) == words


def test_all_that_a_worker_said_before_it_died_counts(pool: LocalPool) -> None:
    events: list[WorkEvent] = []

    def hold_up_the_pool(event: WorkEvent) -> None:
        if isinstance(event, Started):
            [pid] = pool.status().pids
            until(lambda: not alive(pid), "the death")
        events.append(event)

    future = pool.submit(work.answer_then_die, None, on_event=hold_up_the_pool)
    assert future.result(10) == "answered"
    assert events == [Started(1), Progress(1, 1), Progress(2, 2)]


def test_a_task_for_a_worker_that_is_just_found_dead_goes_to_another(tmp_path: Path) -> None:
    later: list[Future[int]] = []
    with LocalPool(2) as pool:
        go = tmp_path / "go"
        both = [pool.submit(work.await_file, go) for _ in range(2)]
        until(lambda: pool.status().busy == 2, "two busy workers")
        go.touch()
        wait(both, 10)

        def kill_the_other(event: WorkEvent) -> None:
            assert isinstance(event, Started)
            pid = pool.status().pids[2 - event.worker]
            os.kill(pid, signal.SIGKILL)
            until(lambda: not alive(pid), "the death")
            later.append(pool.submit(work.double, 8))

        first = pool.submit(work.double, 4, on_event=kill_the_other)
        assert first.result(10) == 8
        assert later[0].result(10) == 16


def test_a_worker_ends_when_its_pipe_closes_even_in_the_middle_of_a_long_call(
    tmp_path: Path,
) -> None:
    link = WorkerLink(1, ())
    assert link.read() == wire.READY
    started = tmp_path / "started"
    body = wire.pickled((work.begin_then_sleep, started))
    link.conn.send_bytes(wire.task_message(1, 0.1, body))
    until(started.exists, "the start")
    link.conn.close()
    until(lambda: not alive(link.pid), "the end of the worker", 5.0)
    link.bury()


def test_a_fault_in_the_pool_itself_is_told_by_every_future_and_leaves_no_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pool = LocalPool(1)
    running = pool.submit(work.begin_then_sleep, tmp_path / "started")
    queued = pool.submit(work.double, 1)
    until((tmp_path / "started").exists, "the start")
    pids = pool.status().pids

    def fault(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(PoolThread, "_hand_out", fault)
    pool.resize(1)
    assert isinstance(running.exception(10), Bug)
    assert isinstance(queued.exception(10), Bug)
    assert isinstance(pool.submit(work.double, 1).exception(10), Bug)
    pool.close()
    assert not any(alive(pid) for pid in pids)
    assert "The local pool failed" in caplog.text
