"""A server that goes away while it is read: said within seconds, and waited for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from loadline.domain.browsing import Server
from loadline.domain.events import TaskEvent
from loadline.domain.jobs import Job, MongoSource
from loadline.domain.policy import Policy
from loadline.domain.receipt import RunState
from loadline.domain.tasks import TaskRow, TaskState
from loadline.engine.backends.local_pool import LocalPool
from loadline.engine.run import Run
from loadline.engine.session import Session
from loadline.sources.mongo import MongoCollection
from tests.support.mongo_server import MongoServer, fill, running_server

pytestmark = pytest.mark.time_limit(60)
COUNT, CHUNK = 10_000, 200


async def until(run: Run, holds: Callable[[], object], seconds: float) -> None:
    """Return once `holds()` is true, looking whenever the run's board changes."""
    changed = asyncio.Event()
    handle = run.board.handle

    def told(event: TaskEvent) -> TaskRow:
        row = handle(event)
        changed.set()
        return row

    run.board.handle = told  # type: ignore[method-assign]
    try:
        async with asyncio.timeout(seconds):
            while not holds():
                changed.clear()
                await changed.wait()
    finally:
        run.board.handle = handle  # type: ignore[method-assign]


async def through_an_outage(server: MongoServer, folder: Path) -> tuple[float, str, Run]:
    """Load while the server is killed and started; return how soon that was said, and as what."""
    spec = MongoSource(uri=server.uri, database="d", collection="c", chunk=CHUNK)
    source = MongoCollection(spec, Server(server.uri))
    job = Job(name="outage", source=spec, policy=Policy())
    with LocalPool(2, preload=("loadline.engine.worker_imports",)) as pool:
        async with Session(pool, folder, lambda _job: source) as session:
            run = session.start(job)
            await until(run, lambda: run.board.counts[TaskState.DONE] >= 5, 30)
            await asyncio.to_thread(server.kill)
            killed = time.monotonic()
            await until(run, lambda: run.outage, 20)
            noticed, said = time.monotonic() - killed, run.outage
            await asyncio.to_thread(server.start)
            await run.wait()
    return noticed, said, run


def test_a_database_that_goes_away_is_told_within_seconds_and_waited_for(tmp_path: Path) -> None:
    with running_server(tmp_path / "server") as server:
        fill(server.uri, "d", "c", [{"_id": f"k{n:05}", "n": n} for n in range(COUNT)])
        noticed, said, run = asyncio.run(through_an_outage(server, tmp_path / "runs"))
    assert noticed < 4.0
    assert said.startswith("Database not answering for 0 s, trying again")
    assert run.state is RunState.DONE
    receipt = run.receipt
    assert receipt is not None
    assert (receipt.balanced, receipt.rows) == (True, COUNT)
