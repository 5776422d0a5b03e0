"""The labels of the time axis, the same below the chart and below the timeline."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetrics, QPainter

from loadline.gui.models import figures, time_axis
from loadline.gui.models.time_axis import Span


def paint_times(painter: QPainter, span: Span, area: QRectF, top: float) -> None:
    """Draw the labels of the time axis below `area`; the first and last stay inside it."""
    metrics = QFontMetrics(painter.font())
    step = time_axis.tick_step(span, area.width())
    for at in time_axis.ticks(span, area.width()):
        text = label(at, step)
        width = metrics.horizontalAdvance(text)
        x = span.x(at, area.left(), area.width()) - width / 2
        x = min(max(x, area.left()), area.right() - width)
        painter.drawText(QPointF(round(x), top + metrics.ascent()), text)


def label(at: float, step: float) -> str:
    """Return the label of a moment, with as many digits as the step between labels needs."""
    if step >= 1.0:
        return figures.clock(at)
    digits = 1 if step >= 0.1 else 2 if step >= 0.01 else 3
    at = round(at, digits)
    part = figures.decimal(at % 1.0, digits)
    return figures.clock(at) + part[1:]
