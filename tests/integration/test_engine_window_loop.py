"""The engine on the window's own loop: the same runs, the same ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from loadline.domain.receipt import RunState
from loadline.engine.session import Session
from loadline.sources.fake import Fail, Rows, Scripted
from tests.support.bench import Bench, column, leftovers, states

pytestmark = pytest.mark.qt_loop


class WindowBench(Bench):
    """The bench with the loop's own clock."""

    def session(self) -> Session:
        super().session()  # listens to the workers
        return Session(self.backend, self.runs_dir, lambda _job: self.source)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[WindowBench]:
    bench = WindowBench(tmp_path)
    yield bench
    bench.close()


async def test_a_run_with_a_rate_and_a_retry_ends_balanced(bench: WindowBench) -> None:
    flaky = Scripted("flaky", ((Fail("WorkerDied"),), (Rows(2),)))
    bench.script((Rows(1),), flaky, *[(Rows(1),)] * 8)
    async with bench.session() as session:
        run = bench.start(session, rate=50.0)
        receipt = await run.wait()
    assert receipt.state is RunState.DONE
    assert column(run) == [0, 1, 1, *range(2, 10)]
    starts = sorted(row.started or 0.0 for row in run.board.rows)
    assert starts[-1] - starts[0] >= 8 / 50.0
    assert len(run.throughput.whole()) >= 1


async def test_leaving_the_session_cancels_and_waits(bench: WindowBench) -> None:
    latch = bench.latch()
    bench.script(*[(latch.wait(), Rows(1))] * 500)
    async with bench.session() as session:
        run = bench.start(session)
        await bench.until(lambda: "running" in states(run))
        run.cancel()
        latch.open()
    assert run.state is RunState.CANCELLED
    assert run.board.ended
    assert leftovers(run) == []
