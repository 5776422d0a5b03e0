"""A clock whose hands the test turns."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count


class ManualAlarm:
    """A call that is due at a moment."""

    def __init__(self, callback: Callable[[], None]) -> None:
        self.callback: Callable[[], None] | None = callback

    def cancel(self) -> None:
        """Forget the call."""
        self.callback = None


class ManualClock:
    """Stands still until `advance`."""

    def __init__(self) -> None:
        self._now = 1_000.0
        self._alarms: list[tuple[float, int, ManualAlarm]] = []
        self._numbers = count()
        self.on_alarm: Callable[[], None] = _nothing

    def now(self) -> float:
        """Return the moment that the hands show."""
        return self._now

    def call_at(self, when: float, callback: Callable[[], None]) -> ManualAlarm:
        """Call `callback` when the hands reach `when`."""
        alarm = ManualAlarm(callback)
        heappush(self._alarms, (when, next(self._numbers), alarm))
        self.on_alarm()
        return alarm

    def advance(self, seconds: float) -> None:
        """Turn the hands, calling what becomes due at its own moment."""
        end = self._now + seconds
        while self._alarms and self._alarms[0][0] <= end:
            when, _, alarm = heappop(self._alarms)
            self._now = max(self._now, when)
            if alarm.callback is not None:
                alarm.callback()
        self._now = end

    def next_alarm(self) -> float | None:
        """Return the seconds until the next call, or None."""
        due = [when for when, _, alarm in self._alarms if alarm.callback is not None]
        return min(due) - self._now if due else None


def _nothing() -> None:
    """Nobody wants to know."""
