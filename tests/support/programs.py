"""The whole program with a window, for tests that use it as a person does."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from loadline.bootstrap import local_pool, secrets, source_of, target_of
from loadline.gui.application.desktop import Desktop
from loadline.gui.application.services import Services
from loadline.gui.theme import Theme
from loadline.settings import Settings
from loadline.store.secrets import Secrets

W = TypeVar("W", bound=QWidget)


@asynccontextmanager
async def program(tmp_path: Path, kept: Callable[[], Secrets] = secrets) -> AsyncIterator[Desktop]:
    """Run the program on the test's loop, its runs below `tmp_path`, until the block ends."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    pool, desk = local_pool(2), local_pool(2)
    settings = Settings(runs_folder=str(tmp_path / "runs"))
    services = Services(local_pool, source_of, kept, target_of)
    desktop = Desktop(Theme(app, "light"), services, settings, pool, desk)
    args = argparse.Namespace(command="window", job=None)
    main = asyncio.create_task(desktop.main(args, None))
    try:
        await until(desktop.window.isVisible)
        yield desktop
    finally:
        desktop.quit()
        await main
        desk.close()
        pool.close()
        desktop.window.deleteLater()


async def until(fact: Callable[[], object]) -> None:
    """Wait until `fact` is true; the test's time limit is the deadline."""
    # The facts of several processes and pages: there is no one signal for them.
    while not fact():  # noqa: ASYNC110
        await asyncio.sleep(0.01)


def found(parent: QWidget, kind: type[W], name: str) -> W:
    """Return the widget called `name` below `parent`."""
    widget = parent.findChild(kind, name)
    assert isinstance(widget, kind), name
    return widget


def press(parent: QWidget, name: str) -> None:
    """Press a button with the mouse."""
    button = found(parent, QAbstractButton, name)
    assert button.isEnabled(), name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def write(parent: QWidget, name: str, text: str) -> None:
    """Replace what a field holds, by the keyboard."""
    edit = found(parent, QLineEdit, name)
    edit.setFocus()
    edit.selectAll()
    if text:
        QTest.keyClicks(edit, text)
    else:
        QTest.keyClick(edit, Qt.Key.Key_Backspace)
