"""Generates folders of CSV files to measure with: the same bytes for the same numbers.

Each file has 7 columns: a whole number that counts on, a timestamp, a category, two decimals,
a whole number and a text. Run it to make a folder::

    python -m tests.benchmarks.csv_files FOLDER --files 96 --megabytes 20
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

BYTES_PER_ROW = 72.7
"""About; ids of more digits take more."""
_BLOCK = 200_000
_REGIONS = np.array(["north", "south", "east", "west", "central"])
_WORDS = np.array(
    ["alpha", "bravo lima", "charlie", "delta tango", "echo", "foxtrot golf", "hotel", "india kilo"]
)
_SECOND = np.timedelta64(1, "s")
_FIRST = np.datetime64("2021-01-01T00:00:00", "s")


def rows_for(megabytes: float) -> int:
    """Return how many rows make a file of about that size."""
    return int(megabytes * 1e6 / BYTES_PER_ROW)


def table(rows: int, first: int, seed: int) -> pa.Table:
    """Return rows whose ids begin with `first`."""
    chance = np.random.default_rng(seed)
    words = [pa.array(_WORDS[chance.integers(0, len(_WORDS), rows)]) for _ in range(2)]
    moments = _FIRST + np.sort(chance.integers(0, 86_400 * 365, rows)) * _SECOND
    return pa.table(
        {
            "id": np.arange(first, first + rows),
            "at": pc.strftime(pa.array(moments), format="%Y-%m-%d %H:%M:%S"),
            "region": _REGIONS[chance.integers(0, len(_REGIONS), rows)],
            "price": np.round(chance.random(rows) * 1_000, 2),
            "score": np.round(chance.normal(size=rows), 4),
            "count": chance.integers(0, 100_000, rows),
            "note": pc.binary_join_element_wise(*words, " "),
        }
    )


def write_file(path: Path, rows: int, number: int) -> None:
    """Write one file of `rows` rows."""
    options = pacsv.WriteOptions(quoting_style="none", quoting_header="none")
    with path.open("wb") as file:
        for at in range(0, rows, _BLOCK):
            block = table(min(_BLOCK, rows - at), number * rows + at, number * 1_000 + at)
            options.include_header = at == 0
            pacsv.write_csv(block, file, options)


def write_folder(folder: Path, files: int, rows: int, workers: int = 2) -> Path:
    """Write files ``0.csv``, ``1.csv`` … of `rows` rows each, those that are missing."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{number}.csv" for number in range(files)]
    missing = [number for number, path in enumerate(paths) if not path.exists()]
    with ProcessPoolExecutor(workers) as pool:
        list(pool.map(write_file, [paths[n] for n in missing], repeat(rows), missing))
    return folder


def main() -> None:
    """Make a folder as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=96)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--megabytes", type=float, default=20.0)
    size.add_argument("--rows", type=int)
    args = parser.parse_args()
    write_folder(args.folder, args.files, args.rows or rows_for(args.megabytes))


if __name__ == "__main__":
    main()
