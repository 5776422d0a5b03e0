"""A source that stops answering: the hand-out stops, a probe finds it back, the run goes on."""

from __future__ import annotations

from loadline.domain.jobs import Job, MongoSource
from loadline.domain.policy import SOURCE_DOWN_AFTER
from loadline.domain.receipt import RunState
from loadline.domain.tasks import TaskState, WaitReason
from loadline.domain.throughput import MarkKind
from loadline.engine.health import Outage, SourceHealth
from loadline.engine.words import not_answering
from loadline.sources.fake import Fail, Rows, Scripted, SilentUntil
from tests.support.bench import Bench, column, states

SILENT = (Fail("SourceUnreachable", "No answer."),)


def outage(name: str, failures: int) -> Scripted:
    return Scripted(name, (*[SILENT] * failures, (Rows(1),)))


async def test_the_run_goes_on_by_itself_and_no_task_has_used_up_its_tries(bench: Bench) -> None:
    bench.script(*[(SilentUntil(12), Rows(1))] * 15)
    async with bench.session() as session:
        run = bench.start(session, retries=1, concurrency=3)
        await bench.end(run)
    assert run.receipt is not None
    assert run.receipt.state is RunState.DONE
    assert column(run) == list(range(15))
    told = [mark.text for mark in run.throughput.marks if mark.kind is MarkKind.SOURCE]
    assert told[0] == "The source does not answer."
    assert told[-1] == "The source answers again."


async def test_during_the_outage_one_probe_is_out_and_the_board_says_why_others_wait(
    bench: Bench,
) -> None:
    latch = bench.latch()
    bench.script(*[(SilentUntil(6), latch.wait(), Rows(1))] * 5)
    async with bench.session() as session:
        run = bench.start(session, retries=100, concurrency=1)
        await bench.until(lambda: run.board.retries == 5)
        await bench.settled(run)
        assert run.board.rows[4].reason is WaitReason.SOURCE
        assert "Source not answering for" in run.status
        run.set_cap(4)
        await bench.settled(run)
        assert run.board.counts[TaskState.RUNNING] == 0
        bench.clock.advance(0.5)
        await bench.until(lambda: run.board.counts[TaskState.RUNNING] == 1)
        await bench.settled(run)
        assert states(run) == ["running", *["waiting"] * 4]
        assert run.board.rows[1].reason is WaitReason.SOURCE
        assert len(bench.source.noted()) <= 2 * 5 + 1
        latch.open()
        receipt = await run.wait()
    assert receipt.balanced


async def test_after_ten_minutes_without_an_answer_the_run_gives_up_and_can_be_retried(
    bench: Bench,
) -> None:
    bench.script((Rows(1),), *[Scripted(f"{i}", (SILENT,)) for i in range(8)])
    async with bench.session() as session:
        run = bench.start(session, concurrency=1)
        await bench.end(run)
        assert run.receipt is not None
        assert run.receipt.state is RunState.FAILED
        assert run.failure is not None
        assert run.failure.kind == "SourceUnreachable"
        assert 600.0 <= run.elapsed() < 1_200.0
        assert states(run)[0] == "done"
        assert run.board.ended
        bench.script(*[(Rows(1),)] * 9)
        run._record.source = bench.source
        run.retry_unfinished()
        receipt = await run.wait()
    assert receipt.balanced
    assert column(run) == list(range(9))


async def test_tasks_that_failed_before_the_outage_was_known_get_their_turn_again(
    bench: Bench,
) -> None:
    bench.script(*[outage(f"{i}", 1) for i in range(5)], (Rows(1),))
    async with bench.session() as session:
        run = bench.start(session, retries=0, concurrency=1)
        await bench.end(run)
    assert run.receipt is not None
    assert run.receipt.balanced


async def test_a_source_that_answers_with_a_failure_is_not_silent(bench: Bench) -> None:
    bad = (Fail("SourceDamaged"),)
    scripts = [SILENT, bad] * 10
    bench.script(*scripts)
    async with bench.session() as session:
        run = bench.start(session, retries=0, concurrency=1)
        await bench.end(run)
    assert not [mark for mark in run.throughput.marks if mark.kind is MarkKind.SOURCE]
    assert set(states(run)) == {"failed"}


async def test_a_run_can_be_cancelled_during_an_outage(bench: Bench) -> None:
    bench.script(*[Scripted(f"{i}", (SILENT,)) for i in range(6)])
    async with bench.session() as session:
        run = bench.start(session, retries=0, concurrency=6)
        await bench.until(lambda: run.throughput.marks)
        run.cancel()
        receipt = await run.wait()
    assert receipt.state is RunState.CANCELLED
    assert bench.clock.next_alarm() is None


def test_an_outage_says_since_when_and_until_when() -> None:
    health = SourceHealth()
    for second in range(SOURCE_DOWN_AFTER):
        health.no_answer(second, float(second))
    job = Job(name="Theaters", source=MongoSource(uri="mongodb://h", database="d", collection="c"))
    began = float(SOURCE_DOWN_AFTER - 1)
    outage = health.outage(began + 12.0)
    assert outage is not None
    assert not_answering(job, outage).startswith("Database not answering for 12 s, trying again")
    soon = not_answering(job, Outage(12.4, 4.0))
    assert soon == "Database not answering for 12 s, trying again in 4 s"
    health.answered()
    assert health.outage(began + 13.0) is None
