"""Rows corrected by hand in the Problems tab, with the real engine; and the notice of damage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from loadline.domain.receipt import RunState
from loadline.gui.models.problem_model import Link
from loadline.gui.run_page.outlets import Outlets
from loadline.gui.run_page.page import RunPage
from tests.support.bench import Bench, column
from tests.support.csv_folders import source_for, write_files
from tests.support.run_pages import NewPage, new_page, recorded
from tests.support.scripted_run import FileScript, ScriptedRun

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from loadline.gui.theme import Theme

__all__ = ["new_page", "recorded"]  # fixtures
LEFT = Qt.MouseButton.LeftButton
TEXT = "id,name,price\n1,Ann,2\n2,Bob\n3,Cy,4\n"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """Return an engine whose source is a file with one odd row."""
    bench = Bench(tmp_path)
    folder = write_files(tmp_path / "data", {"a.csv": TEXT})
    bench.source = source_for(folder)  # type: ignore[assignment]
    yield bench
    bench.close()


def links(page: RunPage) -> list[str]:
    """Return the words of the links behind the problems."""
    rows = (page.problems.model.row_at(n) for n in range(page.problems.model.rowCount()))
    return [row.link_word for row in rows if row is not None]


def link_of(page: RunPage, link: Link) -> None:
    """Press the link of the first problem that has it."""
    model = page.problems.model
    lines = [model.row_at(number) for number in range(model.rowCount())]
    row = next(number for number, line in enumerate(lines) if line and line.link is link)
    page.problems.table.selectRow(row)
    page.problems.table.setFocus()
    QTest.keyClick(page.problems.table, Qt.Key.Key_Return)


async def test_an_odd_row_is_fixed_reloaded_and_taken_back(
    qtbot: QtBot, theme: Theme, bench: Bench
) -> None:
    async with bench.session() as session:
        run = session.start(bench.job())
        await run.wait()
        page = RunPage(theme, Outlets())
        qtbot.addWidget(page)
        page.resize(1096, 772)
        page.show_run(run)
        page.show()
        page.tabs.show_page(page.problems)
        pane, model = page.problems.fixing.pane, page.problems.model
        await bench.seen(lambda: model.rowCount() > 0)
        link_of(page, Link.FIX)
        await bench.seen(pane.edit.isEnabled)
        assert pane.edit.toPlainText() == "2,Bob"
        assert pane.told.text() == "The row has 2 cells, 3 are needed."
        assert not pane.reload.isEnabled()
        pane.edit.setPlainText("2,Bob,3")
        assert pane.told.text() == "Every column gets its cell."
        assert pane.reload.text() == "Reload this row"
        QTest.mouseClick(pane.reload, LEFT)
        await run.wait()
        assert column(run, "price") == [2, 3, 4]
        page.problems.refresh(run)
        await bench.seen(lambda: links(page) == ["Change"])
        link_of(page, Link.FIX)
        await bench.seen(pane.edit.isEnabled)
        assert pane.edit.toPlainText() == "2,Bob,3"
        QTest.mouseClick(pane.undo, LEFT)
        QTest.mouseClick(pane.reload, LEFT)
        await run.wait()
        assert column(run, "price") == [2, None, 4]
        page.hide()
        page.close_readers()


def test_damage_is_named_with_a_way_to_mend_it(new_page: NewPage) -> None:
    run = ScriptedRun([FileScript("a.csv")])
    run.plan()
    run.run_to_end()
    run.damage = ("The results of a.csv are damaged or no longer there.",)
    page = new_page(run)
    assert page.header.damage.isVisible()
    assert page.header.damage.text() == run.damage[0]
    page.header.damage.link_clicked.emit()
    assert run.checked == 1


def test_a_run_without_damage_has_no_such_notice(new_page: NewPage) -> None:
    run = ScriptedRun([FileScript("a.csv")])
    run.plan()
    assert not new_page(run).header.damage.isVisible()
    assert run.state is not RunState.DONE
