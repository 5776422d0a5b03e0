"""The table of runs: states as icon and word, speeds as a line, keys for everything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView

from loadline.gui.models.background import Answer, Background
from loadline.gui.runs_page.runs_model import (
    NAME,
    SHARES,
    SOURCE,
    SPEED,
    STATE,
    WIDTHS,
    RunLine,
    RunsModel,
)
from loadline.gui.theme import BODY, MEDIUM, Theme, font, run_look
from loadline.gui.widgets import CellDelegate, TableView, draw_icon

Index = QModelIndex | QPersistentModelIndex
ReadCurve = Callable[[str], tuple[float, ...]]
_LEAST = 2
"""Points that make a line."""


def curve_of(key: str) -> tuple[float, ...]:
    """Return the speed of the run in folder `key` over its time; called in a thread."""
    from loadline.store.run_curve import read_curve

    return read_curve(Path(key) / "journal.jsonl")


class RunsDelegate(CellDelegate):
    """Paints the state as icon and word in its colour, and the speed as a small curve."""

    def __init__(self, theme: Theme, table: RunsTable) -> None:
        super().__init__(theme, table)
        self._table = table

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint a cell."""
        model = index.model()
        if not isinstance(model, RunsModel):
            return
        line = model.line(index.row())
        if index.column() == SOURCE:
            self._source(painter, rect, index)
        elif index.column() == STATE:
            self._state(painter, rect, index, line)
        elif index.column() == SPEED:
            self._speed(painter, self.content_rect(rect, index), line)
        elif index.column() == NAME and line.pinned:
            area = self.content_rect(rect, index)
            middle = rect.top() + rect.height() / 2
            draw_icon(painter, self.theme, "pin", "text3", 14, area.right() - 14, middle)
            super().paint_cell(painter, rect.adjusted(0, 0, -22, 0), index)
        else:
            super().paint_cell(painter, rect, index)

    def _source(self, painter: QPainter, rect: QRect, index: Index) -> None:
        painter.setFont(font(BODY))
        painter.setPen(self.theme.color("text2"))
        left, mode = Qt.AlignmentFlag.AlignLeft, Qt.TextElideMode.ElideMiddle
        area = self.content_rect(rect, index)
        self.draw_text(painter, area, str(index.data() or ""), left, mode)

    def _state(self, painter: QPainter, rect: QRect, index: Index, line: RunLine) -> None:
        look = run_look(line.state)
        area = self.content_rect(rect, index)
        middle = rect.top() + rect.height() / 2
        draw_icon(painter, self.theme, look.icon, f"{look.tone}.text", 16, area.left(), middle)
        painter.setFont(font(BODY, MEDIUM))
        painter.setPen(self.theme.color(f"{look.tone}.text"))
        self.draw_text(painter, area.adjusted(24, 0, 0, 0), look.word)

    def _speed(self, painter: QPainter, area: QRect, line: RunLine) -> None:
        curve = self._table.curve(line)
        if len(curve) < _LEAST or not max(curve):
            return
        high, top = max(curve), area.top() + 8
        wide, tall = area.width() / (len(curve) - 1), area.height() - 16
        points = [
            QPointF(area.left() + n * wide, top + tall * (1 - speed / high))
            for n, speed in enumerate(curve)
        ]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QPolygonF([*points, QPointF(area.left() + wide * (len(curve) - 1), top + tall),
                            QPointF(area.left(), top + tall)])  # fmt: skip
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("fill"))
        painter.drawPolygon(ground)
        painter.setPen(QPen(self.theme.color("curve"), 1))
        painter.drawPolyline(QPolygonF(points))
        painter.restore()


class RunsTable(TableView):
    """Enter opens, Delete deletes, F2 renames, P pins."""

    open_asked = Signal()
    delete_asked = Signal()
    pin_asked = Signal()

    def __init__(
        self, theme: Theme, name: str, model: RunsModel, read_curve: ReadCurve = curve_of
    ) -> None:
        super().__init__(theme, name)
        self.setObjectName("runsTable")
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self._read_curve = read_curve
        self._curves: dict[tuple[str, float], tuple[float, ...]] = {}
        self._asked: set[tuple[str, float]] = set()
        self._reader = Background("curves of runs", self)
        self._reader.answered.connect(self._answered)
        self._reader.dropped.connect(self._asked.discard)
        self.setModel(model)
        self.setItemDelegate(RunsDelegate(theme, self))
        self._sharing = False
        self._dragged = False
        self._share()
        self.horizontalHeader().sectionResized.connect(self._resized)

    def curve(self, line: RunLine) -> tuple[float, ...]:
        """Return a run's curve, or nothing yet and ask for it; only rows on screen are asked."""
        key = (line.key, 0.0 if line.live else line.seconds)
        if key not in self._curves and key not in self._asked and not line.live:
            self._asked.add(key)
            self._reader.ask(key, lambda: self._read_curve(line.key))
        return self._curves.get(key, ())

    def close_reader(self) -> None:
        """End the thread that reads curves."""
        self._reader.close()

    def _answered(self, answer: Answer) -> None:
        if isinstance(answer.key, tuple):
            self._curves[answer.key] = answer.value or ()
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width between the columns that can use it, until one is dragged."""
        super().resizeEvent(event)
        if not self._dragged:
            self._share()

    def _share(self) -> None:
        widths = list(WIDTHS)
        left = max(0, self.viewport().width() - sum(widths))
        for section, share in SHARES.items():
            widths[section] += left * share // sum(SHARES.values())
        self._sharing = True
        self.set_widths(widths)
        self._sharing = False

    def _resized(self, section: int) -> None:
        # The last column follows the window by itself, whoever drags another.
        self._dragged |= not self._sharing and section != SOURCE

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the keys of the class say."""
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_asked.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit()
        elif event.key() == Qt.Key.Key_P and not event.modifiers():
            self.pin_asked.emit()
        elif event.key() == Qt.Key.Key_F2 and self.currentIndex().isValid():
            self.edit_name()
        else:
            super().keyPressEvent(event)

    def edit_name(self) -> None:
        """Let the name of the chosen run be written over."""
        row = self.currentIndex().row()
        if row >= 0:
            index = self.model().index(row, NAME)
            self.setCurrentIndex(index)
            self.edit(index)
