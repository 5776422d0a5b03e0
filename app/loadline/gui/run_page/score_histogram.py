"""All scores as fifty bars on a logarithmic axis, with a threshold to move by 0.01."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from loadline.gui.models import figures, score_words
from loadline.gui.theme import SEMIBOLD, SMALL, Theme, font
from loadline.gui.widgets import FocusRing, rounded
from loadline.scoring.ranking import BINS

LEFT, RIGHT, TOP, BOTTOM = 56, 24, 24, 24
LEAST = 3
"""Pixels of a bar that is not empty."""
BARS = 50
_EACH = BINS // BARS
USUAL = round(0.7 * BINS)
_GRIP = (8, 20)


class ScoreHistogram(FocusRing, QWidget):
    """The threshold stands between two steps of 0.01, so that what it counts is exact."""

    threshold_moved = Signal(float)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._counts: list[int] = [0] * BINS
        self._bin = USUAL
        self.setObjectName("scoreHistogram")
        self.setAccessibleName(self.tr("All scores"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("Drag the line, or move it with the arrow keys"))
        self.setMouseTracking(True)
        self._describe()

    @property
    def first(self) -> int:
        """The first step of `BINS` that is counted."""
        return self._bin

    @property
    def threshold(self) -> float:
        """From which score on records are counted."""
        return self._bin / BINS

    def set_counts(self, counts: Sequence[int]) -> None:
        """Show how many records have which score."""
        if list(counts) != self._counts:
            self._counts = list(counts)
            self._describe()
            self.update()

    def set_threshold(self, score: float) -> None:
        """Move the line to the nearest step."""
        place = min(BINS, max(0, round(score * BINS)))
        if place != self._bin:
            self._bin = place
            self._describe()
            self.update()
            self.threshold_moved.emit(self.threshold)

    @property
    def total(self) -> int:
        """How many records have a score."""
        return sum(self._counts)

    def above(self) -> int:
        """Return how many records score the threshold or better."""
        return sum(self._counts[self._bin :])

    def words(self) -> str:
        """Return e.g. ``0.70 or better: 41 records``."""
        text = self.tr("{0} or better: {1}")
        return text.format(figures.decimal(self.threshold, 2), score_words.records(self.above()))

    def _describe(self) -> None:
        self.setAccessibleDescription(self.words())

    def sizeHint(self) -> QSize:
        """Return 144 px of height."""
        return QSize(400, 144)

    # Geometry

    def _plot(self) -> QRectF:
        return QRectF(LEFT, TOP, self.width() - LEFT - RIGHT, self.height() - TOP - BOTTOM)

    def _x(self, score: float) -> float:
        plot = self._plot()
        return round(plot.left() + score * plot.width())

    def _powers(self) -> list[int]:
        """Return the powers of ten that stand on the axis, the highest above all bars."""
        top = max(1, math.ceil(math.log10(max(10, *self._bars()))))
        step = 2 if top > 3 else 1
        return list(range(step, top + 1 if top % step == 0 else top + 2, step))

    def _bars(self) -> list[int]:
        """Return the counts as the bars show them."""
        return [sum(self._counts[n : n + _EACH]) for n in range(0, BINS, _EACH)]

    def _height(self, count: int) -> float:
        """Return a bar's height: the logarithm, with 0 at the bottom."""
        if count <= 0:
            return 0.0
        share = math.log10(count + 1) / math.log10(10 ** self._powers()[-1] + 1)
        return max(LEAST, share * self._plot().height())

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint grid, bars, axis and threshold."""
        painter = QPainter(self)
        self._paint_grid(painter)
        plot = self._plot()
        line = self._x(self.threshold)
        for number, count in enumerate(self._bars()):
            high = self._height(count)
            if high:
                left, right = self._x(number / BARS), self._x((number + 1) / BARS) - 1
                top, cut = round(plot.bottom() - high), min(max(line, left), right)
                for start, stop, role in ((left, cut, "border2"), (cut, right, "accent")):
                    bar = QRectF(start, top, stop - start, round(high))
                    painter.fillRect(bar, self._theme.color(role))
        self._paint_threshold(painter)

    def _paint_grid(self, painter: QPainter) -> None:
        plot, color = self._plot(), self._theme.color
        painter.setFont(font(SMALL, numbers=True))
        lines = [(0, "0")] + [(10**p, figures.short_count(10**p)) for p in self._powers()]
        for count, word in lines:
            y = round(plot.bottom() - (self._height(count) if count else 0))
            painter.fillRect(QRectF(plot.left(), y, plot.width(), 1), color("grid"))
            painter.setPen(color("axis"))
            area = QRectF(0, y - 8, LEFT - 8, 16)
            painter.drawText(
                area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, word
            )
        painter.fillRect(QRectF(plot.left(), plot.bottom(), plot.width(), 1), color("border2"))
        for tenth in range(0, 11, 2):
            area = QRectF(self._x(tenth / 10) - 20, plot.bottom() + 4, 40, 16)
            text = figures.decimal(tenth / 10, 1)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_threshold(self, painter: QPainter) -> None:
        plot, color = self._plot(), self._theme.color
        x = self._x(self.threshold)
        painter.fillRect(QRectF(x, TOP - 8, 1, plot.height() + 8), color("text"))
        wide, high = _GRIP
        grip = QRectF(x - wide / 2 + 0.5, plot.center().y() - high / 2, wide, high)
        edge = color("accent" if self.ring else "text")
        rounded(painter, grip, 3, color("surface"), edge, 2 if self.ring else 1)
        for offset in (-1, 1):
            line = QRectF(grip.center().x() + offset - 0.5, grip.center().y() - 4, 1, 8)
            painter.fillRect(line, color("text2"))
        painter.setFont(font(SMALL, SEMIBOLD, numbers=True))
        painter.setPen(color("text"))
        words = self.words()
        width = QFontMetrics(painter.font()).horizontalAdvance(words) + 2
        left = x - 8 - width
        if left < plot.left():
            left = x + 8
        painter.drawText(QRectF(left, 0, width, 16), Qt.AlignmentFlag.AlignVCenter, words)

    # Moving the line

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the line here."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._drag(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the line while the button is held."""
        near = abs(event.position().x() - self._x(self.threshold)) < 8
        shape = Qt.CursorShape.SplitHCursor if near else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event)

    def _drag(self, event: QMouseEvent) -> None:
        plot = self._plot()
        self.set_threshold((event.position().x() - plot.left()) / max(1.0, plot.width()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the line by 0.01, 0.05, or to an end."""
        steps = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_Up: 1,
            Qt.Key.Key_PageDown: -5, Qt.Key.Key_PageUp: 5, Qt.Key.Key_Home: -BINS,
            Qt.Key.Key_End: BINS,
        }  # fmt: skip
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.set_threshold((self._bin + step) / BINS)
