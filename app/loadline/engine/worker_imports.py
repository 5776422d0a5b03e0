"""What nearly every task needs: a worker imports this while the plan is made."""

from __future__ import annotations

from loadline.domain.lean_arrow import keep_pandas_out

keep_pandas_out()

from loadline.engine import heap, outputs, worker  # noqa: E402
from loadline.sources import csv_open  # noqa: E402

# What is loaded now stays: the collector need not look at it again after every few records.
heap.set_aside()

__all__ = ["csv_open", "outputs", "worker"]
