"""Tells the end of long runs to a person who looks elsewhere, and brings the window back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from loadline.gui.application.notifier import Outlet
from loadline.gui.models.end_notice import end_notice
from loadline.gui.run_page.run_like import RunLike


class Announcer:
    """`open_run` gets the folder of the run whose notice was clicked."""

    def __init__(
        self,
        window: QWidget,
        outlet: Outlet,
        wanted: Callable[[], bool],
        open_run: Callable[[str], object],
    ) -> None:
        self._window = window
        self._outlet = outlet
        self._wanted = wanted
        self._open_run = open_run

    def run_ended(self, run: RunLike) -> None:
        """Tell that a run has ended, unless it was short, cancelled, or is being looked at."""
        notice = end_notice(run)
        if notice is None or not self._wanted() or not in_background(self._window):
            return
        QApplication.alert(self._window, 0)
        self._outlet.show(notice, partial(self._back, str(run.folder)))

    def _back(self, folder: str) -> None:
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        self._open_run(folder)


def in_background(window: QWidget) -> bool:
    """Tell whether another window has the keyboard, or this one is minimized."""
    return not window.isActiveWindow() or window.isMinimized()
