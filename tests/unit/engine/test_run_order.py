"""What a run gives back, whatever finishes first."""

from __future__ import annotations

from loadline.domain.receipt import RunState
from loadline.domain.tasks import TaskState
from loadline.sources.fake import Reject, Rows
from tests.support.bench import Bench, column, leftovers, states


async def test_a_run_of_tasks_that_work_is_done_and_balanced(bench: Bench) -> None:
    bench.plain(5, rows=20)
    async with bench.session() as session:
        receipt = await bench.start(session).wait()
    assert receipt.state is RunState.DONE
    assert receipt.balanced
    assert (receipt.rows, receipt.rows_read, receipt.rejected) == (100, 100, 0)
    assert [line.name for line in receipt.lines] == [f"{i}.csv" for i in range(5)]


async def test_the_dataset_keeps_the_order_of_the_source_when_the_first_finishes_last(
    bench: Bench,
) -> None:
    latch = bench.latch()
    bench.script((latch.wait(), Rows(3)), (Rows(3),), (Rows(3),), (Rows(3),))
    async with bench.session() as session:
        run = bench.start(session)
        await bench.until(lambda: states(run) == ["running", *["done"] * 3])
        latch.open()
        await run.wait()
    assert column(run) == [0] * 3 + [1] * 3 + [2] * 3 + [3] * 3


async def test_rejected_records_are_counted_and_the_receipt_still_balances(bench: Bench) -> None:
    bench.script((Rows(7), Reject(3)), (Rows(5),))
    async with bench.session() as session:
        run = bench.start(session)
        receipt = await run.wait()
    assert receipt.balanced
    assert (receipt.rows_read, receipt.rows, receipt.rejected) == (15, 12, 3)
    assert [path.name for path in run.problems_folder.iterdir()] == ["part-00000.jsonl"]


async def test_nothing_temporary_is_left(bench: Bench) -> None:
    bench.plain(10)
    async with bench.session() as session:
        run = bench.start(session)
        await run.wait()
    assert leftovers(run) == []
    assert run.board.counts[TaskState.DONE] == 10
