"""All fields of a ranked record: read by a worker when they are wanted, kept, told when gone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from loadline.bootstrap import local_pool, source_of
from loadline.domain.jobs import Comparison, CsvFolderSource, Job, Score
from loadline.engine.session import Session
from loadline.gui.application.desk import Desk
from loadline.gui.application.ranking_desk import ranking_questions
from loadline.gui.models.record_model import FieldLine, lines_of
from loadline.gui.run_page.outlets import Outlets
from loadline.gui.run_page.page import RunPage
from tests.support.new_jobs import until
from tests.support.run_pages import new_page, recorded
from tests.support.scored_runs import PEOPLE, ScoringRun

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from loadline.engine.backends.local_pool import LocalPool
    from loadline.engine.run import Run
    from loadline.gui.run_page.record_pane import RecordPane
    from loadline.gui.theme import Theme
    from tests.support.run_pages import NewPage

__all__ = ["new_page", "recorded"]  # fixtures
ROWS = ("no,name,city,note", "1,Bob,Westburg,x", "2,Ann Lee,Lake Kyle,", "3,Ann Li,Lake Kyle,z")
SCORE = Score(
    compare=(Comparison(field="name", measure="jaro-winkler"),),
    reference={"name": "Ann Lee", "city": "Lake Kyle"},
)
Shown = tuple[RunPage, Callable[[], "Run"]]


@pytest.fixture
def pool() -> Iterator[LocalPool]:
    made = local_pool(1)
    made.prestart()
    yield made
    made.close()


@asynccontextmanager
async def ranked(
    qtbot: QtBot, theme: Theme, pool: LocalPool, folder: Path, score: Score = SCORE
) -> AsyncIterator[Shown]:
    """Score three people of a file and show the ranking; the second gives the run reopened."""
    data = folder / "data"
    data.mkdir()
    (data / "people.csv").write_text("\n".join([*ROWS, ""]))
    job = Job(name="Ann", kind="score", source=CsvFolderSource(path=str(data)), score=score)
    page = RunPage(theme, Outlets(rankings=ranking_questions(Desk(pool), source_of)))
    qtbot.addWidget(page)
    page.resize(1096, 772)
    page.show()
    async with Session(pool, folder / "runs", source_of) as session:
        run = session.start(job)
        await run.wait()
        page.show_run(run)
        yield page, lambda: session.reopen(run.folder)
    page.hide()
    page.close_readers()


def told(pane: RecordPane) -> dict[str, str]:
    return {line.field: line.record for line in pane.table.record.lines}


async def shown(pane: RecordPane, number: str) -> None:
    await until(pane.told, lambda: pane.table.isVisible() and told(pane).get("no") == number)


@pytest.mark.time_limit(60)
async def test_the_whole_record_is_read_when_it_is_wanted_and_follows_the_hit(
    qtbot: QtBot, theme: Theme, pool: LocalPool, tmp_path: Path
) -> None:
    async with ranked(qtbot, theme, pool, tmp_path) as (page, _):
        why = page.ranking.why
        pane = why.record
        assert not pane.table.isVisible()
        width = why.width()
        pane.toggle.setFocus()
        QTest.keyClick(pane.toggle, Qt.Key.Key_Space)
        await shown(pane, "2")
        assert told(pane) == {"no": "2", "name": "Ann Lee", "city": "Lake Kyle", "note": "–"}
        assert pane.state.text() == "From people.csv, line 3"
        assert why.width() > width
        why.moved.emit(1)
        assert pane.toggle.hasFocus()
        await shown(pane, "3")
        QTest.keyClick(page.ranking.table, Qt.Key.Key_Up)
        assert told(pane)["no"] == "2"
        pane.toggle.click()
        assert not pane.table.isVisible()
        assert why.width() == width


@pytest.mark.time_limit(60)
async def test_a_record_that_was_shown_is_kept_and_one_that_is_gone_is_told(
    qtbot: QtBot, theme: Theme, pool: LocalPool, tmp_path: Path
) -> None:
    async with ranked(qtbot, theme, pool, tmp_path) as (page, reopened):
        pane = page.ranking.why.record
        pane.unfold(True)
        await shown(pane, "2")
        (tmp_path / "data" / "people.csv").unlink()
        page.ranking.table.choose(1)
        await until(pane.told, lambda: "not there any more" in pane.state.text())
        assert pane.state.property("role") == "failed"
        assert not pane.table.isVisible()
        page.ranking.table.choose(0)
        assert told(pane)["no"] == "2"
        assert pane.table.isVisible()
        page.show_run(reopened())
        await until(pane.told, lambda: "not there any more" in pane.state.text())


@pytest.mark.time_limit(60)
async def test_a_finished_run_shows_its_records_again_with_what_has_changed(
    qtbot: QtBot, theme: Theme, pool: LocalPool, tmp_path: Path
) -> None:
    wanted = tmp_path / "wanted.csv"
    wanted.write_text("name,x\nBob,1\nAnn Li,2\n")
    score = Score(compare=SCORE.compare, reference_file=str(wanted))
    async with ranked(qtbot, theme, pool, tmp_path, score) as (page, reopened):
        with (tmp_path / "data" / "people.csv").open("a") as file:
            file.write("4,Zoe,Westburg,\n")
        page.show_run(reopened())
        pane = page.ranking.why.record
        pane.unfold(True)
        await shown(pane, "1")
        assert "this record has not" in pane.state.text()


async def test_a_value_is_copied_from_the_record_by_the_keyboard(
    qtbot: QtBot, theme: Theme, pool: LocalPool, tmp_path: Path
) -> None:
    async with ranked(qtbot, theme, pool, tmp_path) as (page, _):
        pane = page.ranking.why.record
        pane.unfold(True)
        await shown(pane, "2")
        pane.table.setFocus()
        pane.table.selectRow(2)
        QTest.keyClick(pane.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert QGuiApplication.clipboard().text() == "Lake Kyle"


def test_a_compared_field_stands_beside_what_it_is_compared_with() -> None:
    score = Score(
        compare=(
            Comparison(field="lat", longitude="lon", measure="km", against="y"),
            Comparison(field="who", measure="exact", against="name"),
        ),
        reference={"y": 1.5, "lon": 2, "name": "Ann", "age": 41},
    )
    fields = (("id", 1), ("who", "Bob"), ("lat", 1.0), ("lon", None), ("age", True))
    assert lines_of(score, fields) == (
        FieldLine("id", "", "1", None),
        FieldLine("who", "Ann", "Bob", 1),
        FieldLine("lat", "1.5", "1", 0),
        FieldLine("lon", "2", "–", 0),
        FieldLine("age", "41", "true", None),
    )


def test_whole_records_are_not_offered_where_nobody_can_read_them(new_page: NewPage) -> None:
    run = ScoringRun((PEOPLE,))
    run.run_to_end()
    page = new_page(run)
    assert page.ranking.why.lines
    assert not page.ranking.why.record.isVisible()
