"""F1: the manual, at the chapter for what is on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from loadline.gui.main_window import MainWindow
    from loadline.gui.manual import ManualWindow
    from loadline.gui.theme import Theme

CHAPTERS = {
    "new": "first-load",
    "runs": "runs",
    "connections": "databases",
    "run": "running",
}
"""The chapter for each page and view of the window; the first for any other."""


class Help:
    """Opens the manual in a window of its own, made when it is first asked for."""

    def __init__(self, theme: Theme, window: MainWindow) -> None:
        self._theme = theme
        self._window = window
        self._manual: ManualWindow | None = None
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), window)
        shortcut.activated.connect(self.open)

    def open(self) -> None:
        """Show the chapter for what is on screen."""
        if self._manual is None:
            from loadline.gui.manual import ManualWindow

            self._manual = ManualWindow(self._theme, self._window)
        self._manual.open_at(CHAPTERS.get(self._window.shown(), ""))
