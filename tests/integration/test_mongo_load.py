"""Collections of a real server, loaded by the command as a person would."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from bson import json_util
from bson.datetime_ms import DatetimeMS
from bson.objectid import ObjectId
from pymongo import MongoClient

from tests.support import command
from tests.support.mongo_server import (
    REAL_DATA,
    MongoServer,
    fill,
    real_documents,
    running_server,
)

CANONICAL = json_util.CANONICAL_JSON_OPTIONS
JOB = """
format = 1
kind = "load"
name = "{collection}"
[source]
type = "mongo"
uri = "{uri}"
database = "loadline_test"
collection = "{collection}"
chunk = {chunk}
filter = '{filter}'
[policy]
concurrency = 2
"""
pytestmark = pytest.mark.time_limit(120)


@pytest.fixture(scope="module")
def uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run a server and return its address."""
    given = os.environ.get("LOADLINE_TEST_MONGODB_URI")
    if given:
        yield given
        return
    with running_server(tmp_path_factory.mktemp("mongo")) as server:
        yield server.uri


def job_file(
    folder: Path, uri: str, collection: str, *, chunk: int = 5_000, query: str = "{}"
) -> Path:
    """Write a job that loads a collection."""
    file = folder / "job.toml"
    file.write_text(JOB.format(uri=uri, collection=collection, chunk=chunk, filter=query))
    return file


def key(number: int) -> str:
    """Return an ``_id`` that every server sorts alike; not all do so with numbers."""
    return f"k{number:06}"


def rows(ended: command.Ended) -> list[dict[str, Any]]:
    """Return the rows of the run's dataset in order."""
    from loadline.store.dataset import Dataset

    batches = list(Dataset.open(Path(ended.receipt["run_folder"])).batches())
    return pa.Table.from_batches(batches).to_pylist() if batches else []


