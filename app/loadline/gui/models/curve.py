"""What the chart shows of a run's samples: one of three measures over a span of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from loadline.domain.throughput import Speed
from loadline.gui.models import figures
from loadline.gui.models.time_axis import nice_top

_translate = QCoreApplication.translate


class Measure(StrEnum):
    """What the curve tells."""

    ROWS = "rows"
    BYTES = "bytes"
    MEMORY = "memory"


@dataclass(frozen=True, slots=True)
class Curve:
    """Moments and values, with the end and the step of the value axis."""

    measure: Measure = Measure.ROWS
    at: Sequence[float] = ()
    values: Sequence[float] = ()
    top: float = 4.0
    step: float = 1.0

    @property
    def peak(self) -> float:
        """The highest value."""
        return max(self.values, default=0.0)

    def axis_text(self, value: float) -> str:
        """Return the label of a line of the value axis."""
        if self.measure is Measure.ROWS:
            return figures.short_count(value)
        return figures.size(value).replace(".0 ", " ") if value else "0"

    def text(self, value: float) -> str:
        """Return a value in words: ``324 k``, ``23.4 MB/s``, ``1.9 GB``."""
        if self.measure is Measure.ROWS:
            return figures.short_count(figures.leading(value, 3))
        per_second = "/s" if self.measure is Measure.BYTES else ""
        return figures.size(value) + per_second

    def mean_text(self, value: float) -> str:
        """Return a mean in words, e.g. ``165 k per second``."""
        if self.measure is Measure.ROWS:
            return _translate("Curve", "{0} per second").format(self.text(value))
        return self.text(value)


def curve_of(speeds: Sequence[Speed], measure: Measure) -> Curve:
    """Return the curve of `measure` through `speeds`."""
    if measure is Measure.ROWS:
        values = [s.rows for s in speeds]
    elif measure is Measure.BYTES:
        values = [s.bytes for s in speeds]
    else:
        values = [float(s.memory) for s in speeds]
    top, step = nice_top(max(values, default=0.0))
    return Curve(measure, [s.at for s in speeds], values, top, step)


def summary(curve: Curve, *, recent: bool) -> str:
    """Return what stands beside the title: how it is measured, and its highest value."""
    if not curve.values:
        return _translate("Curve", "no measurement yet")
    how = (
        _translate("Curve", "of all processes, highest {0}")
        if curve.measure is Measure.MEMORY
        else _translate("Curve", "average of 3 seconds, highest {0}")
    )
    span = "" if not recent else _translate("Curve", " in the last 6 minutes")
    return how.format(curve.text(curve.peak)) + span


def spoken(curve: Curve, marks: Sequence[str]) -> str:
    """Return the chart in sentences, for those who cannot see it."""
    if not curve.values:
        return _translate("Curve", "No measurement yet.")
    text = _translate("Curve", "Now {0}, highest {1}, lowest {2}.")
    told = text.format(*(curve.text(v) for v in (curve.values[-1], curve.peak, min(curve.values))))
    return " ".join([told, *(f"{mark}." for mark in marks)])
