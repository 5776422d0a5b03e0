"""The whole record of a hit, read again from a real file, a real server or an earlier run."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from bson import Binary, ObjectId
from pymongo import MongoClient

from loadline.bootstrap import source_of
from loadline.domain.errors import SourceChanged, SourceMissing, SourceUnreachable
from loadline.domain.fixes import Fix
from loadline.domain.jobs import (
    AnySource,
    Comparison,
    CsvFolderSource,
    DatasetSource,
    Job,
    MongoSource,
    Score,
)
from loadline.domain.receipt import RunState
from loadline.engine.ranked import LiveRanking
from loadline.engine.run import Run
from loadline.engine.session import Session
from loadline.engine.whole_record import WholeRecord, record_spec, whole_record
from loadline.scoring.ranking import Hit
from tests.support.mongo_server import fill, server_address
from tests.support.sealed_runs import people_run
from tests.support.thread_backend import ThreadBackend

pytestmark = pytest.mark.time_limit(60)
ANN = Comparison(field="name", measure="jaro-winkler")
ROWS = (
    "id,name,note,born,zip",
    'a,Bob,"two\nlines",1970-01-01,00501',
    "b,Ann Lee,,1980-02-03,10001",
    "c,Ann Li,x,,20002",
)
DATABASE = "loadline_whole"


@pytest.fixture
def backend() -> Iterator[ThreadBackend]:
    from loadline.sources.mongo_target import close_clients

    made = ThreadBackend(1)
    yield made
    made.close()
    close_clients()


@pytest.fixture(scope="module")
def uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with server_address(tmp_path_factory.mktemp("mongo")) as address:
        yield address
        with MongoClient[dict[str, Any]](address) as client:
            client.drop_database(DATABASE)


def job_of(source: AnySource, **score: Any) -> Job:
    told = {"compare": (ANN,), "top": 5, **score}
    if "reference_file" not in told:
        told["reference"] = {"name": "Ann Lee"}
    return Job(name="Find", kind="score", source=source, score=Score(**told))


@asynccontextmanager
async def scored(
    backend: ThreadBackend, runs: Path, job: Job
) -> AsyncIterator[tuple[Run, Session]]:
    async with Session(backend, runs, source_of) as session:
        run = session.start(job)
        await run.wait()
        assert run.state is RunState.DONE, run.failure
        yield run, session


def hits(run: Run) -> tuple[Hit, ...]:
    assert run.job.score is not None
    return LiveRanking(run.job.score).update(run.results, len(run.results)).hits


def again(run: Run, hit: Hit) -> WholeRecord:
    return whole_record(record_spec(run, source_of(run.job), hit), lambda _rows, _bytes: None)


def people(folder: Path) -> Path:
    folder.mkdir()
    (folder / "people.csv").write_text("\n".join([*ROWS, ""]))
    return folder


async def test_a_row_of_a_file_is_shown_whole_with_its_line(
    backend: ThreadBackend, tmp_path: Path
) -> None:
    source = CsvFolderSource(path=str(people(tmp_path / "data")))
    async with scored(backend, tmp_path / "runs", job_of(source)) as (run, session):
        best = hits(run)[0]
        found = again(run, best)
        assert dict(found.fields) == {
            "id": "b", "name": "Ann Lee", "note": "", "born": "1980-02-03", "zip": "10001",
        }  # fmt: skip
        assert list(dict(found.fields)) == ["id", "name", "note", "born", "zip"]
        assert (found.source, found.line, found.changed) == ("people.csv", 4, ())
        assert set(best.fields) < set(dict(found.fields))
        reopened = session.reopen(run.folder)
        assert again(reopened, hits(reopened)[0]) == found


async def test_a_file_that_has_changed_is_told_and_never_another_row_shown(
    backend: ThreadBackend, tmp_path: Path
) -> None:
    data = people(tmp_path / "data")
    file = data / "people.csv"
    async with scored(backend, tmp_path / "runs", job_of(CsvFolderSource(path=str(data)))) as (
        run,
        _,
    ):
        best = hits(run)[0]
        file.write_text("\n".join([*ROWS, "d,Zoe,,,30003", ""]))
        found = again(run, best)
        assert found.source_changed
        assert dict(found.fields)["id"] == "b"
        file.write_text("\n".join([ROWS[0], ROWS[1], ROWS[3], ROWS[2], ""]))
        with pytest.raises(SourceChanged, match="Another record is in its place now"):
            again(run, best)
        file.write_text("\n".join([*ROWS[:2], ""]))
        with pytest.raises(SourceChanged, match="There are only 1 rows now"):
            again(run, best)
        file.unlink()
        with pytest.raises(SourceMissing, match="not there any more"):
            again(run, best)


async def test_a_row_of_a_file_that_needs_care_or_was_fixed_is_found_in_its_place(
    backend: ThreadBackend, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    lines = ["id,name,_row", "a,Bob,1", "b,An", 'c,"Ann" Lee,3,more', "d,Ann Lee,4"]
    (data / "odd.csv").write_text("\n".join([*lines, ""]))
    async with scored(backend, tmp_path / "runs", job_of(CsvFolderSource(path=str(data)))) as (
        run,
        _,
    ):
        assert run.results[0].account.reader == "tolerant"
        best = hits(run)[0]
        found = again(run, best)
        assert dict(found.fields)["id"] == "d"
        assert "_row" in dict(found.fields)
        run.reload((Fix(0, 3, "b,An", "b,Ann Lee,2", ("b", "Ann Lee", "2")),))
        await run.wait()
        fixed = next(hit for hit in hits(run) if hit.row == 1)
        assert fixed.fields["name"] == "Ann Lee"
        assert dict(again(run, fixed).fields)["id"] == "b"


async def test_a_row_of_an_earlier_run_is_shown_whole_until_that_run_is_gone(
    backend: ThreadBackend, tmp_path: Path
) -> None:
    earlier = people_run(tmp_path / "earlier")
    job = job_of(DatasetSource(path=str(earlier)), reference={"name": "Mary Lee"})
    async with scored(backend, tmp_path / "runs", job) as (run, _):
        found = again(run, hits(run)[0])
        assert found.fields == (
            ("name", "Mary Lee"), ("born", "1977-02-02"), ("city", "Vasqueztown"),
        )  # fmt: skip
        assert (found.source, found.row) == (earlier.name, 5)
        earlier.rename(tmp_path / "elsewhere")
        with pytest.raises(SourceMissing, match="There is no such run"):
            again(run, hits(run)[0])


async def test_a_hit_among_many_references_is_found_by_its_own_place(
    backend: ThreadBackend, tmp_path: Path
) -> None:
    wanted = tmp_path / "wanted.csv"
    wanted.write_text("name,x\nBob,1\nAnn Li,2\n")
    source = CsvFolderSource(path=str(people(tmp_path / "data")))
    async with scored(backend, tmp_path / "runs", job_of(source, reference_file=str(wanted))) as (
        run,
        _,
    ):
        found = {hit.compared_with: dict(again(run, hit).fields)["zip"] for hit in hits(run)}
        assert found["Bob"] == "00501"
        assert found["Ann Li"] in ("10001", "20002")


KEYS = (
    ObjectId("65b2f0c0d5e4a1b2c3d4e5f6"), 7, 2**40, 1.5, "seven", True,
    UUID("12345678123456781234567812345678"),
    datetime(2024, 5, 6, 7, 8, 9, 120_000, tzinfo=UTC), {"a": 1, "b": "x"},
)  # fmt: skip


def as_bson(key: Any) -> Any:
    if isinstance(key, UUID):
        return Binary.from_uuid(key)
    return key


@pytest.mark.parametrize("keys", [*((key,) for key in KEYS), KEYS], ids=repr)
async def test_a_document_is_found_by_an_id_of_any_type(
    backend: ThreadBackend, tmp_path: Path, uri: str, keys: tuple[Any, ...]
) -> None:
    fill(
        uri, DATABASE, "people",
        [
            {"_id": as_bson(key), "name": f"Ann {n}", "home": {"zip": "00501", "n": n}, "tags": []}
            for n, key in enumerate(keys)
        ],
    )  # fmt: skip
    source = MongoSource(uri=uri, database=DATABASE, collection="people")
    job = job_of(source, top=20)
    async with scored(backend, tmp_path / "runs", job) as (run, _):
        assert len(hits(run)) == len(keys)
        for hit in hits(run):
            found = again(run, hit)
            assert found.changed == (), found
            assert list(dict(found.fields)) == ["_id", "name", "home.zip", "home.n", "tags"]
            assert dict(found.fields)["name"] == hit.fields["name"]
            assert found.source == f"{DATABASE}.people"


async def test_a_document_that_has_changed_or_gone_since_is_told(
    backend: ThreadBackend, tmp_path: Path, uri: str
) -> None:
    fill(uri, DATABASE, "changing", [{"_id": n, "name": f"Ann {n}", "n": n} for n in range(3)])
    source = MongoSource(
        uri=uri, database=DATABASE, collection="changing", filter='{"n": {"$lt": 2}}'
    )
    async with scored(backend, tmp_path / "runs", job_of(source)) as (run, _):
        first, second = sorted(hits(run), key=lambda hit: hit.key)
        with MongoClient[dict[str, Any]](uri) as client:
            people = client[DATABASE]["changing"]
            people.update_one({"_id": 0}, {"$set": {"name": "Eve", "n": 9}})
            people.delete_one({"_id": 1})
        found = again(run, first)
        assert found.changed == ("name",)
        assert dict(found.fields) == {"_id": 0, "name": "Eve", "n": 9}
        with pytest.raises(SourceMissing, match="not in the collection any more"):
            again(run, second)


@pytest.mark.skipif("LOADLINE_TEST_MONGODB_URI" in os.environ, reason="needs an own server")
async def test_a_server_that_is_gone_is_told(backend: ThreadBackend, tmp_path: Path) -> None:
    from tests.support.mongo_server import running_server

    with running_server(tmp_path / "own") as server:
        fill(server.uri, DATABASE, "people", [{"_id": 1, "name": "Ann"}])
        source = MongoSource(uri=server.uri, database=DATABASE, collection="people")
        async with scored(backend, tmp_path / "runs", job_of(source)) as (run, _):
            server.kill()
            with pytest.raises(SourceUnreachable):
                again(run, hits(run)[0])
