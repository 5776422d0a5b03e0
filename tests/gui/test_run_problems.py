"""The Problems tab: failed files first, then odd records page by page; and the Timeline tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from loadline.domain.plan import Problem, ProblemKind
from loadline.domain.timeline import Outcome
from loadline.gui.models.problem_model import PAGE, ProblemColumn, ProblemEntry
from loadline.gui.run_page.reading import ProblemPages
from loadline.store.problems import ProblemsWriter
from tests.support.run_pages import NewPage, Recorded, new_page, recorded
from tests.support.scripted_run import FileScript, ScriptedRun, shop_orders

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from loadline.gui.run_page.page import RunPage

__all__ = ["new_page", "recorded"]  # fixtures
LEFT = Qt.MouseButton.LeftButton


def cells(page: RunPage, row: int) -> list[str]:
    model = page.problems.model
    return [model.index(row, column).data() for column in ProblemColumn][1:]


def odd(number: int) -> ProblemEntry:
    what = Problem(ProblemKind.REPAIRED, "More cells than the header has.", line=number, raw="x;y")
    return ProblemEntry(0, "a.csv", what)


def test_failed_files_come_first_with_place_sentence_and_what_to_do(new_page: NewPage) -> None:
    run = shop_orders(8)
    run.plan()
    run.advance(105.0)
    page = new_page(run)
    page.tabs.show_page(page.problems)
    first = cells(page, 0)
    assert first[0] == "orders-2023-10.csv.gz"
    assert first[2] == "The compressed file is cut off here."
    assert first[3] == "Copy it again, then retry. Retry unfinished"
    assert page.problems.model.rowCount() > 1
    assert "tried again" in cells(page, 1)[3]


def test_the_link_behind_a_failed_file_retries(new_page: NewPage) -> None:
    run = shop_orders(8)
    run.plan()
    run.run_to_end()
    page = new_page(run)
    page.tabs.show_page(page.problems)
    table = page.problems.table
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert run.calls[-1] == "retry_unfinished"


def test_the_link_is_followed_by_a_click_on_its_words_only(new_page: NewPage) -> None:
    run = shop_orders(8)
    run.plan()
    run.run_to_end()
    page = new_page(run)
    page.tabs.show_page(page.problems)
    table = page.problems.table
    line = page.problems.model.row_at(0)
    assert line is not None
    cell = table.visualRect(page.problems.model.index(0, ProblemColumn.TODO))
    QTest.mouseClick(table.viewport(), LEFT, pos=cell.topLeft() + QPoint(12, 16))
    assert "retry_unfinished" not in run.calls
    link = table._paints.link_rect(cell, line)
    QTest.mouseClick(table.viewport(), LEFT, pos=link.center())
    assert run.calls[-1] == "retry_unfinished"


def test_odd_records_are_read_page_by_page(
    new_page: NewPage, recorded: Recorded, qtbot: QtBot
) -> None:
    recorded.problems = [odd(n) for n in range(1, 2 * PAGE + 11)]
    run = ScriptedRun([FileScript("a.csv", 1_000, 2_000, problems=2 * PAGE + 10)])
    run.plan()
    run.run_to_end()
    page = new_page(run)
    page.tabs.show_page(page.problems)
    model = page.problems.model
    qtbot.waitUntil(lambda: model.rowCount() == PAGE, timeout=5_000)
    assert recorded.asked == [0]
    assert cells(page, 0)[:2] == ["a.csv", "Line 1"]
    page.problems.table.scrollToBottom()
    qtbot.waitUntil(lambda: model.rowCount() == 2 * PAGE, timeout=5_000)
    page.problems.table.scrollToBottom()
    qtbot.waitUntil(lambda: model.rowCount() == 2 * PAGE + 10, timeout=5_000)
    assert recorded.asked == [0, PAGE, 2 * PAGE]
    assert page.tabs.badge(page.problems) == "1,010"


def test_records_are_read_from_the_run_s_own_files_in_the_order_of_the_source(
    tmp_path: Path,
) -> None:
    run = ScriptedRun([FileScript("a.csv"), FileScript("b.csv")], folder=tmp_path)
    run.plan()
    run.problems_folder.mkdir()
    for index in (1, 0):
        writer = ProblemsWriter(run.problems_folder, index, 1)
        for line in (3, 9):
            writer.write(Problem(ProblemKind.REJECTED, "Not readable.", line=line, raw="\udcff"))
        writer.finish()
    read = ProblemPages()
    first = read(run, 0, 3)
    told = [(entry.name, entry.problem.line) for entry in first.entries]
    assert told == [("a.csv", 3), ("a.csv", 9), ("b.csv", 3)]
    assert first.more
    rest = read(run, 3, 3)
    assert [(entry.name, entry.problem.line) for entry in rest.entries] == [("b.csv", 9)]
    assert not rest.more


def test_without_a_problem_the_tab_says_so(new_page: NewPage) -> None:
    run = ScriptedRun([FileScript("a.csv")])
    run.plan()
    page = new_page(run)
    page.tabs.show_page(page.problems)
    assert page.problems._none.isVisible()
    assert page.tabs.badge(page.problems) == "0"


def test_a_block_of_the_timeline_leads_to_its_file(new_page: NewPage) -> None:
    run = shop_orders(4)
    run.plan()
    run.advance(60.0)
    page = new_page(run)
    page.tabs.show_page(page.timeline)
    view = page.timeline.view
    block = next(b for b in view.blocks() if b.outcome is Outcome.STOPPED)
    QTest.mouseClick(view.viewport(), LEFT, pos=view.block_rect(block).center().toPoint())
    task = page.tasks.table.current_task()
    assert task is not None
    assert task.index == block.attempt.index
    assert "its worker stopped" in view.tip(block)


def test_the_timeline_is_walked_with_the_arrow_keys(new_page: NewPage) -> None:
    run = shop_orders(4)
    run.plan()
    run.advance(60.0)
    page = new_page(run)
    page.tabs.show_page(page.timeline)
    view = page.timeline.view
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    task = page.tasks.table.current_task()
    assert task is not None
    assert task.worker == 2


def test_chart_and_timeline_share_one_time_axis(new_page: NewPage) -> None:
    run = shop_orders(4)
    run.plan()
    run.advance(100.0)
    page = new_page(run)
    page.tabs.show_page(page.timeline)
    assert page.timeline.view.span == page.chart.span
