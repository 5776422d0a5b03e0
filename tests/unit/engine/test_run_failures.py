"""Failures: none is swallowed, what can pass is tried again, and the policy decides the rest."""

from __future__ import annotations

import os

import pytest

from loadline.domain.errors import DiskFull, OutputExists, OutputRefused, WorkersUnavailable
from loadline.domain.receipt import RunState
from loadline.domain.tasks import TaskState, WaitReason
from loadline.domain.throughput import MarkKind
from loadline.engine.deaths import MOST_WITHOUT_BLAME, Deaths
from loadline.sources.fake import Crash, Fail, Grow, Lose, Rows, Scripted
from loadline.store.run_folder import RunFolder
from tests.support.bench import Bench, column, leftovers, states


async def test_a_failure_that_can_pass_is_tried_again_and_leaves_nothing(bench: Bench) -> None:
    flaky = ((Rows(5), Fail("WorkerDied")), (Rows(2), Fail("DeadlineExceeded")), (Rows(7),))
    bench.script(Scripted("flaky", flaky), (Rows(1),))
    async with bench.session() as session:
        run = bench.start(session)
        await bench.until(lambda: states(run)[:1] == ["waiting"] and run.board.rows[0].error)
        row = run.board.rows[0]
        assert (row.reason, row.rows) == (WaitReason.RETRY, 0)
        assert row.until is not None
        assert row.error is not None
        assert row.error.kind == "WorkerDied"
        assert not list(run.folder.rglob("part-00000.*"))
        await bench.end(run)
    assert run.receipt is not None
    assert run.receipt.balanced
    assert run.receipt.lines[0].attempts == 3
    assert column(run) == [0] * 7 + [1]
    kinds = [mark.kind for mark in run.throughput.marks]
    assert kinds == [MarkKind.WORKER, MarkKind.RETRY, MarkKind.RETRY]


async def test_a_failure_that_does_not_pass_in_time_is_the_tasks_end(bench: Bench) -> None:
    bench.script((Rows(1),), (Fail("WorkerDied", "It was killed."),), (Rows(1),))
    async with bench.session() as session:
        run = bench.start(session, retries=2)
        await bench.end(run)
    assert states(run) == ["done", "failed", "done"]
    assert bench.source.tries(1) == 3
    assert run.receipt is not None
    assert run.receipt.state is RunState.PROBLEMS
    assert str(run.receipt.lines[1].error) == "It was killed."
    assert column(run) == [0, 2]


async def test_a_failure_that_cannot_pass_is_not_tried_again(bench: Bench) -> None:
    bench.script((Rows(5), Fail("SourceDamaged", "It is cut off.")), (Rows(1),))
    async with bench.session() as session:
        run = bench.start(session)
        await run.wait()
    assert bench.source.tries(0) == 1
    assert states(run) == ["failed", "done"]
    assert leftovers(run) == []


async def test_with_the_policy_continue_every_failure_is_reported(bench: Bench) -> None:
    bench.script((Fail("SourceRefused", "No."),), (Rows(1),), (Fail("SourceMissing", "Gone."),))
    async with bench.session() as session:
        receipt = await bench.start(session).wait()
    assert [line.error and line.error.sentence for line in receipt.lines] == ["No.", None, "Gone."]
    assert receipt.problems == 2


async def test_with_the_policy_stop_the_first_failure_stops_the_rest_and_keeps_what_was_done(
    bench: Bench,
) -> None:
    latch, failing = bench.latch(), bench.latch()
    bench.script(
        (Rows(4),),
        (failing.wait(), Fail("SourceDamaged", "It is cut off.")),
        (latch.wait(), Rows(1)),
        (Rows(1),),
    )
    async with bench.session() as session:
        run = bench.start(session, on_failure="stop", concurrency=2)
        await bench.until(lambda: states(run) == ["done", "running", "running", "waiting"])
        failing.open()
        await bench.until(lambda: states(run)[1:3] == ["failed", "cancelling"])
        assert run.state is RunState.CANCELLING
        assert run.status == "Cancelling: 1 worker stopping"
        latch.open()
        receipt = await run.wait()
    assert states(run) == ["done", "failed", "cancelled", "cancelled"]
    assert receipt.state is RunState.FAILED
    assert receipt.error is not None
    assert receipt.error.sentence == "It is cut off."
    assert [part.index for part in run.parts()] == [0]
    assert leftovers(run) == []


async def test_when_nothing_at_all_could_be_read_the_run_has_failed(bench: Bench) -> None:
    bench.script((Fail("SourceDamaged"),), (Fail("SourceDamaged"),))
    async with bench.session() as session:
        receipt = await bench.start(session).wait()
    assert receipt.state is RunState.FAILED
    assert not receipt.balanced


