"""The end of a long run is told outside the window, to a person who looks elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

from loadline.domain.errors import Failure
from loadline.domain.receipt import RunState
from loadline.gui.application.announcer import Announcer, in_background
from loadline.gui.models.end_notice import EndNotice, end_notice
from tests.support.scripted_run import ScriptedRun, shop_orders

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@dataclass
class Wall:
    """An outlet that keeps what is shown on it."""

    shown: list[EndNotice] = field(default_factory=list)
    clicks: list[Callable[[], object]] = field(default_factory=list)

    def show(self, notice: EndNotice, clicked: Callable[[], object]) -> bool:
        """Keep a notice."""
        self.shown.append(notice)
        self.clicks.append(clicked)
        return True


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Return a window that is behind another."""
    behind, front = QWidget(), QWidget()
    for widget in (behind, front):
        qtbot.addWidget(widget)
        widget.show()
    front.activateWindow()
    qtbot.waitUntil(front.isActiveWindow)
    return behind


@pytest.fixture
def run() -> ScriptedRun:
    """Return a run that has taken minutes."""
    run = shop_orders(4)
    run.plan()
    run.run_to_end()
    assert run.now > 60.0
    return run


def test_the_end_of_a_long_run_is_told_with_its_outcome(window: QWidget, run: ScriptedRun) -> None:
    wall = Wall()
    Announcer(window, wall, lambda: True, print).run_ended(run)
    (notice,) = wall.shown
    assert notice.title == "Shop orders: Finished with problems"
    assert notice.text.startswith("Not complete: 1 of 48 files is missing. It took ")


def test_why_a_run_failed_is_told(run: ScriptedRun) -> None:
    run.state, run.failure = RunState.FAILED, Failure("SourceUnreachable", "The drive is away.")
    assert end_notice(run) == EndNotice("Shop orders: Failed", "The drive is away.")


def test_a_click_on_the_notice_brings_the_window_to_the_run(
    window: QWidget, run: ScriptedRun, qtbot: QtBot
) -> None:
    wall, opened = Wall(), list[str]()
    window.showMinimized()
    Announcer(window, wall, lambda: True, opened.append).run_ended(run)
    wall.clicks[0]()
    qtbot.waitUntil(window.isActiveWindow)
    assert not window.isMinimized()
    assert opened == [str(run.folder)]


def test_nothing_is_told_where_it_is_switched_off(window: QWidget, run: ScriptedRun) -> None:
    wall = Wall()
    Announcer(window, wall, lambda: False, print).run_ended(run)
    assert not wall.shown


def test_nothing_is_told_to_a_person_who_looks_at_the_window(
    window: QWidget, run: ScriptedRun, qtbot: QtBot
) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    wall = Wall()
    Announcer(window, wall, lambda: True, print).run_ended(run)
    assert not wall.shown
    assert not in_background(window)


def test_short_and_cancelled_runs_are_not_told(run: ScriptedRun) -> None:
    assert run.receipt is not None
    run.receipt = replace(run.receipt, state=RunState.CANCELLED)
    run.state = RunState.CANCELLED
    assert end_notice(run) is None
    run.state, run.now = RunState.DONE, 59.0
    assert end_notice(run) is None
