"""The task table with its toolbar: chips, search, sorting by a click, its menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from loadline.domain.errors import Failure, Place
from loadline.domain.tasks import TaskState
from loadline.gui.models.task_order import TaskColumn
from tests.support.run_pages import NewPage, new_page, recorded
from tests.support.scripted_run import FileScript, ScriptedRun, shop_orders

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from loadline.gui.run_page.page import RunPage

__all__ = ["new_page", "recorded"]  # fixtures
LEFT = Qt.MouseButton.LeftButton
CUT = Failure(
    "SourceDamaged", "The file is cut off.", Place("b.csv", line=12), advice="Copy it again."
)


def mixed_run() -> ScriptedRun:
    files = [
        FileScript("a.csv", 3_000_000, 900),
        FileScript("b.csv", 3_000_000, 900, fails=0.5, error=CUT),
        FileScript("c.csv", 30_000_000, 900),
        FileScript("d.csv", 3_000_000, 900),
        FileScript("ab.csv", 90_000, 30),
    ]
    run = ScriptedRun(files, cap=3)
    run.plan()
    run.advance(1.5)
    return run


def names(page: RunPage) -> list[str]:
    model = page.tasks.table.model()
    return [model.index(row, TaskColumn.FILE).data() for row in range(model.rowCount())]


def test_a_chip_shows_only_its_state_and_two_chips_show_both(new_page: NewPage) -> None:
    page = new_page(mixed_run())
    chips = page.tasks.filter.chips
    QTest.mouseClick(chips[TaskState.FAILED], LEFT)
    assert names(page) == ["b.csv"]
    assert not page.tasks.filter.all.isChecked()
    QTest.mouseClick(chips[TaskState.DONE], LEFT)
    assert names(page) == ["a.csv", "b.csv", "ab.csv"]
    QTest.mouseClick(page.tasks.filter.all, LEFT)
    assert len(names(page)) == 5
    assert not chips[TaskState.FAILED].isChecked()


def test_chips_count_and_states_without_a_file_have_none(new_page: NewPage) -> None:
    page = new_page(mixed_run())
    chips = page.tasks.filter.chips
    assert chips[TaskState.DONE].accessibleName() == "Done 2"
    assert chips[TaskState.FAILED].isVisible()
    assert not chips[TaskState.KEPT].isVisible()
    assert page.tasks.filter.all.accessibleName() == "All 5"


def test_files_are_found_by_a_part_of_their_name(new_page: NewPage) -> None:
    page = new_page(mixed_run())
    QTest.keyClicks(page.tasks.search, "A")
    assert names(page) == ["a.csv", "ab.csv"]
    QTest.mouseClick(page.tasks.filter.chips[TaskState.RUNNING], LEFT)
    assert names(page) == []


def test_a_click_on_a_header_sorts_up_and_a_second_one_down(new_page: NewPage) -> None:
    page = new_page(mixed_run())
    header = page.tasks.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(TaskColumn.SIZE) + 20, 16)
    QTest.mouseClick(header.viewport(), LEFT, pos=place)
    assert names(page)[0] == "ab.csv"
    assert names(page)[-1] == "c.csv"
    QTest.mouseClick(header.viewport(), LEFT, pos=place)
    assert names(page)[0] == "c.csv"
    assert header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder


def test_a_new_run_starts_unfiltered_and_in_its_own_order(new_page: NewPage) -> None:
    page = new_page(mixed_run())
    QTest.keyClicks(page.tasks.search, "b")
    QTest.mouseClick(page.tasks.filter.chips[TaskState.FAILED], LEFT)
    page.show_run(shop_orders())
    assert page.tasks.search.text() == ""
    assert page.tasks.filter.states() is None


def test_the_menu_offers_what_the_task_s_state_allows(new_page: NewPage) -> None:
    run = mixed_run()
    page = new_page(run)

    def offered(index: int) -> list[str]:
        menu = page.tasks.table.menu_for(run.board.rows[index])
        enabled = [a.text() for a in menu.actions() if a.isEnabled()]
        menu.deleteLater()
        return enabled

    assert offered(2) == ["Cancel this file", "Show in Timeline"]
    assert offered(1) == ["Copy message", "Show in Problems", "Show in Timeline"]


def test_the_message_is_copied_with_its_place(new_page: NewPage) -> None:
    page = new_page(mixed_run())
    page.show_task(1)
    QTest.keyClick(page.tasks.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied == "b.csv: The file is cut off. Copy it again. (b.csv, line 12)"


def test_enter_on_a_failed_file_shows_its_problem(new_page: NewPage) -> None:
    page = new_page(mixed_run())
    page.show_task(1)
    QTest.keyClick(page.tasks.table, Qt.Key.Key_Return)
    assert page.tabs.current() is page.problems
    assert page.problems.table.currentIndex().row() == 0


def test_the_table_follows_what_runs_until_the_user_scrolls(
    new_page: NewPage, qtbot: QtBot
) -> None:
    run = shop_orders(4)
    run.plan()
    page = new_page(run)
    run.advance(200.0)
    page._fast()
    page.tasks.keep_up()
    first, last = page.tasks.table.visible_rows()
    running = page.tasks.table.tasks.first_running() if page.tasks.table.tasks else None
    assert running is not None
    assert first <= running <= last
    QTest.keyClick(page.tasks.table, Qt.Key.Key_PageUp)
    assert not page.tasks.follow.isChecked()


def test_ten_thousand_numbers_fit_into_their_column(new_page: NewPage) -> None:
    run = ScriptedRun([FileScript(f"{n}.csv") for n in range(10_000)])
    run.plan()
    page = new_page(run)
    page._fast()
    table = page.tasks.table
    needs = table.fontMetrics().horizontalAdvance("10,000")
    assert table.columnWidth(TaskColumn.NUMBER) >= needs + 12
