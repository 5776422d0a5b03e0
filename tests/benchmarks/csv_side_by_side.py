"""Loads the same CSV files with Loadline, its reader alone, bare Arrow, polars and DuckDB.

Every way is a fresh process, so that starting up counts, with as many workers or threads as there
are cores. The ways take turns, and ratios are taken of the best of all rounds::

    python -m tests.benchmarks.csv_side_by_side FOLDER --rounds 3
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

BLOCK = 4 << 20
WAYS = ("loadline", "reader", "arrow", "polars", "duckdb")


@dataclass(frozen=True)
class Took:
    """Wall and processor seconds of a process and its children, peak memory of the largest, MB."""

    wall: float
    cpu: float
    memory: float


def with_loadline(folder: Path, out: Path) -> None:
    """Run ``loadline run`` in a child process."""
    job = out / "job.toml"
    job.write_text(
        'format = 1\nkind = "load"\nname = "bench"\n[source]\ntype = "csv-folder"\n'
        f'path = {json.dumps(str(folder))}\npattern = ["*.csv"]\n'
    )
    command = [sys.executable, "-m", "loadline", "run", str(job), "--json"]
    done = subprocess.run(
        [*command, "--runs-dir", str(out)], check=True, stdout=subprocess.PIPE, stderr=None
    )
    receipt = json.loads(done.stdout)
    if not receipt["balanced"]:
        raise SystemExit("the run is not balanced")


def with_reader(folder: Path, out: Path) -> None:
    """Read with Loadline's reader in processes and write Arrow files."""
    _in_processes(read_one, folder, out)


def with_arrow(folder: Path, out: Path) -> None:
    """Read with Arrow's streaming reader in processes and write Arrow files."""
    _in_processes(stream_one, folder, out)


def with_polars(folder: Path, out: Path) -> None:
    """Let polars stream all files into one Arrow file."""
    import polars

    scan = polars.scan_csv(f"{folder}/*.csv", try_parse_dates=True)
    scan.sink_ipc(out / "all.arrow", compression="lz4")


def with_duckdb(folder: Path, out: Path) -> None:
    """Let DuckDB copy all files into one Parquet file."""
    import duckdb

    duckdb.sql(f"COPY (FROM '{folder}/*.csv') TO '{out}/all.parquet' (FORMAT parquet)")


def _in_processes(work: Callable[[Path, Path], None], folder: Path, out: Path) -> None:
    files = sorted(folder.glob("*.csv"))
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        list(pool.map(work, files, [out / f"{file.stem}.arrow" for file in files]))


def stream_one(file: Path, target: Path) -> None:
    """Read one file as bare as can be."""
    import pyarrow as pa
    import pyarrow.csv as pacsv

    reader = pacsv.open_csv(
        file,
        read_options=pacsv.ReadOptions(block_size=BLOCK, use_threads=False),
        parse_options=pacsv.ParseOptions(newlines_in_values=True),
    )
    options = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
    with pa.ipc.new_file(str(target), reader.schema, options=options) as sink:
        for batch in reader:
            sink.write_batch(batch)


def read_one(file: Path, target: Path) -> None:
    """Read one file with Loadline's reader."""
    import pyarrow as pa

    from loadline.domain.jobs import CsvFolderSource
    from loadline.domain.plan import Partition
    from loadline.sources.csv_folder import CsvFolder
    from loadline.sources.source import ReadHints
    from tests.support.csv_loading import Collected

    source = CsvFolder(CsvFolderSource(path=str(file.parent)))
    key = f"{file.name}?several"
    reader = source.open(Partition(0, file.name, key), ReadHints(), Collected())
    options = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
    with pa.ipc.new_file(str(target), reader.schema, options=options) as sink:
        for batch in reader:
            sink.write_batch(batch)
    account = reader.account()
    reader.close()
    if account.reader != "fast":
        raise SystemExit(f"{file.name} was not read on the fast path: {account.reason}")


def took(way: str, folder: Path, scratch: Path) -> Took:
    """Run one way in a fresh process and measure it."""
    with tempfile.TemporaryDirectory(dir=scratch) as out:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.perf_counter()
        command = [sys.executable, "-m", "tests.benchmarks.csv_side_by_side", str(folder)]
        subprocess.run([*command, "--only", way, "--out", out], check=True)
        wall = time.perf_counter() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Took(wall, cpu, after.ru_maxrss / 1024)


def main() -> None:
    """Measure, or run one way (`--only`) as the child that is measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--ways", nargs="+", default=WAYS, choices=WAYS)
    parser.add_argument("--scratch", type=Path, help="where results are written for a moment")
    parser.add_argument("--only", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.only:
        globals()[f"with_{args.only}"](args.folder, args.out)
        return
    files = list(args.folder.glob("*.csv"))
    size = sum(file.stat().st_size for file in files)
    for file in files:
        file.read_bytes()  # all of them from memory
    best: dict[str, Took] = {}
    for _ in range(args.rounds):
        for way in args.ways:
            measured = took(way, args.folder, args.scratch)
            best[way] = min(measured, best.get(way, measured), key=lambda t: t.wall)
    _tell(best, len(files), size)


def _tell(best: dict[str, Took], files: int, size: int) -> None:
    first = next(iter(best.values()))
    lines = [
        f"{files} files, {size / 1e6:,.0f} MB, {os.cpu_count()} cores",
        f"{'':10}{'wall s':>9}{'cpu s':>9}{'MB/s':>8}{'ratio of wall':>15}{'of cpu':>8}",
    ]
    lines += [
        f"{way:10}{t.wall:9.2f}{t.cpu:9.2f}{size / t.wall / 1e6:8.0f}"
        f"{first.wall / t.wall:15.2f}{first.cpu / t.cpu:8.2f}"
        for way, t in best.items()
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
