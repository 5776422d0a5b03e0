"""How quickly collections are loaded, side by side with others, and how much memory it takes."""

from __future__ import annotations

import time
from pathlib import Path

import bson
import pytest

from tests.benchmarks.mongo_memory import COLLECTIONS, peak_of
from tests.benchmarks.mongo_side_by_side import (
    best_of,
    document,
    memory_server,
    sqlite_server,
    told,
)
from tests.support.mongo_reading import read_raw

DOCUMENTS, ROUNDS = 5_000, 24
GOAL = 150_000
MOST_MEMORY = 300.0
"""Megabytes."""


@pytest.mark.benchmark
@pytest.mark.time_limit(120)
def test_documents_of_170_bytes_are_flattened_fast_enough() -> None:
    raw = b"".join(bson.encode(document(n)) for n in range(DOCUMENTS))
    speeds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        table, _ = read_raw([raw])
        speeds.append(DOCUMENTS / (time.perf_counter() - began))
        assert table.num_rows == DOCUMENTS
    speeds.sort()
    middle = speeds[len(speeds) // 2]
    print(f"\n{len(raw) / DOCUMENTS:.0f} bytes each: {middle:,.0f} documents/s (median)")  # noqa: T201
    assert middle > GOAL


@pytest.mark.benchmark
@pytest.mark.time_limit(300)
def test_a_collection_is_in_parts_well_before_pandas_has_a_frame(tmp_path: Path) -> None:
    with memory_server() as uri:
        best = best_of(uri, tmp_path, rounds=4)
    print(f"\n{told('from memory', best)}")  # noqa: T201
    assert best["loadline"].wall <= 0.6 * best["pandas"].wall


@pytest.mark.benchmark
@pytest.mark.time_limit(300)
def test_a_slow_server_is_kept_as_busy_as_by_a_bare_scan(tmp_path: Path) -> None:
    with sqlite_server(tmp_path / "server") as uri:
        best = best_of(uri, tmp_path / "runs", rounds=4)
    print(f"\n{told('nx-27017', best)}")  # noqa: T201
    rate = best["scan"].wall / best["loadline"].wall
    assert rate >= 0.9 or best["loadline"].wall <= 0.6 * best["pandas"].wall


@pytest.mark.benchmark
@pytest.mark.time_limit(300)
@pytest.mark.parametrize("name", list(COLLECTIONS))
def test_a_worker_stays_small_whatever_the_documents(name: str) -> None:
    before, after = peak_of(name)
    print(f"\n{name}: {before:.0f} MB before, {after:.0f} MB at most")  # noqa: T201
    assert after < MOST_MEMORY
