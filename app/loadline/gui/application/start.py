"""Starts Qt, the loop and the window, and waits for the end."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

os.environ.setdefault("QT_API", "pyside6")

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from loadline import __version__, assets
from loadline.domain.errors import Failure, LoadlineError
from loadline.gui.application.desktop import Desktop
from loadline.gui.application.language import speak
from loadline.gui.application.log_desk import note_unforeseen
from loadline.gui.loop import Loop
from loadline.gui.theme import Theme
from loadline.settings import Settings, load_settings
from loadline.store.log_file import log_file, open_log

if TYPE_CHECKING:
    from loadline.gui.application.services import Services


def run_window(args: argparse.Namespace, services: Services) -> int:
    """Show the window until it is closed and return the exit code."""
    pool, desk = services.pool(0), services.pool(2)
    open_log(log_file())  # until the process ends: what breaks last matters most
    note_unforeseen()
    app = QApplication([sys.argv[0]])
    app.setApplicationName("Loadline")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("loadline")
    app.setWindowIcon(QIcon(str(assets.path("icons", "loadline.svg"))))
    # The end is awaited: the last window's closing does not stop the loop.
    app.setQuitOnLastWindowClosed(False)
    settings, failure = _settings()
    speak(app, settings.language)
    loop = Loop(app)
    asyncio.set_event_loop(loop)
    theme = Theme(app, settings.appearance)
    try:
        with loop:
            with theme.laid_aside():
                desktop = Desktop(theme, services, settings, pool, desk)
            # Not before: workers import much, and would take the cores that the window needs.
            AtFirstPaint(desktop.window, pool.prestart)
            code: int = loop.run_until_complete(desktop.main(args, failure))
    finally:
        desk.close()
        pool.close()
    return code


class AtFirstPaint(QObject):
    """Calls `then` as soon as `widget` has been painted for the first time."""

    def __init__(self, widget: QWidget, then: Callable[[], None]) -> None:
        super().__init__(widget)
        self._then = then
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at the event and let it pass."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._then)
        return False


def _settings() -> tuple[Settings, Failure | None]:
    """Return the settings, or the defaults and why they could not be read."""
    try:
        return load_settings(), None
    except LoadlineError as error:
        return Settings(), error.failure
