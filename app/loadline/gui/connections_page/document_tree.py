"""Documents as a tree: field, value in one line, type in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
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
    QTreeView,
)

from loadline.domain.browsing import Node
from loadline.gui.connections_page.tree_delegate import Index, TreeDelegate, plain
from loadline.gui.theme import BODY, SMALL, Theme, font

ROW = 24
_FIELD, _VALUE, _TYPE = range(3)
_STEP = 16
NodeRole = Qt.ItemDataRole.UserRole
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class _Delegate(TreeDelegate):
    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, chosen: bool) -> None:
        """Paint a field, a value or a type."""
        role = ("text2", "text", "text3")[index.column()]
        made = font(SMALL if index.column() == _TYPE else BODY)
        left = 8
        if index.column() == _FIELD:
            left = 44 + _STEP * _depth(index)
            if index.model().hasChildren(plain(index)):
                self.paint_chevron(painter, rect, index, left - 18)
        painter.setFont(made)
        painter.setPen(self.theme.color(role))
        room = rect.width() - left - 8
        first = plain(index).siblingAtColumn(_FIELD)
        inside = index.column() == _VALUE and index.model().hasChildren(first)
        unfolded = inside and self.unfolded(first)
        text = "" if unfolded else str(index.data() or "")  # then it stands below, part by part
        shown = QFontMetrics(made).elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(rect.x() + left, rect.y(), room + 2, ROW), _MIDDLE, shown)


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
        self.setItemDelegate(_Delegate(theme, self, ROW))
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
