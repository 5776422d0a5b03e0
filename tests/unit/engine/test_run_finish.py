"""After the last task: one schema, parts read again, checksums, the output."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq

from loadline.domain.receipt import RunState
from loadline.domain.schema import Column, ColumnType
from loadline.sources.fake import Aside, Fail, Rows, Scripted, StartOverAlways, WidenTo
from loadline.store.dataset import Dataset
from tests.support.bench import Bench, column, leftovers, states

T = ColumnType


async def test_a_part_with_a_type_too_narrow_is_read_again_before_the_dataset_is_sealed(
    bench: Bench,
) -> None:
    bench.script(
        Scripted("narrow", ((Rows(2),),), type=T.DECIMAL),
        (WidenTo("n", T.TEXT), Rows(2)),
        Scripted("int", ((Rows(2),),)),
    )
    async with bench.session() as session:
        run = bench.start(session)
        receipt = await run.wait()
    assert receipt.state is RunState.DONE
    assert receipt.schema == (Column("n", T.TEXT), Column("of", T.INT))
    assert [bench.source.tries(i) for i in range(3)] == [2, 1 + 1, 1]
    assert column(run, "n") == ["0", "1", "0", "1", "0", "1"]


async def test_a_part_that_cannot_be_read_again_is_told_and_the_run_is_not_green(
    bench: Bench,
) -> None:
    damaged = ((Rows(2),), (Fail("SourceDamaged", "It is cut off now."),))
    bench.script(Scripted("narrow", damaged, type=T.DECIMAL), (WidenTo("n", T.TEXT), Rows(1)))
    async with bench.session() as session:
        run = bench.start(session)
        receipt = await run.wait()
    assert receipt.state is RunState.PROBLEMS
    assert receipt.lines[0].error is not None
    assert receipt.lines[0].error.sentence == "It is cut off now."
    assert not receipt.lines[0].balanced
    assert receipt.lines[1].balanced
    assert states(run) == ["done", "done"]


async def test_reading_again_is_tried_again_like_any_attempt(bench: Bench) -> None:
    flaky = ((Rows(2),), (Fail("WorkerDied"),), (Rows(2),))
    bench.script(Scripted("narrow", flaky, type=T.DECIMAL), (WidenTo("n", T.TEXT), Rows(1)))
    async with bench.session() as session:
        run = bench.start(session)
        await bench.end(run)
    assert run.receipt is not None
    assert run.receipt.state is RunState.DONE


async def test_a_reader_that_starts_over_leaves_only_its_last_pass(bench: Bench) -> None:
    bench.script((Rows(50), WidenTo("n", T.TEXT), Rows(2)))
    async with bench.session() as session:
        run = bench.start(session)
        receipt = await run.wait()
    assert receipt.balanced
    assert receipt.rows == 52
    assert column(run, "n")[0] == "0"


async def test_a_reader_that_starts_over_for_ever_is_stopped_with_a_clear_error(
    bench: Bench,
) -> None:
    bench.script((Rows(5), StartOverAlways("zip")), (Rows(1),))
    async with bench.session() as session:
        run = bench.start(session)
        await run.wait()
    error = run.board.rows[0].error
    assert error is not None
    assert error.sentence == "The type of column zip cannot be found."
    assert leftovers(run) == []
    assert bench.source.tries(0) == 1 + 3


async def test_a_part_that_is_damaged_before_the_end_is_read_again_and_told(
    bench: Bench,
) -> None:
    latch = bench.latch()
    bench.script((Rows(50),), (latch.wait(), Rows(1)))
    async with bench.session() as session:
        run = bench.start(session)
        await bench.until(lambda: states(run) == ["done", "running"])
        spoil(run.folder / "parts" / "part-00000.arrow")
        latch.open()
        receipt = await run.wait()
    assert receipt.state is RunState.DONE
    assert receipt.notes == ("1 part was damaged on the disk, and read again.",)
    assert bench.source.tries(0) == 2
    assert column(run) == [0] * 50 + [1]


async def test_a_damaged_part_that_cannot_be_read_again_is_not_balanced(bench: Bench) -> None:
    latch = bench.latch()
    gone = Scripted("gone", ((Rows(50),), (Fail("SourceMissing", "It is gone."),)))
    bench.script(gone, (latch.wait(), Rows(1)))
    async with bench.session() as session:
        run = bench.start(session)
        await bench.until(lambda: states(run) == ["done", "running"])
        spoil(run.folder / "parts" / "part-00000.arrow")
        latch.open()
        receipt = await run.wait()
    assert receipt.state is RunState.PROBLEMS
    assert [line.verified for line in receipt.lines] == [False, True]
    assert column(run) == [1]


async def test_the_result_is_written_where_the_job_wants_it(bench: Bench) -> None:
    bench.plain(3, rows=4)
    output = bench.folder / "out.parquet"
    async with bench.session() as session:
        run = bench.watch(session.start(bench.job(output=output)))
        receipt = await run.wait()
    assert receipt.output == str(output)
    assert pq.read_table(output)["of"].to_pylist() == [0] * 4 + [1] * 4 + [2] * 4


async def test_an_output_that_appears_meanwhile_is_not_replaced_and_nothing_is_lost(
    bench: Bench,
) -> None:
    latch = bench.latch()
    bench.script((latch.wait(), Rows(3)))
    output = bench.folder / "out.csv"
    async with bench.session() as session:
        run = bench.watch(session.start(bench.job(output=output)))
        await bench.until(lambda: states(run) == ["running"])
        output.write_text("mine")
        latch.open()
        receipt = await run.wait()
        assert receipt.state is RunState.PROBLEMS
        assert run.failure is not None
        assert run.failure.kind == "OutputExists"
        assert output.read_text() == "mine"
        assert column(run) == [0] * 3
        output.unlink()
        run.retry_unfinished()
        receipt = await run.wait()
    assert receipt.state is RunState.DONE
    assert output.read_text().splitlines()[0].replace('"', "") == "n,of"


async def test_further_tables_are_kept_apart(bench: Bench) -> None:
    bench.script((Rows(3), Aside(2)), (Rows(1),))
    async with bench.session() as session:
        run = bench.start(session)
        receipt = await run.wait()
    assert receipt.state is RunState.DONE
    dataset = Dataset.open(run.folder)
    assert dataset.num_rows == 4
    assert dataset.aside(2).num_rows == 2


async def test_the_receipt_is_kept_in_the_run_folder(bench: Bench) -> None:
    bench.plain(2)
    async with bench.session() as session:
        run = bench.start(session)
        receipt = await run.wait()
        again = session.reopen(run.folder)
    assert again.receipt == receipt


def spoil(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
