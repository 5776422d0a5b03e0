"""Cancel, in every state: it is shown when it is true, and nothing is left behind."""

from __future__ import annotations

import asyncio

from loadline.domain.receipt import RunState
from loadline.domain.schema import ColumnType
from loadline.domain.tasks import TaskState, WaitReason
from loadline.sources.fake import Fail, Rows, Scripted, WidenTo
from tests.support.bench import Bench, column, is_state, leftovers, states


async def test_a_queued_task_is_cancelled_at_once(bench: Bench) -> None:
    latch = bench.latch()
    bench.script(*[(latch.wait(), Rows(1))] * 6)
    async with bench.session() as session:
        run = bench.start(session, concurrency=2)
        await bench.until(lambda: states(run)[:3] == ["running", "running", "waiting"])
        run.cancel_task(5)
        run.cancel_task(2)
        assert states(run)[2:] == ["cancelled", "queued", "queued", "cancelled"]
        await bench.until(lambda: states(run)[3] == "waiting")
        latch.open()
        receipt = await run.wait()
    assert receipt.state is RunState.PROBLEMS
    assert bench.source.tries(2) == bench.source.tries(5) == 0
    assert column(run) == [0, 1, 3, 4]


async def test_a_task_that_is_handed_out_but_not_started_is_cancelled_without_starting(
    bench: Bench,
) -> None:
    latch = bench.latch()
    bench.script(*[(latch.wait(), Rows(1))] * 4)
    async with bench.session() as session:
        run = bench.start(session)
        await bench.until(lambda: states(run) == ["running", "running", "waiting", "waiting"])
        run.cancel_task(3)
        await bench.until(lambda: states(run)[3] == "cancelled")
        latch.open()
        await run.wait()
    assert bench.source.tries(3) == 0


async def test_a_running_task_is_cancelling_until_its_worker_has_stopped(bench: Bench) -> None:
    latch = bench.latch()
    bench.script((Rows(100), latch.wait(), Rows(1)), (Rows(1),))
    async with bench.session() as session:
        run = bench.start(session)
        await bench.until(lambda: states(run) == ["running", "done"])
        run.cancel_task(0)
        run.cancel_task(0)
        assert states(run)[0] == "cancelling"
        await bench.settled(run)
        assert states(run)[0] == "cancelling"
        latch.open()
        await bench.until(lambda: states(run)[0] == "cancelled")
        assert leftovers(run) == []
        await run.wait()
    assert column(run) == [1]


async def test_a_task_that_finishes_before_it_hears_of_its_cancel_is_done(bench: Bench) -> None:
    latch = bench.latch()
    bench.script((Rows(1), latch.wait()))
    async with bench.session() as session:
        run = bench.start(session)
        await bench.until(lambda: run.board.rows_loaded == 1)
        run.cancel_task(0)
        latch.open()
        receipt = await run.wait()
    assert states(run) == ["done"]
    assert receipt.state is RunState.DONE


async def test_a_task_that_waits_for_its_retry_is_cancelled_at_once(bench: Bench) -> None:
    bench.script(Scripted("flaky", ((Fail("WorkerDied"),), (Rows(1),))), (Rows(1),))
    async with bench.session() as session:
        run = bench.start(session)
        await bench.until(
            lambda: (
                states(run) == ["waiting", "done"] and run.board.rows[0].reason is WaitReason.RETRY
            )
        )
        run.cancel_task(0)
        assert states(run)[0] == "cancelled"
        await run.wait()
    assert bench.source.tries(0) == 1


async def test_a_cancelled_run_has_ended_only_when_its_workers_have(bench: Bench) -> None:
    latch = bench.latch()
    bench.script((Rows(2),), *[(Rows(5), latch.wait(), Rows(1))] * 10)
    async with bench.session() as session:
        run = bench.start(session, concurrency=2)
        await bench.until(lambda: states(run)[:3] == ["done", "running", "running"])
        run.cancel()
        assert is_state(run, RunState.CANCELLING)
        await bench.until(lambda: run.board.counts[TaskState.CANCELLING] == 2)
        assert run.status == "Cancelling: 2 workers stopping"
        await bench.settled(run)
        assert run.receipt is None
        latch.open()
        receipt = await run.wait()
    assert receipt.state is RunState.CANCELLED
    assert states(run) == ["done", *["cancelled"] * 10]
    assert leftovers(run) == []
    assert [part.index for part in run.parts()] == [0]
    assert receipt.rows == 2


