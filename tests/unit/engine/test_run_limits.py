"""Cap, rate, pause and memory: what holds tasks back, and that the board says so."""

from __future__ import annotations

from functools import partial

import pytest

from loadline.domain.receipt import RunState
from loadline.domain.tasks import TaskState, WaitReason
from loadline.domain.throughput import MarkKind
from loadline.engine.machine import Machine
from loadline.engine.run import Run
from loadline.sources.fake import Rows
from tests.support.bench import Bench, column, states

LOW = Machine(free=1 << 20, total=16 << 30, held=0)


@pytest.mark.parametrize("cap", [1, 2, 3])
async def test_never_more_than_the_cap_are_read_at_once(bench: Bench, cap: int) -> None:
    bench.backend.resize(6)
    bench.plain(30)
    async with bench.session() as session:
        await bench.start(session, concurrency=cap).wait()
    assert 1 <= bench.source.most_at_once() <= cap


async def test_beyond_the_cap_the_next_task_waits_for_a_slot_and_the_rest_is_queued(
    bench: Bench,
) -> None:
    latch = bench.latch()
    bench.script(*[(latch.wait(), Rows(1))] * 5)
    async with bench.session() as session:
        run = bench.start(session, concurrency=2)
        await bench.until(lambda: states(run)[:3] == ["running", "running", "waiting"])
        assert run.board.rows[2].reason is WaitReason.SLOT
        assert states(run)[3:] == ["queued", "queued"]
        latch.open()
        await run.wait()


async def test_a_task_runs_only_when_a_worker_has_it(bench: Bench) -> None:
    latch = bench.latch()
    bench.script(*[(latch.wait(), Rows(1))] * 4)
    async with bench.session() as session:
        run = bench.start(session)  # two workers, so a cap of four
        await bench.until(lambda: states(run) == ["running", "running", "waiting", "waiting"])
        await bench.settled(run)
        assert bench.backend.submitted == 1 + 4  # the plan, and all of them are handed out
        assert [row.reason for row in run.board.rows[2:]] == [WaitReason.SLOT] * 2
        latch.open()
        await run.wait()


async def test_a_raised_cap_hands_out_more_and_a_lowered_one_takes_nothing_back(
    bench: Bench,
) -> None:
    latches = [bench.latch() for _ in range(6)]
    bench.script(*[(latch.wait(), Rows(1)) for latch in latches])
    async with bench.session() as session:
        run = bench.start(session, concurrency=1)
        await bench.until(lambda: states(run)[:2] == ["running", "waiting"])
        run.set_cap(4)
        await bench.until(lambda: run.board.counts[TaskState.RUNNING] == 4)
        run.set_cap(1)
        latches[0].open()
        await bench.until(lambda: run.board.counts[TaskState.DONE] == 1)
        await bench.settled(run)
        assert run.board.counts[TaskState.RUNNING] == 3
        assert states(run)[4:] == ["waiting", "queued"]
        for latch in latches:
            latch.open()
        await run.wait()
    told = [mark.text for mark in run.throughput.marks if mark.kind is MarkKind.LIMIT]
    assert told == ["4 at once", "1 at once"]


async def test_the_pool_grows_with_a_cap_that_is_set_and_shrinks_back_at_the_end(
    bench: Bench,
) -> None:
    bench.plain(3)
    async with bench.session() as session:
        run = bench.start(session, concurrency=5)
        assert bench.backend.workers == 5
        run.set_cap(7)
        assert bench.backend.workers == 7
        run.set_cap(0)
        assert (bench.backend.workers, run.cap) == (2, 4)
        await run.wait()
    assert bench.backend.workers == 2


async def test_a_job_that_names_its_workers_gets_as_many(bench: Bench) -> None:
    bench.plain(3)
    async with bench.session() as session:
        run = bench.watch(session.start(bench.job(workers=3)))
        assert (bench.backend.workers, run.cap) == (3, 5)
        await run.wait()


