"""Filter, fields and chunk of a collection: typed, marked where wrong, saved and read back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSpinBox

from loadline.domain.connections import Connection
from loadline.domain.errors import JobError, SourceDamaged, SourceUnreachable
from loadline.domain.jobs import MongoSource
from loadline.gui.models.mistake import mistake, refused
from loadline.gui.new_job_page.field_list import fields_text, parse_fields
from loadline.gui.theme import Theme
from loadline.gui.widgets.marked_edit import MarkedEdit
from loadline.sources.mongo_filter import parse_filter
from loadline.store.connections import connections_file, save_connections
from loadline.store.job_file import read_job
from tests.support.mongo_server import MongoServer, fill, running_server
from tests.support.programs import found, press, program, until, write

pytestmark = [pytest.mark.time_limit(40), pytest.mark.usefixtures("qapp")]
SOURCE = MongoSource(connection="Films", database="films", collection="theaters")
DOCUMENTS = [{"_id": n, "name": f"house {n}", "at": {"city": "Eagan"}} for n in range(60)]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MongoServer]:
    with running_server(tmp_path_factory.mktemp("mongo")) as made:
        fill(made.uri, "films", "theaters", DOCUMENTS)
        yield made


@pytest.fixture(autouse=True)
def films(request: pytest.FixtureRequest) -> Iterator[None]:
    if "server" in request.fixturenames:
        uri = request.getfixturevalue("server").uri
        save_connections([Connection(name="Films", hosts=(uri.partition("://")[2],))])
    yield
    connections_file().unlink(missing_ok=True)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("", ()),
        ("name", ("name",)),
        (" name ,address.city,  name", ("name", "address.city")),
        ('["a,b", "two words"]', ("a,b", "two words")),
        ('{"name": 1, "at.city": true}', ("name", "at.city")),
    ],
)
def test_fields_are_named_with_commas_or_as_json(text: str, fields: tuple[str, ...]) -> None:
    assert parse_fields(text) == fields
    assert parse_fields(fields_text(fields)) == fields


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("name,,city", 5),
        ("name, $bad", 6),
        ("at, at.city", 4),
        ('["name", 3]', 9),
        ('["name"', 7),
        ('{"name": 0}', 1),
        ('na"me', 2),
    ],
)
def test_a_wrong_field_is_told_with_its_place(text: str, place: int) -> None:
    with pytest.raises(JobError) as caught:
        parse_fields(text)
    assert caught.value.failure.place is not None
    assert caught.value.failure.place.byte == place
    assert f"(character {place + 1})" in caught.value.sentence


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ('{"state" "MN"}', '"MN"'),
        ('{"state": ', ":"),
        ('  {"a": {"$where": "1"}}', '"$where"'),
        ('{"a": [{"$function": {}}]}', '"$function"'),
        ('{"$accumulator": 1}', '"$accumulator"'),
    ],
)
def test_the_mistake_in_a_filter_is_found_as_a_word(text: str, marked: str) -> None:
    with pytest.raises(JobError) as caught:
        parse_filter(text.strip())
    place = mistake(text, caught.value.failure)
    assert place is not None
    assert text[place[0] : sum(place)] == marked


def test_an_operator_that_the_server_refuses_is_found_by_its_name() -> None:
    said = "The database cannot do this: unknown operator: $foo."
    failure = SourceDamaged(said, cause="OperationFailure: unknown operator").failure
    text = '{"x": {"$foo": 1}}'
    place = mistake(text, failure)
    assert place is not None
    assert text[place[0] : sum(place)] == '"$foo"'
    assert refused(failure)
    silent = SourceUnreachable("The server is not there.").failure
    assert mistake(text, silent) is None


def test_a_mark_underlines_and_goes_with_the_next_key(theme: Theme) -> None:
    edit = MarkedEdit(theme, "Filter")
    edit.setText("one two")
    edit.resize(300, 32)
    plain = edit.grab().toImage()
    edit.mark(4, 3)
    assert (edit.marked, edit.text()) == ((4, 3), "one two")
    assert edit.grab().toImage() != plain
    edit.go_to_mark()
    assert edit.cursorPosition() == 4
    QTest.keyClick(edit, Qt.Key.Key_Delete)
    assert (edit.marked, edit.text()) == (None, "one wo")
    edit.deleteLater()


async def test_fields_and_chunk_are_part_of_the_job_and_of_its_file(
    tmp_path: Path, server: MongoServer
) -> None:
    file = tmp_path / "theaters.toml"
    async with program(tmp_path) as desktop:
        page = desktop.new_job
        desktop.window.show_page("new")
        page.show_collection(SOURCE)
        await until(lambda: page.settled)
        press(page, "advancedButton")
        write(page, "projectionEdit", "name, at.city")
        chunk = found(page, QSpinBox, "chunkSpin")
        chunk.setFocus()
        chunk.selectAll()
        QTest.keyClicks(chunk, "25")
        QTest.keyClick(chunk, Qt.Key.Key_Return)
        await until(lambda: page.settled)
        assert page.looked_at.preview.table.model().columnCount() == 3
        page._save_to(str(file))
    source = read_job(file).source
    assert isinstance(source, MongoSource)
    assert (source.projection, source.chunk) == (("name", "at.city"), 25)

    async with program(tmp_path) as desktop:
        page = desktop.new_job
        desktop.window.path_dropped.emit(file)
        await until(lambda: page.settled)
        options = page.form.advanced.of_collection
        assert (options.fields.text(), options.chunk.value()) == ("name, at.city", 25)
        assert options.summary() == "2 fields, chunks of 25"
        press(page, "startButton")
        run = desktop.run_page.run
        assert run is not None
        await until(lambda: run.receipt is not None)
        assert run.receipt is not None
        assert (run.receipt.rows, len(run.receipt.lines)) == (60, 3)


async def test_a_wrong_filter_is_marked_and_stops_the_start_until_it_is_mended(
    tmp_path: Path, server: MongoServer
) -> None:
    async with program(tmp_path) as desktop:
        page = desktop.new_job
        desktop.window.show_page("new")
        page.show_collection(SOURCE)
        await until(lambda: page.settled)
        write(page, "filterEdit", '{"_id" 1}')
        QTest.keyClick(page.form.filter.edit, Qt.Key.Key_Return)
        await until(lambda: page.settled)
        line = page.form.filter
        assert line.wrong.text() == "A colon is expected (character 8)."
        assert (line.edit.marked, line.edit.cursorPosition()) == ((7, 1), 7)
        assert not page.form.footer.start.isEnabled()
        assert page.looked_at.preview.table.model().rowCount() == 60

        QTest.keyClicks(line.edit, ": ")
        await until(lambda: page.settled)
        job = page.job()
        assert job is not None
        assert isinstance(job.source, MongoSource)
        assert job.source.filter == '{"_id" : 1}'
        assert page.form.footer.start.isEnabled()
        assert page.form.footer.words().endswith("1 of 60 documents, in the order of _id")
