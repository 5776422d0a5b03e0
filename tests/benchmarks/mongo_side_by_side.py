"""Loads one collection with Loadline, with a bare scan by as many processes, and with pandas.

All ways read the same documents of the same server and take turns; everything is warm (workers
started, libraries loaded, connections made), and the best round of each way counts. Two servers:
nx-27017, which is the limit itself, and one that answers from memory, which is not::

    python -m tests.benchmarks.mongo_side_by_side --rounds 3
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing as mp
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bson
from bson.objectid import ObjectId

from loadline.domain.browsing import Server
from loadline.domain.jobs import Job, MongoSource
from loadline.domain.policy import Policy
from loadline.sources.mongo import MongoCollection
from loadline.sources.mongo_piece import piece_of
from tests.support.mongo_scripted import scripted_server
from tests.support.mongo_server import fill, running_server

if TYPE_CHECKING:
    from loadline.engine.backends.local_pool import LocalPool

DOCUMENTS, WORKERS, CHUNK = 120_000, 2, 5_000
DATABASE, COLLECTION = "loadline_bench", "people"
_spawn = mp.get_context("spawn")


def document(number: int) -> dict[str, Any]:
    """Return a document of about 170 bytes."""
    return {
        "_id": ObjectId(f"{number:024x}"),
        "name": f"Person {number}",
        "age": number % 90,
        "email": f"person{number}@example.org",
        "address": {"city": f"City {number % 100}", "zip": f"{number % 99_999:05}"},
        "score": number * 0.37,
        "active": number % 2 == 0,
        "n": number,
    }


@dataclass(frozen=True)
class Took:
    """Wall seconds of the whole, and of Loadline: until the plan was there, and after the parts."""

    wall: float
    planning: float = 0.0
    sealing: float = 0.0


def with_loadline(uri: str, folder: Path, pool: LocalPool) -> Took:
    """Load by the engine: real session, real workers, parts on the disk."""
    return asyncio.run(_load(uri, folder, pool))


async def _load(uri: str, folder: Path, pool: LocalPool) -> Took:
    from loadline.domain import events as ev
    from loadline.engine.session import Session

    source = _source(uri)
    job = Job(name="bench", source=source.spec, policy=Policy())
    times: list[tuple[float, type]] = []
    began = time.perf_counter()
    async with Session(pool, folder, lambda _job: source) as session:
        run = session.start(job)
        handle = run.board.handle

        def heard(event: ev.TaskEvent) -> Any:
            times.append((time.perf_counter() - began, type(event)))
            return handle(event)

        run.board.handle = heard  # type: ignore[method-assign]
        receipt = await run.wait()
    wall = time.perf_counter() - began
    if not receipt.balanced or receipt.rows != DOCUMENTS:
        raise SystemExit(f"the run is not balanced: {receipt}")
    first = next(at for at, kind in times if kind is ev.TaskStarted)
    return Took(wall, first, wall - times[-1][0])


def _source(uri: str) -> MongoCollection:
    spec = MongoSource(uri=uri, database=DATABASE, collection=COLLECTION, chunk=CHUNK)
    return MongoCollection(spec, Server(uri))


def with_scan(uri: str, keys: list[str], pool: ProcessPoolExecutor) -> Took:
    """Ask for the same pieces by ``find_raw_batches`` and do nothing with them."""
    began = time.perf_counter()
    total = sum(pool.map(scan_piece, [uri] * len(keys), keys))
    if not total:
        raise SystemExit("nothing was read")
    return Took(time.perf_counter() - began)


def scan_piece(uri: str, key: str) -> int:
    """Return the bytes of one piece."""
    from loadline.sources.mongo_target import collection_of

    piece = piece_of(key)
    docs = collection_of(Server(uri), DATABASE, COLLECTION)
    query = {"_id": {"$in": list(piece.ids)}} if piece.ids else {}
    if piece.way == "range":
        query = piece.bounds
    asked = docs.find_raw_batches(
        query,
        sort=[("_id", 1)],
        skip=piece.offset,
        limit=piece.count if piece.way == "window" else 0,
        batch_size=CHUNK,
    )
    total = 0
    for batch in asked:
        total += len(batch)
    return total


def with_pandas(uri: str, pool: ProcessPoolExecutor) -> Took:
    """Do what a notebook does, in a process that has pandas loaded and a client connected."""
    return Took(pool.submit(pandas_frame, uri).result())


def pandas_frame(uri: str) -> float:
    """Return the seconds of ``DataFrame(list(find()))``."""
    import pandas as pd

    from loadline.sources.mongo_target import collection_of

    docs = collection_of(Server(uri), DATABASE, COLLECTION)
    docs.find_one()
    began = time.perf_counter()
    frame = pd.DataFrame(list(docs.find()))
    took = time.perf_counter() - began
    if len(frame) != DOCUMENTS:
        raise SystemExit("not all documents are in the frame")
    return took


@contextmanager
def memory_server() -> Iterator[str]:
    """Run a server that answers from memory, as a process of its own, and give its address."""
    ours, theirs = _spawn.Pipe()
    process = _spawn.Process(target=serve_from_memory, args=(theirs,), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        ours.send(None)
        process.join(10)


def serve_from_memory(line: Connection) -> None:
    """Serve the documents until something comes on the pipe."""
    with scripted_server() as server:
        docs = [document(number) for number in range(DOCUMENTS)]
        server.put(f"{DATABASE}.{COLLECTION}", docs)
        line.send(server.uri)
        line.recv()


@contextmanager
def sqlite_server(folder: Path) -> Iterator[str]:
    """Run nx-27017 with the documents, and give its address."""
    with running_server(folder) as server:
        docs = [document(number) for number in range(DOCUMENTS)]
        fill(server.uri, DATABASE, COLLECTION, docs)
        yield server.uri


def best_of(uri: str, folder: Path, rounds: int) -> dict[str, Took]:
    """Return the best of all rounds of each way."""
    from loadline.engine.backends.local_pool import LocalPool

    plan = _source(uri).plan(lambda _rows, _bytes: None)
    keys = [partition.key for partition in plan.partitions]
    best: dict[str, Took] = {}
    with (
        LocalPool(WORKERS, preload=("loadline.engine.worker_imports",)) as pool,
        ProcessPoolExecutor(WORKERS, _spawn) as scanners,
        ProcessPoolExecutor(1, _spawn) as notebook,
    ):
        ways: dict[str, Callable[[], Took]] = {
            "loadline": lambda: with_loadline(uri, folder, pool),
            "scan": lambda: with_scan(uri, keys, scanners),
            "pandas": lambda: with_pandas(uri, notebook),
        }
        for number in range(rounds + 1):  # the first only warms up
            for name, way in ways.items():
                took = way()
                if number:
                    best[name] = min(took, best.get(name, took), key=lambda one: one.wall)
    return best


def told(name: str, best: dict[str, Took]) -> str:
    """Return the figures of one server as lines."""
    own = best["loadline"]
    lines = [f"{name}: {DOCUMENTS:,} documents of {len(bson.encode(document(77_777)))} bytes"]
    lines += [
        f"  {way:9}{took.wall:7.2f} s {DOCUMENTS / took.wall:11,.0f} documents/s"
        for way, took in best.items()
    ]
    reading = own.wall - own.planning - own.sealing
    lines.append(
        f"  of pandas' time {own.wall / best['pandas'].wall:.2f}, of the scan's rate "
        f"{best['scan'].wall / own.wall:.2f} (while reading {best['scan'].wall / reading:.2f})"
    )
    lines.append(
        f"  planning {own.planning:.2f} s, reading {reading:.2f} s, sealing {own.sealing:.2f} s"
    )
    return "\n".join(lines)


def main() -> None:
    """Measure both servers and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with memory_server() as uri:
            sys.stdout.write(told("from memory", best_of(uri, folder / "a", rounds)) + "\n")
        with sqlite_server(folder / "nx") as uri:
            sys.stdout.write(told("nx-27017", best_of(uri, folder / "b", rounds)) + "\n")


if __name__ == "__main__":
    main()
