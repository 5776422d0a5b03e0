"""Measure filter, order, search and facts beside DuckDB and polars on the same Arrow files.

Run it as ``python -m tests.benchmarks.query_side_by_side [rows] [folder]``: by default ten million
rows of ten columns, 600 MB on disk. Each is done three times in turns; the best is told. All give
row numbers in order, or the facts of a column; the others are given the files, not a table in
memory.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb
import polars as pl
from pyarrow import dataset as arrow_dataset

from loadline.domain.query import Filter, FilterKind, Find, Query, Sort
from loadline.store.query import FIRST_ROWS, FindSpec, QuerySpec, find_rows, first_rows, query_rows
from loadline.store.query_scan import RowsSpec
from loadline.store.statistics import StatisticsSpec, column_statistics
from tests.benchmarks.query_dataset import files, made

TURNS = 3
Case = tuple[str, Callable[[], object], Callable[[], object], Callable[[], object]]


def quiet(rows: int, bytes_read: int) -> None:
    """Take progress without a word."""


def cases(spec: RowsSpec, out: Path) -> list[Case]:
    """Return what is measured: its name, ours, DuckDB's, polars'."""
    base = duckdb.connect()
    base.register("d", arrow_dataset.dataset(files(spec), format="ipc"))
    lazy = pl.scan_ipc(files(spec)).with_row_index("row")

    def sql(text: str) -> Callable[[], object]:
        return lambda: base.sql(text).to_arrow_table()

    def ours(query: Query) -> QuerySpec:
        return QuerySpec(spec, query, out)

    def numbered(rest: str) -> str:
        return f"SELECT row FROM (SELECT *, row_number() OVER () AS row FROM d) {rest}"

    found: list[Case] = []
    chosen = Query(filters=(Filter(column="price", kind=FilterKind.RANGE, high="10"),))
    few = partial(query_rows, ours(chosen), quiet)
    kept = lazy.filter(pl.col("price") <= 10).select("row")
    found.append(("filter price <= 10", few, sql(numbered("WHERE price <= 10")), kept.collect))
    text = FindSpec(spec, Find(text="999", columns=("text",)), None, out)
    like = sql(numbered("WHERE contains(text, '999')"))
    hits = lazy.filter(pl.col("text").str.contains("999", literal=True)).select("row")
    found.append(("find 999 in text", partial(find_rows, text, quiet), like, hits.collect))
    for name in ("number", "text", "flag", "city"):
        query = ours(Query(sort=(Sort(column=name),)))
        key = f"lower({name})" if name in ("text", "city") else name
        by = pl.col(name).str.to_lowercase() if name in ("text", "city") else pl.col(name)
        top = lazy.sort(by, "row").select("row").head(FIRST_ROWS)
        order = f"ORDER BY {key}, row"
        limited = sql(numbered(f"{order} LIMIT {FIRST_ROWS}"))
        found.append(
            (f"first rows by {name}", partial(first_rows, query, quiet), limited, top.collect)
        )
        whole = lazy.sort(by, "row").select("row")
        every = partial(query_rows, query, quiet)
        found.append((f"all rows by {name}", every, sql(numbered(order)), whole.collect))
    for name in ("price", "noise", "text"):
        told = partial(column_statistics, StatisticsSpec(spec, name), quiet)
        found.append((f"facts of {name}", told, sql(facts(name)), polars_facts(lazy, name)))
    return found


def facts(name: str) -> str:
    """Return about the same facts as a query of DuckDB."""
    middle = "" if name == "text" else f", avg({name}), median({name})"
    return (
        f"SELECT count({name}), count(DISTINCT {name}), min({name}), max({name}), "
        f"approx_top_k({name}, 5){middle} FROM d"
    )


def polars_facts(lazy: pl.LazyFrame, name: str) -> Callable[[], object]:
    """Return about the same facts as a query of polars."""
    one = pl.col(name)
    asked = [one.count().alias("n"), one.n_unique().alias("d"), one.min().alias("a")]
    asked.append(one.max().alias("z"))
    if name != "text":
        asked += [one.mean().alias("m"), one.median().alias("h")]
    return partial(lazy.select(asked).collect)


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    where = sys.argv[2] if len(sys.argv) > 2 else None
    with tempfile.TemporaryDirectory(dir=where) as folder:
        spec = made(Path(folder), rows)
        sys.stdout.write(f"{rows:,} rows, seconds{'Loadline':>20}{'DuckDB':>9}{'polars':>9}\n")
        for name, *actions in cases(spec, Path(folder) / "answer"):
            best = [float("inf")] * len(actions)
            for _ in range(TURNS):
                for place, action in enumerate(actions):
                    before = time.perf_counter()
                    action()
                    best[place] = min(best[place], time.perf_counter() - before)
            sys.stdout.write(f"{name:<32}{best[0]:>9.2f}{best[1]:>9.2f}{best[2]:>9.2f}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
