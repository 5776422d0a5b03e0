"""Loads one CSV file through the real source, as the engine does, and gives back text."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from loadline.domain.jobs import CsvFolderSource
from loadline.domain.plan import Problem, ReadAccount
from loadline.sources.csv_folder import CsvFolder
from loadline.sources.source import ReadHints, StartOver

EXTRA = "_extra"


@dataclass
class Collected:
    """A sink that keeps everything."""

    problems: list[Problem] = field(default_factory=list)
    asides: dict[int, list[pa.RecordBatch]] = field(default_factory=dict)

    def problem(self, problem: Problem) -> None:
        """Keep a problem."""
        self.problems.append(problem)

    def aside(self, number: int, batch: pa.RecordBatch) -> None:
        """Keep rows of a further table."""
        self.asides.setdefault(number, []).append(batch)

    def alive(self, bytes_read: int) -> None:
        """Nobody waits for a sign of life here."""


@dataclass(frozen=True)
class Loaded:
    """What became of a file: names, rows with their extra cells at the end, and the account."""

    header: list[str]
    rows: list[list[Any]]
    account: ReadAccount
    problems: list[Problem]
    asides: dict[int, list[dict[str, Any]]]
    passes: int
    table: pa.Table


def load_file(path: Path, *, by: str = "", **spec: Any) -> Loaded:
    """Load one file by its name alone; all columns as text unless `types` says otherwise.

    `by` ``tolerant`` takes that path from the start.
    """
    told = {"types": "text", "path": str(path.parent), "pattern": (path.name,), **spec}
    source = CsvFolder(CsvFolderSource(**told))
    (partition,) = source.plan(lambda rows, size: None).partitions
    hints, passes = ReadHints(reader=by), 0
    while True:
        passes += 1
        sink = Collected()
        reader = source.open(partition, hints, sink)
        try:
            batches = list(reader)
            account = reader.account()
            table = pa.Table.from_batches(batches, schema=reader.schema)
        except StartOver as again:
            hints = again.hints
            continue
        finally:
            reader.close()
        asides = {n: [row for b in bs for row in b.to_pylist()] for n, bs in sink.asides.items()}
        header = [name for name in table.column_names if name != EXTRA]
        return Loaded(header, _rows(table, header), account, sink.problems, asides, passes, table)


def _rows(table: pa.Table, header: list[str]) -> list[list[Any]]:
    columns = [table.column(name).to_pylist() for name in header]
    rows: list[list[Any]] = [list(row) for row in zip(*columns, strict=True)]
    if EXTRA in table.column_names:
        for row, extra in zip(rows, table.column(EXTRA).to_pylist(), strict=True):
            row.extend(extra or [])
    return rows
