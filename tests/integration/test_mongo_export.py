"""Exports into collections of a real server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pymongo import MongoClient

from loadline.domain.arrow import domain_schema
from loadline.domain.browsing import Server
from loadline.domain.errors import Cancelled, OutputExists, OutputRefused
from loadline.domain.jobs import CsvFolderSource, Job
from loadline.engine.collection_export import CollectionSpec, export_to_collection
from loadline.sources.mongo_target import close_clients
from loadline.store.manifest import seal
from loadline.store.run_folder import RunFolder
from tests.support.mongo_server import server_address
from tests.support.parts import result, write_part

SECOND = datetime.fromisoformat("2020-01-01T01:02:03")
pytestmark = pytest.mark.time_limit(60)
ROWS = pa.record_batch(
    {
        "int": pa.array([2**63 - 1, None, 1]),
        "decimal": pa.array([0.1, None, 1 / 3]),
        "bool": pa.array([True, None, False]),
        "date": pa.array([date(1998, 3, 11), None, date(1, 1, 1)]),
        "moment": pa.array([SECOND, None, None], pa.timestamp("us")),
        "fine": pa.array([SECOND.replace(microsecond=5), None, None], pa.timestamp("us")),
        "text": pa.array(['a\n"é🎉', None, ""]),
        "list": pa.array([["a"], None, []], pa.list_(pa.string())),
        "binary": pa.array([b"\xff\0", None, b""]),
        "home.city": pa.array(["Oslo", None, "Bergen"]),
        "home.code.a": pa.array(["1", "2", "3"]),
        "x": pa.array([1, 2, 3]),
        "x.y": pa.array([1, 2, 3]),
    }
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with server_address(tmp_path_factory.mktemp("server")) as uri:
        yield uri


@pytest.fixture
def database(address: str) -> Iterator[Any]:
    with MongoClient[dict[str, Any]](address, tz_aware=True) as client:
        client.drop_database("exported")
        yield client["exported"]
    close_clients()


def run(folder: Path, *batches: pa.RecordBatch) -> Path:
    made = RunFolder.create(folder, Job(name="Run", source=CsvFolderSource(path="/")))
    made.unlock()
    written = [write_part(made.path, index, batch) for index, batch in enumerate(batches)]
    schema = batches[0].schema
    results = [result(part, index, schema) for index, part in enumerate(written)]
    seal(made, domain_schema(schema), results, {index: str(index) for index in range(9)})
    return made.path


def save(run_folder: Path, address: str, **more: Any) -> int:
    spec = CollectionSpec(run_folder, Server(address), "exported", "rows", **more)
    return export_to_collection(spec, lambda rows, bytes_read: None)


def test_every_value_of_every_type_is_in_the_collection(
    tmp_path: Path, address: str, database: Any
) -> None:
    assert save(run(tmp_path, ROWS), address) == 3
    first, second, third = database.rows.find().sort("_id")
    assert database.list_collection_names() == ["rows"]
    assert first == {
        "_id": 1, "int": 2**63 - 1, "decimal": 0.1, "bool": True,
        "date": datetime(1998, 3, 11, tzinfo=UTC),
        "moment": datetime(2020, 1, 1, 1, 2, 3, tzinfo=UTC),
        "fine": "2020-01-01 01:02:03.000005", "text": 'a\n"é🎉', "list": ["a"],
        "binary": b"\xff\0", "home": {"city": "Oslo", "code": {"a": "1"}}, "x": 1, "x.y": 1,
    }  # fmt: skip
    empty = {name for name, value in second.items() if value is None}
    assert empty == set(ROWS.schema.names[:9])
    assert second["home"] == {"city": None, "code": {"a": "2"}}
    assert (third["decimal"], third["text"], third["list"]) == (1 / 3, "", [])
    assert third["date"] == datetime(1, 1, 1, tzinfo=UTC)


def test_the_order_is_kept_over_many_batches_and_parts(
    tmp_path: Path, address: str, database: Any
) -> None:
    names = [pa.record_batch({"_id": [f"k{n}" for n in range(at, at + 2_600)]}) for at in (0, 2600)]
    assert save(run(tmp_path, *names), address) == 5_200
    assert [found["_id"] for found in database.rows.find()] == [f"k{n}" for n in range(5_200)]


def test_a_collection_that_is_there_is_replaced_only_if_allowed(
    tmp_path: Path, address: str, database: Any
) -> None:
    database.rows.insert_one({"_id": "earlier"})
    made = run(tmp_path, ROWS)
    with pytest.raises(OutputExists, match="there already"):
        save(made, address)
    assert [found["_id"] for found in database.rows.find()] == ["earlier"]
    save(made, address, overwrite=True)
    assert [found["_id"] for found in database.rows.find()] == [1, 2, 3]
    assert database.list_collection_names() == ["rows"]


def test_a_refused_row_or_a_cancel_leaves_what_was_there(
    tmp_path: Path, address: str, database: Any
) -> None:
    def stop(rows: int, bytes_read: int) -> None:
        if rows:
            raise Cancelled("Stopped.")

    database.rows.insert_one({"_id": "earlier"})
    twice = run(tmp_path, pa.record_batch({"_id": ["a", "b", "a"]}))
    with pytest.raises(OutputRefused, match="same _id"):
        save(twice, address, overwrite=True)
    made = run(tmp_path, ROWS)
    spec = CollectionSpec(made, Server(address), "exported", "rows", overwrite=True)
    with pytest.raises(Cancelled):
        export_to_collection(spec, stop)
    assert [found["_id"] for found in database.rows.find()] == ["earlier"]
    assert database.list_collection_names() == ["rows"]


def test_a_collection_that_somebody_made_meanwhile_stays_and_nothing_is_left_beside_it(
    tmp_path: Path, address: str, database: Any
) -> None:
    def made_by_another(rows: int, bytes_read: int) -> None:
        if rows:
            database.rows.insert_one({"_id": "theirs"})

    spec = CollectionSpec(run(tmp_path, ROWS), Server(address), "exported", "rows")
    with pytest.raises(OutputExists):
        export_to_collection(spec, made_by_another)
    assert [found["_id"] for found in database.rows.find()] == ["theirs"]
    assert database.list_collection_names() == ["rows"]


def test_a_column_below_an_id_that_is_none_is_a_field_of_its_own(
    tmp_path: Path, address: str, database: Any
) -> None:
    save(run(tmp_path, pa.record_batch({"_id.part": ["a"], "x": [1]})), address)
    assert database.rows.find_one() == {"_id": 1, "_id.part": "a", "x": 1}
