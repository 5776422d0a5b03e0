"""Whether the source answers: an outage stops the hand-out, a probe finds the source back."""

from __future__ import annotations

from dataclasses import dataclass

from loadline.domain.policy import SOURCE_DOWN_AFTER, SOURCE_GIVE_UP, backoff


@dataclass(frozen=True, slots=True)
class Outage:
    """For how many seconds the source has not answered, and in how many it is tried again."""

    seconds: float
    again: float | None
    """None: it is being tried right now."""


class SourceHealth:
    """Counts connection failures in a row, across all tasks; times are the clock's seconds.

    Attributes:
        down_since: when the outage began, or None.
        probe: index of the one task that is tried during an outage, or None.
        lost: tasks that used up their tries on failures of the present row.
    """

    def __init__(self) -> None:
        self.down_since: float | None = None
        self.probe: int | None = None
        self.lost: list[int] = []
        self._in_a_row = 0
        self._probes = 0
        self._next_probe = 0.0

    @property
    def down(self) -> bool:
        """The hand-out is stopped."""
        return self.down_since is not None

    def answered(self) -> bool:
        """Note that the source has answered; return whether that ends an outage."""
        was_down = self.down
        self.down_since = self.probe = None
        self._in_a_row = self._probes = 0
        self.lost.clear()
        return was_down

    def no_answer(self, index: int, now: float) -> bool:
        """Note that task `index` found the source silent; return whether an outage begins."""
        self._in_a_row += 1
        begins = not self.down and self._in_a_row >= SOURCE_DOWN_AFTER
        if begins:
            self.down_since = now
        if begins or index == self.probe:
            self._probes += 1
            self._next_probe = now + backoff(self._probes, 1.0)
        self.released(index)
        return begins

    def released(self, index: int) -> None:
        """Note that task `index` is no longer in a worker, whatever became of it."""
        if index == self.probe:
            self.probe = None

    def next_at(self) -> float:
        """Return the earliest moment of the next hand-out; infinite while a probe is out."""
        if not self.down:
            return float("-inf")
        return float("inf") if self.probe is not None else self._next_probe

    def given_up(self, now: float) -> bool:
        """Tell whether the outage has lasted so long that the run ends."""
        return now >= self.gives_up_at  # the same sum as the alarm's: a difference rounds otherwise

    def outage(self, now: float) -> Outage | None:
        """Return how the outage stands, or None where there is none."""
        if self.down_since is None:
            return None
        again = None if self.probe is not None else max(0.0, self._next_probe - now)
        return Outage(now - self.down_since, again)

    @property
    def gives_up_at(self) -> float:
        """When the run ends if nothing answers until then."""
        return float("inf") if self.down_since is None else self.down_since + SOURCE_GIVE_UP
