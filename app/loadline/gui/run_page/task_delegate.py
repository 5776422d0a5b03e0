"""How the task table's cells look: icon and word, bars, quiet numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter

from loadline.domain.tasks import TaskRow, TaskState
from loadline.gui.models.task_model import TaskModel
from loadline.gui.models.task_order import TaskColumn
from loadline.gui.run_page.run_progress import HATCH_ALPHA
from loadline.gui.theme import BODY, MEDIUM, SMALL, Theme, font, task_look
from loadline.gui.widgets import CellDelegate, draw_icon, rounded
from loadline.gui.widgets.table import PAD

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView

BAR = 6
PERCENT = 40
_RIGHT = Qt.AlignmentFlag.AlignRight
_LEFT = Qt.AlignmentFlag.AlignLeft
_STRONG = frozenset({TaskColumn.ROWS})
_EMPTY = frozenset({TaskState.WAITING, TaskState.QUEUED})
Index = QModelIndex | QPersistentModelIndex


class TaskDelegate(CellDelegate):
    """Paints from the task itself, not from the model's roles: one look-up per cell."""

    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(theme, view)
        self._body = font(BODY)
        self._name = font(BODY, MEDIUM)
        self._numbers = font(BODY, numbers=True)
        self._small = font(SMALL, numbers=True)

    def content_rect(self, rect: QRect, index: Index) -> QRect:
        """Return the cell without its padding; numbers may use the page's edge."""
        return rect.adjusted(4 if index.column() == 0 else PAD, 0, -PAD, 0)

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint one cell of a task."""
        model = index.model()
        if not isinstance(model, TaskModel):
            return
        task = model.task_at(index.row())
        if task is None:
            return
        column = TaskColumn(index.column())
        area = self.content_rect(rect, index)
        if column is TaskColumn.STATE:
            self._paint_state(painter, area, task, model.now())
        elif column is TaskColumn.PROGRESS:
            self._paint_progress(painter, area, task, model.text(task, column))
        else:
            self._paint_text(painter, area, task, model.text(task, column), column)

    def _paint_state(self, painter: QPainter, area: QRect, task: TaskRow, now: float) -> None:
        look = task_look(task, now)
        role = f"{look.tone}.text"
        draw_icon(painter, self.theme, look.icon, role, 16, area.left(), area.center().y() + 0.5)
        painter.setFont(self._name)
        painter.setPen(self.theme.color(role))
        self.draw_text(painter, area.adjusted(24, 0, 0, 0), look.word)

    def _paint_progress(self, painter: QPainter, area: QRect, task: TaskRow, text: str) -> None:
        width = area.width() - 8 - PERCENT
        bar = QRectF(area.left(), area.center().y() - BAR // 2 + 1, width, BAR)
        color = self.theme.color
        rounded(painter, bar, 3, color("track"))
        share = 0.0 if task.state in _EMPTY else task.progress
        if share > 0:
            filled = QRectF(bar)
            filled.setWidth(max(BAR, bar.width() * share))
            rounded(painter, filled, 3, color(f"{task.state.value}.fill"))
            if task.state is TaskState.KEPT:
                hatch = QColor(color("surface"))
                hatch.setAlpha(HATCH_ALPHA)
                painter.fillRect(filled, QBrush(hatch, Qt.BrushStyle.BDiagPattern))
        if task.state not in _EMPTY:
            painter.setFont(self._small)
            painter.setPen(color("text2"))
            self.draw_text(painter, area.adjusted(area.width() - PERCENT, 0, 0, 0), text, _RIGHT)

    def _paint_text(
        self, painter: QPainter, area: QRect, task: TaskRow, text: str, column: TaskColumn
    ) -> None:
        if not text:
            return
        role = "text2"
        side = _RIGHT
        painter.setFont(self._numbers)
        if column is TaskColumn.FILE:
            painter.setFont(self._name)
            role, side = "text", _LEFT
        elif column is TaskColumn.MESSAGE:
            painter.setFont(self._body)
            role = "failed.text" if task.state is TaskState.FAILED else "text2"
            side = _LEFT
        elif column in _STRONG or (column is TaskColumn.TRIES and " " in text):
            role = "text"
        elif column is TaskColumn.NUMBER:
            role = "text3"
        painter.setPen(self.theme.color(role))
        self.draw_text(painter, area, text, side)
