"""Scores one collection four ways, and a dataset of an earlier run without any server.

Every way compares the name (Jaro-Winkler) and one number of each document with the same
reference, in as many warm processes, and the best round of each counts::

    python -m tests.benchmarks.scoring_side_by_side --rounds 3

The first way is timed on 2,000 documents only and extrapolated: all of them would take a third of
an hour. The ways that read by ``_id`` are given the list of them for nothing; Loadline finds out by
itself how to cut the collection, counts, writes every score to disk, verifies it and counts again.
"""

from __future__ import annotations

import argparse
import asyncio
import heapq
import math
import multiprocessing as mp
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from pymongo import MongoClient
from rapidfuzz.distance import JaroWinkler

from loadline.domain.jobs import Comparison, Job, MongoSource, Score
from tests.benchmarks.scoring_dataset import print_dataset
from tests.support.mongo_server import fill, running_server

if TYPE_CHECKING:
    from loadline.engine.backends.local_pool import LocalPool

DOCUMENTS, SAMPLED, WORKERS, CHUNK, TOP = 120_000, 2_000, 2, 5_000, 10
DATABASE, COLLECTION = "loadline_bench", "people"
NAME, NUMBER, TOLERANCE = "Anna Maria Keller Lee", 41.5, 100.0
REFERENCE = {"name": NAME, "f0": NUMBER}
CARD = Score(
    reference=REFERENCE,
    compare=(
        Comparison(field="name", measure="jaro-winkler", weight=2.0),
        Comparison(field="f0", measure="number", tolerance=TOLERANCE),
    ),
    top=TOP,
)
_WORDS = ("Anna", "Maria", "Keller", "Lee", "Tom", "Hill", "Berg", "Rosa", "Ito", "Novak", "Ulf")
Hit = tuple[float, str]


def documents(count: int) -> list[dict[str, Any]]:
    """Return documents with a name of four words, eight floats, an int and a date."""
    chance = Random(5)
    day = datetime(2020, 1, 1, tzinfo=UTC)
    return [
        {
            "_id": f"k{number:07}",
            "name": " ".join(chance.choice(_WORDS) for _ in range(4)) + f" {number % 97}",
            **{f"f{n}": chance.random() * 100.0 for n in range(8)},
            "n": number,
            "when": day + timedelta(minutes=number),
        }
        for number in range(count)
    ]


def score(doc: dict[str, Any]) -> float:
    """Score a document the obvious way."""
    spelling: float = JaroWinkler.normalized_similarity(NAME, doc["name"])
    near: float = max(0.0, 1.0 - abs(doc["f0"] - NUMBER) / TOLERANCE)
    return (2.0 * spelling + near) / 3.0


def _best(docs: Iterable[dict[str, Any]]) -> list[Hit]:
    return heapq.nlargest(TOP, ((score(doc), doc["_id"]) for doc in docs))


def client_per_document(task: tuple[str, str]) -> list[Hit]:
    """Read one document with a client of its own (way a)."""
    uri, key = task
    with MongoClient[dict[str, Any]](uri) as client:
        doc = client[DATABASE][COLLECTION].find_one({"_id": key})
    return _best([doc] if doc else [])


def client_per_chunk(task: tuple[str, Sequence[str]]) -> list[Hit]:
    """Read a chunk document by document with one client (way b)."""
    uri, keys = task
    with MongoClient[dict[str, Any]](uri) as client:
        found = (client[DATABASE][COLLECTION].find_one({"_id": key}) for key in keys)
        return _best(doc for doc in found if doc)


def chunk_at_once(task: tuple[str, Sequence[str]]) -> list[Hit]:
    """Read a chunk with one ``$in`` (way c)."""
    uri, keys = task
    with MongoClient[dict[str, Any]](uri) as client:
        return _best(client[DATABASE][COLLECTION].find({"_id": {"$in": list(keys)}}))


def fields_at_once(task: tuple[str, Sequence[str]]) -> list[Hit]:
    """Do the same and ask for the two compared fields only."""
    uri, keys = task
    with MongoClient[dict[str, Any]](uri) as client:
        asked = client[DATABASE][COLLECTION].find(
            {"_id": {"$in": list(keys)}}, {"name": 1, "f0": 1}
        )
        return _best(asked)


def list_ids(uri: str) -> list[Hit]:
    """List every ``_id``, which the ways that read by it need first."""
    with MongoClient[dict[str, Any]](uri) as client:
        for _ in client[DATABASE][COLLECTION].find({}, {"_id": 1}):
            pass
    return []


