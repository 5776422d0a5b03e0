"""The Runs page: what can be done with which run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from loadline.domain.receipt import RunState
from loadline.gui.frame.question import Question
from loadline.gui.runs_page import RunLine, RunsPage, RunsServices
from loadline.gui.runs_page.runs_model import ROWS, SIZE, STARTED, STATE, TOOK, RunsModel
from loadline.gui.runs_page.runs_table import RunsTable

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from loadline.gui.theme import Theme

WHEN = datetime(2026, 11, 21, 14, 32, tzinfo=UTC)
LINES = (
    RunLine("live", "Shop orders", RunState.RUNNING, WHEN, 48, 26_433_389, 126.3, live=True),
    RunLine("polls", "Polls", RunState.DONE, WHEN, 7, 64_046, 1.9, 12_100_000, "/data/polls"),
    RunLine("half", "Returns", RunState.INTERRUPTED, WHEN, 9, 10, 3.0, 500_000),
)


@dataclass
class Told:
    """What the page asked for, in order."""

    calls: list[tuple[str, str]] = field(default_factory=list)

    def services(self) -> RunsServices:
        def tell(what: str) -> object:
            return lambda key="": self.calls.append((what, key))

        words = ("open", "again", "resume", "delete", "copy", "new_job")
        return RunsServices(
            **{word: tell(word) for word in words},  # type: ignore[arg-type]
            rename=lambda key, name: self.calls.append(("rename", f"{key}: {name}")),
            pin=lambda key, pinned: self.calls.append(("pin", f"{key}: {pinned}")),
        )


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def runs(qtbot: QtBot, theme: Theme, told: Told) -> Iterator[RunsPage]:
    made = RunsPage(theme, told.services())
    qtbot.addWidget(made)
    made.resize(1096, 772)
    made.set_lines(LINES)
    made.show()
    yield made
    made.table.close_reader()


def choose(runs: RunsPage, key: str) -> None:
    runs.table.setCurrentIndex(runs.model.index(runs.model.row_of(key), 0))


def cell(runs: RunsPage, key: str, column: int) -> str:
    return str(runs.model.index(runs.model.row_of(key), column).data())


def test_numbers_stand_in_plain_words(runs: RunsPage) -> None:
    assert cell(runs, "polls", STATE) == "Done"
    assert cell(runs, "polls", ROWS) == "64,046"
    assert cell(runs, "polls", TOOK) == "1.9 s"
    assert cell(runs, "polls", SIZE) == "12.1 MB"
    assert cell(runs, "live", TOOK) == "2:06"


def test_a_run_at_work_cannot_be_deleted(runs: RunsPage, told: Told) -> None:
    choose(runs, "live")
    assert not runs.delete_button.isEnabled()
    QTest.keyClick(runs.table, Qt.Key.Key_Delete)
    assert runs.findChild(Question) is None


def test_deleting_tells_the_size_and_waits_for_a_yes(runs: RunsPage, told: Told) -> None:
    choose(runs, "polls")
    runs.delete_button.click()
    asked = runs.findChild(Question)
    assert isinstance(asked, Question)
    assert "12.1 MB" in asked.accessibleDescription()
    assert told.calls == []
    asked.agree.click()
    assert told.calls == [("delete", "polls")]


def test_only_what_is_unfinished_can_be_resumed(runs: RunsPage, told: Told) -> None:
    choose(runs, "polls")
    assert not runs.resume_button.isVisible()
    choose(runs, "half")
    assert runs.resume_button.isVisible()
    assert runs.resume_button.text() == "Resume"
    runs.resume_button.click()
    assert told.calls == [("resume", "half")]


def test_enter_opens_the_chosen_run(runs: RunsPage, told: Told) -> None:
    choose(runs, "half")
    QTest.keyClick(runs.table, Qt.Key.Key_Return)
    assert told.calls == [("open", "half")]


def test_news_change_the_rows_in_one_signal_and_keep_the_choice(runs: RunsPage) -> None:
    choose(runs, "half")
    changes = QSignalSpy(runs.model.dataChanged)
    resets = QSignalSpy(runs.model.modelReset)
    runs.set_lines((replace(LINES[0], rows=27_000_000), *LINES[1:]))
    runs.set_lines((replace(LINES[0], rows=27_000_000), *LINES[1:]))

    assert (changes.count(), resets.count()) == (1, 0)
    chosen = runs.chosen()
    assert chosen is not None
    assert chosen.key == "half"


def test_without_a_run_there_is_a_way_to_the_first_one(runs: RunsPage, told: Told) -> None:
    runs.set_lines(())
    assert runs.new_button.isVisible()
    runs.new_button.click()
    assert told.calls == [("new_job", "")]


def test_a_search_finds_runs_by_name_state_and_source(runs: RunsPage) -> None:
    QTest.keyClick(runs.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(runs.search, "done POLLS")
    assert [runs.model.line(row).key for row in range(runs.model.rowCount())] == ["polls"]
    assert "1 of 3 runs" in runs._count.text()
    assert "on disk" in runs._count.text()
    runs.set_lines(LINES[:1])
    assert runs.model.rowCount() == 0
    runs.search.clear()
    assert runs.model.rowCount() == 1


def test_the_keyboard_goes_from_the_search_into_the_list_and_back(
    runs: RunsPage, told: Told
) -> None:
    QTest.keyClick(runs.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(runs.search, "returns")
    QTest.keyClick(runs.search, Qt.Key.Key_Return)
    assert told.calls == [("open", "half")]
    QTest.keyClick(runs.search, Qt.Key.Key_Down)
    assert runs.table.hasFocus()
    runs.search.setFocus()
    QTest.keyClick(runs.search, Qt.Key.Key_Escape)
    assert runs.table.hasFocus()
    assert runs.model.rowCount() == 3


def test_a_search_that_finds_nothing_says_so(runs: RunsPage) -> None:
    runs.search.setText("nowhere")
    assert not runs.table.isVisible()
    assert [t.text() for t in runs.findChildren(QLabel) if t.isVisible() and "No run" in t.text()]
    runs.search.clear()
    assert runs.table.isVisible()


def test_after_a_delete_its_neighbour_is_chosen(runs: RunsPage) -> None:
    choose(runs, "polls")
    runs.set_lines((LINES[0], LINES[2]))
    assert runs.chosen() == LINES[2]
    runs.set_lines(LINES[:1])
    assert runs.chosen() == LINES[0]


@pytest.mark.parametrize("width", [968, 996, 1096, 1736])
def test_the_columns_share_the_width_and_none_is_cut(runs: RunsPage, width: int) -> None:
    runs.resize(width, 772)
    header = runs.table.horizontalHeader()
    assert header.length() == runs.table.viewport().width()


def test_a_column_that_is_dragged_keeps_its_width(runs: RunsPage) -> None:
    runs.table.setColumnWidth(STARTED, 200)
    runs.resize(1400, 772)
    assert runs.table.columnWidth(STARTED) == 200


def test_days_near_by_are_called_by_name(runs: RunsPage) -> None:
    now = datetime.now().astimezone()
    days = [now, now - timedelta(days=1), now - timedelta(days=40)]
    runs.set_lines([replace(LINES[1], key=str(n), started=day) for n, day in enumerate(days)])
    words = [cell(runs, str(n), STARTED) for n in range(3)]
    time = f"{now:%H:%M}"
    assert words[:2] == [f"today {time}", f"yesterday {time}"]
    assert words[2].endswith(time)
    tip = runs.model.index(2, STARTED).data(Qt.ItemDataRole.ToolTipRole)
    assert f"{days[2]:%B %-d, %Y}" in tip


def test_f2_renames_and_the_list_is_asked_to_keep_it(
    qtbot: QtBot, runs: RunsPage, told: Told
) -> None:
    choose(runs, "polls")
    QTest.keyClick(runs.table, Qt.Key.Key_F2)
    editor = runs.table.findChild(QLineEdit)
    assert editor is not None
    assert editor.text() == "Polls"
    editor.setText("Wahl")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: told.calls == [("rename", "polls: Wahl")], timeout=5_000)


def test_a_run_is_pinned_copied_and_started_again_by_key(runs: RunsPage, told: Told) -> None:
    choose(runs, "polls")
    runs.table.setFocus()
    QTest.keyClick(runs.table, Qt.Key.Key_P)
    runs.set_lines([replace(line, pinned=True) for line in LINES])
    assert runs.pin_button.accessibleName() == "Unpin"
    runs.pin_button.click()
    runs.copy_button.click()
    runs.again_button.click()
    assert told.calls == [
        ("pin", "polls: True"), ("pin", "polls: False"), ("copy", "polls"), ("again", "polls"),
    ]  # fmt: skip


def test_the_speed_of_the_runs_on_screen_is_read_off_the_windows_thread(
    qtbot: QtBot, theme: Theme
) -> None:
    import threading

    asked: list[tuple[str, bool]] = []

    def read(key: str) -> tuple[float, ...]:
        asked.append((key, threading.current_thread() is threading.main_thread()))
        return (1.0, 2.0)

    model = RunsModel()
    table = RunsTable(theme, "Runs", model, read)
    qtbot.addWidget(table)
    model.set_lines([replace(LINES[1], key=f"run {n}") for n in range(1_000)])
    table.resize(1096, 320)
    table.show()
    qtbot.waitUntil(lambda: table.curve(model.line(0)) == (1.0, 2.0), timeout=5_000)
    table.close_reader()
    assert ("run 0", False) in asked
    assert len(asked) < 50


def test_what_was_deleted_is_told_until_it_is_closed(runs: RunsPage) -> None:
    runs.tell_deleted(["a<b", "c", "d", "e"], 2_000_000)
    assert "c, d and 1 more" in runs.notice.text()
    assert "2.0 MB" in runs.notice.text()
    runs.notice.link_clicked.emit()
    assert not runs.notice.isVisible()
