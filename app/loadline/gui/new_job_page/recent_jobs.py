"""The button for saved jobs: the last ones by name, and any other from a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu

from loadline.gui.theme import Theme
from loadline.gui.widgets import Button


class RecentJobs(Button):
    """Opens a menu; `chosen` gives the path of a job file, `other` asks for any."""

    chosen = Signal(object)
    other = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", "bookmark", size="small", chevron=True)
        self.set_look(self.tr("Saved jobs"), "bookmark")
        self.setObjectName("savedJobsButton")
        self.setToolTip(self.tr("Open a job that was saved (Ctrl+Shift+O)"))
        self.setShortcut("Ctrl+Shift+O")
        self._theme_of_menu = theme
        self.menu_shown = QMenu(self)
        self.set_jobs(())
        self.clicked.connect(self._open)

    def set_jobs(self, paths: Sequence[Path]) -> None:
        """Offer these job files, the latest first."""
        menu = self.menu_shown
        menu.clear()
        for path in paths:
            action = menu.addAction(path.stem.replace("&", "&&"))
            action.setToolTip(str(path))
            action.triggered.connect(partial(self._chosen, path))
            self._theme_of_menu.set_icon(action, "bookmark")
        menu.setToolTipsVisible(True)
        if paths:
            menu.addSeparator()
        other = menu.addAction(self.tr("Open a saved job …"))
        other.triggered.connect(self.other)
        self._theme_of_menu.set_icon(other, "folder-open")

    def _chosen(self, path: Path, _checked: bool = False) -> None:
        self.chosen.emit(path)

    def _open(self) -> None:
        self.menu_shown.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))