async def test_an_error_that_nobody_foresaw_is_shown_as_a_bug_with_its_cause(
    bench: Bench,
) -> None:
    bench.script((Crash(),), (Rows(1),))
    async with bench.session() as session:
        run = bench.start(session)
        await run.wait()
    error = run.board.rows[0].error
    assert error is not None
    assert error.kind == "Bug"
    assert "nobody foresaw this" in error.cause
    assert states(run) == ["failed", "done"]


async def test_a_partition_that_changed_while_it_was_read_fails(bench: Bench) -> None:
    bench.script(Scripted("log", ((Rows(3), Grow()),), state="v1"), (Rows(1),))
    async with bench.session() as session:
        run = bench.start(session)
        await run.wait()
    error = run.board.rows[0].error
    assert error is not None
    assert error.kind == "SourceChanged"
    assert leftovers(run) == []
    assert [part.index for part in run.parts()] == [1]


async def test_records_that_get_lost_on_the_way_are_never_a_success(bench: Bench) -> None:
    bench.script((Rows(5), Lose(2)), (Rows(1),))
    async with bench.session() as session:
        receipt = await bench.start(session).wait()
    assert receipt.state is RunState.PROBLEMS
    assert not receipt.balanced
    assert receipt.lines[0].error is not None
    assert "7 rows were read, but 5" in receipt.lines[0].error.sentence


async def test_a_full_disk_stops_the_run_whatever_the_policy_says(bench: Bench) -> None:
    bench.script((Rows(1),), (Fail("DiskFull", "The disk is full."),), *[(Rows(1),)] * 50)
    async with bench.session() as session:
        run = bench.start(session, concurrency=1)
        receipt = await run.wait()
    assert receipt.state is RunState.FAILED
    assert receipt.error is not None
    assert receipt.error.kind == "DiskFull"
    assert states(run)[:2] == ["done", "failed"]
    assert set(states(run)[2:]) == {"cancelled"}


async def test_a_journal_that_can_no_longer_be_written_stops_the_run(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_entry: object) -> None:
        raise DiskFull("The disk is full.")

    latch = bench.latch()
    bench.script((latch.wait(), Rows(1)), *[(Rows(1),)] * 20)
    async with bench.session() as session:
        run = bench.start(session)
        await bench.until(lambda: run.board.counts[TaskState.DONE] >= 3)
        journal = run._record._journal
        assert journal is not None
        monkeypatch.setattr(journal, "append", full)
        run.pause()  # anything that is to be kept
        latch.open()
        receipt = await run.wait()
    assert receipt.state is RunState.FAILED
    assert receipt.error is not None
    assert receipt.error.kind == "DiskFull"
    assert run.board.ended
    assert leftovers(run) == []


async def test_a_source_that_cannot_be_listed_fails_the_run_with_its_own_words(
    bench: Bench,
) -> None:
    bench.script((Rows(1),), planning=(Fail("SourceMissing", "There is no such folder."),))
    async with bench.session() as session:
        run = bench.start(session)
        receipt = await run.wait()
    assert receipt.state is RunState.FAILED
    assert run.failure is not None
    assert run.failure.sentence == "There is no such folder."
    assert receipt.lines == ()


async def test_a_source_without_anything_in_it_is_a_failure(bench: Bench) -> None:
    bench.script()
    async with bench.session() as session:
        receipt = await bench.start(session).wait()
    assert receipt.state is RunState.FAILED
    assert receipt.error is not None
    assert receipt.error.kind == "SourceMissing"
    assert not receipt.balanced


async def test_listing_is_tried_again_when_the_source_does_not_answer(bench: Bench) -> None:
    bench.script((Rows(1),), planning=(Fail("SourceUnreachable", "No answer."),))
    async with bench.session() as session:
        run = bench.start(session, retries=2)
        await bench.end(run)
    assert bench.backend.submitted == 3
    assert run.failure is not None
    assert run.failure.kind == "SourceUnreachable"


async def test_workers_that_cannot_be_started_end_the_run(bench: Bench) -> None:
    bench.plain(20)
    bench.backend.refuse = WorkersUnavailable("Worker processes cannot be started.")
    async with bench.session() as session:
        receipt = await bench.start(session).wait()
    assert receipt.state is RunState.FAILED
    assert receipt.error is not None
    assert receipt.error.kind == "WorkersUnavailable"


