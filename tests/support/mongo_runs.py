"""Whole runs of a collection in the test's own process: engine, parts on the disk, receipt."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from loadline.domain.browsing import Server
from loadline.domain.jobs import Job, MongoSource
from loadline.domain.policy import Policy
from loadline.domain.receipt import Receipt
from loadline.engine.backends.backend import Backend
from loadline.engine.session import Session
from loadline.sources.mongo import MongoCollection
from loadline.sources.mongo_target import close_clients
from loadline.store.dataset import Dataset
from tests.support.thread_backend import ThreadBackend


@dataclass(frozen=True)
class Loaded:
    """What a run has left."""

    receipt: Receipt

    @property
    def said(self) -> str:
        """All that the receipt says of the run as a whole and of tasks that failed."""
        errors = [self.receipt.error, *(line.error for line in self.receipt.lines)]
        return " ".join([*self.receipt.notes, *(str(error) for error in errors if error)])

    def table(self) -> pa.Table:
        """Return the dataset."""
        found = Dataset.open(Path(self.receipt.run_folder))
        try:
            return pa.Table.from_batches(list(found.batches()), found.arrow_schema())
        finally:
            found.close()

    def values(self, column: str = "_id") -> list[Any]:
        """Return the values of a column in order."""
        return list(self.table()[column].to_pylist())


def load(
    spec: MongoSource, folder: Path, policy: Policy | None = None, backend: Backend | None = None
) -> Loaded:
    """Load a collection, by two threads of this process where no `backend` is given."""
    threads = None if backend else ThreadBackend(2)
    try:
        return asyncio.run(_run(spec, folder, policy or Policy(), backend or threads))
    finally:
        if threads is not None:
            threads.close()
        close_clients()


async def _run(spec: MongoSource, folder: Path, policy: Policy, backend: Any) -> Loaded:
    source = MongoCollection(spec, Server(spec.uri))
    job = Job(name="load", source=spec, policy=policy)
    opened: Callable[[Job], MongoCollection] = lambda _job: source  # noqa: E731
    async with Session(backend, folder, opened) as session:
        run = session.start(job)
        return Loaded(await run.wait())
