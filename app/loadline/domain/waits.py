"""What a run waited for, and when: the names of the gaps between attempts.

Fed by the board with every change of a task's row. A period lasts as long as at least one task
waits for that reason; periods of one reason that nearly touch are one, so that a limit that
holds back ten thousand starts is one period and not ten thousand.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, replace

from loadline.domain.tasks import TaskRow, WaitReason

PERIODS_KEPT = 4_000
TOUCHING = 0.25
"""Periods of one reason with at most this many seconds between them are joined."""
BY_WEIGHT = (
    WaitReason.PAUSED,
    WaitReason.SOURCE,
    WaitReason.MEMORY,
    WaitReason.RATE,
    WaitReason.SLOT,
    WaitReason.RETRY,
)
"""Where several reasons hold at once, the first one names the gap: it holds back all tasks."""


@dataclass(frozen=True, slots=True)
class Wait:
    """A period in which the run waited; seconds since its start, `end` None while it lasts."""

    reason: WaitReason
    start: float
    end: float | None = None


class Waits:
    """The latest `keep` periods that have ended, and those that last."""

    def __init__(self, keep: int = PERIODS_KEPT) -> None:
        self.ended: deque[Wait] = deque(maxlen=keep)
        self._tasks: Counter[WaitReason] = Counter()
        self._open: dict[WaitReason, float] = {}
        self._latest: dict[WaitReason, Wait] = {}

    def changed(self, old: TaskRow, new: TaskRow, at: float) -> None:
        """Note that a task's row has changed."""
        if old.reason is new.reason:
            return
        if new.reason is not None:
            self._tasks[new.reason] += 1
            if self._tasks[new.reason] == 1:
                self._begin(new.reason, at)
        if old.reason is not None:
            self._tasks[old.reason] -= 1
            if self._tasks[old.reason] == 0:
                self.add(Wait(old.reason, self._open.pop(old.reason, at), at))

    def add(self, wait: Wait) -> None:
        """Add a period that has ended."""
        latest = self._latest.pop(wait.reason, None)
        if latest is not None and wait.start - (latest.end or 0.0) <= TOUCHING:
            wait = replace(latest, end=wait.end)
        elif latest is not None:
            self.ended.append(latest)
        self._latest[wait.reason] = wait

    def all(self) -> list[Wait]:
        """Return all periods, the heaviest reason last, so that it may be painted over others."""
        lasting = [Wait(reason, start) for reason, start in self._open.items()]
        found = [*self.ended, *self._latest.values(), *lasting]
        return sorted(found, key=lambda wait: -BY_WEIGHT.index(wait.reason))

    def _begin(self, reason: WaitReason, at: float) -> None:
        latest = self._latest.get(reason)
        if latest is not None and at - (latest.end or 0.0) <= TOUCHING:
            del self._latest[reason]
            self._open[reason] = latest.start
        else:
            self._open[reason] = at
