"""Measure what is kept on disk: parts, pages of 50 million cells, checks, journal, exports.

Run it as ``python -m tests.benchmarks.store_speed [folder]``; it needs 2 GB in the folder given,
or in the temporary one, whose file system may be slow to make files when it holds many. Exports
are compared with the same conversion by DuckDB in the same run.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from pyarrow import dataset as arrow_dataset

from loadline.domain.arrow import domain_schema
from loadline.domain.jobs import CsvFolderSource, Job
from loadline.domain.plan import Partition
from loadline.domain.receipt import RunState
from loadline.store import entries as en
from loadline.store.dataset import Dataset
from loadline.store.export import export
from loadline.store.history import past_run
from loadline.store.journal import Journal
from loadline.store.manifest import seal
from loadline.store.part_ref import PARTS
from loadline.store.replay import replay
from loadline.store.run_folder import RunFolder
from loadline.store.verify import verify_part
from tests.support.parts import result, write_part

PARTS_OF_BIG = 20
BATCHES = 5
ROWS = 50_000
SMALL = 10_000


def tell(what: str, figure: str) -> None:
    sys.stdout.write(f"{what:<46}{figure:>16}\n")
    sys.stdout.flush()


@contextmanager
def timed(what: str, amount: float = 0.0, unit: str = "") -> Iterator[None]:
    """Tell the seconds of the block, or `amount` per second."""
    before = time.perf_counter()
    yield
    seconds = time.perf_counter() - before
    tell(what, f"{amount / seconds:,.0f} {unit}/s" if amount else f"{seconds:.3f} s")


def batch(number: int) -> pa.RecordBatch:
    """Return 50,000 rows of ten columns."""
    chance = np.random.default_rng(number)
    moments = 1_600_000_000_000_000 + chance.integers(0, 10**9, ROWS) * 1_000_000
    words = np.array(["alpha", "beta", "gamma", "delta"])
    return pa.record_batch(
        {
            "id": np.arange(ROWS) + number * ROWS,
            "moment": pa.array(moments).cast(pa.timestamp("us")),
            "kind": words[chance.integers(0, 4, ROWS)],
            "price": np.round(chance.random(ROWS) * 1_000, 2),
            "noise": chance.normal(size=ROWS),
            "count": chance.integers(0, 10_000, ROWS),
            "text": [f"customer {n} of {n % 977}" for n in chance.integers(0, 10**6, ROWS)],
            "flag": chance.random(ROWS) < 0.5,
            "share": np.round(chance.random(ROWS), 4),
            "_source": pa.array([f"file-{number // BATCHES}.csv"] * ROWS).dictionary_encode(),
        }
    )


def write_small(folder: Path, first: int) -> tuple[float, float]:
    """Write every second part; return the seconds that took and those of the processor."""
    tiny = batch(0).slice(0, 10)
    before, used = time.perf_counter(), time.process_time()
    for index in range(first, SMALL, 2):
        write_part(folder, index, tiny)
    return time.perf_counter() - before, time.process_time() - used


def small_parts(folder: Path) -> None:
    (folder / PARTS).mkdir()
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        spent = list(pool.map(write_small, [folder, folder], [0, 1]))
    rate = sum(SMALL / 2 / wall for wall, _ in spent)
    tell("parts of 10 rows, two processes", f"{rate:,.0f} parts/s")
    tell("processor per part", f"{sum(used for _, used in spent) / SMALL * 1e3:.2f} ms")
    paths = sorted((folder / PARTS).iterdir())
    written = write_part(folder, 0, batch(0).slice(0, 10))
    with timed("verify them, one process", SMALL, "parts"):
        for path in paths:
            verify_part(path, written.checksum, written.rows)


def big_run(runs: Path) -> RunFolder:
    folder = RunFolder.create(runs, Job(name="Big", source=CsvFolderSource(path="/")))
    folder.unlock()
    batches = [batch(number) for number in range(BATCHES)]
    schema = batches[0].schema
    with timed("write, one process", PARTS_OF_BIG * sum(b.nbytes for b in batches) / 1e6, "MB"):
        written = [write_part(folder.path, index, *batches) for index in range(PARTS_OF_BIG)]
    results = [result(part, index, schema) for index, part in enumerate(written)]
    size = sum(made.part_bytes for made in results)
    tell("parts on disk", f"{size / 1e6:,.0f} MB")
    with timed("verify and sync, one process", size / 1e6, "MB"):
        for made in results:
            verify_part(folder.parts / made.part, made.checksum, made.rows)
    with timed("seal"):
        names = {made.index: f"{made.index}.csv" for made in results}
        seal(folder, domain_schema(schema), results, names)
    return folder


def pages(folder: RunFolder) -> None:
    with timed("open 50 million cells"):
        found = Dataset.open(folder.path)
        found.page(0, 50)
    spent, used = [], time.process_time()
    for start in random.Random(1).sample(range(found.num_rows - 50), 500):
        before = time.perf_counter()
        page = found.page(start, 50).to_pylist()
        spent.append(1_000 * (time.perf_counter() - before))
        assert len(page) == 50
    used = time.process_time() - used
    spent.sort()
    tell("page of 50 rows anywhere, mean of processor", f"{used * 2:.2f} ms")
    tell("page of 50 rows anywhere, median", f"{spent[250]:.2f} ms")
    tell("99 of 100 under", f"{spent[495]:.2f} ms")
    tell("longest of 500", f"{spent[-1]:.2f} ms")
    with timed("read it all", found.num_rows * 10, "cells"):
        for _ in found.batches():
            pass


def journal(folder: Path) -> None:
    planned = en.Planned(
        0.0, tuple(Partition(n, f"{n}.csv", f"/data/{n}.csv", 300) for n in range(SMALL))
    )
    written = write_part(folder, 0, batch(0).slice(0, 10))
    done = en.PartDone(1.0, result(written, 0, batch(0).schema))
    with Journal(folder / "journal.jsonl") as kept:
        before = time.perf_counter()
        kept.append(planned)
        tell("append a plan of 10,000", f"{1e3 * (time.perf_counter() - before):.2f} ms")
        before = time.perf_counter()
        for _ in range(SMALL):
            kept.append(done)
        tell("append a finished part", f"{1e6 * (time.perf_counter() - before) / SMALL:.1f} µs")
        with timed("flush 10,000 of them"):
            kept.flush().result()
        kept.append(en.RunEnded(2.0, RunState.DONE))
    with timed("replay them"):
        replay(folder / "journal.jsonl")


def exports(folder: RunFolder, out: Path) -> None:
    found = Dataset.open(folder.path)
    before = memory()
    ours = {
        suffix: seconds(partial(export, found, out / f"a.{suffix}"))
        for suffix in ("parquet", "csv", "jsonl", "feather")
    }
    tell("memory grown by exporting", f"{memory() - before:.0f} MB")
    files = [str(folder.parts / part.file) for part in found.parts]
    with duckdb.connect() as theirs:
        theirs.register("source", arrow_dataset.dataset(files, format="ipc"))
        for suffix, kind in (("parquet", "parquet"), ("csv", "csv"), ("jsonl", "json")):
            copy = f"COPY (SELECT * FROM source) TO '{out / 'b'}' (FORMAT {kind})"
            other = seconds(partial(theirs.execute, copy))
            told = f"{ours[suffix]:.2f} s, DuckDB {other:.2f} s"
            tell(f"export as {suffix}", told)
    tell("export as feather", f"{ours['feather']:.2f} s")


def memory() -> float:
    """Return the most megabytes that the process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def seconds(action: Callable[[], object]) -> float:
    before = time.perf_counter()
    action()
    return time.perf_counter() - before


def main() -> None:
    where = sys.argv[1] if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory(dir=where) as temporary:
        base = Path(temporary)
        small = base / "small"
        small.mkdir()
        small_parts(small)
        journal(small)
        folder = big_run(base / "runs")
        pages(folder)
        with timed("look at the run for the list"):
            past_run(folder.path)
        exports(folder, base)


if __name__ == "__main__":
    main()