async def test_starts_keep_the_distance_that_the_rate_asks_for(bench: Bench) -> None:
    bench.plain(4)
    async with bench.session() as session:
        run = bench.start(session, rate=2.0, concurrency=4)
        for done in range(1, 4):
            await bench.until(partial(_done, run, done))
            await bench.settled(run)
            row = run.board.rows[done]
            assert (row.state, row.reason) == (TaskState.WAITING, WaitReason.RATE)
            assert row.until == pytest.approx(0.5 * done)
            bench.clock.advance(0.49)
            await bench.settled(run)
            assert bench.source.tries(done) == 0
            bench.clock.advance(0.01)
        await run.wait()
    assert [row.started for row in run.board.rows] == pytest.approx([0.0, 0.5, 1.0, 1.5])


async def test_a_rate_that_is_taken_away_lets_everything_go(bench: Bench) -> None:
    bench.plain(5)
    async with bench.session() as session:
        run = bench.start(session, rate=0.001)
        await bench.until(lambda: states(run)[:2] == ["done", "waiting"])
        run.set_rate(0.0)
        receipt = await run.wait()
    assert receipt.state is RunState.DONE


async def test_pause_hands_out_nothing_new_and_lets_what_runs_finish(bench: Bench) -> None:
    latch = bench.latch()
    bench.script((latch.wait(), Rows(1)), (Rows(1),), (Rows(1),))
    async with bench.session() as session:
        run = bench.start(session, concurrency=1)
        await bench.until(lambda: states(run)[:1] == ["running"])
        run.pause()
        run.pause()
        assert run.state is RunState.PAUSED
        latch.open()
        await bench.until(lambda: states(run)[:2] == ["done", "waiting"])
        await bench.until(lambda: run.board.rows[1].reason is WaitReason.PAUSED)
        assert run.status == "Paused"
        assert bench.source.tries(1) == 0
        run.proceed()
        assert (await run.wait()).state is RunState.DONE
    assert [mark.kind for mark in run.throughput.marks] == [MarkKind.PAUSED, MarkKind.RESUMED]


async def test_a_run_that_is_paused_while_it_plans_starts_no_task(bench: Bench) -> None:
    latch = bench.latch()
    bench.script((Rows(1),), planning=(latch.wait(),))
    async with bench.session() as session:
        run = bench.start(session)
        run.pause()
        latch.open()
        await bench.until(lambda: run.state is RunState.PAUSED and run.board.rows[0].reason)
        assert run.board.rows[0].reason is WaitReason.PAUSED
        run.proceed()
        await run.wait()
    assert column(run) == [0]


async def test_with_little_memory_one_task_at_a_time_goes_and_the_board_says_why(
    bench: Bench,
) -> None:
    latch = bench.latch()
    bench.machine = LOW
    bench.script((latch.wait(), Rows(1)), (Rows(1),), (Rows(1),), (latch.wait(), Rows(1)))
    async with bench.session() as session:
        run = bench.start(session)
        run.sample(LOW)
        await bench.until(lambda: states(run)[:2] == ["running", "waiting"])
        assert run.board.rows[1].reason is WaitReason.MEMORY
        assert "emory" in run.status
        latch.open()
        await run.wait()
    assert bench.source.most_at_once() == 1


async def test_enough_memory_opens_the_gate_again(bench: Bench) -> None:
    latch = bench.latch()
    bench.script((latch.wait(), Rows(1)), (latch.wait(), Rows(1)))
    async with bench.session() as session:
        run = bench.start(session)
        run.sample(LOW)
        await bench.until(lambda: states(run) == ["running", "waiting"])
        run.sample(bench.machine)
        await bench.until(lambda: states(run) == ["running", "running"])
        latch.open()
        await run.wait()


async def test_the_throughput_is_sampled_twice_a_second_while_the_run_is_live(
    bench: Bench,
) -> None:
    latch = bench.latch()
    bench.script((latch.wait(), Rows(100)))
    async with bench.session() as session:
        run = bench.start(session)
        await bench.until(lambda: states(run) == ["running"])
        for _ in range(10):
            bench.clock.advance(0.5)
        assert [speed.at for speed in run.throughput.recent()] == [0.5 * n for n in range(1, 11)]
        latch.open()
        bench.clock.advance(0.25)
        await run.wait()
        assert run.throughput.whole()[-1].at == 5.25
        assert bench.clock.next_alarm() is None


def _done(run: Run, count: int) -> bool:
    return run.board.counts[TaskState.DONE] == count
