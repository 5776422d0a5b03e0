"""The window's frame: pages by key and mouse, a narrow rail, and a close that asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPushButton,
    QWidget,
)

from loadline.domain.receipt import RunState
from loadline.gui.frame.question import Question
from loadline.gui.frame.rail import NavItem, RecentItem, RecentRun
from loadline.gui.frame.status import StatusItem
from loadline.gui.main_window import MainWindow, Page
from loadline.gui.new_job_page import NewJobPage
from loadline.gui.runs_page import RunsPage, RunsServices
from loadline.gui.settings_page import SettingsPage
from loadline.gui.theme import run_look
from loadline.gui.widgets import LinkButton
from loadline.settings import Settings
from tests.support.new_jobs import asked, page, until

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from loadline.gui.theme import Theme

__all__ = ["asked", "page"]  # fixtures
LEFT = Qt.MouseButton.LeftButton


@dataclass
class FakeShell:
    """A shell of which the test says what still runs."""

    live: list[str] = field(default_factory=list)
    quits: int = 0

    def live_runs(self) -> list[str]:
        """Return the runs."""
        return self.live

    def quit(self) -> None:
        """Count; the test decides when everything has ended."""
        self.quits += 1


def nothing(_key: str = "", _value: object = None) -> None:
    """Take a key and do nothing."""


@pytest.fixture
def shell() -> FakeShell:
    return FakeShell()


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, shell: FakeShell, page: NewJobPage) -> Iterator[MainWindow]:
    """Return a window with its three pages, shown at 1280 × 800."""
    made = MainWindow(theme, shell)
    runs = RunsPage(theme, RunsServices(*[nothing] * len(fields(RunsServices))))
    settings = SettingsPage(theme, Settings(appearance="light"), lambda _settings: None)
    made.add_page(Page("new", "New job", "plus", page))
    made.add_page(Page("runs", "Runs", "list-checks", runs))
    made.add_page(Page("settings", "Settings", "settings", settings, at_bottom=True))
    made.show()
    yield made
    made.close_now()
    made.deleteLater()


def showing(window: MainWindow, name: str) -> bool:
    return window.shown() == name


def nav(window: MainWindow, key: str) -> NavItem:
    return next(item for item in window.findChildren(NavItem) if item.key == key)


def question(window: MainWindow) -> Question | None:
    found = window.findChild(Question)
    return found if isinstance(found, Question) else None


def press(parent: QWidget, name: str) -> None:
    button = parent.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    QTest.mouseClick(button, LEFT)


def test_the_rail_shows_a_page_and_marks_it(window: MainWindow) -> None:
    QTest.mouseClick(nav(window, "runs"), LEFT)
    assert window.shown() == "runs"
    assert nav(window, "runs").isChecked()
    assert not nav(window, "new").isChecked()


async def test_ctrl_and_a_number_show_a_page(window: MainWindow, qapp: QApplication) -> None:
    window.activateWindow()
    await until(qapp.focusWindowChanged, window.isActiveWindow)
    for key, name in ((Qt.Key.Key_3, "settings"), (Qt.Key.Key_2, "runs"), (Qt.Key.Key_1, "new")):
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        await until(window.page_shown, partial(showing, window, name))


async def test_f6_moves_between_rail_and_page(window: MainWindow, qapp: QApplication) -> None:
    window.activateWindow()
    await until(qapp.focusWindowChanged, window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert isinstance(window.focusWidget(), NavItem)
    QTest.keyClick(window, Qt.Key.Key_F6)
    focus = window.focusWidget()
    assert not isinstance(focus, NavItem)
    assert not window.rail.isAncestorOf(focus)


def test_a_view_belongs_to_its_page_and_goes_without_a_trace(window: MainWindow) -> None:
    window.add_view("run", QWidget(), under="runs")
    window.show_page("run")
    assert nav(window, "runs").isChecked()
    window.remove_view("run")
    assert window.shown() == "runs"
    assert not window.has_view("run")


def test_a_narrow_window_folds_the_rail_to_icons_with_tooltips(window: MainWindow) -> None:
    window.resize(1119, 700)
    assert window.rail.width() == 56
    assert nav(window, "runs").toolTip() == "Runs"
    window.resize(1120, 700)
    assert window.rail.width() == 184
    assert nav(window, "runs").toolTip() == ""


def test_the_window_fits_the_smallest_screen(window: MainWindow) -> None:
    window.resize(400, 300)
    assert (window.width(), window.height()) == (1024, 680)


def test_recent_runs_follow_without_new_widgets(window: MainWindow) -> None:
    running, done = run_look(RunState.RUNNING), run_look(RunState.DONE)
    window.set_recent([RecentRun("a", "Polls", running, 44), RecentRun("b", "Shops", done)])
    before = window.findChildren(RecentItem)
    window.set_recent([RecentRun("a", "Polls", done), RecentRun("b", "Shops", done)])

    assert window.findChildren(RecentItem) == before
    assert before[0].accessibleName() == "Polls, Done"
    chosen: list[str] = []
    window.recent_chosen.connect(chosen.append)
    QTest.mouseClick(before[1], LEFT)
    assert chosen == ["b"]


def test_a_drop_anywhere_on_the_window_is_told(window: MainWindow, tmp_path: Path) -> None:
    dropped: list[Path] = []
    window.path_dropped.connect(dropped.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    event = QDropEvent(
        QPointF(9, 700), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(event)
    assert dropped == [tmp_path]


def test_closing_without_a_run_ends_the_program_without_a_question(
    window: MainWindow, shell: FakeShell
) -> None:
    window.close()
    assert shell.quits == 1
    assert question(window) is None
    assert window.isVisible()  # until the shell says that everything has ended
    window.close_now()
    assert not window.isVisible()


def test_closing_during_a_run_asks_and_no_keeps_it_running(
    window: MainWindow, shell: FakeShell
) -> None:
    shell.live = ["Shop orders"]
    window.close()
    window.close()  # asked once, however often the cross is pressed
    asked_now = window.findChildren(Question)
    assert len(asked_now) == 1
    assert "Shop orders" in asked_now[0].accessibleDescription()

    press(asked_now[0], "refuseButton")
    assert shell.quits == 0
    assert window.isVisible()


def test_closing_during_a_run_and_yes_awaits_the_cancel(
    window: MainWindow, shell: FakeShell
) -> None:
    shell.live = ["Shop orders", "Polls"]
    window.close()
    asked_now = question(window)
    assert asked_now is not None
    press(asked_now, "agreeButton")

    assert shell.quits == 1
    assert window.isVisible()
    assert window.status.words() == ["Cancelling, then closing"]
    window.tell_status([StatusItem("2 runs active")], [])
    assert window.status.words() == ["Cancelling, then closing"]
    window.close()
    assert shell.quits == 1
    window.close_now()
    assert not window.isVisible()


def test_every_control_has_a_name_for_screen_readers(window: MainWindow) -> None:
    kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QAbstractItemView)
    nameless = [
        f"{type(widget).__name__} {widget.objectName()} in {type(widget.parent()).__name__}"
        for kind in kinds
        for widget in window.findChildren(kind)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and (widget.isVisibleTo(window) or not isinstance(widget, LinkButton))
        and not widget.accessibleName()
        and not isinstance(widget.parent(), QComboBox | QAbstractSpinBox | QAbstractItemView)
    ]
    assert nameless == []


def test_icons_without_words_have_a_tooltip(window: MainWindow) -> None:
    silent = [
        widget.accessibleName()
        for widget in window.findChildren(QAbstractButton)
        if not widget.text() and not widget.toolTip() and isinstance(widget, QPushButton)
    ]
    assert silent == []


def test_no_push_button_falls_back_to_the_styles_own_look(window: MainWindow) -> None:
    plain = [
        button.text()
        for button in window.findChildren(QPushButton)
        if type(button).paintEvent is QPushButton.paintEvent
    ]
    assert plain == []


def test_the_names_that_tests_rely_on_are_there(window: MainWindow) -> None:
    names = (
        *("navRail", "newJobPage", "runsPage", "settingsPage", "sourceKind", "folderEdit"),
        *("browseButton", "patternEdit", "previewTable", "driftTable", "capSpin", "rateSpin"),
        *("deadlineSpin", "retriesSpin", "failurePolicyCombo", "startButton"),
    )
    assert window.objectName() == "mainWindow"
    assert [name for name in names if window.findChild(QWidget, name) is None] == []
