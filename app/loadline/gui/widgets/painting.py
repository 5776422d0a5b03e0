"""Crisp shapes on whole pixels, shared by everything that paints itself."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from loadline.gui.theme import Theme


def rounded(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None,
    border: QColor | None = None,
    width: float = 1.0,
) -> None:
    """Draw a rounded rectangle whose border lies inside `rect` on whole pixels."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if border is not None:
        half = width / 2
        rect = rect.adjusted(half, half, -half, -half)
        radius = max(0.0, radius - half)
        painter.setPen(QPen(border, width))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect, radius, radius)
    painter.restore()


def draw_icon(
    painter: QPainter,
    theme: Theme,
    name: str,
    role: str,
    size: int,
    left: float,
    middle: float,
) -> None:
    """Draw an icon with its left edge at `left`, centred on `middle`, on whole pixels."""
    ratio = painter.device().devicePixelRatioF()
    picture = theme.pixmap(name, role, size, ratio)
    painter.drawPixmap(QPointF(round(left), round(middle - size / 2)), picture)
