"""How many records a partition of a scoring job has: about one second of work.

Measured before the list of partitions is made, so that the list is whole from the start: order,
places and resuming stay what they are in every run.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from loadline.domain.errors import Cancelled, LoadlineError
from loadline.domain.plan import Partition, Problem, Report
from loadline.sources.source import Cuttable, Reader, ReadHints, Sink

if TYPE_CHECKING:
    import pyarrow as pa

WORK_SECONDS = 1.0
LEAST_ROWS, MOST_ROWS = 1_000, 1_000_000
ENOUGH_SECONDS = 0.15
"""Measuring ends with the first round that took so long: the first one often only warms up."""
ROUNDS = 2

Open = Callable[[Partition, ReadHints, Sink], Reader]


def chunk_rows(source: Cuttable, open_: Open, report: Report) -> int | None:
    """Return the rows of a partition, None where they cannot be told.

    Reads the first records of `source` in the way that `open_` does the job's work. What fails
    here fails again, and is told, where the work is done.
    """
    try:
        beginning = source.beginning()
        speed = max(_speed(beginning, open_, report))
    except Cancelled:
        raise
    except LoadlineError:
        return None
    return min(max(int(speed * WORK_SECONDS), LEAST_ROWS), MOST_ROWS) if speed else None


def _speed(beginning: Partition, open_: Open, report: Report) -> list[float]:
    """Return records per second, round by round."""
    speeds: list[float] = []
    for _ in range(ROUNDS):
        report(0, 0)
        began = time.perf_counter()
        rows = _read(open_(beginning, ReadHints(), _Deaf(report)))
        seconds = max(time.perf_counter() - began, 1e-6)
        speeds.append(rows / seconds)
        if not rows or seconds > ENOUGH_SECONDS:
            break
    return speeds


def _read(reader: Reader) -> int:
    try:
        return sum(batch.num_rows for batch in reader)
    finally:
        reader.close()


class _Deaf:
    """A `Sink` that keeps nothing: the same records are read again."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def problem(self, problem: Problem) -> None:
        """Forget it."""

    def aside(self, number: int, batch: pa.RecordBatch) -> None:
        """Forget it."""

    def alive(self, bytes_read: int) -> None:
        """Hear whether to stop."""
        self._report(0, 0)
