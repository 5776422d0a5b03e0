"""The Connections page and a collection on the New job page, with a real server and workers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from loadline.bootstrap import secrets
from loadline.domain.connections import Connection
from loadline.domain.jobs import Job, MongoSource
from loadline.domain.receipt import RunState
from loadline.gui.application.desktop import Desktop
from loadline.gui.frame.question import Question
from loadline.store.connections import connections_file, load_connections, save_connections
from loadline.store.job_file import write_job
from tests.support.mongo_server import MongoServer, fill, running_server
from tests.support.programs import found, press, program, until, write

pytestmark = [pytest.mark.time_limit(60), pytest.mark.usefixtures("qapp")]
STATES = ("MN", "CA", "NY")
DOCUMENTS = [
    {"_id": n, "name": f"house {n}", "address": {"city": f"city {n % 7}", "state": STATES[n % 3]}}
    for n in range(90)
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MongoServer]:
    with running_server(tmp_path_factory.mktemp("mongo")) as made:
        fill(made.uri, "films", "theaters", DOCUMENTS)
        fill(made.uri, "films", "users", DOCUMENTS[:5])
        yield made


@pytest.fixture(autouse=True)
def no_connections() -> Iterator[None]:
    connections_file().unlink(missing_ok=True)
    yield
    connections_file().unlink(missing_ok=True)


async def browsed(desktop: Desktop, uri: str, collection: str = "theaters") -> None:
    """Add a connection called Films and choose one of its collections."""
    page = desktop.connections_page
    desktop.window.show_page("connections")
    press(page, "addConnectionButton")
    write(page, "connectionNameEdit", "Films")
    write(page, "mongoUriEdit", uri)
    press(page, "testConnectionButton")
    await until(lambda: page.settled)
    page.browse.tree.choose("films", collection)
    await until(lambda: page.settled)


async def test_a_connection_leads_to_a_balanced_table_of_what_the_filter_leaves(
    tmp_path: Path, server: MongoServer
) -> None:
    async with program(tmp_path) as desktop:
        await browsed(desktop, server.uri)
        page, new_job = desktop.connections_page, desktop.new_job
        assert page.notice.text().startswith("Connected in ")
        assert page.browse.bar.words() == "90 documents"
        write(page, "filterEdit", '{"address.state": "MN"}')
        await until(lambda: page.settled)
        assert page.browse.bar.words() == "30 of 90 documents match the filter"
        press(page, "loadTheseButton")
        await until(lambda: desktop.window.shown() == "new" and new_job.settled)
        assert new_job.form.footer.words().endswith("30 of 90 documents, in the order of _id")
        new_job.form.output.setText("")
        new_job.form.output.textEdited.emit("")
        press(new_job, "startButton")
        run = desktop.run_page.run
        assert run is not None
        await until(lambda: run.receipt is not None and run.state is RunState.DONE)

        assert run.job == Job(
            name="Theaters",
            source=MongoSource(
                connection="Films", database="films", collection="theaters",
                filter='{"address.state": "MN"}',
            ),
        )  # fmt: skip
        assert run.receipt is not None
        assert (run.receipt.rows, run.receipt.balanced) == (30, True)
        assert [one.name for one in load_connections()] == ["Films"]


async def test_a_filter_that_cannot_be_read_shows_the_place_and_keeps_what_was_shown(
    tmp_path: Path, server: MongoServer
) -> None:
    async with program(tmp_path) as desktop:
        await browsed(desktop, server.uri)
        page = desktop.connections_page
        write(page, "filterEdit", '{"address.state" "MN"}')
        await until(lambda: page.settled)

        assert page.browse.filter.wrong.text() == "A colon is expected (character 18)."
        assert page.browse.filter.edit.property("wrong") is True
        assert page.browse.table.model().rowCount() == 90
        assert not page.browse.bar.load.isEnabled()

        write(page, "filterEdit", '{"address.state": "CA"}')
        await until(lambda: page.settled)
        assert not page.browse.filter.wrong.isVisible()
        assert page.browse.table.model().rowCount() == 30


async def test_a_second_test_of_the_connection_keeps_collection_and_filter(
    tmp_path: Path, server: MongoServer
) -> None:
    async with program(tmp_path) as desktop:
        await browsed(desktop, server.uri)
        page = desktop.connections_page
        write(page, "filterEdit", '{"address.state": "MN"}')
        await until(lambda: page.settled)
        press(page, "testConnectionButton")
        await until(lambda: page.settled)

        assert page.browse.tree.chosen() == ("films", "theaters")
        assert page.browse.filter.text() == '{"address.state": "MN"}'
        assert page.browse.bar.words() == "30 of 90 documents match the filter"
        assert page.browse.table.isVisible()


async def test_documents_stand_as_a_table_and_as_trees(tmp_path: Path, server: MongoServer) -> None:
    async with program(tmp_path) as desktop:
        await browsed(desktop, server.uri, "users")
        browse = desktop.connections_page.browse
        assert [f.path for f in browse.table.seen.fields] == [
            "_id", "name", "address.city", "address.state",
        ]  # fmt: skip
        first = browse.document.model()
        names = [first.index(row, 0).data() for row in range(first.rowCount())]
        assert names == ["_id", "name", "address"]
        browse.switch.choose("tree")
        assert browse.documents.isVisible()
        assert browse.documents.model().rowCount() == 5


async def test_a_search_leaves_the_collections_with_its_text(
    tmp_path: Path, server: MongoServer
) -> None:
    async with program(tmp_path) as desktop:
        await browsed(desktop, server.uri)
        browse = desktop.connections_page.browse
        browse.search.setText("USER")
        model = browse.tree.model()
        top = model.index(0, 0)
        assert model.rowCount(top) == 1
        assert model.index(0, 0, top).data() == "users"
        browse.search.clear()
        assert model.rowCount(model.index(0, 0)) == 2


async def test_a_server_that_is_not_there_is_told_in_plain_words(tmp_path: Path) -> None:
    save_connections([Connection(name="Gone", hosts=("127.0.0.1:1",))])
    async with program(tmp_path) as desktop:
        page = desktop.connections_page
        desktop.window.show_page("connections")
        await until(lambda: page.settled)

        assert page.notice.text().startswith("The server refuses the connection")
        assert (
            page.list.model()
            .index(0, 0)
            .data(Qt.ItemDataRole.ToolTipRole)
            .endswith("cannot be reached")
        )


async def test_a_pasted_address_is_taken_apart_and_its_password_is_not_saved(
    tmp_path: Path,
) -> None:
    async with program(tmp_path) as desktop:
        page = desktop.connections_page
        desktop.window.show_page("connections")
        press(page, "addConnectionButton")
        QGuiApplication.clipboard().setText(
            "mongodb://ann:s3cret@db.example:27018/?tls=true&replicaSet=r0"
        )
        found(page, QLineEdit, "mongoUriEdit").selectAll()
        found(page, QLineEdit, "mongoUriEdit").paste()

        assert page.form.address.text() == "mongodb://db.example:27018"
        assert page.form.user.text() == "ann"
        assert page.form.tls.isChecked()
        assert page.form.more.replica_set.text() == "r0"
        press(page, "saveConnectionButton")
        await until(lambda: page.settled)
        assert "s3cret" not in connections_file().read_text()
        assert await asyncio.to_thread(lambda: secrets().get("db.example")) == "s3cret"
        assert page.form.password.text() == ""


async def test_a_password_that_is_not_known_is_asked_for_and_kept_for_the_session(
    tmp_path: Path,
) -> None:
    save_connections([Connection(name="Shop", hosts=("127.0.0.1:1",), user="ann")])
    await asyncio.to_thread(lambda: secrets().forget("Shop"))
    async with program(tmp_path) as desktop:
        page = desktop.connections_page
        desktop.window.show_page("connections")
        await until(lambda: page.settled)

        assert page.notice.text().startswith("The password is missing.")
        safety = page.safety()
        assert safety is not None
        assert safety.text.endswith("for this session only") is not secrets().lasting
        write(page, "passwordEdit", "s3cret")
        press(page, "saveConnectionButton")
        await until(lambda: page.settled)
        assert await asyncio.to_thread(lambda: secrets().get("Shop")) == "s3cret"
        assert "s3cret" not in connections_file().read_text()
        assert page.form.password.text() == ""
        assert page.form.password.placeholderText() != ""
        await asyncio.to_thread(lambda: secrets().forget("Shop"))


async def test_two_connections_cannot_have_one_name(tmp_path: Path) -> None:
    save_connections([Connection(name="Shop", hosts=("127.0.0.1:1",))])
    async with program(tmp_path) as desktop:
        page = desktop.connections_page
        desktop.window.show_page("connections")
        press(page, "addConnectionButton")
        write(page, "connectionNameEdit", "Shop")
        press(page, "saveConnectionButton")

        assert page.notice.text() == "There is another connection called Shop."
        assert len(load_connections()) == 1


async def test_a_deleted_connection_is_gone_with_its_password(tmp_path: Path) -> None:
    save_connections([Connection(name="Shop", hosts=("127.0.0.1:1",), user="ann")])
    await asyncio.to_thread(lambda: secrets().put("Shop", "s3cret"))
    async with program(tmp_path) as desktop:
        page = desktop.connections_page
        desktop.window.show_page("connections")
        await until(lambda: page.settled)
        press(page, "deleteConnectionButton")
        question = page.findChild(Question)
        assert isinstance(question, Question)
        QTest.mouseClick(question.agree, Qt.MouseButton.LeftButton)
        await until(lambda: page.settled)

        assert load_connections() == ()
        assert await asyncio.to_thread(lambda: secrets().get("Shop")) is None


async def test_the_keyboard_stays_on_the_test_of_a_connection(tmp_path: Path) -> None:
    async with program(tmp_path) as desktop:
        page = desktop.connections_page
        desktop.window.show_page("connections")
        press(page, "addConnectionButton")
        write(page, "mongoUriEdit", "mongodb://127.0.0.1:1")
        tab_to(page.test_button)
        QTest.keyClick(page.test_button, Qt.Key.Key_Space)
        assert page.test_button.hasFocus()  # Space again must not save
        await until(lambda: page.settled and page.notice.isVisible())
        assert page.test_button.hasFocus()
        assert load_connections() == ()


async def test_a_connection_is_duplicated_and_deleted_with_the_keyboard_alone(
    tmp_path: Path,
) -> None:
    save_connections([Connection(name="Shop", hosts=("127.0.0.1:1",))])
    async with program(tmp_path) as desktop:
        page = desktop.connections_page
        desktop.window.show_page("connections")
        await until(lambda: page.settled)
        page.list.setFocus()
        tab_to(page.copy_button)
        QTest.keyClick(page.copy_button, Qt.Key.Key_Space)
        assert page.form.name.hasFocus()
        QTest.keyClicks(page.form.name, "Store")  # its name was selected
        QTest.keyClick(page.form.name, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: len(load_connections()) == 2 and page.settled)
        assert [one.name for one in load_connections()] == ["Shop", "Store"]

        tab_to(page.list)
        QTest.keyClick(page.list, Qt.Key.Key_Up)
        await until(lambda: page.title.text() == "Shop" and page.settled)
        QTest.keyClick(page.list, Qt.Key.Key_Delete)
        question = page.findChild(Question)
        assert isinstance(question, Question)
        await until(question.refuse.hasFocus)  # Enter does no harm
        QTest.keyClick(question.refuse, Qt.Key.Key_Tab)
        assert question.agree.hasFocus()
        QTest.keyClick(question.agree, Qt.Key.Key_Space)
        await until(lambda: page.settled)
        assert [one.name for one in load_connections()] == ["Store"]


def tab_to(wanted: QWidget) -> None:
    """Press Tab until a control has the keyboard."""
    for _ in range(40):
        now = QApplication.focusWidget()
        assert now is not None
        if now is wanted:
            return
        QTest.keyClick(now, Qt.Key.Key_Tab)
    pytest.fail(f"Tab does not lead to {wanted.objectName()}")


async def test_a_job_file_of_a_collection_opens_in_the_new_job_page(
    tmp_path: Path, server: MongoServer
) -> None:
    file = tmp_path / "theaters.toml"
    source = MongoSource(uri=server.uri, database="films", collection="theaters")
    write_job(file, Job(name="All theaters", source=source))
    async with program(tmp_path) as desktop:
        desktop.window.path_dropped.emit(file)
        await until(lambda: desktop.new_job.settled)

        job = desktop.new_job.job()
        assert job is not None
        assert (job.name, job.source) == ("All theaters", source)
        assert desktop.new_job.looked_at.preview.table.model().rowCount() == 90
        assert desktop.new_job.form.kind.key() == "mongo"


async def test_an_unknown_connection_is_told_and_cannot_be_started(tmp_path: Path) -> None:
    async with program(tmp_path) as desktop:
        desktop.new_job.show_collection(
            MongoSource(connection="Nowhere", database="films", collection="theaters")
        )
        await until(lambda: desktop.new_job.settled)

        assert "no saved connection called Nowhere" in desktop.new_job.message.text()
        assert not desktop.new_job.form.footer.start.isEnabled()
