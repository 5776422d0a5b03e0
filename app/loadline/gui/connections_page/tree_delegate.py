"""What the trees of the Connections page have in common when they paint a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from loadline.gui.theme import Theme
from loadline.gui.widgets import draw_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

Index = QModelIndex | QPersistentModelIndex
CHEVRON = 14


def plain(index: Index) -> QModelIndex:
    """Return an index of the kind that a view takes: painting gets no other."""
    return index if isinstance(index, QModelIndex) else QModelIndex()


class TreeDelegate(QStyledItemDelegate):
    """Rows `height` high; the ground is painted here, the rest in `paint_row`."""

    def __init__(self, theme: Theme, view: QTreeView, height: int) -> None:
        super().__init__(view)
        self.theme = theme
        self.view = view
        self._height = height

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row."""
        return QSize(40, self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground of a chosen or hovered row, then the row."""
        painter.save()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self.theme.color("sel" if chosen else "hover"))
        self.paint_row(painter, rect, index, chosen=chosen)
        if state & QStyle.StateFlag.State_HasFocus and self.shows_focus():
            painter.setPen(self.theme.color("accent"))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, chosen: bool) -> None:
        """Paint what a row says."""

    def shows_focus(self) -> bool:
        """Tell whether the row with the keyboard gets a frame."""
        return False

    def unfolded(self, index: Index) -> bool:
        """Tell whether a row is unfolded."""
        return self.view.isExpanded(plain(index))

    def paint_chevron(self, painter: QPainter, rect: QRect, index: Index, left: int) -> None:
        """Paint the sign of a row that can be unfolded."""
        icon = "chevron-down" if self.unfolded(index) else "chevron-right"
        middle = rect.y() + rect.height() / 2
        draw_icon(painter, self.theme, icon, "text2", CHEVRON, rect.x() + left, middle)
