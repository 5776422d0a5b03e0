"""Prints how many rows and cells of a polluted corpus each reader gets right, by type.

Run ``python -m tests.benchmarks.pollution_table [each nth of the single pollutions]``. Nobody is
told anything about the files; all columns are read as text.
"""

from __future__ import annotations

import csv
import sys
import tempfile
import warnings
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa

from tests.support.csv_loading import load_file
from tests.support.pollution import corpus
from tests.support.pollution_score import Score, lost, score

Read = tuple[list[str], list[list[Any]]]


def by_loadline(path: Path) -> Read:
    """Read with Loadline."""
    loaded = load_file(path)
    return loaded.header, loaded.rows


def by_pandas(path: Path) -> Read:
    """Read with pandas, which is left to find the delimiter."""
    frame = pd.read_csv(path, sep=None, engine="python", dtype=str, keep_default_na=False)
    return [str(c) for c in frame.columns], frame.fillna("").values.tolist()


def by_duckdb(path: Path) -> Read:
    """Read with DuckDB, all automatic."""
    with duckdb.connect() as connection:
        found = connection.execute("SELECT * FROM read_csv(?, all_varchar = true)", [str(path)])
        header = [column[0] for column in found.description or ()]
        return header, [list(row) for row in found.fetchall()]


def by_polars(path: Path) -> Read:
    """Read with polars, which takes a comma for granted."""
    frame = pl.read_csv(path, infer_schema=False)
    return frame.columns, [list(row) for row in frame.rows()]


READERS: dict[str, Callable[[Path], Read]] = {
    "Loadline": by_loadline,
    "pandas": by_pandas,
    "DuckDB": by_duckdb,
    "polars": by_polars,
}
_REFUSALS = (
    ValueError, duckdb.Error, pl.exceptions.PolarsError, pa.ArrowException, OSError, LookupError,
    csv.Error,
)  # fmt: skip


def main(thin: int) -> None:
    """Read the corpus with each reader and print the table."""
    warnings.simplefilter("ignore")
    found: dict[str, dict[str, list[Score]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "table.csv")
        for case in corpus(thin=thin):
            path.write_bytes(case.data)
            for name, read in READERS.items():
                by_kind = found.setdefault(name, defaultdict(list))
                try:
                    by_kind[case.kind].append(score(case, *read(path)))
                except _REFUSALS:
                    by_kind[case.kind].append(lost(case))
    __say(found)


def __say(found: dict[str, dict[str, list[Score]]]) -> None:
    heads = "".join(f" | {name:>22}" for name in found)
    _say(f"{'type':28} {'files':>5}{heads}")
    _say(f"{'':34}{' |  rows   cells  of 10' * len(found)}")
    for kind in next(iter(found.values())):
        line = "".join(f" | {_line(of[kind])}" for of in found.values())
        _say(f"{kind:28} {len(next(iter(found.values()))[kind]):5}{line}")
    totals = [[s for scores in of.values() for s in scores] for of in found.values()]
    _say(f"{'all files':28} {len(totals[0]):5}" + "".join(f" | {_line(t)}" for t in totals))
    means = [sum(_mean(s) for s in of.values()) / len(of) for of in found.values()]
    _say(f"{'mean of the types':34}" + "".join(f" | {m:22.3f}" for m in means))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _line(scores: Sequence[Score]) -> str:
    rows = sum(s.rows for s in scores) or 1
    cells = sum(s.cells for s in scores) or 1
    right = 100 * sum(s.rows_right for s in scores) / rows
    cells_right = 100 * sum(s.cells_right for s in scores) / cells
    return f"{right:5.1f}% {cells_right:5.1f}% {_mean(scores):7.3f}"


def _mean(scores: Sequence[Score]) -> float:
    return sum(s.total for s in scores) / len(scores)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
