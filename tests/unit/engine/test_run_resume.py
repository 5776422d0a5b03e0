"""Going on after an end, a crash or a restart: what is done is kept, the rest is done."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from loadline.domain.errors import JobError, RunError
from loadline.domain.jobs import Job
from loadline.domain.receipt import RunState
from loadline.domain.tasks import TaskState
from loadline.engine.run import Run
from loadline.engine.session import Session
from loadline.sources.fake import Fail, FakeSource, Rows, Scripted
from tests.support.bench import Bench, column, states
from tests.unit.engine.test_run_finish import spoil


@contextmanager
def crashed(run: Run, lines: int | None = None, torn: bytes = b"") -> Iterator[Path]:
    """Give a run's folder as a killed program would leave it after `lines` of the journal."""
    journal = run.folder / "journal.jsonl"
    kept = journal.read_bytes().splitlines(keepends=True)[:lines]
    journal.write_bytes(b"".join(kept) + torn)
    (run.folder / "receipt.json").unlink(missing_ok=True)
    (run.folder / "dataset.json").unlink(missing_ok=True)
    yield run.folder


async def test_retry_unfinished_runs_what_failed_into_the_same_places(bench: Bench) -> None:
    bad = Scripted("bad", ((Fail("SourceDamaged"),), (Rows(2),)))
    bench.script((Rows(1),), bad, (Rows(1),))
    async with bench.session() as session:
        run = bench.start(session)
        assert (await run.wait()).state is RunState.PROBLEMS
        folder = run.folder
        run.retry_unfinished()
        receipt = await run.wait()
        assert run.folder == folder
    assert receipt.state is RunState.DONE
    assert column(run) == [0, 1, 1, 2]
    assert [bench.source.tries(i) for i in range(3)] == [1, 2, 1]


async def test_a_cancelled_run_goes_on_where_it_stopped(bench: Bench) -> None:
    latch = bench.latch()
    bench.script((Rows(1),), (Rows(1),), *[(latch.wait(), Rows(1))] * 4)
    async with bench.session() as session:
        run = bench.start(session, concurrency=2)
        await bench.until(lambda: states(run)[:4] == ["done", "done", "running", "running"])
        run.cancel()
        latch.open()
        await run.wait()
        run.retry_unfinished()
        assert run.live
        receipt = await run.wait()
    assert receipt.balanced
    assert column(run) == [0, 1, 2, 3, 4, 5]
    assert bench.source.tries(0) == bench.source.tries(1) == 1


async def test_an_ended_run_is_reopened_with_board_chart_and_receipt(bench: Bench) -> None:
    bench.script((Rows(3),), (Fail("SourceDamaged", "Cut off."),))
    async with bench.session() as session:
        run = bench.start(session)
        receipt = await run.wait()
        again = session.reopen(run.folder)
        assert again.state is RunState.PROBLEMS
        assert again.receipt == receipt
        assert await again.wait() == receipt
        assert again.elapsed() == run.elapsed()
        assert again.parts() == run.parts()
        assert again.schema() == run.schema()
        assert again.started_at is not None
        assert states(again) == ["kept", "failed"]
        assert again.board.rows[1].error == run.board.rows[1].error
        assert again.board.rows_loaded == 3
        assert not again.live


async def test_a_run_that_is_done_is_reopened_as_done(bench: Bench) -> None:
    bench.plain(4, rows=5)
    async with bench.session() as session:
        run = bench.start(session)
        await run.wait()
        again = session.reopen(run.folder)
    assert again.state is RunState.DONE
    assert states(again) == ["done"] * 4
    assert (again.board.rows_loaded, again.board.bytes_read) == (20, 200)
    assert len(again.board.timeline.ended) == 4
    again.retry_unfinished()
    assert again.state is RunState.DONE


async def test_wherever_the_program_is_killed_no_finished_part_is_lost(bench: Bench) -> None:
    bench.plain(12, rows=3)
    seed = random.Random(20_261_121)
    async with bench.session() as session:
        run = bench.start(session)
        await run.wait()
        lines = len((run.folder / "journal.jsonl").read_bytes().splitlines())
        for cut in seed.sample(range(1, lines), 8):
            with crashed(run, cut, torn=b'{"entry":"PartDone","at":1.0,"res') as folder:
                told = (folder / "journal.jsonl").read_bytes().count(b'"PartDone"') - 1
                again = bench.watch(session.reopen(folder))
                assert again.state is RunState.INTERRUPTED
                assert again.board.counts[TaskState.KEPT] == told
                before = [bench.source.tries(i) for i in range(12)]
                again.retry_unfinished()
                receipt = await again.wait()
                read = sum(bench.source.tries(i) - before[i] for i in range(12))
            assert receipt.state is RunState.DONE
            assert read == 12 - told
            assert column(again) == [i for i in range(12) for _ in range(3)]
            run = again


async def test_a_journal_without_its_plan_is_planned_again(bench: Bench) -> None:
    bench.plain(3)
    async with bench.session() as session:
        run = bench.start(session)
        await run.wait()
        with crashed(run, lines=1) as folder:
            again = session.reopen(folder)
            assert again.state is RunState.INTERRUPTED
            again.retry_unfinished()
            receipt = await again.wait()
    assert receipt.state is RunState.DONE


