"""However a collection is cut, and however many pieces are read at once, the dataset is one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import bson
import pytest
from bson import json_util
from pymongo import common

from loadline.domain.jobs import MongoSource
from loadline.domain.policy import Policy
from loadline.domain.receipt import RunState
from tests.support.mongo_runs import load
from tests.support.mongo_scripted import Refusal, Reply, ScriptedServer, scripted_server
from tests.support.mongo_wire import batch

if TYPE_CHECKING:
    import pyarrow as pa

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
        "some": {f"u{(number * 7 + k * 37) % 100}": k for k in range(3)},
    }
    if number % 300 == 0:
        found[f"rare{number}"] = number
    if number >= 900:
        found["late"] = {"p": {}} if number < 950 else {"p": {"q": 1}}
    return found


def of_rare_fields(number: int) -> dict[str, Any]:
    """Return a document with three of 3,000 fields, and one that only pieces of 60 find common."""
    found: dict[str, Any] = {"_id": f"k{number:04}", "name": "x", "half": number % 2 or None}
    if number % 2:
        found["often"] = {"p": number} if number < 700 else {"p": "seven"}
    if 240 <= number < 300:
        found["once"] = number
    for k in range(3):
        found[f"rare{(number * 7 + k * 1_009) % 3_000}"] = number if k else "text"
    if number % 9 == 0:
        found["_extra"] = {"own": number}
    return found


@pytest.fixture(autouse=True)
def _drivers_that_end_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the driver's threads notice their end sooner, which each test waits for."""
    monkeypatch.setattr(common, "MIN_HEARTBEAT_INTERVAL", 0.02)


def loaded(server: ScriptedServer, folder: Path, chunk: int, cap: int) -> pa.Table:
    """Return the collection as it is loaded in pieces of `chunk` documents, `cap` at once."""
    spec = MongoSource(uri=server.uri, database="d", collection="c", chunk=chunk)
    done = load(spec, folder / f"{chunk}-{cap}", Policy(concurrency=cap))
    assert (done.receipt.state, done.receipt.balanced) == (RunState.DONE, True)
    assert len(done.receipt.lines) == -(-COUNT // chunk)
    return done.table()


def test_cap_and_chunk_change_nothing_in_the_dataset(
    tmp_path: Path,
) -> None:
    with scripted_server() as server:
        server.put("d.c", [document(number) for number in range(COUNT)])
        cuts = ((5_000, 1), (60, 1), (60, 6), (20, 6))
        whole, one_by_one, six_at_once, small = (loaded(server, tmp_path, *cut) for cut in cuts)
    assert one_by_one.equals(six_at_once)
    assert whole.equals(one_by_one)
    assert whole.equals(small)
    assert whole["rare300"].to_pylist()[300] == 300
    assert whole["mixed"].to_pylist()[:1] == ['{"$numberInt": "0"}']
    assert whole.column_names[:6] == ["_id", "number", "mixed", "list", "seen", "some"]


def test_fields_too_many_for_columns_are_the_same_ones_however_a_collection_is_cut(
    tmp_path: Path,
) -> None:
    with scripted_server() as server:
        documents = [of_rare_fields(number) for number in range(COUNT)]
        server.put("d.c", documents)
        cuts = [(chunk, cap) for chunk in (5_000, 300, 60) for cap in (1, 6)]
        whole, *others = (loaded(server, tmp_path, *cut) for cut in cuts)
    assert whole.column_names == ["_id", "name", "half", "often.p", "_extra"]
    assert all(other.schema.equals(whole.schema) for other in others)
    assert all(other.equals(whole) for other in others)
    own = ("_id", "name", "half", "often")
    rest = [{k: v for k, v in one.items() if k not in own} for one in documents]
    assert [json_util.loads(text) for text in whole["_extra"].to_pylist()] == rest


def test_fields_that_only_pieces_find_too_many_are_columns(tmp_path: Path) -> None:
    documents: list[dict[str, Any]] = [{"_id": f"k{number:04}"} for number in range(COUNT)]
    for number in range(0, COUNT, 2):  # half of them have all 600 fields, but 30 in the first 300
        if number >= 300 or number % 20 == 0:
            documents[number] |= {f"f{k}": k for k in range(600)}
    with scripted_server() as server:
        server.put("d.c", documents)
        cuts = ((5_000, 1), (300, 6), (60, 6))
        whole, *others = (loaded(server, tmp_path, *cut) for cut in cuts)
    assert whole.column_names == ["_id", *(f"f{k}" for k in range(600))]
    assert all(other.equals(whole) for other in others)


def test_a_capped_collection_that_loses_its_place_goes_on_at_the_last_document_read(
    tmp_path: Path,
) -> None:
    listed = {"name": "c", "type": "collection", "options": {"capped": True, "size": 1 << 20}}
    lost: list[int] = []

    def list_it(_command: dict[str, Any]) -> Reply:
        return batch("d.$cmd.listCollections", 0, [bson.encode(listed)], first=True)

    def lose_once(command: dict[str, Any]) -> None:
        if lost or command["collection"] != "c":
            return
        lost.append(command["getMore"])
        raise Refusal(136, "CollectionScan died due to position in capped collection being deleted")

    with scripted_server() as server:
        documents = [{"_id": n, "text": "x" * 40_000} for n in range(COUNT)]
        server.put("d.c", documents)
        server.behaviours |= {"listCollections": list_it, "getMore": lose_once}
        told = loaded(server, tmp_path, 5_000, 1)
        asked = [find for find in server.asked("find") if find.get("sort") == {"_id": 1}]
    assert told["_id"].to_pylist() == list(range(COUNT))
    assert len(lost) == 1
    first, again = (find for find in asked if find.get("batchSize") == asked[-1]["batchSize"])
    assert (first.get("skip", 0), again["skip"] > 0) == (0, True)
