"""However a collection is cut, and however many pieces are read at once, the dataset is one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pymongo import common

from loadline.domain.jobs import MongoSource
from loadline.domain.policy import Policy
from loadline.domain.receipt import RunState
from tests.support.mongo_runs import load
from tests.support.mongo_scripted import scripted_server

COUNT = 1_000
pytestmark = pytest.mark.time_limit(30)


def document(number: int) -> dict[str, Any]:
    """Return a document: rare fields, and fields whose types differ from piece to piece."""
    found: dict[str, Any] = {
        "_id": f"k{number:04}",
        "number": 1 if number < 500 else 2.5,
        "mixed": "seven" if number == 700 else number,
        "list": [] if number < 300 else [1] if number < 800 else ["a"],
        "seen": {f"user{number * 7 + k}": k for k in range(3)},
    }
    if number % 300 == 0:
        found[f"rare{number}"] = number
    if number >= 900:
        found["late"] = {"p": {}} if number < 950 else {"p": {"q": 1}}
    return found


def test_cap_and_chunk_change_nothing_in_the_dataset(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(common, "MIN_HEARTBEAT_INTERVAL", 0.02)
    tables = []
    with scripted_server() as server:
        server.put("d.c", [document(number) for number in range(COUNT)])
        for chunk, cap in ((5_000, 1), (60, 1), (60, 6)):
            spec = MongoSource(uri=server.uri, database="d", collection="c", chunk=chunk)
            loaded = load(spec, tmp_path / f"{chunk}-{cap}", Policy(concurrency=cap))
            assert (loaded.receipt.state, loaded.receipt.balanced) == (RunState.DONE, True)
            assert len(loaded.receipt.lines) == -(-COUNT // chunk)
            tables.append(loaded.table())
    whole, one_by_one, six_at_once = tables
    assert one_by_one.equals(six_at_once)
    assert whole.equals(one_by_one)
    assert whole["rare300"].to_pylist()[300] == 300
    assert whole["mixed"].to_pylist()[:1] == ['{"$numberInt": "0"}']
    assert whole.column_names[:6] == ["_id", "number", "mixed", "list", "seen", "rare0"]
