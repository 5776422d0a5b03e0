"""The throughput curve, drawn with pyqtgraph; grid, axes and marks on whole pixels.

pyqtgraph scales and draws the curve. Everything with words or hairlines is painted over it in
pixels, so that it is as crisp as the rest of the window. Imported after the first paint.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import pyqtgraph as pg  # noqa: TID253 - this module is imported after the first paint
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QToolTip

from loadline.domain.throughput import Mark, MarkKind
from loadline.gui.models.curve import Curve, Measure
from loadline.gui.models.mark_groups import ICON, LOOKS, MarkGroup, group_marks
from loadline.gui.models.time_axis import LEFT, RIGHT, Span
from loadline.gui.run_page.time_labels import paint_times
from loadline.gui.theme import MEDIUM, SMALL, Theme, font
from loadline.gui.widgets import draw_icon

TOP = 20
"""Room above the plot for the words of the marks."""
BOTTOM = 22
MEAN_ROOM = 150
"""Least pixels before a change of a limit for its mean to be told."""


class ThroughputChart(pg.GraphicsLayoutWidget):  # type: ignore[misc]  # it has no types
    """One curve with its marks; `mark_clicked` tells the `Mark`."""

    mark_clicked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._span = Span()
        self._shown = Curve()
        self._marks: Sequence[Mark] = ()
        self._groups: list[MarkGroup] = []
        self._focused_mark = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setAntialiasing(True)
        self.setCacheMode(pg.GraphicsView.CacheModeFlag.CacheNone)  # the axes change
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.ci.layout.setContentsMargins(LEFT, TOP, RIGHT, BOTTOM)
        self._box = self.addViewBox(enableMouse=False, enableMenu=False, defaultPadding=0.0)
        self._line = pg.PlotCurveItem(skipFiniteCheck=True, fillLevel=0.0)
        self._last = pg.ScatterPlotItem(size=6)
        self._peak = pg.ScatterPlotItem(size=5)
        for item in (self._line, self._last, self._peak):
            self._box.addItem(item)
        theme.changed.connect(self._tint)
        self._tint()

    def draw(self, curve: Curve, span: Span, marks: Sequence[Mark]) -> None:
        """Show a curve over a span of time, with the marks inside it."""
        self._shown, self._span = curve, span
        first = bisect_left(marks, span.start, key=lambda m: m.at)
        last = bisect_right(marks, span.end, key=lambda m: m.at)
        self._marks = marks[first:last]
        self._line.setData(curve.at, curve.values)
        if curve.values:
            place = max(range(len(curve.values)), key=curve.values.__getitem__)
            alone = place < len(curve.values) - 1
            self._peak.setData([curve.at[place]] * alone, [curve.values[place]] * alone)
            self._last.setData([curve.at[-1]], [curve.values[-1]])
        else:
            self._peak.setData([], [])
            self._last.setData([], [])
        self._box.setRange(xRange=(span.start, span.end), yRange=(0.0, curve.top), padding=0.0)
        self._regroup()
        self.viewport().update()

    def plot_area(self) -> QRectF:
        """Return where the curve is, in pixels of the widget."""
        width = self.viewport().width() - LEFT - RIGHT
        return QRectF(LEFT, TOP, width, self.viewport().height() - TOP - BOTTOM)

    def groups(self) -> list[MarkGroup]:
        """Return the marks as they are drawn."""
        return self._groups

    def _regroup(self) -> None:
        area = self.plot_area()
        metrics = QFontMetrics(font(SMALL, MEDIUM))
        self._groups = group_marks(
            self._marks,
            lambda at: self._span.x(at, area.left(), area.width()),
            metrics.horizontalAdvance,
        )
        for before, group in zip([None, *self._groups], self._groups, strict=False):
            over = group.right - self.viewport().width() + 4
            if over > 0:  # no room at the right edge: the words go before the icons
                width = group.right - group.words_left
                left = group.icons[0][0] - 4 - width
                if before is None or left > before.right + 4:
                    group.words_left, group.right = left, group.icons[-1][0] + ICON

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:
        """Paint ground, grid lines and the labels of both axes."""
        painter.resetTransform()
        painter.fillRect(self.viewport().rect(), self._theme.color("surface"))
        area = self.plot_area()
        painter.setFont(font(SMALL, numbers=True))
        self._paint_values(painter, area)
        self._paint_times(painter, area)

    def _paint_values(self, painter: QPainter, area: QRectF) -> None:
        color = self._theme.color
        data = self._shown
        lines = round(data.top / data.step)
        for n in range(lines + 1):
            y = round(area.bottom() - area.height() * n / lines)
            painter.fillRect(QRectF(area.left(), y, area.width(), 1), color("grid"))
            if n % 2 == 0 and (n == 0 or data.peak > 0):
                painter.setPen(color("axis"))
                place = QRectF(0, y - 10, area.left() - 8, 20)
                flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(place, flags, data.axis_text(n * data.step))
        painter.fillRect(QRectF(area.left(), area.bottom(), area.width(), 1), color("border2"))

    def _paint_times(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(self._theme.color("axis"))
        paint_times(painter, self._span, area, area.bottom() + 4)

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        """Paint the marks, their words, and the mean before each change of a limit."""
        painter.resetTransform()
        area = self.plot_area()
        self._paint_means(painter, area)
        for place, group in enumerate(self._groups):
            self._paint_group(painter, area, group, focused=place == self._focused_mark)

    def _paint_group(
        self, painter: QPainter, area: QRectF, group: MarkGroup, *, focused: bool
    ) -> None:
        color = self._theme.color
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        drawn = -99.0
        for mark, x in zip(group.marks, group.x, strict=True):
            if x - drawn < 3:
                continue
            drawn = x
            pen = QPen(color(f"{LOOKS[mark.kind].tone}.text"), 1)
            pen.setDashPattern([3, 3])
            painter.setPen(pen)
            painter.drawLine(QPoint(round(x), TOP), QPoint(round(x), round(area.bottom())))
        for left, kind in group.icons:
            look = LOOKS[kind]
            draw_icon(painter, self._theme, look.icon, f"{look.tone}.text", ICON, left, 9)
        painter.setFont(font(SMALL, MEDIUM))
        painter.setPen(color("text"))
        words = QRectF(group.words_left, 0, self.viewport().width() - group.words_left, 18)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, group.words)
        if focused:
            painter.setPen(QPen(color("accent"), 1))
            left = min(group.icons[0][0], group.words_left)
            painter.drawRect(QRectF(left - 3, 0, group.right - left + 6, 18))

    def _paint_means(self, painter: QPainter, area: QRectF) -> None:
        data = self._shown
        if data.measure is Measure.MEMORY:
            return
        painter.setFont(font(SMALL, numbers=True))
        painter.setPen(self._theme.color("text2"))
        begin = self._span.start
        for mark in self._marks:
            if mark.kind is MarkKind.LIMIT:
                self._paint_mean(painter, area, begin, mark.at)
                begin = mark.at

    def _paint_mean(self, painter: QPainter, area: QRectF, begin: float, end: float) -> None:
        left = self._span.x(begin, area.left(), area.width())
        right = self._span.x(end, area.left(), area.width())
        data = self._shown
        first, last = bisect_left(data.at, begin), bisect_right(data.at, end)
        values = data.values[first:last]
        if right - left < MEAN_ROOM or len(values) < 4:
            return
        steady = sorted(values)[len(values) // 4 :]
        mean = sum(steady) / len(steady)
        text = data.mean_text(mean)
        y = area.bottom() - area.height() * min(1.0, max(steady) / data.top) - 18
        painter.drawText(QRectF(left, y, right - left, 16), Qt.AlignmentFlag.AlignCenter, text)

    def mark_at(self, place: QPointF) -> MarkGroup | None:
        """Return the group whose icons, words or line are at `place`."""
        for group in self._groups:
            left = min(group.icons[0][0], group.words_left)
            if place.y() <= TOP and left - 4 <= place.x() <= group.right + 4:
                return group
            if any(abs(place.x() - x) <= 3 for x in group.x):
                return group
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell the mark that is clicked."""
        self._activate(self.mark_at(event.position()))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at marks."""
        over = self.mark_at(event.position()) is not None
        hand = Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(hand if over else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from mark to mark, Enter tells it."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps and self._groups:
            step = steps[Qt.Key(event.key())]
            self._focused_mark = (self._focused_mark + step) % len(self._groups)
            self.setAccessibleDescription(self._groups[self._focused_mark].tip())
            self.viewport().update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._focused_mark >= 0:
            self._activate(self._groups[self._focused_mark])
        else:
            event.ignore()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell a group's marks in its tooltip."""
        if isinstance(event, QHelpEvent):
            group = self.mark_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), group.tip() if group else "", self)
            return True
        return bool(super().viewportEvent(event))

    def _activate(self, group: MarkGroup | None) -> None:
        if group is not None:
            with_task = [mark for mark in group.marks if mark.index is not None]
            self.mark_clicked.emit((with_task or group.marks)[-1])

    def _tint(self) -> None:
        color = self._theme.color
        self.setBackground(None)
        self._line.setPen(pg.mkPen(color("curve"), width=1))
        self._line.setBrush(pg.mkBrush(QColor(self._theme.tokens.fill)))
        self._last.setBrush(pg.mkBrush(color("curve")))
        self._last.setPen(pg.mkPen(color("curve")))
        self._peak.setBrush(pg.mkBrush(color("surface")))
        self._peak.setPen(pg.mkPen(color("curve")))
        self.viewport().update()
