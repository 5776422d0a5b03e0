"""The timeline: a lane per worker, a block per attempt, on the chart's time axis."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip

from loadline.domain.timeline import Outcome
from loadline.gui.models import figures, time_axis
from loadline.gui.models.time_axis import LEFT, RIGHT, Span
from loadline.gui.models.timeline_blocks import Block, blocks_of, short_names, shortened
from loadline.gui.run_page.run_like import RunLike
from loadline.gui.run_page.time_labels import paint_times
from loadline.gui.theme import MEDIUM, SMALL, Theme, font
from loadline.gui.widgets import rounded

LANE_LEAST, LANE_MOST = 18, 24
AXIS = 24
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


class TimelineView(QAbstractScrollArea):
    """All blocks in one paint event, only what is in sight; a click tells the task."""

    task_clicked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("timelineView")
        self.setAccessibleName(self.tr("Timeline of the workers"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._theme = theme
        self._run: RunLike | None = None
        self._span = Span()
        self._now = 0.0
        self._workers: list[int] = []
        self._blocks: list[Block] = []
        self._shared = (0, 0)
        self._named = -1
        self._current = -1
        theme.changed.connect(self.viewport().update)

    def refresh(self, run: RunLike, span: Span) -> None:
        """Show the attempts of this moment on the time axis `span`."""
        self._run, self._span, self._now = run, span, run.elapsed()
        timeline = run.board.timeline
        if self._named != len(run.board.rows):
            self._named = len(run.board.rows)
            self._shared = short_names(run.board.rows)
        if self._workers != timeline.workers:
            self._workers = timeline.workers
            self._fit()
        self._place()
        busy = figures.percent(timeline.busy(self._now))
        text = self.tr("{0} workers, busy {1} of the time")
        self.setAccessibleDescription(text.format(len(self._workers), busy))

    def blocks(self) -> list[Block]:
        """Return the blocks as they are drawn."""
        return self._blocks

    def lane_height(self) -> int:
        """Return the height of a lane: as high as fits, within its bounds."""
        room = self.viewport().height() - AXIS
        lanes = max(1, len(self._workers))
        return max(LANE_LEAST, min(LANE_MOST, room // lanes))

    def block_rect(self, block: Block) -> QRectF:
        """Return where a block is, in pixels of the viewport."""
        height = self.lane_height()
        top = block.lane * height - self.verticalScrollBar().value() + 1
        return QRectF(block.left, top, block.right - block.left, height - 3)

    def _place(self) -> None:
        if self._run is None:
            return
        width = self.viewport().width() - LEFT - RIGHT
        timeline = self._run.board.timeline
        self._blocks = blocks_of(timeline, self._span, self._now, LEFT, width)
        self.viewport().update()

    def _fit(self) -> None:
        high = self.lane_height() * len(self._workers)
        room = self.viewport().height() - AXIS
        self.verticalScrollBar().setRange(0, max(0, high - room))
        self.verticalScrollBar().setPageStep(max(1, room))
        self.verticalScrollBar().setSingleStep(LANE_LEAST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the lanes."""
        self._fit()
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint lanes, blocks, axis and the line of now."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._theme.color("surface"))
        bottom = self.viewport().height() - AXIS
        area = QRectF(LEFT, 0, self.viewport().width() - LEFT - RIGHT, bottom)
        self._paint_ticks(painter, area)
        painter.setClipRect(0, 0, self.viewport().width(), bottom)
        self._paint_lanes(painter, area)
        self._paint_blocks(painter, area)
        self._paint_now(painter, area)

    def _paint_ticks(self, painter: QPainter, area: QRectF) -> None:
        for at in time_axis.ticks(self._span, area.width()):
            x = round(self._span.x(at, area.left(), area.width()))
            painter.fillRect(QRectF(x, 0, 1, area.height()), self._theme.color("grid"))
        painter.setFont(font(SMALL, numbers=True))
        painter.setPen(self._theme.color("axis"))
        paint_times(painter, self._span, area, area.bottom() + 4)

    def _paint_lanes(self, painter: QPainter, area: QRectF) -> None:
        height = self.lane_height()
        shift = self.verticalScrollBar().value()
        painter.setFont(font(SMALL, numbers=True))
        timeline = self._run.board.timeline if self._run else None
        for lane, worker in enumerate(self._workers):
            top = lane * height - shift
            if top + height < 0 or top > area.height() or timeline is None:
                continue
            painter.setPen(self._theme.color("text2"))
            name = self.tr("Worker {0}").format(worker)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(24, top, LEFT - 28, height - 2), middle, name)
            begin = self._span.x(timeline.since(worker), area.left(), area.width())
            end = min(area.right(), self._span.x(self._now, area.left(), area.width()))
            begin = max(area.left(), begin)
            line = QRectF(begin, top + height // 2 - 1, max(0.0, end - begin), 1)
            painter.fillRect(line, self._theme.color("border"))

    def _paint_blocks(self, painter: QPainter, area: QRectF) -> None:
        narrow: dict[Outcome, list[QRect]] = {}
        height = self.lane_height()
        shift = self.verticalScrollBar().value()
        for place, block in enumerate(self._blocks):
            top = block.lane * height - shift + 1
            if top + height < 0 or top > area.height():
                continue
            left = round(block.left)
            width = max(1, round(block.right) - 1 - left)
            if width < NARROW:
                narrow.setdefault(block.outcome, []).append(QRect(left, top, width, height - 3))
            else:
                rect = QRectF(left, top, width, height - 3)
                self._paint_block(painter, block, rect, current=place == self._current)
        painter.setPen(Qt.PenStyle.NoPen)
        for outcome, rects in narrow.items():
            painter.setBrush(self._theme.color(FILLS[outcome][0]))
            painter.drawRects(rects)

    def _paint_block(self, painter: QPainter, block: Block, rect: QRectF, *, current: bool) -> None:
        fill, ink = FILLS[block.outcome]
        rounded(painter, rect, 2, self._theme.color(fill))
        if rect.width() > LABEL_FROM and self._run is not None:
            name = self._run.board.rows[block.attempt.index].name
            painter.setFont(font(SMALL, MEDIUM))
            painter.setPen(self._theme.color(ink))
            words = shortened(name, self._shared)
            metrics = QFontMetrics(painter.font())
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(rect.width()) - 10)
            place = rect.adjusted(6, 0, -4, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
        if current and self.hasFocus():
            painter.setPen(QPen(self._theme.color("text"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect)

    def _paint_now(self, painter: QPainter, area: QRectF) -> None:
        if not self._run or not self._span.start < self._now < self._span.end:
            return
        x = round(self._span.x(self._now, area.left(), area.width()))
        painter.fillRect(QRectF(x, 0, 1, area.height()), self._theme.color("text"))
        painter.setFont(font(SMALL, MEDIUM, numbers=True))
        painter.setPen(self._theme.color("text"))
        text = self.tr("now {0}").format(figures.clock(self._now))
        if x + 8 + QFontMetrics(painter.font()).horizontalAdvance(text) < area.right():
            painter.drawText(QPointF(x + 6, 13), text)

    def block_at(self, place: QPointF) -> int | None:
        """Return which block is at `place`."""
        for number in range(len(self._blocks) - 1, -1, -1):
            if self.block_rect(self._blocks[number]).adjusted(-1, 0, 1, 0).contains(place):
                return number
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the task of the block that is clicked."""
        number = self.block_at(event.position())
        if number is not None:
            self._current = number
            self.viewport().update()
            self.task_clicked.emit(self._blocks[number].attempt.index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go from block to block, up and down from lane to lane, Enter selects."""
        steps = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1),
                 Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}  # fmt: skip
        key = Qt.Key(event.key())
        if key in steps and self._blocks:
            self._step(*steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current >= 0:
            if self._current < len(self._blocks):
                self.task_clicked.emit(self._blocks[self._current].attempt.index)
        else:
            super().keyPressEvent(event)

    def _step(self, lanes: int, blocks: int) -> None:
        if not 0 <= self._current < len(self._blocks):
            first = min(range(len(self._blocks)), key=lambda n: self._place_of(self._blocks[n]))
            self._choose(first)
            return
        now = self._blocks[self._current]
        lane = min(max(now.lane + lanes, 0), len(self._workers) - 1)
        row = [(b.left, n) for n, b in enumerate(self._blocks) if b.lane == lane]
        row.sort(key=lambda pair: pair[0])
        near = min(range(len(row)), key=lambda i: abs(row[i][0] - now.left), default=0)
        if row:
            self._choose(row[min(max(near + blocks, 0), len(row) - 1)][1])

    def _choose(self, number: int) -> None:
        self._current = number
        self.setAccessibleDescription(self.tip(self._blocks[number]))
        self.viewport().update()

    def _place_of(self, block: Block) -> tuple[int, float]:
        return block.lane, block.left

    def tip(self, block: Block) -> str:
        """Return what a block's tooltip says."""
        if self._run is None:
            return ""
        attempt = block.attempt
        end = self._now if attempt.end is None else attempt.end
        name = self._run.board.rows[attempt.index].name
        words = {
            Outcome.DONE: self.tr("done"),
            Outcome.RUNNING: self.tr("running"),
            Outcome.RETRIED: self.tr("broke off, tried again"),
            Outcome.STOPPED: self.tr("its worker stopped, tried again"),
            Outcome.FAILED: self.tr("failed"),
            Outcome.CANCELLED: self.tr("cancelled"),
        }
        worker = self.tr("Worker {0}").format(attempt.worker)
        seconds = figures.duration(end - attempt.start)
        text = f"{name}\n{worker}, {seconds}, {words[attempt.outcome]}"
        if block.joined > 1:
            text += "\n" + self.tr("and {0} more, too short to draw").format(block.joined - 1)
        return text

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell a block in its tooltip."""
        if isinstance(event, QHelpEvent):
            number = self.block_at(QPointF(event.pos()))
            text = self.tip(self._blocks[number]) if number is not None else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().viewportEvent(event)
