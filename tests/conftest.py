"""What holds for every test: an own home, no real screen, nothing left behind, a time limit.

Coroutine tests need no decorator. Under ``tests/gui``, with the marker ``qt_loop``, or when they
ask for `qtbot`, they run on the window's own loop, elsewhere on a plain one.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

pytest_plugins = [
    "tests.support.time_limit",
    "tests.support.coroutines",
    "tests.support.leaks",
    "tests.support.qt_leaks",
]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if "LOADLINE_BENCHMARKS" not in os.environ:
    collect_ignore = ["benchmarks"]


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep the tests, and the programs that they start, out of the person's home folder."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE"):
        os.environ[name] = str(home)
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = str(home / name.lower())
    return home


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """Return the application with the fonts that the program ships."""
    from PySide6.QtGui import QFont

    from loadline import assets

    assets.register_fonts()
    qapp.setFont(QFont("Inter"))
    qapp.setQuitOnLastWindowClosed(False)
    return qapp
