"""How soon the Results tab shows the first page of a sort or a filter, and how long it stalls.

Run it: ``python -m tests.benchmarks.result_query [rows]`` (10 million rows of 10 columns unless
told otherwise; 1.5 GB in the temporary folder). The real window's tab asks a real worker; a timer
of one millisecond notes by how much the window's loop is late meanwhile, and behind it the longest
processor time of the window's thread without a break. Beside it: the first page of the same
question by DuckDB and, where it is installed, by polars, on the same Arrow files.
"""

from __future__ import annotations

import asyncio
import importlib.util
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

import duckdb
import numpy as np
import pyarrow as pa
from pyarrow import dataset as arrow_dataset
from PySide6.QtWidgets import QApplication

from loadline.bootstrap import local_pool, source_of
from loadline.domain.arrow import domain_schema
from loadline.domain.query import Filter, FilterKind, Query, Sort
from loadline.gui.application.desk import Desk
from loadline.gui.application.result_desk import ResultDesk
from loadline.gui.loop import Loop
from loadline.gui.models.result_model import Missing, ResultState
from loadline.gui.run_page.reading import open_result
from loadline.gui.run_page.results_tab import ResultsTab
from loadline.gui.theme import Theme
from loadline.store.part_ref import PARTS, PartRef
from loadline.store.query_start import get_ready
from loadline.store.scratch import Scratch
from tests.benchmarks.window_lag import Lag
from tests.support.parts import write_part
from tests.support.scripted_run import FileScript, ScriptedRun

BATCH = 65_536
PARTS_OF_IT = 20
SHOWN = 20
"""Rows of the first page that must be there."""
QUERIES: dict[str, tuple[Query, str]] = {
    "sort by a whole number": (Query(sort=(Sort(column="n0"),)), "order by n0"),
    "sort by a decimal, falling": (
        Query(sort=(Sort(column="x0", descending=True),)), "order by x0 desc"),
    "sort by a text": (Query(sort=(Sort(column="t0"),)), "order by lower(t0)"),
    "sort by text, then number": (
        Query(sort=(Sort(column="t1"), Sort(column="n1"))), "order by lower(t1), n1"),
    "a text contains, 1 of 1,000": (
        Query(filters=(Filter(column="t0", kind=FilterKind.CONTAINS, value="e-777"),)),
        "where contains(lower(t0), 'e-777')"),
    "a number in a range, half": (
        Query(filters=(Filter(column="x0", kind=FilterKind.RANGE, value="0.5"),)),
        "where x0 >= 0.5"),
    "filter, then sort": (
        Query(filters=(Filter(column="t1", kind=FilterKind.EQUALS, value="WI"),),
              sort=(Sort(column="x0"),)),
        "where lower(t1) = 'wi' order by x0"),
}  # fmt: skip


def batch(rows: int, seed: int) -> pa.RecordBatch:
    """Return rows of four whole numbers, three decimals, two texts and a truth."""
    rng = np.random.default_rng(seed)
    keys = pa.array(np.char.add("name-", rng.integers(0, 1_000_000, rows).astype(str)))
    states = pa.array(np.array(["MN", "WI", "IA", "TX", "CA"])[rng.integers(0, 5, rows)])
    columns = {f"n{n}": pa.array(rng.integers(0, 10 ** (n + 3), rows)) for n in range(4)}
    columns |= {f"x{n}": pa.array(rng.random(rows)) for n in range(3)}
    columns |= {"t0": keys, "t1": states, "b": pa.array(rng.random(rows) < 0.5)}
    return pa.record_batch(columns)


def write(folder: Path, rows: int) -> ResultState:
    """Write the dataset; its batches repeat, so that writing it does not take minutes."""
    some = [batch(BATCH, seed) for seed in range(16)]
    each = rows // PARTS_OF_IT
    refs = []
    for index in range(PARTS_OF_IT):
        left = each
        batches: list[pa.RecordBatch] = []
        while left:
            one = some[(index * 7 + len(batches)) % len(some)].slice(0, min(left, BATCH))
            batches.append(one)
            left -= one.num_rows
        written = write_part(folder, index, *batches)
        refs.append(PartRef(index, f"{index}.csv", written.rows, written.file))
    return ResultState(tuple(refs), domain_schema(some[0].schema))


async def until(fact: Callable[[], object]) -> None:
    """Wait until `fact` is true."""
    while not fact():  # noqa: ASYNC110 - it is seen when the table would paint it
        await asyncio.sleep(0.001)


