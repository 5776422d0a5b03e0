"""All runs of the program: starts them, reopens old ones, and ends only when all have ended."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from loadline.domain.errors import RunError
from loadline.domain.jobs import Job
from loadline.domain.policy import MOST_AT_ONCE
from loadline.engine.backends.backend import Backend
from loadline.engine.clock import Clock, LoopClock
from loadline.engine.collection_check import check_collection
from loadline.engine.facts import Facts
from loadline.engine.machine import Machine, measure
from loadline.engine.output import check_output
from loadline.engine.record import Record
from loadline.engine.reopen import reopened
from loadline.engine.run import Run
from loadline.engine.sampler import Sampler
from loadline.engine.services import ServerOf, Services
from loadline.store.run_folder import RunFolder

if TYPE_CHECKING:
    from loadline.sources.source import Source

THREADS = 4
"""For short work on the disk that the loop must not wait for."""


class Session:
    """Owns the tasks of all live runs; enter it with the loop running.

    Attributes:
        runs: the live ones, in the order of their starts.
    """

    def __init__(
        self,
        backend: Backend,
        runs_dir: Path,
        source_of: Callable[[Job], Source],
        *,
        clock: Clock | None = None,
        measure: Callable[[], Machine] = measure,
        server_of: ServerOf | None = None,
    ) -> None:
        self.runs: list[Run] = []
        self._backend = backend
        self._runs_dir = runs_dir
        self._source_of = source_of
        self._server_of = server_of
        self._clock = clock
        self._measure = measure
        self._own_workers = backend.workers
        self._group = asyncio.TaskGroup()
        self._threads = ThreadPoolExecutor(THREADS, "session")
        self._services: Services | None = None
        self._sampler: Sampler | None = None

    async def __aenter__(self) -> Self:
        """Open the session."""
        await self._group.__aenter__()
        clock = self._clock or LoopClock()
        self._sampler = Sampler(clock, self._threads, self._measure, self.runs)
        self._services = Services(
            backend=self._backend,
            clock=clock,
            threads=self._threads,
            launch=self._launch,
            fit=self._fit,
            tidy=self._sampler.tidy,
            server_of=self._server_of,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the session."""
        try:
            await self.close()
        finally:
            # Its tasks end only when their runs have, also when they are cancelled.
            await self._group.__aexit__(None, None, None)
            self._threads.shutdown()

    def start(self, job: Job) -> Run:
        """Begin a run and return at once, in state *planning*.

        Raises `JobError` and `OutputError` for what can be told before anything is read.
        """
        services = self._open()
        check_output(job)
        check_collection(job, self._server_of)
        source = self._source_of(job)  # before anything is written
        facts = Facts(services.clock)
        folder = RunFolder.create(self._runs_dir, job)
        record = Record(folder, job, lambda _: source, facts.now)
        record.open()
        record.opened()
        run = Run(record, services, facts)
        run.begin()
        return run

    def reopen(self, folder: Path) -> Run:
        """Return an ended or interrupted run from its folder; nothing runs.

        Raises `RunError` for a folder that is no run, damaged, of a newer format, or in which
        another program works, and `JobError`.
        """
        for run in self.runs:
            if run.folder == folder:
                return run
        return reopened(folder, self._open(), self._source_of)

    async def close(self) -> None:
        """Cancel all runs and wait until they have ended."""
        while self.runs:
            for run in self.runs:
                run.cancel()
            await asyncio.gather(*(run.wait() for run in self.runs))

    def _open(self) -> Services:
        if self._services is None:
            raise RunError("The session is not open.")
        return self._services

    def _launch(self, run: Run) -> None:
        assert self._sampler is not None
        self.runs.append(run)
        self._fit()
        self._group.create_task(self._through(run), name=f"run {run.name}")
        self._sampler.begin()

    async def _through(self, run: Run) -> None:
        try:
            await run.live_through()
        finally:
            self.runs.remove(run)
            self._fit()
            if not self.runs and self._sampler is not None:
                self._sampler.end()

    def _fit(self) -> None:
        """Have as many workers as the hungriest live run asks for, and never fewer than at first.

        A run that says how many processes it wants gets as many, when it is alone.
        """
        asked = [run.job.backend.workers for run in self.runs]
        if len(asked) == 1 and asked[0]:
            wanted = asked[0]
        else:
            wanted = max([self._own_workers, *(run.workers_wanted for run in self.runs)])
        self._backend.resize(min(wanted, MOST_AT_ONCE))
        for run in self.runs:
            run.fit_cap()
