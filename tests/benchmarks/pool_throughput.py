"""Measure the local pool: first answer, tasks per second, round trip, a big result, reports.

Run it as ``python -m tests.benchmarks.pool_throughput``.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

from loadline.engine.backends.local_pool import LocalPool
from tests.support import pool_work as work

TASKS = 10_000
REPORTS = 1_000_000
BIG = 50_000_000  # bytes


def seconds(action: Callable[[], object]) -> float:
    before = time.perf_counter()
    action()
    return time.perf_counter() - before


def batch(pool: LocalPool) -> None:
    for future in [pool.submit(work.nothing, None) for _ in range(TASKS)]:
        future.result()


def main() -> None:
    with LocalPool(2) as pool:
        told = [f"first answer        {seconds(pool.submit(work.nothing, 0).result):8.3f} s"]
        batch(pool)
        told += [
            f"one of {TASKS:,} tasks {seconds(lambda: batch(pool)) / TASKS * 1e6:8.1f} µs",
            f"round trip, median  {1e6 * round_trip(pool):8.1f} µs",
            f"50 MB result        {seconds(pool.submit(work.many_bytes, BIG).result):8.3f} s",
            f"one report          {1e9 * report_cost(pool):8.0f} ns",
        ]
    sys.stdout.write("\n".join(told) + "\n")


def round_trip(pool: LocalPool) -> float:
    return statistics.median(
        seconds(lambda: pool.submit(work.nothing, None).result()) for _ in range(1_000)
    )


def report_cost(pool: LocalPool) -> float:
    return seconds(pool.submit(work.count_up, REPORTS).result) / REPORTS


if __name__ == "__main__":
    main()
