"""A collection read with the needed fields only, on a real server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest

from loadline.domain.browsing import Server
from loadline.domain.jobs import MongoSource
from loadline.sources.mongo import MongoCollection
from loadline.sources.mongo_target import close_clients
from loadline.sources.source import ReadHints
from tests.support.mongo_reading import Heard
from tests.support.mongo_server import fill, server_address

pytestmark = pytest.mark.time_limit(60)
DOCUMENTS = [
    {"_id": f"k{n:03}", "name": f"n{n}", "home": {"city": "Ulm", "zip": n}, "much": "x" * 500}
    for n in range(50)
]


@pytest.fixture(scope="module")
def uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server that runs."""
    with server_address(tmp_path_factory.mktemp("mongo")) as address:
        yield address


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """Let this process's clients go, which a worker does at its end."""
    yield
    close_clients()


def source(uri: str, collection: str, *, projection: tuple[str, ...] = ()) -> MongoCollection:
    """Return a collection as a source."""
    spec = MongoSource(
        uri=uri, database="loadline_test", collection=collection, projection=projection
    )
    return MongoCollection(spec, Server(uri))


def table(source: MongoCollection) -> pa.Table:
    """Return the first piece of a source."""
    plan = source.plan(lambda _rows, _bytes: None)
    reader = source.open(plan.partitions[0], ReadHints(), Heard())
    try:
        return pa.Table.from_batches(list(reader), reader.schema)
    finally:
        reader.close()


def test_only_the_fields_that_are_needed_come_over_the_line(uri: str) -> None:
    fill(uri, "loadline_test", "narrow", DOCUMENTS)
    full = source(uri, "narrow")
    found = table(full.narrowed(["home.city"]))
    assert found.column_names == ["_id", "home.city", "home.zip"]
    assert found.equals(table(full).select(found.column_names))


def test_a_field_that_the_job_leaves_out_stays_out(uri: str) -> None:
    fill(uri, "loadline_test", "narrow", DOCUMENTS)
    full = source(uri, "narrow", projection=("home.city", "much"))
    assert table(full.narrowed(["home.city", "name"])).column_names == ["_id", "home.city"]
    assert table(full.narrowed(["name"])).column_names == ["_id"]


def test_a_field_that_cannot_be_asked_for_by_its_name_is_read_all_the_same(uri: str) -> None:
    docs: list[dict[str, Any]] = [{"_id": 1, "home.city": "Ulm", "$price": 5, "other": 1}]
    fill(uri, "loadline_test", "odd", docs)
    full = source(uri, "odd")
    for column, value in (("home.city", "Ulm"), ("$price", 5)):
        assert table(full.narrowed([column]))[column].to_pylist() == [value]
