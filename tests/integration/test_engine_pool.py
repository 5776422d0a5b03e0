"""Runs in real worker processes that die, hang and are killed; and a program that is killed."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from loadline.domain.jobs import CsvFolderSource, Job
from loadline.domain.policy import Policy
from loadline.domain.receipt import RunState
from loadline.domain.tasks import ENDED, TaskState
from loadline.engine.backends.local_pool import LocalPool
from loadline.engine.run import Run
from loadline.engine.session import Session
from loadline.sources.fake import Crash, Die, Fail, Reject, Rows, Script, Scripted
from loadline.store.job_file import write_job
from loadline.store.run_folder import RunFolder
from tests.support.bench import Bench, column, leftovers, states
from tests.support.waiting import until

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="latches are named pipes"),
    pytest.mark.time_limit(120),
]


class PoolBench(Bench):
    """The bench with real workers and a real clock."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.pool = LocalPool(2, grace=0.2)

    def session(self) -> Session:
        return Session(self.pool, self.runs_dir, lambda _job: self.source)

    def close(self) -> None:
        super().close()
        self.pool.close()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[PoolBench]:
    bench = PoolBench(tmp_path)
    yield bench
    bench.close()


async def test_a_worker_that_dies_costs_one_attempt_and_nothing_else(bench: PoolBench) -> None:
    dies = Scripted("dies", ((Rows(5), Die()), (Rows(7),)))
    bench.script((Rows(1),), dies, *[(Rows(1),)] * 8)
    async with bench.session() as session:
        run = bench.start(session)
        receipt = await run.wait()
    assert receipt.balanced
    assert [line.attempts for line in receipt.lines] == [1, 2, *[1] * 8]
    assert column(run) == [0, *[1] * 7, *range(2, 10)]
    assert leftovers(run) == []


async def test_a_worker_that_does_not_listen_is_ended_and_cancelled_is_shown_after_that(
    bench: PoolBench,
) -> None:
    latch = bench.latch()
    bench.script((Rows(1_000), latch.wait()), *[(Rows(1),)] * 5)
    async with bench.session() as session:
        run = bench.start(session)
        await bench.until(
            lambda: states(run)[:1] == ["running"] and run.board.counts[TaskState.DONE] == 5
        )
        pids = bench.pool.status().pids
        run.cancel_task(0)
        assert states(run)[0] == "cancelling"
        await bench.until(lambda: states(run)[0] == "cancelled")
        assert leftovers(run) == []
        assert bench.pool.status().pids != pids
        await run.wait()
    assert column(run) == [1, 2, 3, 4, 5]


async def test_an_attempt_without_progress_is_ended_at_its_deadline_and_tried_again(
    bench: PoolBench,
) -> None:
    latch = bench.latch()
    bench.script(Scripted("hangs", ((Rows(1), latch.wait()), (Rows(4),))), (Rows(1),))
    async with bench.session() as session:
        run = bench.start(session, deadline=2.0)
        receipt = await run.wait()
    assert receipt.balanced
    assert receipt.lines[0].attempts == 2
    assert receipt.rows == 5


async def test_closing_in_the_middle_leaves_no_work_and_no_temporary_file(
    bench: PoolBench,
) -> None:
    latch = bench.latch()
    bench.script(*[(Rows(100), latch.wait())] * 20)
    async with bench.session() as session:
        run = bench.start(session)
        await bench.until(lambda: run.board.counts[TaskState.RUNNING] == 2)
    assert run.state is RunState.CANCELLED
    assert leftovers(run) == []
    until(lambda: bench.pool.status().busy == 0, "the workers are free")


async def test_nothing_is_lost_in_a_storm_of_deaths_failures_and_cancels(
    bench: PoolBench,
) -> None:
    seed = random.Random(7)
    bench.script(*[_stormy(seed, number) for number in range(150)])
    async with bench.session() as session:
        run = bench.start(session, retries=1, concurrency=4)
        await bench.until(lambda: len(run.board.rows) == 150)
        for index in seed.sample(range(150), 40):
            await bench.until(partial(_handed_out, run, 150 - index // 2))
            run.cancel_task(index)
        receipt = await run.wait()
        _check_storm(run)
        first = {line.index: line.rows for line in receipt.lines if line.balanced}
        run.retry_unfinished()
        receipt = await run.wait()
        _check_storm(run)
    assert first.items() <= {line.index: line.rows for line in receipt.lines}.items()


def _handed_out(run: Run, fewer: int) -> bool:
    return run.board.counts[TaskState.QUEUED] < fewer


def _stormy(seed: random.Random, number: int) -> Scripted:
    good: Script = (Rows(seed.randrange(1, 50)), Reject(seed.randrange(3)))
    evil: list[Script] = [
        (Rows(3), Die()),
        (Rows(3), Crash()),
        (Rows(3), Fail("SourceUnreachable")),
        (Fail("SourceDamaged"),),
        good,
        good,
        good,
        good,
    ]
    return Scripted(f"{number}", (seed.choice(evil), good))


def _check_storm(run: Run) -> None:
    assert run.receipt is not None
    assert all(row.state in ENDED for row in run.board.rows)
    done = [line for line in run.receipt.lines if line.state is TaskState.DONE]
    assert all(line.balanced for line in done)
    assert [part.index for part in run.parts()] == [line.index for line in done]
    expected = [line.index for line in done for _ in range(line.rows)]
    assert column(run) == expected
    assert leftovers(run) == []


def test_a_killed_program_loses_no_finished_part(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    for number in range(30):
        (data / f"{number}.csv").write_text("n\n" + f"{number}\n" * 100)
    job = tmp_path / "job.toml"
    policy = Policy(rate=20.0, concurrency=2)
    write_job(job, Job(name="Killed", source=CsvFolderSource(path=str(data)), policy=policy))
    runs = tmp_path / "runs"
    command = [sys.executable, "-m", "loadline", "run", str(job), "--json", "--runs-dir", str(runs)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        until(lambda: _parts_told(runs) >= 5, "five parts are done", 30.0)
        program.send_signal(signal.SIGKILL)
    (name,) = [path.name for path in runs.iterdir()]
    told = _parts_told(runs)
    assert told < 30
    assert not RunFolder.open(runs / name).in_use
    ended = subprocess.run([*command, "--resume", name], capture_output=True, check=False)
    receipt = json.loads(ended.stdout)
    assert ended.returncode == 0, ended.stderr.decode()
    assert (receipt["rows"], receipt["balanced"], receipt["run"]) == (3_000, True, name)
    kept = [task for task in receipt["tasks"] if task["state"] == "kept"]
    assert told <= len(kept) < 30


def _parts_told(runs: Path) -> int:
    journals = list(runs.glob("*/journal.jsonl"))
    return journals[0].read_bytes().count(b'"entry":"PartDone"') if journals else 0
