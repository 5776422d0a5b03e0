"""Scores saved into a collection through the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pymongo import MongoClient
from PySide6.QtWidgets import QCheckBox

from loadline.domain.connections import Connection
from loadline.domain.jobs import Comparison, CsvFolderSource, Job, Output, Score
from loadline.domain.receipt import RunState
from loadline.store.connections import connections_file, save_connections
from tests.support.mongo_server import running_server
from tests.support.new_jobs import asked, looked_at, page
from tests.support.programs import found, press, program, until, write
from tests.support.scored_runs import PEOPLE, write_people

if TYPE_CHECKING:
    from loadline.gui.new_job_page import NewJobPage

__all__ = ["asked", "page"]  # fixtures
pytestmark = [pytest.mark.time_limit(60), pytest.mark.usefixtures("qapp")]


@pytest.fixture(autouse=True)
def no_connections() -> Iterator[None]:
    connections_file().unlink(missing_ok=True)
    yield
    connections_file().unlink(missing_ok=True)


def job(folder: Path, output: Output | None = None) -> Job:
    compare = (Comparison(field="name", measure="jaro-winkler"),)
    source = CsvFolderSource(path=str(folder))
    score = Score(compare=compare, reference={"name": "Elizabeth Rey"})
    return Job(name="Find", kind="score", source=source, score=score, output=output)


async def test_scores_go_into_a_collection_that_is_named_in_the_form(tmp_path: Path) -> None:
    folder = write_people(tmp_path / "people")
    with running_server(tmp_path / "server") as server:
        save_connections([Connection(name="Shop", hosts=(server.uri.removeprefix("mongodb://"),))])
        async with program(tmp_path) as desktop:
            new_job = desktop.new_job
            new_job.show_job(job(folder))
            await until(lambda: new_job.settled)
            found(new_job, QCheckBox, "intoCollectionCheck").click()
            assert not new_job.form.footer.start.isEnabled()
            assert new_job.form.footer.words().endswith("Name the collection for the result.")
            write(new_job, "outputDatabase", "shop")
            write(new_job, "outputCollection", "scores")
            press(new_job, "startButton")
            await until(lambda: desktop.run_page.run is not None)
            run = desktop.run_page.run
            assert run is not None
            await until(lambda: run.receipt is not None)
            assert (run.state, run.failure) == (RunState.DONE, None)
        with MongoClient[dict[str, Any]](server.uri) as client:
            names = [document["name"] for document in client["shop"]["scores"].find()]
    assert names == [person[0] for person in PEOPLE]


def test_a_collection_is_offered_only_where_there_are_connections(page: NewJobPage) -> None:
    into = page.form.into
    page.show_welcome(first=False)
    assert not into.isVisible()
    save_connections([Connection(name="Shop")])
    page.hide()
    page.show()
    assert into.isVisible()
    assert page.form.output.isVisible()
    into.box.click()
    assert not page.form.output.isVisible()
    assert into.connection.isVisible()


@pytest.mark.parametrize("named", [{"connection": "Shop"}, {"uri": "mongodb://db.example"}])
async def test_a_job_that_names_a_collection_comes_back_from_the_form(
    page: NewJobPage, tmp_path: Path, named: dict[str, Any]
) -> None:
    save_connections([Connection(name="Other"), Connection(name="Shop")])
    output = Output(type="mongo", database="d", collection="c", overwrite=True, **named)
    page.show_job(job(tmp_path, output))
    await looked_at(page)
    shown = page.job()
    assert shown is not None
    assert shown.output == output
    page.show_job(job(tmp_path, Output(path="/x/y.csv")))
    shown = page.job()
    assert shown is not None
    assert shown.output == Output(path="/x/y.csv")
