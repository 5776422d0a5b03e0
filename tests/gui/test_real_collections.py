"""A real collection through the window, from its connection to its results."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from loadline.domain.receipt import RunState
from loadline.gui.models.source_words import nouns
from loadline.store.connections import connections_file
from loadline.store.dataset import Dataset
from tests.support.mongo_server import REAL_DATA, fill, real_documents, running_server
from tests.support.programs import press, program, until, write

pytestmark = [
    pytest.mark.time_limit(60),
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(not REAL_DATA.is_dir(), reason="the real collections are not here"),
]


async def test_theaters_go_through_the_window_with_every_value(tmp_path: Path) -> None:
    documents = sorted(real_documents("theaters"), key=lambda one: one["_id"])
    connections_file().unlink(missing_ok=True)
    with running_server(tmp_path / "server") as server:
        fill(server.uri, "mflix", "theaters", documents)
        async with program(tmp_path) as desktop:
            page, new_job = desktop.connections_page, desktop.new_job
            desktop.window.show_page("connections")
            press(page, "firstConnectionButton")
            write(page, "connectionNameEdit", "Films")
            write(page, "mongoUriEdit", server.uri)
            press(page, "testConnectionButton")
            await until(lambda: page.settled)
            page.browse.tree.choose("mflix", "theaters")
            await until(lambda: page.settled)
            assert page.browse.bar.words() == "1,564 documents"
            press(page, "loadTheseButton")
            await until(lambda: desktop.window.shown() == "new" and new_job.settled)
            write(new_job, "outputEdit", "")
            press(new_job, "advancedButton")
            new_job.form.advanced.of_collection.chunk.set_value(400)
            press(new_job, "startButton")
            await until(lambda: desktop.run_page.run is not None)
            run = desktop.run_page.run
            assert run is not None
            await until(lambda: run.receipt is not None)
            assert run.state is RunState.DONE
            table = desktop.run_page.results.model
            await until(lambda: table.total == len(documents))
            tasks = desktop.run_page.tasks.table.model()
            side = Qt.Orientation.Horizontal
            assert tasks.headerData(1, side) == nouns(run.job).head == "Range of _id"
            titles = desktop.run_page.receipt.model.titles
            await until(lambda: "Documents" in titles())  # told when the page has seen the end
    connections_file().unlink(missing_ok=True)
    _compare(_rows(run.folder), documents)


def _rows(folder: Path) -> list[dict[str, object]]:
    dataset = Dataset.open(folder)
    try:
        return [row for batch in dataset.batches() for row in batch.to_pylist()]
    finally:
        dataset.close()


def _compare(rows: list[dict[str, object]], documents: list[dict[str, object]]) -> None:
    assert len(rows) == len(documents)
    for row, document in zip(rows, documents, strict=True):
        place = document["location"]
        assert isinstance(place, dict)
        assert row["_id"] == str(document["_id"])
        assert row["theaterId"] == document["theaterId"]
        for name, value in place["address"].items():
            assert row[f"location.address.{name}"] == value
        assert json.dumps(row["location.geo.coordinates"]) == json.dumps(
            place["geo"]["coordinates"]
        )
