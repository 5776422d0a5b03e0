"""An engine on the bench: a real session and store, a scripted source, worker threads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from loadline.domain.events import TaskEvent
from loadline.domain.jobs import Backend, CsvFolderSource, Job, Output
from loadline.domain.policy import Policy
from loadline.domain.receipt import RunState
from loadline.domain.tasks import TaskRow, TaskState
from loadline.engine.machine import Machine
from loadline.engine.run import Run
from loadline.engine.session import Session
from loadline.sources.fake import FakeSource, Latch, Rows, Script, Scripted
from loadline.store.dataset import Dataset
from tests.support.manual_clock import ManualClock
from tests.support.thread_backend import ThreadBackend

PLENTY = Machine(free=8 << 30, total=16 << 30, held=100 << 20)


class Bench:
    """Makes sessions, sources and runs; `close` lets everything go."""

    def __init__(self, folder: Path, workers: int = 2) -> None:
        self.folder = folder
        self.runs_dir = folder / "runs"
        self.backend = ThreadBackend(workers)
        self.clock = ManualClock()
        self.machine = PLENTY
        self.source = FakeSource((), str(folder / "log"))
        self._latches: list[Latch] = []
        self._bells: list[asyncio.Future[None]] = []

    def session(self) -> Session:
        """Return a session on the bench's clock and workers; call it on the loop."""
        loop = asyncio.get_running_loop()
        self.clock.on_alarm = self._ring
        self.backend.on_start = lambda: _call(loop, self._ring)
        return Session(
            self.backend,
            self.runs_dir,
            lambda _job: self.source,
            clock=self.clock,
            measure=lambda: self.machine,
        )

    def latch(self) -> Latch:
        """Return a new latch, opened at the end of the test at the latest."""
        latch = Latch(self.folder / f"latch-{len(self._latches)}")
        self._latches.append(latch)
        return latch

    def script(self, *partitions: Scripted | Script, planning: Script = ()) -> None:
        """Let the source have these partitions; a bare script is the only one of its partition."""
        named = tuple(
            p if isinstance(p, Scripted) else Scripted(f"{i}.csv", (p,))
            for i, p in enumerate(partitions)
        )
        self.source = FakeSource(named, self.source.log, planning)

    def plain(self, count: int, rows: int = 10) -> None:
        """Let the source have `count` partitions that just work."""
        self.script(*[(Rows(rows),)] * count)

    def job(self, *, output: Path | None = None, workers: int = 0, **policy: Any) -> Job:
        """Return a job over the source with the given policy."""
        return Job(
            name="Bench",
            source=CsvFolderSource(path="unused"),
            policy=Policy(**policy),
            backend=Backend(workers=workers),
            output=Output(path=str(output)) if output else None,
        )

    def watch(self, run: Run) -> Run:
        """Ring at every change of `run`'s board, for `until`."""
        handle = run.board.handle

        def told(event: TaskEvent) -> TaskRow:
            row = handle(event)
            self._ring()
            return row

        run.board.handle = told  # type: ignore[method-assign]
        return run

    def start(self, session: Session, **policy: Any) -> Run:
        """Start a run of the source."""
        return self.watch(session.start(self.job(**policy)))

    async def until(self, true: Callable[[], object]) -> None:
        """Wait until a watched board, the clock or a worker makes it true."""
        while not true():
            bell: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._bells.append(bell)
            await bell

    async def seen(self, true: Callable[[], object], seconds: float = 10.0) -> None:
        """Wait until something that a thread answers has become true; fails after `seconds`."""
        async with asyncio.timeout(seconds):
            while not true():  # noqa: ASYNC110
                await asyncio.sleep(0.005)  # nothing on the loop announces it

    async def settled(self, run: Run) -> None:
        """Wait until nothing but time or a worker can change `run` any more."""
        for _ in range(20):
            await asyncio.sleep(0)

    async def end(self, run: Run, seconds: float = 10_000.0) -> None:
        """Turn the clock whenever the run waits for it, until the run has ended."""
        over = asyncio.ensure_future(run.wait())
        while not over.done():
            await self.settled(run)
            due = self.clock.next_alarm()
            if self.backend.busy:
                await asyncio.wait([over], timeout=0.001)
            elif not over.done() and due is not None and due <= seconds:
                self.clock.advance(max(due, 0.0))
        await over

    def close(self) -> None:
        """Let every worker end."""
        for latch in self._latches:
            latch.open()
        self.backend.close()
        for latch in self._latches:
            latch.close()

    def _ring(self) -> None:
        bells, self._bells = self._bells, []
        for bell in bells:
            if not bell.done():
                bell.set_result(None)


def _call(loop: asyncio.AbstractEventLoop, ring: Callable[[], None]) -> None:
    loop.call_soon_threadsafe(ring)


def states(run: Run) -> list[str]:
    """Return the state of every task, in order."""
    return [row.state.value for row in run.board.rows]


def count(run: Run, state: TaskState) -> int:
    """Return how many tasks are in `state`."""
    return run.board.counts[state]


def column(run: Run, name: str = "of") -> list[Any]:
    """Return a column of the run's sealed dataset."""
    dataset = Dataset.open(run.folder)
    values: list[Any] = dataset.page(0, dataset.num_rows)[name].to_pylist()
    return values


def leftovers(run: Run) -> Sequence[Path]:
    """Return the temporary files in the run's folder."""
    return sorted(run.folder.rglob("*.tmp"))


def is_state(run: Run, state: RunState) -> bool:
    """Tell whether `run` is in `state` now (mypy takes an attribute to stay as it was)."""
    return run.state is state
