"""Ways to reach a person who looks at another window: the desktop's notices, or the tray.

Made when the first notice is due: a tray icon that is always there is not wanted. Where the
desktop offers neither, the window's entry in the task bar asks for attention and that is all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from loadline.gui.models.end_notice import EndNotice

SECONDS = 10


class Outlet(Protocol):
    """Shows a notice outside the window."""

    def show(self, notice: EndNotice, clicked: Callable[[], object]) -> bool:
        """Show a notice; `clicked` is called when it is clicked. False: it cannot be shown."""


class TrayOutlet(QObject):
    """A message at the tray; the icon is there only as long as the message matters."""

    def __init__(self) -> None:
        super().__init__()
        self._icon: QSystemTrayIcon | None = None
        self._clicked: Callable[[], object] | None = None

    def show(self, notice: EndNotice, clicked: Callable[[], object]) -> bool:
        """Show a notice where there is a tray."""
        if not QSystemTrayIcon.isSystemTrayAvailable() or not QSystemTrayIcon.supportsMessages():
            return False
        self._clicked = clicked
        if self._icon is None:
            self._icon = QSystemTrayIcon(QApplication.windowIcon(), self)
            self._icon.messageClicked.connect(self._click)
            self._icon.activated.connect(self._click)
        self._icon.setToolTip(notice.title)
        self._icon.show()
        self._icon.showMessage(notice.title, notice.text, QApplication.windowIcon(), SECONDS * 1000)
        return True

    def hide(self) -> None:
        """Take the icon away."""
        if self._icon is not None:
            self._icon.hide()

    @Slot()
    def _click(self) -> None:
        self.hide()
        if self._clicked is not None:
            self._clicked()


class Notifier:
    """The first outlet that works."""

    def __init__(self) -> None:
        self._outlets: tuple[Outlet, ...] = ()

    def show(self, notice: EndNotice, clicked: Callable[[], object]) -> bool:
        """Show a notice by the first way that there is."""
        if not self._outlets:
            self._outlets = (*_freedesktop(), TrayOutlet())
        return any(outlet.show(notice, clicked) for outlet in self._outlets)


def _freedesktop() -> tuple[Outlet, ...]:
    try:
        from loadline.gui.application.freedesktop import FreedesktopOutlet
    except ImportError:  # Windows and macOS have no such bus
        return ()
    return (FreedesktopOutlet(),)
