"""Scores written to a new collection: once and whole, whatever is killed in between."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pyarrow as pa
import pytest
from pymongo import MongoClient

from loadline.bootstrap import source_of, target_of
from loadline.domain.errors import OutputRefused
from loadline.domain.jobs import Comparison, CsvFolderSource, Job, MongoSource, Output, Score
from loadline.domain.receipt import RunState
from loadline.engine.backends.local_pool import LocalPool
from loadline.engine.run import Run
from loadline.engine.session import Session
from loadline.store.dataset import Dataset
from loadline.store.job_file import write_job
from tests.support import command
from tests.support.mongo_proxy import Proxy, proxy_to
from tests.support.mongo_server import MongoServer, running_server

pytestmark = pytest.mark.time_limit(60)
PREFIX = "loadline_"
ROWS = 2_500
INSERTS = 3
"""Batches that so many rows are written in; a server that cannot rename gets as many again."""


class Bed:
    """A folder of records, a server, and a line to it that tells of every batch."""

    def __init__(self, folder: Path, server: MongoServer, proxy: Proxy) -> None:
        self.server, self.proxy, self.runs_dir = server, proxy, folder / "runs"
        self.people = folder / "people"
        self.people.mkdir()
        rows = "".join(f"{n:05},Name {n % 97},{n / 8}\n" for n in range(ROWS))
        (self.people / "people.csv").write_text(f"code,name,size\n{rows}")
        self._batches = 0

    def at_batch(self, number: int, act: Callable[[], object], command: bytes = b"insert") -> None:
        """Do `act`, once, when the batch of this number (from 1) is on its way."""
        self._batches = 0

        def heard(data: bytes) -> None:
            self._batches += b"\x02%b\0" % command in data
            if self._batches == number:
                self._batches += 1
                act()

        self.proxy.heard = heard

    def job(self, **more: Any) -> Job:
        compare = (
            Comparison(field="name", measure="jaro-winkler"),
            Comparison(field="size", measure="number", tolerance=100.0),
        )
        place = {"uri": self.proxy.uri, "database": "d", "collection": "scores", **more}
        return Job(
            name="scores", kind="score", source=CsvFolderSource(path=str(self.people)),
            score=Score(compare=compare, reference={"name": "Name 5", "size": 40.0}),
            output=Output(type="mongo", **place),
        )  # fmt: skip

    def collections(self) -> dict[str, list[dict[str, Any]]]:
        with MongoClient[dict[str, Any]](self.server.uri) as client:
            database = client["d"]
            return {n: list(database[n].find()) for n in database.list_collection_names()}


@pytest.fixture
def bed(tmp_path: Path) -> Iterator[Bed]:
    with running_server(tmp_path / "server") as server, proxy_to(server.port) as proxy:
        yield Bed(tmp_path, server, proxy)


def run(bed: Bed, job: Job, *, begun: Callable[[Run, LocalPool], None] | None = None) -> Run:
    """Run a job to its end in a pool of one worker."""

    async def through() -> Run:
        with LocalPool(1, preload=("loadline.engine.worker_imports",)) as pool:
            async with Session(pool, bed.runs_dir, source_of, server_of=target_of) as session:
                running = session.start(job)
                if begun is not None:
                    begun(running, pool)
                await running.wait()
        return running

    return asyncio.run(through())


def kill_worker() -> None:
    """Kill the one worker of this process, by its own id."""
    workers = [
        child.pid
        for child in psutil.Process().children()
        if "spawn_main" in " ".join(child.cmdline())
    ]
    assert len(workers) == 1
    os.kill(workers[0], signal.SIGKILL)


def assert_written(bed: Bed, ended: Run) -> None:
    """Check every document against the run's own records, value by value."""
    assert ended.failure is None
    assert ended.state is RunState.DONE
    table = pa.Table.from_batches(Dataset.open(ended.folder).batches())
    assert table.num_rows == ROWS
    expected = [{"_id": n, **row} for n, row in enumerate(table.to_pylist(), start=1)]
    assert bed.collections() == {"scores": expected}
    assert ended.receipt is not None
    assert ended.receipt.output == f"{bed.proxy.uri}/d.scores"


def test_every_score_is_in_the_collection_in_the_order_of_the_source(bed: Bed) -> None:
    batches: list[int] = []
    bed.at_batch(2 * INSERTS + 2, lambda: batches.append(1))
    assert_written(bed, run(bed, bed.job()))
    assert not batches  # never more than a thousand at a time would be more batches


@pytest.mark.parametrize("batch", [2, INSERTS + 3])
def test_a_worker_killed_in_mid_write_leaves_every_document_once(bed: Bed, batch: int) -> None:
    killed: list[int] = []

    def kill() -> None:
        kill_worker()
        killed.append(batch)

    bed.at_batch(batch, kill)
    assert_written(bed, run(bed, bed.job()))
    assert killed


@pytest.mark.parametrize("batch", [2, INSERTS + 3])
def test_a_server_killed_and_started_in_mid_write_gets_every_document_once(
    bed: Bed, batch: int
) -> None:
    def restart() -> None:
        bed.server.kill()
        bed.server.start()

    bed.at_batch(batch, restart)
    assert_written(bed, run(bed, bed.job()))


