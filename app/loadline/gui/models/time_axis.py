"""The time axis that chart and timeline share, and the steps of both axes."""

from __future__ import annotations

import math
from dataclasses import dataclass

from loadline.domain.throughput import RECENT_SECONDS

LEAST_SPAN = 150.0
"""The axis is at least 2:30 wide."""
LEFT = 88
"""Plots start here, in pixels from the page's edge."""
RIGHT = 24
_FINE = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
_STEPS = (1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400, 43200, 86400)


@dataclass(frozen=True, slots=True)
class Span:
    """Seconds from the left to the right end of the axis."""

    start: float = 0.0
    end: float = LEAST_SPAN

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.end - self.start

    def x(self, at: float, left: float, width: float) -> float:
        """Return the pixel of a moment on an axis from `left`, `width` pixels long."""
        return left + (at - self.start) / self.seconds * width

    def at(self, x: float, left: float, width: float) -> float:
        """Return the moment of a pixel."""
        return self.start + (x - left) / width * self.seconds if width else self.start


def recent(now: float) -> Span:
    """Return the last six minutes; in the beginning at least 2:30, in steps of 30 s."""
    if now >= RECENT_SECONDS:
        return Span(now - RECENT_SECONDS, now)
    return Span(0.0, max(LEAST_SPAN, math.ceil(now / 30.0) * 30.0))


def whole(now: float) -> Span:
    """Return the whole run; at least 2:30."""
    return Span(0.0, max(LEAST_SPAN, now))


def ended(now: float) -> Span:
    """Return the whole of a run that has ended: its own length, however short."""
    return Span(0.0, max(now, 0.5))


def ticks(span: Span, width: float, least: float = 88.0) -> list[float]:
    """Return the labelled moments, at least `least` pixels apart, on whole steps."""
    step = tick_step(span, width, least)
    first = math.ceil(span.start / step - 1e-9)
    last = math.floor(span.end / step + 1e-9)
    return [n * step for n in range(first, last + 1)]


def tick_step(span: Span, width: float, least: float = 88.0) -> float:
    """Return the seconds between two labels; below a second only where the span is short."""
    most = max(1.0, width / least)
    steps = (*_FINE, *_STEPS) if span.seconds < most else _STEPS
    step = float(next((s for s in steps if span.seconds / s <= most), _STEPS[-1]))
    return max(step, 30.0) if span.seconds >= LEAST_SPAN else step


def nice_top(highest: float) -> tuple[float, float]:
    """Return the upper end of the value axis and the step of its two or four lines."""
    if highest <= 0:
        return 4.0, 1.0
    rough = highest / 4.0
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1.0, 2.0, 2.5, 5.0, 10.0) if m * power >= rough - 1e-12)
    lines = 2 if highest <= 2 * step else 4
    return lines * step, step
