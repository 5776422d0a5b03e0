"""How quickly documents are decoded and flattened, from memory, on one core."""

from __future__ import annotations

import time

import bson
import pytest
from bson.objectid import ObjectId

from tests.support.mongo_reading import read_raw

DOCUMENTS, ROUNDS = 5_000, 24
GOAL = 150_000


@pytest.mark.benchmark
@pytest.mark.time_limit(120)
def test_documents_of_170_bytes_are_flattened_fast_enough() -> None:
    raw = b"".join(bson.encode(_document(n)) for n in range(DOCUMENTS))
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


def _document(number: int) -> dict[str, object]:
    return {
        "_id": ObjectId(),
        "name": f"Person {number}",
        "age": number % 90,
        "email": f"person{number}@example.org",
        "address": {"city": f"City {number % 100}", "zip": f"{number % 99_999:05}"},
        "score": number * 0.37,
        "active": number % 2 == 0,
        "n": number,
    }
