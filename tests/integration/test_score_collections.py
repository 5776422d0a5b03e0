"""Collections of a real server scored against the records of another one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pymongo import MongoClient
from rapidfuzz.distance import JaroWinkler

from tests.support import command
from tests.support.mongo_server import REAL_DATA, fill, real_documents, running_server

JOB = """
format = 1
kind = "score"
name = "match"
[source]
type = "mongo"
uri = "{uri}"
database = "loadline_many"
collection = "customers"
chunk = 120
[score]
top = 2
compare = [{{ field = "name", against = "who", measure = "jaro-winkler" }}]
[score.reference_source]
type = "mongo"
uri = "{uri}"
database = "loadline_many"
collection = "leads"
"""
LEADS = ("Elizabeth Rey", "Lindsay Cowan", "Brad Cardenaz")


@pytest.fixture
def uri(tmp_path: Path) -> Iterator[str]:
    """Run a server and return its address."""
    given = os.environ.get("LOADLINE_TEST_MONGODB_URI")
    if given:
        yield given
        return
    with running_server(tmp_path / "mongo") as server:
        yield server.uri


@pytest.mark.skipif(not REAL_DATA.is_dir(), reason="the real collections are not here")
@pytest.mark.time_limit(120)
def test_each_lead_of_a_collection_finds_its_customers(uri: str, tmp_path: Path) -> None:
    customers = real_documents("customers")
    fill(uri, "loadline_many", "customers", customers)
    fill(uri, "loadline_many", "leads", [{"_id": n, "who": w} for n, w in enumerate(LEADS)])
    try:
        job = tmp_path / "job.toml"
        job.write_text(JOB.format(uri=uri))
        ended = command.run(job)
    finally:
        with MongoClient[dict[str, object]](uri) as client:
            client.drop_database("loadline_many")
    assert ended.code == 0, ended.err
    assert len(ended.receipt["tasks"]) > 1
    found = [(hit["reference"], hit["fields"]["name"]) for hit in ended.receipt["top"]]
    expected = []
    for number, lead in enumerate(LEADS, start=1):
        alike = [JaroWinkler.normalized_similarity(lead, c["name"]) for c in customers]
        best = sorted(range(len(customers)), key=lambda n: -alike[n])[:2]
        expected += [(number, customers[n]["name"]) for n in best]
    assert found == expected
    assert found[0] == (1, "Elizabeth Ray")
