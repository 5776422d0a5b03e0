"""Bars of the statistics pane: how values are spread, and how often the most frequent occur."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from loadline.gui.theme import BODY, SMALL, Theme, font
from loadline.gui.widgets import rounded

BARS_HIGH = 80
LEAST = 2
"""Pixels of a bar that is not empty."""
ROW = 24
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight


class SpreadBars(QWidget):
    """A small histogram with the values at its two ends below."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._bars: tuple[int, ...] = ()
        self._ends = ("", "")
        self.setFixedHeight(BARS_HIGH + 20)

    def show_bars(self, bars: Sequence[int], low: str, high: str) -> None:
        """Show counts between two values."""
        self._bars = tuple(bars)
        self._ends = (low, high)
        self.setAccessibleName(self.tr("Spread of the values"))
        self.setAccessibleDescription(self.tr("from {0} to {1}").format(low, high))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint bars, base line and ends."""
        painter = QPainter(self)
        color = self._theme.color
        most, count = max(self._bars, default=0), len(self._bars)
        for place, value in enumerate(self._bars):
            if not value:
                continue
            left = round(self.width() * place / count)
            right = round(self.width() * (place + 1) / count) - 1
            high = max(LEAST, round(BARS_HIGH * value / most))
            bar = QRectF(left, BARS_HIGH - high, max(1, right - left), high)
            painter.fillRect(bar, color("running.fill"))
        painter.fillRect(0, BARS_HIGH, self.width(), 1, color("border2"))
        painter.setFont(font(SMALL, numbers=True))
        painter.setPen(color("axis"))
        area = QRectF(0, BARS_HIGH + 4, self.width(), 16)
        metrics = QFontMetrics(painter.font())
        half = self.width() // 2 - 4
        low, high_text = (
            metrics.elidedText(text, Qt.TextElideMode.ElideRight, half) for text in self._ends
        )
        painter.drawText(area, _MIDDLE, low)
        painter.drawText(area, _MIDDLE | _RIGHT, high_text)


class FrequentBars(QWidget):
    """Values with a bar and a count each."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: tuple[tuple[str, int, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_values(self, lines: Sequence[tuple[str, int, str]]) -> None:
        """Show values: text, count, and the count in words."""
        self._lines = tuple(lines)
        self.setAccessibleName(self.tr("Most frequent"))
        self.setAccessibleDescription("; ".join(f"{text}: {told}" for text, _, told in lines))
        self.setToolTip("\n".join(f"{text}: {told}" for text, _, told in lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return 24 px for each value."""
        return QSize(224, ROW * len(self._lines))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint one line for each value."""
        painter = QPainter(self)
        color = self._theme.color
        metrics = QFontMetrics(font(BODY, numbers=True))
        counts = max((metrics.horizontalAdvance(told) for *_, told in self._lines), default=0)
        names = max((metrics.horizontalAdvance(text) for text, *_ in self._lines), default=0)
        names = min(names + 2, self.width() // 2 - 8)
        room = self.width() - names - counts - 18
        most = max((count for _, count, _ in self._lines), default=1)
        painter.setFont(font(BODY, numbers=True))
        for place, (text, count, told) in enumerate(self._lines):
            top = place * ROW
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, names)
            painter.setPen(color("text"))
            painter.drawText(QRectF(0, top, names, ROW), _MIDDLE, shown)
            bar = QRectF(names + 8, top + 9, max(3, room * count / most), 6)
            rounded(painter, bar, 3, color("running.fill"))
            painter.setPen(color("text2"))
            painter.drawText(QRectF(0, top, self.width(), ROW), _MIDDLE | _RIGHT, told)