@pytest.mark.parametrize("batch", [2, INSERTS + 3])
def test_a_cancel_in_mid_write_leaves_nothing_half_done(bed: Bed, batch: int) -> None:
    def listen(running: Run, _pool: LocalPool) -> None:
        loop = asyncio.get_running_loop()
        stopped = asyncio.Event()

        def cancel() -> None:
            running.cancel()
            stopped.set()

        bed.at_batch(batch, lambda: loop.call_soon_threadsafe(cancel))

    ended = run(bed, bed.job(), begun=listen)
    assert ended.state is RunState.CANCELLED
    left = {name: len(found) for name, found in bed.collections().items()}
    assert left in ({}, {"scores": ROWS})


def test_a_killed_worker_that_is_cancelled_leaves_nothing_of_its_copy(bed: Bed) -> None:
    def listen(running: Run, _pool: LocalPool) -> None:
        loop = asyncio.get_running_loop()

        def both() -> None:
            loop.call_soon_threadsafe(running.cancel)
            kill_worker()

        bed.at_batch(INSERTS + 3, both)

    assert run(bed, bed.job(), begun=listen).state is RunState.CANCELLED
    assert bed.collections() == {}


def test_a_worker_killed_when_all_is_in_place_does_not_write_it_again(bed: Bed) -> None:
    killed: list[int] = []
    inserts: list[int] = []

    def kill() -> None:
        kill_worker()
        killed.append(1)
        bed.at_batch(1, lambda: inserts.append(1))

    last_of_four = 4
    bed.at_batch(last_of_four, kill, b"drop")
    assert_written(bed, run(bed, bed.job()))
    assert (killed, inserts) == ([1], [])


def test_a_collection_that_is_there_is_refused_before_anything_is_read(bed: Bed) -> None:
    with MongoClient[dict[str, Any]](bed.server.uri) as client:
        client["d"]["scores"].insert_one({"_id": "earlier"})
    ended = run(bed, bed.job())
    assert ended.failure is not None
    assert (ended.failure.kind, ended.failure.sentence) == (
        "OutputExists", "The collection is there already.",
    )  # fmt: skip
    assert ended.board.rows == []
    assert bed.collections() == {"scores": [{"_id": "earlier"}]}
    assert_written(bed, run(bed, bed.job(overwrite=True)))


def test_the_collection_that_is_read_is_never_written(bed: Bed) -> None:
    job = bed.job(overwrite=True, uri="mongodb://LOCALHOST", collection="c")
    source = MongoSource(uri="mongodb://127.0.0.1:27017/d", database="d", collection="c")
    with pytest.raises(OutputRefused, match="replace the records that are read"):
        run(bed, Job(name="x", kind="score", source=source, score=job.score, output=job.output))


def test_a_run_that_could_not_say_so_any_more_is_resumed_without_writing_twice(bed: Bed) -> None:
    first = run(bed, bed.job())
    journal = first.folder / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    assert b"run-ended" in lines[-1] or b"RunEnded" in lines[-1]
    journal.write_bytes(b"".join(lines[:-1]))
    (first.folder / "receipt.json").unlink()
    batches: list[int] = []
    bed.at_batch(1, lambda: batches.append(1))

    async def resumed() -> Run:
        with LocalPool(1, preload=("loadline.engine.worker_imports",)) as pool:
            async with Session(pool, bed.runs_dir, source_of, server_of=target_of) as session:
                again = session.reopen(first.folder)
                again.check_again()
                await again.wait()
        return again

    assert_written(bed, asyncio.run(resumed()))
    assert not batches


def test_the_command_writes_the_scores_and_says_where(bed: Bed, tmp_path: Path) -> None:
    path = tmp_path / "job.toml"
    write_job(path, bed.job())
    assert 'type = "mongo"' in path.read_text()
    ended = command.run(path, without_qt=True)
    assert ended.code == 0, ended.err
    assert ended.receipt["output"] == f"{bed.proxy.uri}/d.scores"
    documents = bed.collections()["scores"]
    top = [hit["score"] for hit in ended.receipt["top"]]
    assert sorted((d["score"] for d in documents), reverse=True)[: len(top)] == top
    assert [d["code"] for d in documents] == [f"{n:05}" for n in range(ROWS)]
    again = command.run(path)
    assert again.code == 2
    assert "The collection is there already." in again.err


def test_a_program_killed_in_mid_write_is_resumed_to_every_document_once(
    bed: Bed, tmp_path: Path
) -> None:
    path = tmp_path / "job.toml"
    write_job(path, bed.job())
    process = command.start("run", path, "--json", "--runs-dir", bed.runs_dir, folder=tmp_path)
    bed.at_batch(INSERTS + 3, lambda: os.killpg(process.pid, signal.SIGKILL))
    assert command.ended(process).code == -signal.SIGKILL
    assert "loadline_copying_scores" in bed.collections()
    (run_folder,) = bed.runs_dir.iterdir()
    again = command.start(
        "run", path, "--json", "--runs-dir", bed.runs_dir, "--resume", run_folder.name,
        folder=tmp_path,
    )  # fmt: skip
    ended = command.ended(again)
    assert ended.code == 0, ended.err
    assert ended.receipt["balanced"]
    collections = bed.collections()
    assert list(collections) == ["scores"]
    assert [d["_id"] for d in collections["scores"]] == list(range(1, ROWS + 1))
    assert [d["code"] for d in collections["scores"]] == [f"{n:05}" for n in range(ROWS)]
