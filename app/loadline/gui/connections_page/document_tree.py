"""Documents as a tree: field, value in one line, type in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
)

from loadline.domain.browsing import Node
from loadline.gui.theme import BODY, SMALL, Theme, font
from loadline.gui.widgets import draw_icon

ROW = 24
_FIELD, _VALUE, _TYPE = range(3)
_STEP = 16
NodeRole = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


def _plain(index: Index) -> QModelIndex:
    """Return an index of the kind that a view takes: painting gets no other."""
    return index if isinstance(index, QModelIndex) else QModelIndex()


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: DocumentTree) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row."""
        return QSize(40, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a field, a value or a type."""
        painter.save()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            painter.fillRect(rect, self._theme.color("sel" if chosen else "hover"))
        role = ("text2", "text", "text3")[index.column()]
        made = font(SMALL if index.column() == _TYPE else BODY)
        left = 8
        if index.column() == _FIELD:
            left = 44 + _STEP * _depth(index)
            self._paint_chevron(painter, rect, index, left - 18)
        painter.setFont(made)
        painter.setPen(self._theme.color(role))
        room = rect.width() - left - 8
        first = _plain(index).siblingAtColumn(_FIELD)
        inside = index.column() == _VALUE and index.model().hasChildren(first)
        unfolded = inside and self._view.isExpanded(first)
        text = "" if unfolded else str(index.data() or "")  # then it stands below, part by part
        shown = QFontMetrics(made).elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(rect.x() + left, rect.y(), room + 2, ROW), _MIDDLE, shown)
        painter.restore()

    def _paint_chevron(self, painter: QPainter, rect: QRect, index: Index, left: int) -> None:
        if not index.model().hasChildren(_plain(index)):
            return
        unfolded = self._view.isExpanded(_plain(index))
        icon = "chevron-down" if unfolded else "chevron-right"
        draw_icon(painter, self._theme, icon, "text2", 14, rect.x() + left, rect.y() + ROW / 2)


def _depth(index: Index) -> int:
    depth = 0
    parent = index.parent()
    while parent.isValid():
        depth, parent = depth + 1, parent.parent()
    return depth


class DocumentTree(QTreeView):
    """The fields of one document, or many documents as roots."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._rows = QStandardItemModel(0, 3, self)
        self.setAccessibleName(name)
        self.setProperty("pane", "sunken")
        self.setModel(self._rows)
        self.setItemDelegate(_Delegate(theme, self))
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(40)
        header.setSectionResizeMode(_FIELD, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(_VALUE, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_TYPE, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(_FIELD, 218)
        header.resizeSection(_TYPE, 128)

    def show_nodes(self, nodes: Sequence[Node], *, unfold: bool) -> None:
        """Show these fields; with `unfold` the first level is open."""
        self._rows.removeRows(0, self._rows.rowCount())
        for node in nodes:
            self._rows.appendRow(_items(node))
        if unfold:
            self.expandToDepth(0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold by a click anywhere in the field's column."""
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        first = index.siblingAtColumn(_FIELD)
        if index.isValid() and index.column() == _FIELD and self._rows.hasChildren(first):
            self.setExpanded(first, not self.isExpanded(first))


def _items(node: Node) -> list[QStandardItem]:
    items = [QStandardItem(text) for text in (node.name, node.value, node.type)]
    items[_VALUE].setToolTip(node.value)
    for inner in node.inside:
        items[_FIELD].appendRow(_items(inner))
    return items
