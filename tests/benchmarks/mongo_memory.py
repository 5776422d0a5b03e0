"""How much memory a worker takes for collections that are hard on it.

Each is read in a process of its own, from batches that are made as they are asked for::

    python -m tests.benchmarks.mongo_memory
"""

from __future__ import annotations

import multiprocessing as mp
import random
import resource
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from typing import Any, cast

import bson
from bson.raw_bson import RawBSONDocument

LARGEST = 16 << 20
PIECE_BYTES = 64 << 20
BATCH_BYTES = 4 << 20


def small() -> Iterator[Mapping[str, Any]]:
    """Yield a full piece of documents of 170 bytes."""
    from tests.benchmarks.mongo_side_by_side import document

    return (document(number) for number in range(PIECE_BYTES // 170))


def largest_texts() -> Iterator[Mapping[str, Any]]:
    """Yield documents of 16 MB, one text each."""
    return ({"_id": n, "text": chr(65 + n) * (LARGEST - 100)} for n in range(12))


def largest_lists() -> Iterator[Mapping[str, Any]]:
    """Yield documents of 16 MB, a list of a million numbers each."""
    return ({"_id": n, "list": list(range(n, n + 1_000_000))} for n in range(5))


def largest_nested() -> Iterator[Mapping[str, Any]]:
    """Yield documents of 16 MB, a list of 200,000 documents each."""
    some = [{"name": f"Person {k}", "age": k % 90, "at": {"x": k, "y": 0.5}} for k in range(200)]
    raw = RawBSONDocument(bson.encode({"people": some * 1_000}))
    return (RawBSONDocument(raw.raw) for _ in range(4))


def thousands_of_fields() -> Iterator[Mapping[str, Any]]:
    """Yield documents with 50 fields each of 100,000 different ones."""
    pick = random.Random(1)
    for number in range(40_000):
        rare = {f"field{pick.randrange(100_000)}": pick.random() for _ in range(50)}
        yield {"_id": number, "name": "x", **rare}


def thousands_of_keys() -> Iterator[Mapping[str, Any]]:
    """Yield documents whose sub-document has 50 keys of 100,000 different ones."""
    for doc in thousands_of_fields():
        yield {"_id": doc["_id"], "seen": {**doc, "_id": 0}}


COLLECTIONS: dict[str, Callable[[], Iterator[Mapping[str, Any]]]] = {
    "small documents": small,
    "16 MB texts": largest_texts,
    "16 MB lists of numbers": largest_lists,
    "16 MB lists of documents": largest_nested,
    "100,000 different fields": thousands_of_fields,
    "100,000 different keys below a field": thousands_of_keys,
}


class Batches:
    """Gives raw batches in the place of a `Stream`, made one after another."""

    def __init__(self, documents: Iterator[Mapping[str, Any]]) -> None:
        self._documents = documents

    def __iter__(self) -> Iterator[bytes]:
        batch = b""
        for doc in self._documents:
            batch += bson.encode(doc)
            if len(batch) >= BATCH_BYTES:
                yield batch
                batch = b""
        if batch:
            yield batch

    def close(self) -> None:
        """Nothing is open."""


def megabytes(name: str) -> tuple[float, float]:
    """Return the peak memory of this process before and after it has read a collection."""
    import loadline.engine.worker_imports  # noqa: F401 - what every worker has loaded
    from loadline.sources.mongo_reader import MongoReader
    from loadline.sources.mongo_stream import Stream
    from loadline.sources.source import ReadHints
    from tests.support.mongo_reading import Heard

    stream = cast("Stream", Batches(COLLECTIONS[name]()))
    before = _peak()
    reader = MongoReader(lambda _moved: stream, ReadHints(), Heard())
    rows = sum(batch.num_rows for batch in reader)
    if not rows:
        raise SystemExit("nothing was read")
    reader.close()
    return before, _peak()


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def peak_of(name: str) -> tuple[float, float]:
    """Return the same, measured in a fresh process."""
    with ProcessPoolExecutor(1, mp.get_context("spawn")) as pool:
        return pool.submit(megabytes, name).result()


def main() -> None:
    """Measure all of them and tell."""
    for name in COLLECTIONS:
        before, after = peak_of(name)
        sys.stdout.write(f"{name:40}{before:6.0f} MB before {after:6.0f} MB at most\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