def page_is_there(tab: ResultsTab) -> bool:
    """Tell whether the first page has all of its cells."""
    model = tab.model
    rows = min(SHOWN, model.rowCount())
    columns = range(model.columnCount())
    return model.view is not None and all(
        model.cell(row, column) is not Missing.LOADING for row in range(rows) for column in columns
    )


def duck(folder: Path, condition: str) -> float:
    """Return the seconds that DuckDB needs for the same page."""
    files = sorted(str(path) for path in (folder / PARTS).glob("*.arrow"))
    table = arrow_dataset.dataset(files, format="arrow")  # noqa: F841 - DuckDB finds it by name
    before = time.perf_counter()
    duckdb.sql(f"select * from table {condition} limit {SHOWN}".replace("table", '"table"')).arrow()
    return time.perf_counter() - before


def polars_page(folder: Path, query: Query) -> float | None:
    """Return the seconds that polars needs for the same page; None where it is not installed."""
    if importlib.util.find_spec("polars") is None:
        return None
    import polars as pl

    frame = pl.scan_ipc(sorted((folder / PARTS).glob("*.arrow")))
    for one in query.filters:
        cell, text = pl.col(one.column), pl.col(one.column).str.to_lowercase()
        match one.kind:
            case FilterKind.CONTAINS:
                frame = frame.filter(text.str.contains(one.value, literal=True))
            case FilterKind.EQUALS:
                frame = frame.filter(text == one.value.lower())
            case _:
                frame = frame.filter(cell >= float(one.value))
    if query.sort:
        keys = [
            pl.col(s.column).str.to_lowercase() if s.column.startswith("t") else pl.col(s.column)
            for s in query.sort
        ]
        frame = frame.sort(keys, descending=[s.descending for s in query.sort])
    before = time.perf_counter()
    frame.head(SHOWN).collect()
    return time.perf_counter() - before


async def measure(tab: ResultsTab, folder: Path, run: ScriptedRun, asker: Desk) -> None:
    """Print a line for each question."""
    began = time.perf_counter()
    tab.show_run(run)
    await until(lambda: tab.query.offered)
    cells = tab.model.everything * len(tab.model.columns)
    sys.stdout.write(f"opening {cells:,} cells: {time.perf_counter() - began:.3f} s\n")
    began = time.perf_counter()
    await asker.ask(get_ready, None)  # a person takes longer to point at a column
    sys.stdout.write(f"a worker is ready after: {time.perf_counter() - began:.3f} s\n")
    heads = ("page", "whole", "late", "cpu", "duckdb", "polars")
    sys.stdout.write(f"{'':<32}{''.join(f'{head:>9}' for head in heads)}\n")
    for name, (query, condition) in QUERIES.items():
        tab.query.ask(Query())
        lag = Lag()
        lag.start()
        began = time.perf_counter()
        tab.query.ask(query)
        await until(lambda: page_is_there(tab))
        page = time.perf_counter() - began
        await until(lambda: not tab.query.busy)
        whole = time.perf_counter() - began
        *_, late, _, used = lag.stop()
        other = polars_page(folder, query)
        figures = f"{page:9.2f}{whole:9.2f}{late:9.0f}{used:9.0f}{duck(folder, condition):9.2f}"
        figures += "" if other is None else f"{other:9.2f}"
        sys.stdout.write(f"{name:<32}{figures}\n")
        sys.stdout.flush()


async def work(rows: int, folder: Path, theme: Theme) -> None:
    """Write the dataset, show it in a tab, and ask."""
    state = write(folder, rows)
    run = ScriptedRun([FileScript("a.csv", 1_000, 10)])
    run.plan()
    run.run_to_end()
    run.folder = folder
    run.parts = lambda: state.parts  # type: ignore[method-assign]
    run.schema = lambda: state.schema  # type: ignore[method-assign]
    pool = local_pool(1)
    asker = Desk(pool)
    questions = ResultDesk(asker, source_of, Scratch(folder / "views"))
    tab = ResultsTab(theme, open_result, questions)
    tab.resize(1096, 600)
    tab.show()
    try:
        await measure(tab, folder, run, asker)
    finally:
        tab.hide()
        tab.close_reader()
        pool.close()


def main() -> None:
    """Print all figures."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    app = QApplication(sys.argv[:1])
    theme = Theme(app, "light")
    loop = Loop(app)
    asyncio.set_event_loop(loop)
    with tempfile.TemporaryDirectory() as folder, loop:
        loop.run_until_complete(work(rows, Path(folder), theme))


if __name__ == "__main__":
    main()
