"""Fails a test that leaves a running timer or a top-level widget behind, and removes it."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.leaks import may_leave

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_QTS_OWN = {"QTipLabel", "QComboBoxPrivateContainer"}


@pytest.fixture(autouse=True)
def no_timer_is_left(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Fail when a `QTimer` that the test started still runs."""
    if "PySide6.QtWidgets" not in sys.modules:
        yield
        return
    from PySide6.QtCore import QTimer
    from shiboken6 import isValid

    started: weakref.WeakSet[QTimer] = weakref.WeakSet()
    start = QTimer.start

    def remembered(timer: QTimer, *args: Any) -> None:
        started.add(timer)
        start(timer, *args)

    monkeypatch.setattr(QTimer, "start", remembered)
    yield
    _let_qt_delete()
    running = [timer for timer in started if isValid(timer) and timer.isActive()]
    for timer in running:
        timer.stop()
    if running and not may_leave(request, "timers"):
        told = [f"{timer.objectName() or 'QTimer'} of {timer.parent()}" for timer in running]
        pytest.fail(f"Timers left running: {', '.join(told)}")


@pytest.fixture(autouse=True)
def no_widget_is_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail when a top-level widget that the test made is still there."""
    if "PySide6.QtWidgets" not in sys.modules:
        yield
        return
    before = _top_level()
    yield
    _let_qt_delete()
    left = _new_since(before)
    if left:
        gc.collect()
        left = _new_since(before)
    told = [f"{type(widget).__name__} {widget.objectName()!r}" for widget in left]
    for widget in left:
        widget.deleteLater()
    _let_qt_delete()
    if told and not may_leave(request, "widgets"):
        pytest.fail(f"Widgets left open: {', '.join(told)}")


def _top_level() -> list[QWidget]:
    from PySide6.QtWidgets import QApplication

    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if widget.parent() is None and widget.metaObject().className() not in _QTS_OWN
    ]


def _new_since(before: list[QWidget]) -> list[QWidget]:
    known = set(map(id, before))
    return [widget for widget in _top_level() if id(widget) not in known]


def _let_qt_delete() -> None:
    from PySide6.QtCore import QCoreApplication, QEvent

    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
