"""The start of the program: what waits until the window is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from loadline.gui.application.start import AtFirstPaint

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_what_waits_for_the_window_begins_once_and_after_its_first_paint(qtbot: QtBot) -> None:
    painted = []
    window = QWidget()
    qtbot.addWidget(window)
    AtFirstPaint(window, lambda: painted.append(window.isVisible()))
    assert painted == []

    window.show()
    qtbot.waitUntil(lambda: bool(painted))
    window.repaint()
    window.repaint()
    qtbot.wait(0)

    assert painted == [True]
