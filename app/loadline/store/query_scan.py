"""Passing over a dataset's rows on several threads, in order, with little in memory.

pyarrow and numpy let Python's lock go while they decode, compare and sort, so two threads of one
worker use two cores without sending a row from process to process.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pyarrow as pa

from loadline.domain.plan import Report
from loadline.domain.schema import Schema
from loadline.store.dataset import Dataset
from loadline.store.part_ref import PartRef

SLICE = 1 << 17
"""Rows that one thread passes over at a time …"""
SLICE_BYTES = 16 << 20
"""… and bytes of them, about: fewer rows where the ones before were long."""
FIRST_SLICE = 1 << 14
MOST_THREADS = 4

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RowsSpec:
    """A dataset as a worker opens it: the run's folder, its finished parts, their schema."""

    folder: Path
    parts: tuple[PartRef, ...]
    schema: Schema

    def open(self) -> Dataset:
        """Return the dataset; opens no file yet."""
        return Dataset(self.folder, self.parts, self.schema)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of the dataset in order: `table` begins at row `start`."""

    start: int
    table: pa.Table


def scan(
    dataset: Dataset,
    columns: Sequence[str],
    work: Callable[[Piece], T],
    report: Report | None = None,
) -> Iterator[tuple[int, T]]:
    """Yield ``work`` of every slice of rows in order, with the row at which the slice ends.

    `report` is told the rows passed; with it the scan ends early by `Cancelled`.
    """
    threads = max(1, min(MOST_THREADS, os.cpu_count() or 1))
    waiting: deque[tuple[int, Future[T]]] = deque()
    step, start = min(SLICE, FIRST_SLICE), 0

    def one(start: int, stop: int) -> T:
        nonlocal step
        schema = dataset.arrow_schema(columns)
        table = pa.Table.from_batches(dataset.batches(columns, start, stop), schema)
        step = max(1, min(SLICE, SLICE_BYTES * table.num_rows // max(1, table.nbytes)))
        return work(Piece(start, table))

    with ThreadPoolExecutor(threads) as pool:
        try:
            while start < dataset.num_rows:
                stop = min(start + step, dataset.num_rows)
                waiting.append((stop, pool.submit(one, start, stop)))
                start = stop
                if len(waiting) > threads:
                    yield _next(waiting, report)
            while waiting:
                yield _next(waiting, report)
        finally:
            for _, left in waiting:
                left.cancel()


def _next(waiting: deque[tuple[int, Future[T]]], report: Report | None) -> tuple[int, T]:
    end, answer = waiting.popleft()
    value = answer.result()
    if report is not None:
        report(end, 0)
    return end, value
