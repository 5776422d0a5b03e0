"""Time as the engine sees it, so that tests can turn the hands themselves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol


class Alarm(Protocol):
    """A call that will happen at a moment, unless it is cancelled before."""

    def cancel(self) -> None:
        """Forget the call; harmless when it has happened."""


class Clock(Protocol):
    """Seconds that only go forward, and calls at a moment."""

    def now(self) -> float:
        """Return the seconds since some fixed moment."""

    def call_at(self, when: float, callback: Callable[[], None]) -> Alarm:
        """Call `callback` on the loop's thread once `when` has come."""


class LoopClock:
    """The running event loop's own clock."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()

    def now(self) -> float:
        """Return the loop's time."""
        return self._loop.time()

    def call_at(self, when: float, callback: Callable[[], None]) -> Alarm:
        """Call `callback` once the loop's time is `when`."""
        return self._loop.call_later(max(0.0, when - self._loop.time()), callback)