async def test_a_run_can_be_cancelled_while_it_plans(bench: Bench) -> None:
    latch = bench.latch()
    bench.script((Rows(1),), planning=(latch.wait(),))
    async with bench.session() as session:
        run = bench.start(session)
        assert is_state(run, RunState.PLANNING)
        run.cancel()
        assert is_state(run, RunState.CANCELLING)
        latch.open()
        receipt = await run.wait()
    assert receipt.state is RunState.CANCELLED
    assert run.board.rows == []


async def test_a_run_can_be_cancelled_while_it_waits_to_plan_again(bench: Bench) -> None:
    bench.script((Rows(1),), planning=(Fail("SourceUnreachable"),))
    async with bench.session() as session:
        run = bench.start(session)
        await bench.until(lambda: run._life._sleeping)
        run.cancel()
        receipt = await run.wait()
    assert receipt.state is RunState.CANCELLED


async def test_a_paused_run_can_be_cancelled(bench: Bench) -> None:
    bench.plain(5)
    async with bench.session() as session:
        run = bench.start(session, concurrency=1)
        run.pause()
        await bench.until(lambda: run.state is RunState.PAUSED)
        run.cancel()
        receipt = await run.wait()
    assert receipt.state is RunState.CANCELLED
    assert set(states(run)) == {"cancelled"}


async def test_a_run_can_be_cancelled_while_it_finishes_and_finished_later(bench: Bench) -> None:
    latch = bench.latch()
    narrow = Scripted("narrow", ((Rows(2),), (latch.wait(), Rows(2))), type=ColumnType.DECIMAL)
    bench.script(narrow, (WidenTo("n", ColumnType.TEXT), Rows(1)))
    async with bench.session() as session:
        run = bench.start(session)
        await bench.until(lambda: states(run) == ["done", "done"])
        await bench.until(lambda: bench.backend.submitted == 1 + 2 + 1)
        assert is_state(run, RunState.FINISHING)
        assert run.status == "Reading 1 file again: n is text in other files"
        run.cancel()
        assert is_state(run, RunState.CANCELLING)
        latch.open()
        receipt = await run.wait()
        assert receipt.state is RunState.CANCELLED
        assert leftovers(run) == []
        run.retry_unfinished()
        receipt = await run.wait()
    assert receipt.state is RunState.DONE
    assert column(run, "n") == ["0", "1", "0"]


async def test_cancelling_an_ended_run_or_task_changes_nothing(bench: Bench) -> None:
    bench.plain(2)
    async with bench.session() as session:
        run = bench.start(session)
        await run.wait()
        run.cancel()
        run.cancel_task(0)
        run.pause()
        run.proceed()
        assert run.state is RunState.DONE
        assert states(run) == ["done", "done"]


async def test_ten_thousand_queued_tasks_are_cancelled_without_holding_up_the_loop(
    bench: Bench,
) -> None:
    latch = bench.latch()
    bench.script(*[(latch.wait(), Rows(1))] * 10_000)
    loop = asyncio.get_running_loop()
    async with bench.session() as session:
        run = bench.start(session)
        await bench.until(lambda: run.board.counts[TaskState.RUNNING] == 2)
        run.cancel()
        latch.open()
        longest, before = 0.0, loop.time()
        while run.live:
            await asyncio.sleep(0)
            longest, before = max(longest, loop.time() - before), loop.time()
    assert run.board.counts[TaskState.CANCELLED] >= 9_996
    assert longest < 0.5  # a stall of all at once would be longer on any machine


async def test_whoever_cancels_the_waiting_for_a_run_does_not_cancel_the_run(
    bench: Bench,
) -> None:
    latch = bench.latch()
    bench.script((latch.wait(), Rows(1)))
    async with bench.session() as session:
        run = bench.start(session)
        waiting = asyncio.ensure_future(run.wait())
        await bench.until(lambda: states(run) == ["running"])
        waiting.cancel()
        await asyncio.wait([waiting])
        assert waiting.cancelled()
        latch.open()
        assert (await run.wait()).state is RunState.DONE
