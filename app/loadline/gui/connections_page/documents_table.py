"""The first documents as a table: nested fields are columns, their shared path above them."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent

from loadline.domain.browsing import DocumentsSeen, FieldSeen
from loadline.domain.schema import ColumnType
from loadline.gui.models import figures
from loadline.gui.theme import BODY, MEDIUM, SEMIBOLD, SMALL, Theme, font, type_look
from loadline.gui.widgets import CellDelegate, HeaderView, TableView, draw_icon

HEADER = 48
LEAST, MOST = 64, 200
KEY = "_id"
NOTHING = DocumentsSeen()
FieldRole = Qt.ItemDataRole.UserRole
_SHOWN = 300
_MEASURED = 30
_NUMBERS = frozenset({ColumnType.INT, ColumnType.DECIMAL})
_NO_PARENT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class DocumentsModel(QAbstractTableModel):
    """The rows of a `DocumentsSeen` as text."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._seen = NOTHING

    def set_documents(self, seen: DocumentsSeen) -> None:
        """Show other documents."""
        self.beginResetModel()
        self._seen = seen
        self.endResetModel()

    @property
    def seen(self) -> DocumentsSeen:
        """What is shown."""
        return self._seen

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of documents."""
        return 0 if parent.isValid() else len(self._seen.rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of fields."""
        return 0 if parent.isValid() else len(self._seen.fields)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a field's path, what was seen in it, or the field itself."""
        if orientation is not Qt.Orientation.Horizontal or section >= self.columnCount():
            return None
        field = self._seen.fields[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return field.path
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._told(field)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(field)
        return field if role == FieldRole else None

    def _told(self, field: FieldSeen) -> str:
        kinds = ", ".join(f"{figures.count(number)} × {word}" for word, number in field.kinds)
        there = self.tr("in {0} of {1} documents").format(field.seen, len(self._seen.rows))
        return f"{field.path}: {kinds or type_look(field.type).word}\n{there}"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, font, ink and alignment; the full text as tooltip."""
        if not index.isValid():
            return None
        field = self._seen.fields[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(field)
        if role == Qt.ItemDataRole.FontRole:
            return font(BODY, numbers=field.type in _NUMBERS)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._theme.color("text2" if field.path == KEY else "text")
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        text = self._seen.rows[index.row()][index.column()]
        return (text or "")[: _SHOWN if role == Qt.ItemDataRole.DisplayRole else 2_000]


def _side(field: FieldSeen) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if field.type in _NUMBERS else Qt.AlignmentFlag.AlignLeft


def split_path(path: str) -> tuple[str, str]:
    """Return the shared path of a field and its own name."""
    parent, _, name = path.rpartition(".")
    return (parent, name) if parent and name else ("", path)


class DocumentsHeader(HeaderView):
    """A header 48 high: shared path over icon and name of each field."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, height=HEADER)
        self.line_above = False

    def _field(self, section: int) -> FieldSeen | None:
        found = self.model().headerData(section, Qt.Orientation.Horizontal, FieldRole)
        return found if isinstance(found, FieldSeen) else None

    def paint_name(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint the type's icon and the field's own name."""
        field = self._field(section)
        if field is None:
            return
        look = type_look(field.type)
        icon = "key-round" if field.path == KEY else look.icon
        area = self.text_rect(rect, section)
        metrics = QFontMetrics(font(SMALL, MEDIUM))
        sign = QFontMetrics(font(SMALL, SEMIBOLD)).horizontalAdvance(look.sign) if not icon else 12
        name = split_path(field.path)[1]
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, area.width() - sign - 4)
        width = metrics.horizontalAdvance(shown)
        right = field.type in _NUMBERS
        x = area.right() + 1 - width - sign - 4 if right else area.left()
        middle = rect.top() + 30
        painter.setPen(self.theme.color("text2"))
        flags = Qt.AlignmentFlag.AlignVCenter
        if icon:
            draw_icon(painter, self.theme, icon, "text3", 12, x, middle)
        else:
            painter.setFont(font(SMALL, SEMIBOLD))
            painter.drawText(QRectF(x, middle - 8, sign + 1, 16), flags, look.sign)
        painter.setFont(font(SMALL, MEDIUM))
        painter.setPen(self.theme.color("text"))
        painter.drawText(QRectF(x + sign + 4, middle - 8, width + 2, 16), flags, shown)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sections, then each shared path once over its fields."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setFont(font(SMALL))
        painter.setPen(self.theme.color("text2"))
        metrics = QFontMetrics(painter.font())
        for parent, left, right in self._groups():
            start = max(left, 0) + 8
            room = right - start - 4
            if parent and room > 0 and right > 0 and left < self.viewport().width():
                words = metrics.elidedText(parent, Qt.TextElideMode.ElideMiddle, room)
                top = QRectF(start, 6, room + 4, 16)
                painter.drawText(top, Qt.AlignmentFlag.AlignVCenter, words)

    def _groups(self) -> list[tuple[str, int, int]]:
        """Return shared paths with the left and right edges of their fields."""
        fields = [(n, self._field(n)) for n in range(self.count())]
        pairs = [(n, split_path(field.path)[0]) for n, field in fields if field is not None]
        groups = []
        for parent, members in groupby(pairs, key=lambda pair: pair[1]):
            sections = [number for number, _ in members]
            left = self.sectionViewportPosition(sections[0])
            last = sections[-1]
            right = self.sectionViewportPosition(last) + self.sectionSize(last)
            groups.append((parent, left, right))
        return groups


class _Delegate(CellDelegate):
    def paint_cell(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint a cell; of an ``_id`` the end is what tells it from others."""
        field = index.model().headerData(index.column(), Qt.Orientation.Horizontal, FieldRole)
        if not isinstance(field, FieldSeen) or field.path != KEY or field.type in _NUMBERS:
            super().paint_cell(painter, rect, index)
            return
        painter.setFont(font(BODY))
        painter.setPen(self.theme.color("text2"))
        text, area = str(index.data() or ""), self.content_rect(rect, index)
        left = Qt.AlignmentFlag.AlignLeft
        self.draw_text(painter, area, text, left, Qt.TextElideMode.ElideLeft)


class DocumentsTable(TableView):
    """The table; `document_chosen` gives the row."""

    document_chosen = Signal(int)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name)
        self.setObjectName("documentsTable")
        self._rows = DocumentsModel(theme)
        header = DocumentsHeader(theme)
        header.setStretchLastSection(False)
        self.set_header(header)
        self.setModel(self._rows)
        self.setItemDelegate(_Delegate(theme, self))
        self.selectionModel().currentRowChanged.connect(self._moved)

    @property
    def seen(self) -> DocumentsSeen:
        """What is shown."""
        return self._rows.seen

    def set_documents(self, seen: DocumentsSeen) -> None:
        """Show documents; widths follow the first values."""
        self._rows.set_documents(seen)
        for section in range(len(seen.fields)):
            self.setColumnWidth(section, self._measured(seen, section))

    def _measured(self, seen: DocumentsSeen, section: int) -> int:
        field = seen.fields[section]
        if field.path == KEY:
            return 110
        name = split_path(field.path)[1]
        head = QFontMetrics(font(SMALL, MEDIUM)).horizontalAdvance(name) + 26
        metrics = QFontMetrics(font(BODY, numbers=field.type in _NUMBERS))
        texts = [(row[section] or "")[:60] for row in seen.rows[:_MEASURED]]
        longest = max(texts, key=len, default="")
        return max(LEAST, min(MOST, max(head, metrics.horizontalAdvance(longest)) + 20))

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.document_chosen.emit(now.row())