async def loadline(uri: str, pool: LocalPool, folder: Path) -> list[Hit]:
    """Score the collection with Loadline (way d)."""
    source = MongoSource(uri=uri, database=DATABASE, collection=COLLECTION)
    return await run_job(Job(name="Bench", kind="score", source=source, score=CARD), pool, folder)


async def run_job(job: Job, pool: LocalPool, folder: Path) -> list[Hit]:
    """Run a scoring job to its end and return its ranking; raises where it is not balanced."""
    from loadline.bootstrap import source_of
    from loadline.engine.session import Session

    async with Session(pool, folder / "runs", source_of) as session:
        receipt = await session.start(job).wait()
    if not receipt.balanced:
        raise SystemExit(f"not balanced: {receipt.state}")
    top: Any = receipt.to_json()["top"]
    return [(hit["score"], hit["_id"]) for hit in top]


def timed(
    ways: Sequence[Callable[[], list[list[Hit]]]], rounds: int
) -> list[tuple[float, list[Hit]]]:
    """Let the ways take turns; return the seconds of the best round and the best hits of each."""
    best: list[tuple[float, list[Hit]]] = [(math.inf, [])] * len(ways)
    for _ in range(rounds):
        for place, work in enumerate(ways):
            began = time.perf_counter()
            hits = heapq.nlargest(TOP, (hit for found in work() for hit in found))
            best[place] = (min(best[place][0], time.perf_counter() - began), hits)
    return best


def side_by_side(
    uri: str, count: int, rounds: int, folder: Path, pool: LocalPool
) -> list[tuple[str, float]]:
    """Return each way and its seconds; raises unless all complete ones rank alike."""
    keys = [f"k{number:07}" for number in range(count)]
    chunks = [(uri, keys[start : start + CHUNK]) for start in range(0, count, CHUNK)]
    singles = [(uri, key) for key in keys[:: max(1, count // SAMPLED)]]
    with mp.get_context("spawn").Pool(WORKERS) as bare:
        bare.map(client_per_chunk, [(uri, keys[:1])] * 8, chunksize=1)  # warm
        asyncio.run(loadline(uri, pool, folder))
        slow = timed(
            [
                lambda: bare.map(client_per_document, singles, chunksize=1),
                lambda: bare.map(client_per_chunk, chunks, chunksize=1),
            ],
            1,
        )
        quick = timed(
            [
                lambda: bare.map(chunk_at_once, chunks, chunksize=1),
                lambda: bare.map(fields_at_once, chunks, chunksize=1),
                lambda: [asyncio.run(loadline(uri, pool, folder))],
                lambda: [list_ids(uri)],
            ],
            rounds,
        )
    if not all(_alike(slow[1][1], hits) for _, hits in quick[:3]):
        raise SystemExit(f"the ways rank differently: {slow[1][1]}, {quick}")
    return [
        ("a client and find_one per document *", slow[0][0] * count / len(singles)),
        ("a client per chunk, find_one per document", slow[1][0]),
        ("a client per chunk, $in", quick[0][0]),
        ("the same, the two fields only", quick[1][0]),
        ("listing the _id first, not counted above", quick[3][0]),
        ("Loadline", quick[2][0]),
    ]


def _alike(one: Sequence[Hit], other: Sequence[Hit]) -> bool:
    return all(abs(a[0] - b[0]) < 1e-9 for a, b in zip(one, other, strict=True))


def main() -> None:
    """Print both tables."""
    from loadline.bootstrap import local_pool

    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--documents", type=int, default=DOCUMENTS)
    arguments.add_argument("--rounds", type=int, default=3)
    told = arguments.parse_args()
    write = sys.stdout.write
    with tempfile.TemporaryDirectory(prefix="loadline-bench-") as name:
        folder = Path(name)
        with running_server(folder / "server") as server:
            fill(server.uri, DATABASE, COLLECTION, documents(told.documents))
            pool = local_pool(WORKERS)
            pool.prestart()
            try:
                ways = side_by_side(server.uri, told.documents, told.rounds, folder, pool)
            finally:
                pool.close()
        own = ways[-1][1]
        write(f"\n{told.documents:,} documents, {WORKERS} processes\n\n")
        write("| way | seconds | documents/s | Loadline is |\n|---|---|---|---|\n")
        for way, seconds in ways:
            speed = told.documents / seconds
            write(f"| {way} | {seconds:,.1f} | {speed:,.0f} | {seconds / own:,.1f} × as fast |\n")
        write(f"\n* timed on {SAMPLED:,} documents and extrapolated\n\n")
        print_dataset(folder, told.rounds)


if __name__ == "__main__":
    main()
