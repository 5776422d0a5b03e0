"""Databases and collections of a server as a tree, with counts and a search."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QStandardItem
from PySide6.QtGui import QStandardItemModel as Model
from PySide6.QtWidgets import (
    QAbstractItemView,
    QTreeView,
)

from loadline.domain.browsing import CollectionSeen, DatabaseSeen
from loadline.gui.connections_page.tree_delegate import Index, TreeDelegate
from loadline.gui.models import figures
from loadline.gui.theme import BODY, REGULAR, SEMIBOLD, SMALL, Theme, font
from loadline.gui.widgets import draw_icon

ROW = 32
SeenRole = Qt.ItemDataRole.UserRole
_UNFOLDED = 3
"""So many databases are unfolded by themselves."""
_SYSTEM = frozenset({"admin", "config", "local"})
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class _Delegate(TreeDelegate):
    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, chosen: bool) -> None:
        """Paint icon, name and count."""
        seen = index.data(SeenRole)
        middle = rect.center().y() + 0.5
        if isinstance(seen, DatabaseSeen):
            self.paint_chevron(painter, rect, index, 16)
            draw_icon(painter, self.theme, "database", "text2", 16, rect.x() + 36, middle)
            self._paint_name(painter, rect, 58, seen.name, figures.count(len(seen.collections)),
                             strong=True)  # fmt: skip
        elif isinstance(seen, CollectionSeen):
            icon = "eye" if seen.kind == "view" else "table-2"
            role = "accent" if chosen else "text2"
            draw_icon(painter, self.theme, icon, role, 16, rect.x() + 52, middle)
            count = "" if seen.count is None else figures.count(seen.count)
            self._paint_name(painter, rect, 74, seen.name, count, strong=chosen)

    def shows_focus(self) -> bool:
        """Tell whether the tree is used by the keyboard."""
        return isinstance(self.view, ServerTree) and self.view.by_keyboard

    def _paint_name(
        self, painter: QPainter, rect: QRect, left: int, name: str, count: str, *, strong: bool
    ) -> None:
        made = font(SMALL, numbers=True)
        room = rect.width() - left - 24 - 8 - QFontMetrics(made).horizontalAdvance(count)
        painter.setFont(made)
        painter.setPen(self.theme.color("text2"))
        right = QRectF(rect.x(), rect.y(), rect.width() - 24, rect.height())
        painter.drawText(right, _MIDDLE | Qt.AlignmentFlag.AlignRight, count)
        made = font(BODY, SEMIBOLD if strong else REGULAR)
        painter.setFont(made)
        painter.setPen(self.theme.color("text"))
        shown = QFontMetrics(made).elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(rect.x() + left, rect.y(), room + 2, rect.height()), _MIDDLE, shown)


class ServerTree(QTreeView):
    """The tree; `collection_chosen` gives database and collection."""

    collection_chosen = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.by_keyboard = False
        self._databases: tuple[DatabaseSeen, ...] = ()
        self._needle = ""
        self._folded: set[str] | None = None
        self._rows = Model(self)
        self.setObjectName("collectionTree")
        self.setAccessibleName(self.tr("Databases and collections"))
        self.setModel(self._rows)
        self.setItemDelegate(_Delegate(theme, self, ROW))
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._moved)
        self.expanded.connect(self._unfolded)
        self.collapsed.connect(self._fold)

    def set_databases(self, databases: Sequence[DatabaseSeen]) -> None:
        """Show these databases; nothing is chosen."""
        self._databases = tuple(databases)
        own = [one.name for one in databases if one.name not in _SYSTEM]
        self._folded = {one.name for one in databases} - set(own[:_UNFOLDED])
        self._fill()

    @property
    def databases(self) -> tuple[DatabaseSeen, ...]:
        """What is shown."""
        return self._databases

    def search(self, text: str) -> None:
        """Show only collections with this text in their name, or in their database's."""
        self._needle = text.strip().casefold()
        self._fill()

    def chosen(self) -> tuple[str, str] | None:
        """Return database and collection that are chosen."""
        return self._names(self.currentIndex())

    def choose(self, database: str, collection: str) -> None:
        """Choose a collection, where it is there."""
        for row in range(self._rows.rowCount()):
            top = self._rows.item(row)
            if top.text() != database:
                continue
            for below in range(top.rowCount()):
                if top.child(below).text() == collection:
                    self.setExpanded(top.index(), True)
                    self.setCurrentIndex(top.child(below).index())

    def _fill(self) -> None:
        before = self.chosen()
        model = self.selectionModel()
        model.blockSignals(True)  # the same collection chosen again is no news
        self._rows.clear()
        for database in self._databases:
            self._add(database)
        if before is not None:
            self.choose(*before)
        model.blockSignals(False)
        self.viewport().update()

    def _add(self, database: DatabaseSeen) -> None:
        needle = self._needle
        whole = needle in database.name.casefold()
        found = [c for c in database.collections if whole or needle in c.name.casefold()]
        if needle and not found:
            return
        item = QStandardItem(database.name)
        item.setData(database, SeenRole)
        item.setSelectable(False)
        self._rows.appendRow(item)
        for collection in found:
            below = QStandardItem(collection.name)
            below.setData(collection, SeenRole)
            below.setToolTip(self._told(collection))
            item.appendRow(below)
        folded = self._folded or set()
        if needle or database.name not in folded:
            self.setExpanded(item.index(), True)

    def _told(self, collection: CollectionSeen) -> str:
        kinds = {"view": self.tr("view"), "timeseries": self.tr("time series")}
        parts = [collection.name]
        if collection.kind in kinds:
            parts.append(kinds[collection.kind])
        if collection.size is not None:
            parts.append(figures.size(collection.size))
        return ", ".join(parts)

    def _names(self, index: QModelIndex) -> tuple[str, str] | None:
        if not isinstance(index.data(SeenRole), CollectionSeen):
            return None
        return str(index.parent().data()), str(index.data())

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        names = self._names(now)
        if names is not None:
            self.collection_chosen.emit(*names)

    def _unfolded(self, index: QModelIndex) -> None:
        if self._folded is not None and not self._needle:
            self._folded.discard(str(index.data()))

    def _fold(self, index: QModelIndex) -> None:
        if self._folded is not None and not self._needle:
            self._folded.add(str(index.data()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold a database by a click anywhere on its row."""
        self.by_keyboard = False
        index = self.indexAt(event.position().toPoint())
        if isinstance(index.data(SeenRole), DatabaseSeen):
            self.setExpanded(index, not self.isExpanded(index))
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show where the keyboard is."""
        self.by_keyboard = True
        super().keyPressEvent(event)