async def test_a_backend_that_breaks_in_the_middle_ends_the_run_and_leaves_nothing_open(
    bench: Bench,
) -> None:
    latch = bench.latch()
    bench.script((latch.wait(), Rows(1)), *[(Rows(1),)] * 20)
    async with bench.session() as session:
        run = bench.start(session, concurrency=2)
        await bench.until(lambda: run.board.counts[TaskState.DONE] >= 1)
        bench.backend.refuse = ZeroDivisionError("a bug")
        await bench.until(lambda: run.state is RunState.CANCELLING)
        latch.open()
        receipt = await run.wait()
    assert receipt.error is not None
    assert receipt.error.kind == "Bug"
    assert "a bug" in receipt.error.cause
    assert run.board.ended
    assert leftovers(run) == []


async def test_a_bug_in_the_handling_of_news_ends_the_run_and_is_shown(bench: Bench) -> None:
    bench.plain(20)
    async with bench.session() as session:
        run = bench.start(session)

        def broken(*_: object) -> None:
            raise KeyError("a bug in the engine")

        run._record.done = broken  # type: ignore[method-assign, assignment]
        receipt = await run.wait()
    assert receipt.state is RunState.FAILED
    assert receipt.error is not None
    assert "a bug in the engine" in receipt.error.cause
    assert run.board.ended


async def test_an_output_that_is_there_already_is_refused_before_the_start(bench: Bench) -> None:
    bench.plain(1)
    output = bench.folder / "there.parquet"
    output.write_bytes(b"mine")
    async with bench.session() as session:
        with pytest.raises(OutputExists):
            session.start(bench.job(output=output))
        with pytest.raises(OutputRefused):
            session.start(bench.job(output=bench.folder / "no" / "out.csv"))
        assert session.runs == []
    assert output.read_bytes() == b"mine"
    assert not bench.runs_dir.exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
async def test_runs_that_cannot_be_kept_are_refused_before_the_start(bench: Bench) -> None:
    bench.runs_dir.mkdir(mode=0o500)
    async with bench.session() as session:
        with pytest.raises(OutputRefused):
            session.start(bench.job())


async def test_a_run_may_not_take_longer_than_its_deadline(bench: Bench) -> None:
    latch = bench.latch()
    bench.script((latch.wait(), Rows(1)), (Rows(1),))
    async with bench.session() as session:
        run = bench.start(session, job_deadline=60.0)
        await bench.until(lambda: states(run) == ["running", "done"])
        bench.clock.advance(61.0)
        await bench.until(lambda: states(run) == ["cancelling", "done"])
        latch.open()
        receipt = await run.wait()
    assert receipt.state is RunState.FAILED
    assert receipt.error is not None
    assert receipt.error.kind == "DeadlineExceeded"
    assert states(run) == ["cancelled", "done"]


async def test_a_bug_in_drawing_up_the_account_still_ends_the_run(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("a bug in the account")

    bench.plain(3)
    monkeypatch.setattr("loadline.engine.life.receipt_of", broken)
    async with bench.session() as session:
        run = bench.start(session)
        receipt = await run.wait()
    assert receipt.state is RunState.FAILED
    assert run.failure is not None
    assert "a bug in the account" in run.failure.cause
    assert not RunFolder.open(run.folder).in_use


async def test_workers_that_die_under_several_tasks_use_up_no_tries(bench: Bench) -> None:
    dies = (Fail("WorkerDied", "It was killed."),)
    tasks = [Scripted(f"{i}", (dies, dies, dies, dies, (Rows(2),))) for i in range(3)]
    bench.script(*tasks)
    async with bench.session() as session:
        run = bench.start(session, concurrency=1, retries=1)
        await bench.end(run)
    assert run.receipt is not None
    assert run.receipt.state is RunState.DONE
    assert run.receipt.rows == 6


async def test_a_task_under_which_alone_workers_die_uses_up_its_tries(bench: Bench) -> None:
    dies = (Fail("WorkerDied", "It was killed."),)
    bench.script((Rows(1),), Scripted("1", (dies,) * 9), (Rows(1),))
    async with bench.session() as session:
        run = bench.start(session, retries=2)
        await bench.end(run)
    assert states(run) == ["done", "failed", "done"]
    assert bench.source.tries(1) == 3


def test_several_tasks_that_take_every_worker_down_come_to_an_end() -> None:
    deaths = Deaths()
    told = [deaths.blames(index) for _ in range(MOST_WITHOUT_BLAME + 1) for index in (4, 7)]
    assert told[:2] == [True, False]
    assert not any(told[2 : 2 * MOST_WITHOUT_BLAME])
    assert told[-2:] == [True, True]