async def test_a_part_that_was_damaged_meanwhile_is_read_again(bench: Bench) -> None:
    bench.plain(4)
    async with bench.session() as session:
        run = bench.start(session)
        await run.wait()
        with crashed(run, lines=-1) as folder:
            spoil(folder / "parts" / "part-00001.arrow")
            (folder / "parts" / "part-00002.arrow").unlink()
            again = session.reopen(folder)
            assert states(again) == ["kept", "kept", "queued", "kept"]
            again.retry_unfinished()
            receipt = await again.wait()
    assert receipt.state is RunState.DONE
    assert states(again) == ["kept", "done", "done", "kept"]
    assert [bench.source.tries(i) for i in range(4)] == [1, 2, 2, 1]


async def test_a_source_that_changed_meanwhile_is_read_again(bench: Bench) -> None:
    bench.script(*[Scripted(f"{i}", state="v1") for i in range(3)])
    async with bench.session() as session:
        run = bench.start(session)
        await run.wait()
        with crashed(run, lines=-1) as folder:
            newer = Scripted("1", ((Rows(30),),), state="v2")
            partitions = (bench.source.partitions[0], newer, bench.source.partitions[2])
            bench.source = replace(bench.source, partitions=partitions)
            again = session.reopen(folder)
            again.retry_unfinished()
            receipt = await again.wait()
    assert receipt.state is RunState.DONE
    assert states(again) == ["kept", "done", "kept"]
    assert receipt.rows == 10 + 30 + 10
    assert again.board.rows[1].size == 300


async def test_a_source_that_is_gone_keeps_its_part_and_is_told(bench: Bench) -> None:
    bench.script(*[Scripted(f"{i}", state="v1") for i in range(3)])
    async with bench.session() as session:
        run = bench.start(session)
        await run.wait()
        with crashed(run, lines=-1) as folder:
            bench.source = FakeSource(bench.source.partitions[:2], bench.source.log)
            again = session.reopen(folder)
            again.retry_unfinished()
            receipt = await again.wait()
    assert receipt.state is RunState.DONE
    assert receipt.notes == ("1 of the listed sources are no longer there.",)
    assert receipt.rows == 30


async def test_a_file_that_changed_while_it_was_read_can_be_retried(bench: Bench) -> None:
    bench.script((Rows(1),), (Fail("SourceChanged"),))
    bench.source = replace(
        bench.source, partitions=tuple(replace(p, state="v1") for p in bench.source.partitions)
    )
    async with bench.session() as session:
        run = bench.start(session)
        await run.wait()
        fixed = Scripted("1.csv", ((Rows(4),),), state="v2")
        run._record.source = replace(bench.source, partitions=(bench.source.partitions[0], fixed))
        run.retry_unfinished()
        receipt = await run.wait()
    assert receipt.state is RunState.DONE
    assert receipt.rows == 5


async def test_temporary_files_of_a_killed_program_are_removed_when_the_run_goes_on(
    bench: Bench,
) -> None:
    bench.plain(2)
    async with bench.session() as session:
        run = bench.start(session)
        await run.wait()
        with crashed(run, lines=2) as folder:
            (folder / "parts" / "part-00001.7.tmp").write_bytes(b"half")
            again = session.reopen(folder)
            again.retry_unfinished()
            await again.wait()
    assert not list(folder.rglob("*.tmp"))


async def test_limits_and_the_chart_survive_a_restart(bench: Bench) -> None:
    latch = bench.latch()
    bench.script((latch.wait(), Rows(1)), (Rows(1),))
    async with bench.session() as session:
        run = bench.start(session, concurrency=2)
        await bench.until(lambda: states(run) == ["running", "done"])
        run.set_cap(5)
        run.set_rate(7.0)
        bench.clock.advance(3.0)
        latch.open()
        await run.wait()
        again = session.reopen(run.folder)
    assert (again.cap, again.rate) == (5, 7.0)
    assert [mark.text for mark in again.throughput.marks] == ["5 at once", "7 starts per second"]
    assert again.throughput.whole() == run.throughput.whole()
    assert again.throughput.whole()[-1].at == 3.0


async def test_a_run_in_which_another_program_works_cannot_be_reopened(bench: Bench) -> None:
    latch = bench.latch()
    bench.script((latch.wait(), Rows(1)))
    async with bench.session() as session, bench.session() as other:
        run = bench.start(session)
        with pytest.raises(RunError, match="Another program"):
            other.reopen(run.folder)
        latch.open()
        await run.wait()
        other.reopen(run.folder)


async def test_a_run_can_be_looked_at_when_what_it_read_can_no_longer_be_named(
    bench: Bench,
) -> None:
    def gone(_job: Job) -> FakeSource:
        raise JobError("There is no connection of this name.")

    bench.script((Rows(3),), (Fail("SourceDamaged"),))
    async with bench.session() as session:
        run = bench.start(session)
        receipt = await run.wait()
    async with Session(bench.backend, bench.runs_dir, gone, clock=bench.clock) as session:
        again = session.reopen(run.folder)
        assert again.receipt == receipt
        with pytest.raises(JobError, match="no connection"):
            again.retry_unfinished()
        assert not again.live


async def test_a_run_that_was_cancelled_while_it_planned_is_planned_again(bench: Bench) -> None:
    latch = bench.latch()
    bench.script((Rows(1),), (Rows(1),), planning=(latch.wait(),))
    async with bench.session() as session:
        run = bench.start(session)
        run.cancel()
        latch.open()
        assert (await run.wait()).state is RunState.CANCELLED
        run.retry_unfinished()
        assert (await run.wait()).state is RunState.DONE
        with crashed(run, lines=-1) as folder:
            assert session.reopen(folder).state is RunState.INTERRUPTED
