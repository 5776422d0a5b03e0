"""The session: many runs, and an end that leaves nothing running."""

from __future__ import annotations

import asyncio
import threading

import pytest

from loadline.domain.errors import RunError
from loadline.domain.receipt import RunState
from loadline.sources.fake import Rows
from tests.support.bench import Bench, leftovers, states


async def test_closing_cancels_all_runs_and_waits_for_their_workers(bench: Bench) -> None:
    latch = bench.latch()
    bench.script(*[(latch.wait(), Rows(1))] * 4)
    session = bench.session()
    await session.__aenter__()
    first, second = bench.start(session), bench.start(session)
    await bench.until(lambda: "running" in [*states(first), *states(second)])
    closing = asyncio.ensure_future(session.__aexit__(None, None, None))
    await bench.until(lambda: "cancelling" in [*states(first), *states(second)])
    await bench.settled(first)
    assert not closing.done()
    latch.open()
    await closing
    for run in (first, second):
        assert run.state is RunState.CANCELLED
        assert run.board.ended
        assert leftovers(run) == []
    assert session.runs == []
    assert not [t for t in threading.enumerate() if t.name.startswith(("session", "journal"))]


async def test_a_cancelled_owner_of_the_session_still_waits_for_the_clean_up(
    bench: Bench,
) -> None:
    latch = bench.latch()
    bench.script(*[(latch.wait(), Rows(1))] * 4)
    runs = []

    async def own() -> None:
        async with bench.session() as session:
            runs.append(bench.start(session))
            await runs[0].wait()

    owner = asyncio.ensure_future(own())
    await bench.until(lambda: runs and "running" in states(runs[0]))
    owner.cancel()
    await bench.until(lambda: runs[0].state is RunState.CANCELLING)
    owner.cancel()
    await bench.settled(runs[0])
    assert not owner.done()
    latch.open()
    await asyncio.wait([owner])
    assert owner.cancelled()
    assert runs[0].state is RunState.CANCELLED
    assert leftovers(runs[0]) == []


async def test_runs_side_by_side_do_not_mix(bench: Bench) -> None:
    bench.plain(8, rows=3)
    async with bench.session() as session:
        runs = [bench.start(session) for _ in range(3)]
        assert len({run.name for run in runs}) == 3
        receipts = await asyncio.gather(*(run.wait() for run in runs))
    assert all(receipt.balanced for receipt in receipts)
    assert {receipt.rows for receipt in receipts} == {24}


async def test_a_folder_that_is_no_run_is_refused(bench: Bench) -> None:
    async with bench.session() as session:
        with pytest.raises(RunError):
            session.reopen(bench.folder)


async def test_a_live_run_is_reopened_as_itself(bench: Bench) -> None:
    bench.plain(1)
    async with bench.session() as session:
        run = bench.start(session)
        assert session.reopen(run.folder) is run
        await run.wait()


async def test_a_session_that_is_not_open_starts_nothing(bench: Bench) -> None:
    with pytest.raises(RunError):
        bench.session().start(bench.job())
