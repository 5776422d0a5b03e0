"""Rows and bytes over time, for the chart and for the time left.

Samples are cumulative totals, taken about once a half second. Two rings are kept: the last six
minutes as sampled, and the whole run thinned out so that it never holds more than `WHOLE_POINTS`.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import StrEnum

RECENT_SECONDS = 360.0
WHOLE_POINTS = 1_000
LONGEST_SHOWN = 86_400.0
"""Time left above this many seconds is not told."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Totals at a moment; `at` is seconds since the start, `memory` bytes of all processes."""

    at: float
    rows: int
    bytes: int
    memory: int = 0


@dataclass(frozen=True, slots=True)
class Speed:
    """A point of the chart: per second, at a moment."""

    at: float
    rows: float
    bytes: float
    memory: int = 0


class MarkKind(StrEnum):
    """What a mark on the chart tells."""

    RETRY = "retry"
    WORKER = "worker"
    LIMIT = "limit"
    PAUSED = "paused"
    RESUMED = "resumed"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Mark:
    """An event that explains the curve; `index` is the task it belongs to."""

    at: float
    kind: MarkKind
    text: str
    index: int | None = None


class Throughput:
    """Collects samples and marks of one run."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self._recent: deque[Sample] = deque()
        self._whole: list[Sample] = []
        self._step = 0.0

    def add(self, sample: Sample) -> None:
        """Add the totals of a moment; earlier moments than the last are ignored."""
        if self._recent and sample.at <= self._recent[-1].at:
            return
        self._recent.append(sample)
        while self._recent[0].at < sample.at - RECENT_SECONDS:
            self._recent.popleft()
        if not self._whole or sample.at >= self._whole[-1].at + self._step:
            self._whole.append(sample)
        if len(self._whole) > WHOLE_POINTS:
            self._whole = self._whole[::2]
            self._step = (self._whole[-1].at - self._whole[0].at) / (len(self._whole) - 1)

    def recent(self, window: float = 3.0) -> list[Speed]:
        """Return the speed of the last six minutes, a mean over `window` seconds."""
        return speeds(list(self._recent), window)

    def whole(self, window: float = 3.0) -> list[Speed]:
        """Return the speed of the whole run, a mean over `window` seconds."""
        return speeds(self._whole, window)

    def now(self, window: float = 15.0) -> Speed:
        """Return the latest speed, a mean over `window` seconds."""
        if len(self._recent) < 2:
            return Speed(0.0, 0.0, 0.0)
        last = self._recent[-1]
        first = next(s for s in self._recent if s.at >= last.at - window or s is last)
        return _between(first, last) if last is not first else speeds(list(self._recent), 0.0)[-1]

    def seconds_left(self, bytes_left: int) -> float | None:
        """Return the expected seconds to go, or None when unknown or above a day."""
        speed = self.now().bytes
        if speed <= 0.0:
            return None
        left = bytes_left / speed
        return left if left <= LONGEST_SHOWN else None


def speeds(samples: list[Sample], window: float) -> list[Speed]:
    """Return per-second rates at each sample after the first, a mean over `window` seconds."""
    out: list[Speed] = []
    first = 0
    for i in range(1, len(samples)):
        while first < i - 1 and samples[first].at < samples[i].at - window:
            first += 1
        out.append(_between(samples[first], samples[i]))
    return out


def _between(first: Sample, last: Sample) -> Speed:
    seconds = max(last.at - first.at, 1e-6)
    rows = max(0.0, (last.rows - first.rows) / seconds)
    size = max(0.0, (last.bytes - first.bytes) / seconds)
    return Speed(last.at, rows, size, last.memory)
