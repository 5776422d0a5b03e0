"""The run's page: what its buttons do, what it says, and that it rests when nothing happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from loadline.domain.errors import Failure, RunError
from loadline.domain.receipt import RunState
from loadline.domain.tasks import TaskState
from loadline.domain.throughput import Mark, MarkKind
from tests.support.run_pages import NewPage, new_page, recorded
from tests.support.scripted_run import FileScript, ScriptedRun, shop_orders

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from loadline.gui.run_page.page import RunPage
    from loadline.gui.theme import Theme

__all__ = ["new_page", "recorded"]  # fixtures
LEFT = Qt.MouseButton.LeftButton


def small_run(files: int = 6, **changes: object) -> ScriptedRun:
    scripts = [FileScript(f"part-{n}.csv", 3_000_000, 900) for n in range(files)]
    run = ScriptedRun(scripts, cap=2, **changes)  # type: ignore[arg-type]
    run.plan()
    return run


def until(qtbot: QtBot, holds: object) -> None:
    qtbot.waitUntil(holds, timeout=3_000)  # type: ignore[arg-type]


def ticks(page: RunPage) -> bool:
    return page._pump.running


def test_cancel_cancels_the_run_and_stays_disabled_while_workers_stop(
    new_page: NewPage, qtbot: QtBot
) -> None:
    run = small_run()
    run.advance(0.5)
    page = new_page(run)
    QTest.mouseClick(page.header.cancel, LEFT)
    assert run.calls == ["cancel"]
    assert not page.header.cancel.isEnabled()
    assert page.header.pill.text() == "Cancelling: 2 workers stopping"
    QTest.mouseClick(page.header.cancel, LEFT)
    assert run.calls == ["cancel"]
    run.advance(1.0)
    until(qtbot, lambda: page.header.pill.text() == "Cancelled")
    assert page.header.retry.isVisible()
    assert not page.header.cancel.isVisible()


def test_pause_becomes_resume_and_back(new_page: NewPage, qtbot: QtBot) -> None:
    run = small_run()
    page = new_page(run)
    QTest.mouseClick(page.header.pause, LEFT)
    assert page.header.pause.text() == "Resume"
    assert page.header.pill.text() == "Paused"
    QTest.mouseClick(page.header.pause, LEFT)
    assert page.header.pause.text() == "Pause"
    assert run.calls == ["pause", "proceed"]


def test_cap_and_rate_change_the_run_while_it_runs(new_page: NewPage, qtbot: QtBot) -> None:
    run = small_run()
    page = new_page(run)
    QTest.mouseClick(page.header.cap.plus, LEFT)
    QTest.mouseClick(page.header.rate.plus, LEFT)
    assert run.calls == ["set_cap 3", "set_rate 0.5"]
    run.cap = 7
    page.header.refresh_state(run)
    assert page.header.cap.value() == 7
    assert run.calls == ["set_cap 3", "set_rate 0.5"]


def test_retry_unfinished_runs_what_is_open_and_shows_the_work_again(
    new_page: NewPage, qtbot: QtBot
) -> None:
    run = small_run()
    run.advance(0.5)
    run.cancel_task(0)
    run.run_to_end()
    page = new_page(run)
    assert page.header.pill.text() == "Cancelled"
    QTest.mouseClick(page.header.retry, LEFT)
    assert run.calls[-1] == "retry_unfinished"
    assert page.header.pill.text() == "Running"
    assert page.tasks.isVisible()
    assert not page.header.strip.isVisible()


def test_a_run_folder_in_use_is_told_when_retrying(
    new_page: NewPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = small_run()
    run.cancel()
    run.advance(1.0)
    page = new_page(run)

    def in_use() -> None:
        raise RunError("The run folder is open in another program.", advice="Close it there.")

    monkeypatch.setattr(run, "retry_unfinished", in_use)
    QTest.mouseClick(page.header.retry, LEFT)
    assert "open in another program" in page.header.notice.text()


def test_the_numbers_say_how_far_it_is(new_page: NewPage) -> None:
    run = shop_orders(8)
    run.plan()
    run.advance(60.0)
    page = new_page(run)
    numbers = page.header.numbers
    assert numbers.rows.text().replace(",", "") == str(run.board.rows_loaded)
    assert numbers.clock.text() == "1:00"
    assert numbers.read.text().endswith("of 5.00 GB")
    assert numbers.left.text().endswith(("s", "min"))


def test_time_left_is_a_dash_while_nothing_is_read(new_page: NewPage) -> None:
    page = new_page(small_run())
    assert page.header.numbers.left.text() == "\u2013"


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (RunState.PLANNING, "Finding out what there is to read"),
        (RunState.FINISHING, "Reading 2 files again: zip is text in other files"),
    ],
)
def test_planning_and_finishing_are_told_in_words(
    new_page: NewPage, state: RunState, status: str
) -> None:
    run = small_run()
    run.state, run.status = state, status
    page = new_page(run)
    assert page.header.source.text() == status
    assert page.header.cancel.isEnabled() is (state is RunState.PLANNING)


def test_a_balanced_end_folds_the_work_and_opens_the_results(
    new_page: NewPage, qtbot: QtBot
) -> None:
    run = small_run()
    page = new_page(run)
    run.advance(60.0)
    until(qtbot, page.header.strip.isVisible)
    assert page.header.strip.text() == "Balanced: 5,400 rows in 6 files, all accounted for"
    assert page.header.strip.sum_text().startswith("5,400 read = 5,400 loaded + 0 rejected.")
    assert page.fold_line.isVisible()
    assert not page.tasks.isVisible()
    QTest.mouseClick(page.fold_line, LEFT)
    assert page.tasks.isVisible()


def test_an_unbalanced_receipt_names_the_file_and_how_many_rows_it_is_short(
    new_page: NewPage, qtbot: QtBot
) -> None:
    run = small_run()
    run.advance(60.0)
    run.shorten(3, rows=120)
    page = new_page(run)
    assert page.header.strip.text() == "Not balanced: part-3.csv is short by 120 rows"
    assert page.header.pill.text() == "Finished with problems"


def test_why_a_run_failed_is_a_sentence_below_its_title(new_page: NewPage) -> None:
    run = small_run()
    run.state = RunState.FAILED
    run.failure = Failure("SourceMissing", "There is no folder /data/x.", advice="Choose another.")
    page = new_page(run)
    assert page.header.notice.isVisible()
    assert page.header.notice.text() == "There is no folder /data/x. Choose another."


def test_the_clocks_stand_still_when_the_page_is_hidden_or_the_run_has_ended(
    new_page: NewPage, qtbot: QtBot
) -> None:
    run = small_run()
    page = new_page(run)
    assert ticks(page)
    page.hide()
    assert not ticks(page)
    page.show()
    assert ticks(page)
    run.advance(60.0)
    until(qtbot, lambda: not ticks(page))
    assert page.tasks.table.tasks is not None
    assert page.tasks.filter.chips[TaskState.DONE].accessibleName() == "Done 6"


def test_the_chart_comes_after_the_first_paint(new_page: NewPage, qtbot: QtBot) -> None:
    run = small_run()
    run.advance(1.0)
    page = new_page(run)
    until(qtbot, lambda: page.chart.chart is not None)
    chart = page.chart.chart
    assert chart is not None
    assert "Now" in chart.accessibleDescription()


def test_the_chart_s_numbers_are_there_as_a_table_too(new_page: NewPage, qtbot: QtBot) -> None:
    run = small_run()
    run.advance(1.5)
    run.mark(MarkKind.RETRY, "part-1.csv: The drive did not answer.", 1)
    run.advance(1.0)
    page = new_page(run)
    QTest.mouseClick(page.chart.table_button, LEFT)
    model = page.chart.table.model()
    assert page.chart.table.isVisible()
    told = [model.index(row, 4).data() for row in range(model.rowCount())]
    assert "part-1.csv: The drive did not answer." in told


def test_a_mark_on_the_chart_selects_its_task_even_when_a_filter_hides_it(
    new_page: NewPage, qtbot: QtBot
) -> None:
    run = small_run()
    run.advance(1.5)
    page = new_page(run)
    page.tasks.search.setText("part-5")
    page.chart.mark_clicked.emit(Mark(1.0, MarkKind.RETRY, "It broke off.", 0))
    task = page.tasks.table.current_task()
    assert task is not None
    assert task.name == "part-0.csv"
    assert page.tasks.search.text() == ""


def test_a_window_that_is_small_starts_with_its_tabs_folded(new_page: NewPage) -> None:
    page = new_page(small_run(), 968, 652)
    assert page.tabs.folded
    assert not page.tabs.stack.isVisible()
    page.tabs.strip.tabBarClicked.emit(1)
    assert not page.tabs.folded


def test_folded_tabs_leave_the_room_to_the_table(new_page: NewPage) -> None:
    page = new_page(small_run(), 968, 652)
    assert page.tabs.folded
    assert page.splitter.sizes()[1] == page.tabs.maximumHeight()


def test_files_of_a_run_with_one_task_cancelled_from_the_keyboard(
    new_page: NewPage, qtbot: QtBot
) -> None:
    run = small_run()
    run.advance(0.5)
    page = new_page(run)
    page.tasks.table.select_task(1)
    QTest.keyClick(page.tasks.table, Qt.Key.Key_Delete)
    assert run.calls == ["cancel_task 1"]
    QTest.keyClick(page.tasks.table, Qt.Key.Key_Delete)
    assert run.calls == ["cancel_task 1"]


def test_ctrl_f_leads_to_the_search_field(new_page: NewPage, qtbot: QtBot) -> None:
    page = new_page(small_run())
    page.activateWindow()
    page.tasks.table.setFocus()
    QTest.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    until(qtbot, page.tasks.search.hasFocus)


def test_every_control_has_a_name_for_screen_readers(new_page: NewPage) -> None:
    page = new_page(small_run())
    names = [
        "runPage", "runStateLabel", "runProgress", "throughputChart", "taskTable", "stateFilter",
        "taskSearch", "resultsTable", "problemsTable", "timelineView", "receiptTable",
        "exportButton", "pauseButton", "cancelButton", "retryButton", "capSpin", "rateSpin",
    ]  # fmt: skip
    found = {name: _find(page, name) for name in names}
    assert [name for name, widget in found.items() if widget is None] == []
    silent = [n for n, w in found.items() if w is not None and not w.accessibleName()]
    assert silent == ["throughputChart"]  # its chart and its table have names of their own


def test_changing_the_theme_repaints_without_a_new_page(
    new_page: NewPage, theme: Theme, qtbot: QtBot
) -> None:
    run = small_run()
    run.advance(1.0)
    page = new_page(run)
    until(qtbot, lambda: page.chart.chart is not None)
    before = page.grab().toImage()
    try:
        theme.choose("dark")
        QApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest)
        after = page.grab().toImage()
    finally:
        theme.choose("light")
    surface = after.pixelColor(4, page.header.height() - 3).name()
    assert surface == "#171b20"
    assert before.pixelColor(4, page.header.height() - 3).name() == "#ffffff"


def _find(page: RunPage, name: str) -> QWidget | None:
    return page if page.objectName() == name else page.findChild(QWidget, name)


def test_a_silent_source_is_told_until_it_answers_again(new_page: NewPage) -> None:
    run = small_run()
    run.advance(0.5)
    header = new_page(run).header
    run.outage = "Database not answering for 12 s, trying again in 4 s"
    header.refresh_state(run)
    assert header.notice.isVisible()
    assert "trying again in 4 s" in header.notice.text()
    run.outage = ""
    header.refresh_state(run)
    assert not header.notice.isVisible()


def test_a_note_beside_the_state_is_shown_whole_or_not_at_all(new_page: NewPage) -> None:
    run = small_run()
    run.advance(0.5)
    header = new_page(run).header
    run.status = "Reading, held back by the starts per second"
    header.refresh_state(run)
    header.source.resize(120, 20)
    assert header.source.text() == run.status
    assert header.source.shown_text() == ""
    header.source.resize(600, 20)
    assert header.source.shown_text() == run.status
