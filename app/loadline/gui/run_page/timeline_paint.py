"""How a timeline is painted: all lanes, gaps and blocks in one pass, only what is in sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPen

from loadline.domain.tasks import TaskRow
from loadline.domain.timeline import Outcome
from loadline.gui.models import figures, time_axis
from loadline.gui.models.time_axis import LEFT, Span
from loadline.gui.models.timeline_blocks import Block, shortened
from loadline.gui.models.timeline_gaps import Gap
from loadline.gui.run_page.time_labels import paint_times
from loadline.gui.run_page.timeline_words import gap_word, now_text, worker_name
from loadline.gui.theme import MEDIUM, SMALL, Theme, font
from loadline.gui.widgets import rounded

LABEL_FROM = 52
NARROW = 6
"""Below this many pixels a block has no round corners: all of a colour are drawn at once."""
FILLS = {
    Outcome.DONE: ("quietdone.fill", "quietdone.text"),
    Outcome.RUNNING: ("running.fill", "onfill"),
    Outcome.RETRIED: ("waiting.fill", "onfill"),
    Outcome.STOPPED: ("cancelling.fill", "onfill"),
    Outcome.FAILED: ("failed.fill", "onfill"),
    Outcome.CANCELLED: ("cancelled.fill", "onfill"),
}
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


@dataclass(slots=True)
class Scene:
    """What is to be painted; `area` is the lanes' place, `shift` how far they are scrolled."""

    area: QRectF
    span: Span
    now: float
    lane_height: int
    shift: int
    workers: Sequence[int] = ()
    blocks: Sequence[Block] = ()
    gaps: Sequence[Gap] = ()
    chosen: Sequence[Block] = ()
    """The blocks of the selected task."""
    rows: Sequence[TaskRow] = ()
    shared: tuple[int, int] = (0, 0)
    current: Block | None = None
    """Where the keyboard is."""
    moment: float | None = None
    """The moment of a mark on the chart that led here."""

    def rect(self, lane: int, left: float, right: float) -> QRect:
        """Return where something in a lane is, on whole pixels, a pixel free at its right."""
        top = lane * self.lane_height - self.shift + 1
        x = round(left)
        return QRect(x, top, max(1, round(right) - 1 - x), self.lane_height - 3)

    def hidden(self, lane: int) -> bool:
        """Tell whether a lane is scrolled out of sight."""
        top = lane * self.lane_height - self.shift
        return top + self.lane_height < 0 or top > self.area.height()