def expected(doc: dict[str, Any], whole: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return a document as a row: nested fields by dotted names, `whole` ones as they are."""
    found: dict[str, Any] = {}
    for key, value in doc.items():
        if key in whole:
            found[key] = value
        elif isinstance(value, dict):
            found |= {f"{key}.{name}": inner for name, inner in expected(value).items()}
        elif isinstance(value, ObjectId):
            found[key] = str(value)
        elif isinstance(value, DatetimeMS):
            found[key] = value.as_datetime().replace(tzinfo=None)
        else:
            found[key] = value
    return found


def without_nothing(row: dict[str, Any]) -> dict[str, Any]:
    """Leave out fields without a value, and read documents that are told as text."""
    return {
        name: json_util.loads(value) if name == "tier_and_details" else value
        for name, value in row.items()
        if value is not None
    }


@pytest.mark.parametrize("name", ["accounts", "customers", "theaters"])
@pytest.mark.parametrize("chunk", [5_000, 60])
def test_a_real_collection_has_the_values_and_the_order_of_its_documents(
    uri: str, name: str, chunk: int, tmp_path: Path
) -> None:
    if not REAL_DATA.exists():
        pytest.skip("the real data are not beside the checkout")
    docs = real_documents(name)
    fill(uri, "loadline_test", name, docs)
    ended = command.run(job_file(tmp_path, uri, name, chunk=chunk))
    assert (ended.code, ended.receipt["balanced"]) == (0, True), ended.err
    told = [without_nothing(row) for row in rows(ended)]
    docs.sort(key=lambda doc: str(doc["_id"]))
    wanted = [expected(doc, ("tier_and_details",)) for doc in docs]
    assert told == [{k: v for k, v in row.items() if v is not None} for row in wanted]
    assert len(ended.receipt["tasks"]) >= len(docs) // chunk


def test_a_filter_loads_what_matches_and_no_more(uri: str, tmp_path: Path) -> None:
    fill(uri, "loadline_test", "numbers", [{"_id": key(n), "half": n % 2} for n in range(1_000)])
    ended = command.run(job_file(tmp_path, uri, "numbers", chunk=100, query='{"half": 1}'))
    assert ended.code == 0, ended.err
    assert [row["_id"] for row in rows(ended)] == [key(n) for n in range(1, 1_000, 2)]


def test_numbers_as_ids_are_loaded_once_in_whatever_order_the_server_has(
    uri: str, tmp_path: Path
) -> None:
    fill(uri, "loadline_test", "counted", [{"_id": n, "half": n % 2} for n in range(1_000)])
    for query, wanted in (("{}", 1_000), ('{"half": 1}', 500)):
        ended = command.run(job_file(tmp_path, uri, "counted", chunk=100, query=query))
        assert ended.code == 0, ended.err
        assert len({row["_id"] for row in rows(ended)}) == ended.receipt["rows"] == wanted


def test_ids_of_several_types_are_all_loaded_once(uri: str, tmp_path: Path) -> None:
    ids = [*range(50), *(f"k{n:02}" for n in range(50)), *(ObjectId() for _ in range(50))]
    fill(uri, "loadline_test", "mixed", [{"_id": one, "n": n} for n, one in enumerate(ids)])
    ended = command.run(job_file(tmp_path, uri, "mixed", chunk=20))
    assert ended.code == 0, ended.err
    assert sorted(row["n"] for row in rows(ended)) == list(range(150))
    assert len({row["_id"] for row in rows(ended)}) == 150


def test_a_field_that_is_mixed_in_one_piece_is_told_alike_in_all(uri: str, tmp_path: Path) -> None:
    docs: list[dict[str, Any]] = [{"_id": key(n), "v": n} for n in range(200)]
    docs[150]["v"] = "many"
    fill(uri, "loadline_test", "drift", docs)
    ended = command.run(job_file(tmp_path, uri, "drift", chunk=50))
    assert ended.code == 0, ended.err
    told = [row["v"] for row in rows(ended)]
    assert told[150] == "many"
    assert told[3] == '{"$numberInt": "3"}'


def test_an_empty_collection_is_loaded_as_no_rows(uri: str, tmp_path: Path) -> None:
    with MongoClient[dict[str, Any]](uri) as client:
        docs = client["loadline_test"]["empty_one"]
        docs.insert_one({"_id": 1})
        docs.delete_one({"_id": 1})
    ended = command.run(job_file(tmp_path, uri, "empty_one"))
    assert (ended.code, ended.receipt["rows"]) == (0, 0), ended.err


def test_a_collection_that_is_not_there_is_told(uri: str, tmp_path: Path) -> None:
    ended = command.run(job_file(tmp_path, uri, "no_such_collection"))
    assert ended.code == 3
    assert "There is no collection no_such_collection" in ended.err


def test_a_filter_with_a_mistake_is_told_with_its_place(uri: str, tmp_path: Path) -> None:
    ended = command.run(job_file(tmp_path, uri, "numbers", query='{"half": }'))
    assert ended.code == 2
    assert "character 10" in ended.err


def test_a_server_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    ended = command.run(job_file(tmp_path, "mongodb://127.0.0.1:9", "numbers"), seconds=20)
    assert ended.code == 3
    assert "no database listens there" in ended.err


def test_a_server_killed_in_mid_load_and_started_again_ends_balanced(tmp_path: Path) -> None:
    count = 40_000
    with running_server(tmp_path / "server") as server:
        fill(server.uri, "loadline_test", "long", _long(count))
        process = command.start(
            "run", job_file(tmp_path, server.uri, "long", chunk=1_000), "--json",
            "--runs-dir", tmp_path / "runs", folder=tmp_path,
        )  # fmt: skip
        _kill_and_start(server, tmp_path)
        ended = command.ended(process, 100)
    assert (ended.code, ended.receipt["balanced"]) == (0, True), ended.err
    assert [row["n"] for row in rows(ended)] == list(range(count))


def _long(count: int) -> list[dict[str, Any]]:
    return [{"_id": key(n), "n": n, "text": "x" * 150} for n in range(count)]


def _kill_and_start(server: MongoServer, folder: Path) -> None:
    """Wait for a few parts, then kill the server and start it again."""

    def parts() -> int:
        return len(list(folder.glob("runs/*/parts/part-*.arrow")))

    command.until(lambda: parts() >= 5, seconds=60)
    server.kill()
    before = parts()
    server.start()
    assert before < 40
