"""The timeline: a lane per worker, a block per attempt, gaps with their names; zoomed and moved.

Until it is zoomed it shares the chart's time axis. What it shows is worked out when something
changes, a paint event only draws it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QToolTip

from loadline.gui.models import figures, timeline_zoom
from loadline.gui.models.time_axis import LEFT, RIGHT, Span
from loadline.gui.models.timeline_blocks import Block, block_of, blocks_of, short_names
from loadline.gui.models.timeline_gaps import Gap, gaps_of
from loadline.gui.run_page.run_like import RunLike
from loadline.gui.run_page.timeline_paint import Scene, TimelinePainter
from loadline.gui.run_page.timeline_words import block_tip, gap_tip
from loadline.gui.theme import Theme

LANE_LEAST, LANE_MOST = 18, 24
AXIS = 24
NOTCH = 120
"""What a wheel tells for one notch."""
MOVE = 0.2
"""Share of what is in sight by which a key moves it."""


class TimelineView(QAbstractScrollArea):
    """All blocks in one paint event, only what is in sight; a click tells the task."""

    task_clicked = Signal(int)
    zoom_changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("timelineView")
        self.setAccessibleName(self.tr("Timeline of the workers"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._painter = TimelinePainter(theme)
        self._run: RunLike | None = None
        self._axis = Span()
        self._zoom: Span | None = None
        self._scene = Scene(QRectF(), Span(), 0.0, LANE_LEAST, 0)
        self._task: int | None = None
        self._named = -1
        self._current = -1
        self._pressed: QPointF | None = None
        self._dragged = False
        theme.changed.connect(self.viewport().update)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    # What is shown

    def refresh(self, run: RunLike, axis: Span) -> None:
        """Show the attempts of this moment; `axis` is the chart's, used until it is zoomed."""
        if run is not self._run:
            self._forget()
        self._run, self._axis = run, axis
        self._scene.now = run.elapsed()
        if self._named != len(run.board.rows):
            self._named = len(run.board.rows)
            self._scene.shared = short_names(run.board.rows)
        workers = run.board.timeline.workers
        if list(self._scene.workers) != workers:
            self._scene.workers = workers
            self._fit_lanes()
        self._place()
        busy = figures.percent(run.board.timeline.busy(self._scene.now))
        text = self.tr("{0} workers, busy {1} of the time")
        self.setAccessibleDescription(text.format(len(workers), busy))

    def show_task(self, index: int | None, *, reveal: bool = False) -> None:
        """Frame the blocks of a task; with `reveal`, move there when they are out of sight."""
        self._task = index
        if reveal and self._run is not None and index is not None:
            tries = self._run.board.timeline.attempts_of(index)
            if tries:
                last = max(self._scene.now if a.end is None else a.end for a in tries)
                self._reveal(min(a.start for a in tries), last)
        self._place()

    def show_moment(self, at: float) -> None:
        """Point at a moment, moving there when it is out of sight."""
        self._scene.moment = at
        self._reveal(at, at)
        self._place()

    def blocks(self) -> list[Block]:
        """Return the blocks as they are drawn."""
        return list(self._scene.blocks)

    def gaps(self) -> list[Gap]:
        """Return the gaps as they are drawn."""
        return list(self._scene.gaps)

    def chosen(self) -> list[Block]:
        """Return the framed blocks: those of the selected task that are in sight."""
        return list(self._scene.chosen)

    @property
    def span(self) -> Span:
        """The seconds in sight."""
        return self._zoom or self._axis

    @property
    def zoomed(self) -> bool:
        """Whether it is nearer than the chart."""
        return self._zoom is not None

    def lane_height(self) -> int:
        """Return the height of a lane: as high as fits, within its bounds."""
        room = self.viewport().height() - AXIS
        lanes = max(1, len(self._scene.workers))
        return max(LANE_LEAST, min(LANE_MOST, room // lanes))

    def block_rect(self, block: Block) -> QRectF:
        """Return where a block is, in pixels of the viewport."""
        height = self.lane_height()
        top = block.lane * height - self.verticalScrollBar().value() + 1
        return QRectF(block.left, top, block.right - block.left, height - 3)

    def tip(self, block: Block) -> str:
        """Return what a block's tooltip says."""
        if self._run is None:
            return ""
        return block_tip(block, self._run.board.rows[block.attempt.index], self._scene.now)

    def _forget(self) -> None:
        self._zoom = self._task = self._scene.moment = None
        self._current = -1
        self.zoom_changed.emit()

    def _width(self) -> int:
        return max(1, self.viewport().width() - LEFT - RIGHT)

    def _place(self) -> None:
        if self._run is None:
            return
        scene, width = self._scene, self._width()
        timeline = self._run.board.timeline
        scene.area = QRectF(LEFT, 0, width, self.viewport().height() - AXIS)
        scene.span, scene.rows = self.span, self._run.board.rows
        scene.lane_height, scene.shift = self.lane_height(), self.verticalScrollBar().value()
        scene.blocks = blocks_of(timeline, scene.span, scene.now, LEFT, width)
        scene.gaps = gaps_of(timeline, scene.blocks, scene.span, scene.now, LEFT, width)
        mine = timeline.attempts_of(self._task) if self._task is not None else []
        found = (block_of(timeline, a, scene.span, scene.now, LEFT, width) for a in mine)
        scene.chosen = [block for block in found if block is not None]
        self.viewport().update()

    def _scrolled(self) -> None:
        self._scene.shift = self.verticalScrollBar().value()
        self.viewport().update()

    def _fit_lanes(self) -> None:
        high = self.lane_height() * len(self._scene.workers)
        room = self.viewport().height() - AXIS
        self.verticalScrollBar().setRange(0, max(0, high - room))
        self.verticalScrollBar().setPageStep(max(1, room))
        self.verticalScrollBar().setSingleStep(LANE_LEAST)

    # Zoom

    def _whole(self) -> Span:
        return Span(0.0, max(self._axis.end, self._scene.now))

    def zoom(self, factor: float, at: float | None = None) -> None:
        """Look nearer (above 1) or from farther, around a moment or the middle."""
        middle = (self.span.start + self.span.end) / 2 if at is None else at
        self._look(timeline_zoom.zoomed(self.span, self._whole(), factor, middle))

    def fit(self) -> None:
        """Show what the chart shows again."""
        self._scene.moment = None
        self._look(None)

    def move_by(self, seconds: float) -> None:
        """Move what is in sight; only where it is not all in sight."""
        if self._zoom is not None:
            self._look(timeline_zoom.moved(self._zoom, self._whole(), seconds))

    def _reveal(self, first: float, last: float) -> None:
        span = self.span
        if first < span.start or last > span.end:
            whole = self._whole()
            self._look(timeline_zoom.around(span, whole, first, last))

    def _look(self, zoom: Span | None) -> None:
        self._zoom = zoom
        self._current = -1
        self._place()
        self.zoom_changed.emit()

    def _at(self, x: float) -> float:
        return self.span.at(x, LEFT, self._width())

    # Mouse

    def block_at(self, place: QPointF) -> int | None:
        """Return which block is at `place`."""
        blocks = self._scene.blocks
        for number in range(len(blocks) - 1, -1, -1):
            if self.block_rect(blocks[number]).adjusted(-1, 0, 1, 0).contains(place):
                return number
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what is in sight."""
        if self._pressed is None:
            return
        way = event.position().x() - self._pressed.x()
        if not self._dragged and abs(way) < QApplication.startDragDistance():
            return
        self._dragged = True
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self._pressed = event.position()
        self.move_by(-way / self._width() * self.span.seconds)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Select the task of the block that is clicked."""
        self.viewport().unsetCursor()
        pressed, self._pressed = self._pressed, None
        if pressed is None or self._dragged:
            return
        number = self.block_at(event.position())
        if number is not None:
            self._current = number
            self.task_clicked.emit(self._scene.blocks[number].attempt.index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Look nearer at what is double-clicked."""
        self.zoom(timeline_zoom.KEY_STEP**2, self._at(event.position().x()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the mouse; sideways or with Shift move; over the names scroll the lanes."""
        turn = event.angleDelta()
        sideways = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.position().x() < LEFT:
            super().wheelEvent(event)
        elif turn.x() or sideways:
            self.move_by(-(turn.x() or turn.y()) / NOTCH * MOVE / 2 * self.span.seconds)
        else:
            self.zoom(timeline_zoom.STEP ** (turn.y() / NOTCH), self._at(event.position().x()))
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell a block or a gap in its tooltip."""
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self)
            return True
        return super().viewportEvent(event)

    def tip_at(self, place: QPointF) -> str:
        """Return what is told about the block or the gap at `place`."""
        number = self.block_at(place)
        if number is not None:
            return self.tip(self._scene.blocks[number])
        for gap in self._scene.gaps:
            lane = self._scene.rect(gap.lane, gap.left, gap.right)
            if lane.adjusted(-1, 0, 1, 0).contains(place.toPoint()):
                worker = self._scene.workers[gap.lane]
                return gap_tip(gap.reason, worker, self._at(gap.left), self._at(gap.right))
        return ""

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from block to block, Enter selects; plus, minus and 0 zoom, Ctrl moves."""
        if not self._zoom_key(event) and not self._walk_key(event):
            super().keyPressEvent(event)

    def _zoom_key(self, event: QKeyEvent) -> bool:
        key, seconds = event.key(), self.span.seconds * MOVE
        away = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(timeline_zoom.KEY_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1.0 / timeline_zoom.KEY_STEP)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif away and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.move_by(-seconds if key == Qt.Key.Key_Left else seconds)
        else:
            return False
        return True

    def _walk_key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1),
                 Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}  # fmt: skip
        key, blocks = Qt.Key(event.key()), self._scene.blocks
        if key in steps and blocks:
            self._step(*steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self._current < len(blocks):
            self.task_clicked.emit(blocks[self._current].attempt.index)
        else:
            return False
        return True

    def _step(self, lanes: int, steps: int) -> None:
        blocks = self._scene.blocks
        if not 0 <= self._current < len(blocks):
            self._choose(min(range(len(blocks)), key=lambda n: (blocks[n].lane, blocks[n].left)))
            return
        now = blocks[self._current]
        lane = min(max(now.lane + lanes, 0), len(self._scene.workers) - 1)
        row = sorted((b.left, n) for n, b in enumerate(blocks) if b.lane == lane)
        near = min(range(len(row)), key=lambda i: abs(row[i][0] - now.left), default=0)
        if row:
            self._choose(row[min(max(near + steps, 0), len(row) - 1)][1])

    def _choose(self, number: int) -> None:
        self._current = number
        self.setAccessibleDescription(self.tip(self._scene.blocks[number]))
        self.viewport().update()

    # The window

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the lanes."""
        self._fit_lanes()
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the scene."""
        blocks = self._scene.blocks
        here = self.hasFocus() and 0 <= self._current < len(blocks)
        self._scene.current = blocks[self._current] if here else None
        painter = QPainter(self.viewport())
        self._painter.paint(painter, self._scene, self.viewport().rect())
