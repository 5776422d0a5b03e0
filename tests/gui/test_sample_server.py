"""Try it with sample data: a real server of one's own, browsed, loaded, ended at the end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from platformdirs import user_data_path

from loadline.domain.receipt import RunState
from loadline.gui.widgets import LinkButton
from loadline.sources.sample_server import SampleServer
from loadline.store.connections import connections_file, load_connections
from loadline.store.dataset import Dataset
from tests.support.programs import found, press, program, until
from tests.support.waiting import alive
from tests.support.waiting import until as wait_until

pytestmark = [pytest.mark.time_limit(25), pytest.mark.usefixtures("qapp")]


@pytest.fixture(autouse=True)
def no_connections() -> Iterator[None]:
    connections_file().unlink(missing_ok=True)
    yield
    connections_file().unlink(missing_ok=True)


async def test_the_sample_is_two_clicks_from_its_documents_and_ends_with_the_program(
    tmp_path: Path,
) -> None:
    async with program(tmp_path) as desktop:
        page, new_job = desktop.connections_page, desktop.new_job
        desktop.window.show_page("connections")
        press(page, "sampleServerButton")
        await until(lambda: page.browse.bar.words() == "5,000 documents")
        server = desktop._samples.server
        pid = server.pid
        assert pid is not None
        assert [one.name for one in load_connections()] == ["Sample server"]
        assert page.browse.tree.chosen() == ("harbour", "calls")
        assert "ship.name" in [field.path for field in page.browse.table.seen.fields]
        folder = user_data_path("loadline", False) / "sample-server"
        assert list((folder / "data").iterdir())

        press(page, "loadTheseButton")
        await until(lambda: desktop.window.shown() == "new" and new_job.settled)
        press(new_job, "startButton")
        await until(lambda: desktop.run_page.run is not None)
        run = desktop.run_page.run
        assert run is not None
        await until(lambda: run.receipt is not None)
        assert run.state is RunState.DONE
        assert run.receipt is not None
        assert (run.receipt.rows, run.receipt.balanced) == (5_000, True)
        dataset = Dataset.open(run.folder)
        keys = dataset.page(0, 5_000)["_id"].to_pylist()
        dataset.close()
        assert keys == sorted(keys)
    assert not alive(pid)

    async with program(tmp_path) as desktop:  # the saved connection starts it again
        page = desktop.connections_page
        desktop.window.show_page("connections")
        await until(lambda: page.settled)
        assert page.notice.text().startswith("Connected in ")
        assert desktop._samples.server.running


async def test_the_new_job_page_offers_the_sample_where_no_collection_is_chosen(
    tmp_path: Path,
) -> None:
    async with program(tmp_path) as desktop:
        assert desktop.new_job.welcome.isVisible()
        link = found(desktop.new_job, LinkButton, "sampleConnectionLink")
        assert link.text() == "Try a sample server"  # an icon alone would be a puzzle
        assert "on this computer" in link.toolTip()
        press(desktop.new_job, "sampleConnectionLink")
        page = desktop.connections_page
        assert desktop.window.shown() == "connections"
        await until(lambda: page.browse.bar.words() == "5,000 documents")

        desktop.window.show_page("new")
        desktop.new_job.show_welcome(first=False)
        desktop.new_job.form.kind.choose("mongo")
        press(desktop.new_job, "sampleCollectionLink")
        await until(lambda: page.settled)
        assert len(load_connections()) == 1


def test_the_server_ends_when_its_program_is_killed(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from loadline.sources.sample_server import *\n"
        "if __name__ == '__main__':\n"
        "    server = SampleServer(Path(sys.argv[1])); server.start()\n"
        "    print(server.pid, flush=True); sys.stdin.read()\n"
    )
    file = tmp_path / "program.py"
    file.write_text(script)
    command = [sys.executable, str(file), str(tmp_path / "data")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as started:
        assert started.stdout is not None
        pid = int(started.stdout.readline())
        assert alive(pid)
        os.kill(started.pid, signal.SIGKILL)
    wait_until(lambda: not alive(pid), "the server ends")


def test_a_port_that_is_taken_meanwhile_is_left_to_its_owner(tmp_path: Path) -> None:
    first, second = SampleServer(tmp_path), SampleServer(tmp_path)
    try:
        held = first.start()
        wait_until(lambda: _listens(first), "the server listens", 20)
        assert second.start() != held
    finally:
        first.stop()
        second.stop()
    assert not first.running
    assert not second.running


def _listens(server: SampleServer) -> bool:
    process = psutil.Process(server.pid)
    return any(one.status == psutil.CONN_LISTEN for one in process.net_connections("tcp"))
