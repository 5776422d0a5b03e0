"""The list of connections: state, name and where it leads to, in rows of two lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from loadline.gui.theme import BODY, SEMIBOLD, SMALL, Look, Theme, font
from loadline.gui.widgets import draw_icon, rounded

ROW = 48
LineRole = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class ConnectionLine:
    """A connection in the list; `look` is how the last look at it ended."""

    name: str
    below: str
    look: Look


class ConnectionModel(QAbstractListModel):
    """The lines, in the order in which the connections are kept."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[ConnectionLine, ...] = ()

    def set_lines(self, lines: Sequence[ConnectionLine]) -> None:
        """Show these lines; the same number of lines keeps the choice."""
        new = tuple(lines)
        if len(new) != len(self._lines):
            self.beginResetModel()
            self._lines = new
            self.endResetModel()
        elif new != self._lines:
            self._lines = new
            self.dataChanged.emit(self.index(0), self.index(len(new) - 1))

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of connections."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name, both lines as tooltip, or the line itself."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.name
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return f"{line.name}\n{line.below}"
        return line if role == LineRole else None


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: ConnectionList) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of two lines."""
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint ground, state, name and the line below."""
        line = index.data(LineRole)
        if not isinstance(line, ConnectionLine):
            return
        painter.save()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        self._ground(painter, rect, state)
        color = self._theme.color
        draw_icon(
            painter, self._theme, line.look.icon, f"{line.look.tone}.text", 16, rect.x() + 10,
            rect.center().y() + 1,
        )  # fmt: skip
        left, width = rect.x() + 36, rect.width() - 44
        for text, made, role, top in (
            (line.name, font(BODY, SEMIBOLD), "text", 8),
            (line.below, font(SMALL), "text2", 24),
        ):
            painter.setFont(made)
            painter.setPen(color(role))
            shown = QFontMetrics(made).elidedText(text, Qt.TextElideMode.ElideRight, width)
            area = QRectF(left, rect.y() + top - 1, width + 1, 18)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        color = self._theme.color
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        ground = color("accentsoft" if chosen else "hover") if chosen or over else None
        focused = bool(state & QStyle.StateFlag.State_HasFocus) and self._view.by_keyboard
        rounded(painter, QRectF(rect), 6, ground, color("accent") if focused else None, 2)


class ConnectionList(QListView):
    """The list; `delete_pressed` for the Delete key."""

    delete_pressed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.by_keyboard = False
        self.setObjectName("connectionList")
        self.setAccessibleName(self.tr("Connections"))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setItemDelegate(_Delegate(theme, self))

    def wanted_height(self) -> int:
        """Return the height of all rows."""
        return ROW * self.model().rowCount()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of the Delete key."""
        self.by_keyboard = True
        if event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)
