"""Real collections of a real server, scored by the command; every score recomputed slowly."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz.distance import JaroWinkler

from loadline.domain.jobs import Comparison, Job, MongoSource, Score
from loadline.store.dataset import Dataset
from loadline.store.job_file import write_job
from tests.support import command
from tests.support.mongo_server import REAL_DATA, fill, real_documents, server_address

pytestmark = [
    pytest.mark.time_limit(120),
    pytest.mark.skipif(not REAL_DATA.is_dir(), reason="the real collections are not here"),
]
DATABASE = "loadline_scores"
EARTH_KM = 6371.0088


@pytest.fixture(scope="module")
def uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server that runs."""
    with server_address(tmp_path_factory.mktemp("mongo")) as address:
        yield address


def scored(folder: Path, uri: str, collection: str, score: Score, **source: Any) -> command.Ended:
    """Score a collection by a job file."""
    path = folder / "score.toml"
    read = MongoSource(uri=uri, database=DATABASE, collection=collection, **source)
    write_job(path, Job(name=f"Score {collection}", kind="score", source=read, score=score))
    return command.run(path)


def scores(ended: command.Ended) -> dict[str, float | None]:
    """Return the score of every record by its ``_id``, in the order of the dataset."""
    batches = Dataset.open(Path(ended.receipt["run_folder"])).batches(["_id", "score"])
    return {row["_id"]: row["score"] for batch in batches for row in batch.to_pylist()}


def kilometres(a: list[float], b: list[float]) -> float:
    """Return the great-circle distance by the law of cosines, not the formula of the program."""
    (x, y), (u, v) = (map(math.radians, a), map(math.radians, b))
    cos = math.sin(y) * math.sin(v) + math.cos(y) * math.cos(v) * math.cos(x - u)
    return EARTH_KM * math.acos(min(1.0, max(-1.0, cos)))


def slow_theater(doc: dict[str, Any]) -> float:
    """Score one theater as a person would with a pocket calculator."""
    place = doc["location"]
    near = max(0.0, 1.0 - kilometres([-93.25, 44.95], place["geo"]["coordinates"]) / 100.0)
    return (3.0 * near + (1.0 if place["address"]["city"] == "Minneapolis" else 0.0)) / 4.0


def test_theaters_are_ranked_by_kilometres_and_city_as_the_slow_way_ranks_them(
    uri: str, tmp_path: Path
) -> None:
    theaters = real_documents("theaters")
    fill(uri, DATABASE, "theaters", theaters)
    where, city = "location.geo.coordinates", "location.address.city"
    card = Score(
        reference={"here": [-93.25, 44.95], "town": "Minneapolis"},
        compare=(
            Comparison(field=where, against="here", measure="km", tolerance=100.0, weight=3.0),
            Comparison(field=city, against="town", measure="exact"),
        ),
        top=7,
    )
    ended = scored(tmp_path, uri, "theaters", card)
    assert ended.code == 0, ended.err
    expected = {str(doc["_id"]): slow_theater(doc) for doc in theaters}
    found = scores(ended)
    assert found == pytest.approx(expected, abs=1e-6)
    assert list(found) == sorted(found)
    top = ended.receipt["top"]
    best = sorted(expected.items(), key=lambda one: (-one[1], one[0]))[:7]
    assert [hit["_id"] for hit in top] == [key for key, _ in best]
    for hit in top:
        assert hit["score"] == pytest.approx(expected[hit["_id"]], abs=1e-6)
        assert sum(hit["parts"].values()) == pytest.approx(hit["score"])
        assert set(hit["parts"]) == {where, city}


def test_the_right_customer_comes_first_by_her_name_alone(uri: str, tmp_path: Path) -> None:
    customers = real_documents("customers")
    fill(uri, DATABASE, "customers", customers)
    card = Score(
        reference={"name": "Elizabeth Rey"},
        compare=(Comparison(field="name", measure="jaro-winkler"),),
    )
    ended = scored(tmp_path, uri, "customers", card, chunk=100)
    assert ended.code == 0, ended.err
    alike = JaroWinkler.normalized_similarity
    expected = {str(doc["_id"]): alike("Elizabeth Rey", doc["name"]) for doc in customers}
    assert scores(ended) == pytest.approx(expected)
    first = ended.receipt["top"][0]
    assert first["fields"]["name"] == "Elizabeth Ray"
    assert first["parts"] == {"name": pytest.approx(expected[first["_id"]])}
    assert len(ended.receipt["tasks"]) > 1


def test_what_cannot_be_compared_is_counted_and_has_no_score(uri: str, tmp_path: Path) -> None:
    odd: list[dict[str, Any]] = [
        {"_id": "a", "age": 40, "at": [1.0, 2.0]},
        {"_id": "b", "age": "forty", "at": [1.0, 2.0, 3.0]},
        {"_id": "c", "age": "NaN", "at": "north"},
        {"_id": "d", "age": "-inf", "at": [None, 1.0]},
        {"_id": "e"},
        {"_id": "f", "age": None, "at": []},
        {"_id": "g", "age": "45", "at": [4.0, 6.0]},
    ]
    fill(uri, DATABASE, "odd", odd)
    card = Score(
        reference={"age": 40, "at": [1, 2]},
        compare=(
            Comparison(field="age", measure="number", tolerance=10.0),
            Comparison(field="at", measure="euclidean"),
        ),
    )
    ended = scored(tmp_path, uri, "odd", card)
    assert ended.code == 0, ended.err
    expected = {"a": 1.0, "b": None, "c": None, "d": None, "e": None, "f": None}
    found = scores(ended)
    assert found.pop("g") == pytest.approx((0.5 + 1.0 / 6.0) / 2.0)
    assert found == expected
    assert {hit["_id"] for hit in ended.receipt["top"]} == {"a", "g"}
    problems = Path(ended.receipt["run_folder"]) / "problems"
    told = "".join(file.read_text() for file in problems.iterdir())
    assert "Values of age cannot be compared by number." in told
    assert "Values of at cannot be compared by euclidean." in told


def test_an_empty_collection_gives_an_empty_result_and_no_ranking(uri: str, tmp_path: Path) -> None:
    fill(uri, DATABASE, "none", [{"_id": 1, "x": 1}])
    card = Score(reference={"x": 1}, compare=(Comparison(field="x", measure="exact"),))
    ended = scored(tmp_path, uri, "none", card, filter='{"x": 5}')
    assert ended.code == 0, ended.err
    assert ended.receipt["rows"] == 0
    assert ended.receipt["top"] == []


def test_fields_that_are_not_compared_do_not_cross_the_line(uri: str, tmp_path: Path) -> None:
    fill(uri, DATABASE, "long", [{"_id": n, "x": n, "much": "x" * 2_000} for n in range(300)])
    card = Score(
        reference={"x": 7}, compare=(Comparison(field="x", measure="number", tolerance=5.0),)
    )
    ended = scored(tmp_path, uri, "long", card)
    assert ended.code == 0, ended.err
    assert ended.receipt["rows"] == 300
    assert ended.receipt["bytes"] < 300 * 100
    assert ended.receipt["top"][0]["_id"] == "7"
