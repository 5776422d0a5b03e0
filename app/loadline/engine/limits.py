"""How many tasks at once, and how many starts per second."""

from __future__ import annotations

from loadline.domain.policy import MOST_AT_ONCE

AHEAD = 2
"""Tasks handed out beyond the number of workers, so that a free worker never waits for one."""


def cap_in_force(asked: int, workers: int) -> int:
    """Return how many tasks are handed out at once; `asked` 0 chooses `workers` + 2."""
    return max(1, min(asked or workers + AHEAD, MOST_AT_ONCE))


class StartRate:
    """A token bucket of one token: starts are at least 1 / `per_second` apart; 0 is no limit.

    Changing the rate counts from the last start, so that a change never gives a burst.
    """

    def __init__(self, per_second: float) -> None:
        self.per_second = per_second
        self._last = float("-inf")

    def next_at(self) -> float:
        """Return the earliest moment of the next start, in the clock's seconds."""
        if self.per_second <= 0.0:
            return float("-inf")
        return self._last + 1.0 / self.per_second

    def start(self, now: float) -> None:
        """Note a start."""
        self._last = now
