"""An export into a collection whose worker is killed: a real server, a real worker."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest
from pymongo import MongoClient

from loadline.bootstrap import local_pool
from loadline.domain.arrow import domain_schema
from loadline.domain.browsing import Server
from loadline.domain.jobs import CsvFolderSource, Job
from loadline.gui.application.desk import Desk
from loadline.gui.application.exports import Exports
from loadline.gui.run_page.export_menu import CollectionTarget, ExportOptions
from loadline.store.manifest import seal
from loadline.store.run_folder import RunFolder
from tests.support.mongo_server import server_address
from tests.support.parts import result, write_part

pytestmark = pytest.mark.time_limit(60)
ROWS = pa.record_batch({"n": range(40_000)})


def sealed(runs: Path) -> RunFolder:
    with RunFolder.create(runs, Job(name="Run", source=CsvFolderSource(path="/"))) as folder:
        part = write_part(folder.path, 0, ROWS)
        seal(folder, domain_schema(ROWS.schema), [result(part, 0, ROWS.schema)], {0: "a"})
    return folder


async def test_nothing_is_left_of_a_collection_whose_worker_was_killed(tmp_path: Path) -> None:
    told: list[Any] = []
    pool = local_pool(1)

    def moved(done: int, total: int) -> None:
        if done and not killed:
            killed.append(pool.status().pids[0])
            os.kill(killed[0], signal.SIGKILL)

    killed: list[int] = []
    page: Any = SimpleNamespace(
        export_ended=lambda target, failure: told.append(failure), export_moved=moved
    )
    folder = sealed(tmp_path / "runs")
    run = SimpleNamespace(folder=folder.path, board=SimpleNamespace(rows_loaded=40_000))
    options = ExportOptions(what="rows", collection=CollectionTarget("c", "kept", "rows"))
    with server_address(tmp_path / "server") as uri, pool:

        async def server_of(source: object) -> Server:
            return Server(uri)

        await Exports(Desk(pool), page, server_of).save(run, tmp_path, options)
        assert killed
        assert told[0].kind == "WorkerDied"
        with MongoClient[dict[str, Any]](uri) as client:
            assert client["kept"].list_collection_names() == []
