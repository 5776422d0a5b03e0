"""The event loop of the window: asyncio on Qt's own loop, in program and tests alike.

qasync 0.28 is nearly right; what this subclass mends was measured:

- Qt's coarse timers are up to 5 % late or early (2.0 s took 2.098 s, a timeout of 0.2 s fired at
  0.197 s): timers here are precise and never early.
- ``call_later(inf)`` and delays over 24.8 days overflow Qt's 32-bit milliseconds: clamped.
- ``call_soon_threadsafe`` returned None and dropped its context.
- The default executor was made of QThreads, which deadlock the program when a function raises
  `SystemExit`: it is a `ThreadPoolExecutor`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from typing import TYPE_CHECKING, Any

# PySide6 comes first: qasync takes the binding that is already there.
from PySide6.QtCore import QObject, Qt
from qasync import QEventLoop, _SimpleTimer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

THREADS = 8
LONGEST_DELAY = 2_000_000.0
"""Seconds (23 days): what Qt's timers can hold."""


class _PreciseTimer(_SimpleTimer):  # type: ignore[misc]
    """Starts every timer as a precise one."""

    def startTimer(self, milliseconds: int) -> int:
        return QObject.startTimer(self, milliseconds, Qt.TimerType.PreciseTimer)


class Loop(QEventLoop):  # type: ignore[misc]
    """An asyncio event loop that runs on the event loop of `app`.

    Its default executor has `THREADS` threads, for short file work; long work belongs into
    worker processes, because closing the loop waits for the threads.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._timer = _PreciseTimer()
        self.set_default_executor(ThreadPoolExecutor(THREADS, thread_name_prefix="loadline"))

    def call_later(
        self,
        delay: float,
        callback: Callable[..., object],
        *args: Any,
        context: Context | None = None,
    ) -> asyncio.Handle:
        """Call `callback` after at least `delay` seconds, at most a few milliseconds later."""
        handle: asyncio.Handle = super().call_later(
            _whole_milliseconds(delay), callback, *args, context=context
        )
        return handle

    def call_soon_threadsafe(
        self,
        callback: Callable[..., object],
        *args: Any,
        context: Context | None = None,
    ) -> asyncio.Handle:
        """Call `callback` on the loop's thread; from any thread. The handle cancels it."""
        handle = asyncio.Handle(callback, args, self, context=context)
        super().call_soon_threadsafe(_run, handle)
        return handle


def _whole_milliseconds(delay: float) -> float:
    """Return `delay` rounded up to whole milliseconds, so that nothing fires early."""
    if delay <= 0:
        return 0
    # The tiny rest keeps qasync's int(delay * 1000) from losing the last millisecond.
    return (int(min(delay, LONGEST_DELAY) * 1000) + 1) / 1000 + 1e-9


def _run(handle: asyncio.Handle) -> None:
    if not handle.cancelled():
        handle._run()
