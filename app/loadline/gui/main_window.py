"""The main window: rail, pages, status bar; knows no page and does no work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from loadline.gui.frame.question import Question
from loadline.gui.frame.rail import Rail, RecentRun
from loadline.gui.frame.status import StatusBar, StatusItem
from loadline.gui.frame.unseen_bar import UnseenBar
from loadline.gui.theme import Theme
from loadline.gui.widgets import dropped_path

RAIL_NARROW_BELOW = 1120
SMALLEST = QSize(1024, 680)
USUAL = QSize(1280, 800)


class Shell(Protocol):
    """What the window needs from the program around it."""

    def live_runs(self) -> Sequence[str]:
        """Return the names of the runs that are still at work."""

    def quit(self) -> None:
        """Cancel and await what runs, then call `MainWindow.close_now`; returns at once."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the rail; `key` is how others refer to it."""

    key: str
    title: str
    icon: str
    widget: QWidget
    at_bottom: bool = False


class MainWindow(QMainWindow):
    """Shows pages that are added to it.

    Signals: `page_shown` with the key of the page or view now on screen; `path_dropped` with the
    `Path` of a folder or file dropped anywhere; `dragged` while something is held over the
    window; `recent_chosen` with the key of a recent run.
    """

    page_shown = Signal(str)
    path_dropped = Signal(object)
    dragged = Signal(bool)
    recent_chosen = Signal(str)

    def __init__(self, theme: Theme, shell: Shell) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("Loadline")
        self.setMinimumSize(SMALLEST)
        self.resize(USUAL)
        self.setAcceptDrops(True)
        self._theme = theme
        self._shell = shell
        self._closing = False
        self._all_ended = False
        self._views: dict[str, QWidget] = {}
        self._under: dict[str, str] = {}
        self.rail = Rail(theme)
        self._stack = QStackedWidget()
        self.status = StatusBar(theme)
        self.setStatusBar(self.status)
        centre = QWidget()
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.unseen = UnseenBar(theme)
        pages = QVBoxLayout()
        pages.setSpacing(0)
        pages.addWidget(self.unseen)
        pages.addWidget(self._stack, 1)
        row.addWidget(self.rail)
        row.addLayout(pages, 1)
        self.setCentralWidget(centre)
        self.rail.page_chosen.connect(self.show_page)
        self.rail.recent_chosen.connect(self.recent_chosen)
        QShortcut(QKeySequence("F6"), self, self._next_part)
        QShortcut(QKeySequence.StandardKey.Quit, self, self.close)

    def add_page(self, page: Page) -> None:
        """Add a page to the rail; the first one is shown."""
        item = self.rail.add(page.key, page.title, page.icon, at_bottom=page.at_bottom)
        number = len(self.rail.keys())
        item.setShortcut(QKeySequence(f"Ctrl+{number}"))
        self.add_view(page.key, page.widget, page.key)
        if number == 1:
            self.show_page(page.key)

    def add_view(self, key: str, widget: QWidget, under: str) -> None:
        """Add what is shown without an item of its own; `under` is the item it belongs to."""
        self._views[key] = widget
        self._under[key] = under
        self._stack.addWidget(widget)

    def remove_view(self, key: str) -> None:
        """Take a view away and delete it; its item's page is shown where it was on screen."""
        widget = self._views.pop(key)
        under = self._under.pop(key)
        if self._stack.currentWidget() is widget:
            self.show_page(under)
        self._stack.removeWidget(widget)
        widget.deleteLater()

    def has_view(self, key: str) -> bool:
        """Tell whether there is a page or view of this key."""
        return key in self._views

    def show_page(self, key: str) -> None:
        """Bring a page or view on screen."""
        self._stack.setCurrentWidget(self._views[key])
        self.rail.choose(self._under[key])
        self.page_shown.emit(key)

    def shown(self) -> str:
        """Return the key of the page or view on screen."""
        current = self._stack.currentWidget()
        return next(key for key, widget in self._views.items() if widget is current)

    def set_recent(self, runs: Sequence[RecentRun]) -> None:
        """Show these runs in the rail, newest first."""
        self.rail.set_recent(runs)

    def tell_status(self, left: Sequence[StatusItem], right: Sequence[StatusItem]) -> None:
        """Show these items in the status bar, unless the program is about to end."""
        if not self._closing:
            self.status.tell(left, right)

    def close_now(self) -> None:
        """Close without a question; everything has ended."""
        self._closing = True
        self._all_ended = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask while something runs, then have it ended; close only afterwards."""
        if self._all_ended:
            event.accept()
            return
        event.ignore()
        if self._closing:
            return
        live = self._shell.live_runs()
        if live:
            self._ask(live)
        else:
            self._leave()

    def _ask(self, live: Sequence[str]) -> None:
        if self.findChild(Question) is not None:
            return
        title = self.tr("Cancel the run and close?")
        text = self.tr(
            "{0} is still running. Files that are finished stay in the run's folder, and the run "
            "can be resumed from there."
        ).format(live[0])
        if len(live) > 1:
            title = self.tr("Cancel {0} runs and close?").format(len(live))
            text = self.tr(
                "{0} are still running. Files that are finished stay in the runs' folders, and "
                "the runs can be resumed from there."
            ).format(", ".join(live))
        agree, refuse = self.tr("Cancel and close"), self.tr("Keep running")
        Question(self._theme, self, title, text, agree, refuse, self._leave).open()

    def _leave(self) -> None:
        self._closing = True
        if self._shell.live_runs():
            words = self.tr("Cancelling, then closing")
            self.status.tell([StatusItem(words, "circle-stop", "cancelling.text")], [])
        self._shell.quit()

    def _next_part(self) -> None:
        """Move the keyboard between the rail and the page."""
        focus: QWidget | None = self.focusWidget()
        page = self._stack.currentWidget()
        if page is None or focus is None or not self.rail.isAncestorOf(focus):
            self.rail.focus_chosen()
            return
        page.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not page.hasFocus() and self.rail.isAncestorOf(self.focusWidget()):
            _first_control(page)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the page, not with the rail."""
        super().showEvent(event)
        page = self._stack.currentWidget()
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the rail where the window is narrow."""
        self.rail.set_narrow(event.size().width() < RAIL_NARROW_BELOW)
        super().resizeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one local folder or file anywhere on the window."""
        if dropped_path(event.mimeData()) is not None:
            event.acceptProposedAction()
            self.dragged.emit(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Rest again."""
        self.dragged.emit(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the path on."""
        self.dragged.emit(False)
        path = dropped_path(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.path_dropped.emit(path)


def _first_control(page: QWidget) -> None:
    """Give the keyboard to the first control of `page` that takes it by Tab."""
    for widget in page.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