class TimelinePainter:
    """Paints a `Scene` with the colours of a theme."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def paint(self, painter: QPainter, scene: Scene, whole: QRect) -> None:
        """Paint ground, axis, lanes, gaps, blocks, the selected task and now."""
        painter.fillRect(whole, self._theme.color("surface"))
        self._paint_ticks(painter, scene)
        painter.setClipRect(0, 0, whole.width(), int(scene.area.height()))
        self._paint_names(painter, scene)
        painter.setClipRect(scene.area)
        self._paint_gaps(painter, scene)
        self._paint_blocks(painter, scene)
        self._paint_chosen(painter, scene)
        self._paint_moment(painter, scene)
        self._paint_now(painter, scene)

    def _paint_ticks(self, painter: QPainter, scene: Scene) -> None:
        area = scene.area
        for at in time_axis.ticks(scene.span, area.width()):
            x = round(scene.span.x(at, area.left(), area.width()))
            painter.fillRect(QRectF(x, 0, 1, area.height()), self._theme.color("grid"))
        painter.setFont(font(SMALL, numbers=True))
        painter.setPen(self._theme.color("axis"))
        paint_times(painter, scene.span, area, area.bottom() + 4)

    def _paint_names(self, painter: QPainter, scene: Scene) -> None:
        painter.setFont(font(SMALL, numbers=True))
        painter.setPen(self._theme.color("text2"))
        for lane, worker in enumerate(scene.workers):
            if not scene.hidden(lane):
                top = lane * scene.lane_height - scene.shift
                place = QRectF(24, top, LEFT - 28, scene.lane_height - 2)
                painter.drawText(place, _MIDDLE, worker_name(worker))

    def _paint_gaps(self, painter: QPainter, scene: Scene) -> None:
        painter.setFont(font(SMALL))
        metrics = QFontMetrics(painter.font())
        line, ink = self._theme.color("border"), self._theme.color("waiting.text")
        soft = self._theme.color("waiting.soft")
        hatch = QBrush(self._theme.color("waiting.fill"), Qt.BrushStyle.BDiagPattern)
        for gap in scene.gaps:
            if scene.hidden(gap.lane):
                continue
            rect = scene.rect(gap.lane, gap.left, gap.right)
            if gap.reason is None:
                painter.fillRect(rect.left(), rect.center().y(), rect.width() + 1, 1, line)
                continue
            word = gap_word(gap.reason)
            painter.fillRect(rect, soft)
            if metrics.horizontalAdvance(word) + 12 <= rect.width():
                painter.setPen(ink)
                painter.drawText(rect.adjusted(6, 0, 0, 0), _MIDDLE, word)
            else:
                painter.fillRect(rect, hatch)

    def _paint_blocks(self, painter: QPainter, scene: Scene) -> None:
        narrow: dict[Outcome, list[QRect]] = {}
        for block in scene.blocks:
            if scene.hidden(block.lane):
                continue
            rect = scene.rect(block.lane, block.left, block.right)
            if rect.width() < NARROW:
                narrow.setdefault(block.outcome, []).append(rect)
            else:
                self._paint_block(painter, scene, block, QRectF(rect))
        painter.setPen(Qt.PenStyle.NoPen)
        for outcome, rects in narrow.items():
            painter.setBrush(self._theme.color(FILLS[outcome][0]))
            painter.drawRects(rects)
        if scene.current is not None:
            block = scene.current
            self._frame(painter, scene.rect(block.lane, block.left, block.right), "accent")

    def _paint_block(self, painter: QPainter, scene: Scene, block: Block, rect: QRectF) -> None:
        fill, ink = FILLS[block.outcome]
        rounded(painter, rect, 2, self._theme.color(fill))
        if rect.width() <= LABEL_FROM:
            return
        painter.setFont(font(SMALL, MEDIUM))
        painter.setPen(self._theme.color(ink))
        words = shortened(scene.rows[block.attempt.index].name, scene.shared)
        room = int(rect.width()) - 10
        shown = QFontMetrics(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(rect.adjusted(6, 0, -4, 0), _MIDDLE, shown)

    def _paint_chosen(self, painter: QPainter, scene: Scene) -> None:
        for block in scene.chosen:
            if not scene.hidden(block.lane):
                rect = scene.rect(block.lane, block.left, block.right)
                if rect.width() < NARROW:  # it may lie inside a joined block of another colour
                    rect.setWidth(NARROW)
                    painter.fillRect(rect, self._theme.color(FILLS[block.outcome][0]))
                self._frame(painter, rect, "text")

    def _frame(self, painter: QPainter, rect: QRect, role: str) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(self._theme.color(role), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)

    def _paint_moment(self, painter: QPainter, scene: Scene) -> None:
        if scene.moment is None:
            return
        pen = QPen(self._theme.color("accent"), 1)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        x = round(scene.span.x(scene.moment, scene.area.left(), scene.area.width()))
        painter.drawLine(x, 0, x, round(scene.area.height()))

    def _paint_now(self, painter: QPainter, scene: Scene) -> None:
        area = scene.area
        if not scene.span.start < scene.now < scene.span.end:
            return
        x = round(scene.span.x(scene.now, area.left(), area.width()))
        painter.fillRect(QRectF(x, 0, 1, area.height()), self._theme.color("text"))
        painter.setFont(font(SMALL, MEDIUM, numbers=True))
        painter.setPen(self._theme.color("text"))
        text = now_text(figures.clock(scene.now))
        if x + 8 + QFontMetrics(painter.font()).horizontalAdvance(text) < area.right():
            painter.drawText(QPointF(x + 6, 13), text)
