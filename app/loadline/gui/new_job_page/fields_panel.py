"""The fields of a collection's first documents: types, and how often each was seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loadline.domain.browsing import FieldSeen
from loadline.gui.models import figures
from loadline.gui.theme import BODY, MEDIUM, SMALL, Theme, font, type_look
from loadline.gui.widgets import CellDelegate, SectionTitle, TableView, Text, draw_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
FIELD, TYPE, FOUND, KINDS = range(4)
_WIDTHS = (232, 160, 112)
_HEAD = 48


class FieldsModel(QAbstractTableModel):
    """One row per field."""

    def __init__(self) -> None:
        super().__init__()
        self._fields: tuple[FieldSeen, ...] = ()
        self._documents = 0
        self.rows = False
        """Rows of a table are shown, not documents."""

    def set_fields(self, fields: Sequence[FieldSeen], documents: int) -> None:
        """Show these fields of so many documents."""
        self.beginResetModel()
        self._fields, self._documents = tuple(fields), documents
        self.endResetModel()

    def field(self, row: int) -> FieldSeen:
        """Return a row's field."""
        return self._fields[row]

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of fields."""
        return 0 if parent.isValid() else len(self._fields)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return four."""
        return 0 if parent.isValid() else 4

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, font or side."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(index.column())
        if role == Qt.ItemDataRole.FontRole:
            return font(BODY, MEDIUM) if index.column() == FIELD else font(BODY, numbers=True)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        field = self._fields[index.row()]
        kinds = ", ".join(f"{figures.count(number)} × {word}" for word, number in field.kinds)
        found = figures.count(field.seen) if field.seen < self._documents else self.tr("all")
        return (field.path, type_look(field.type).word, found, kinds)[index.column()]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's title or side."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        found = self.tr("Rows") if self.rows else self.tr("Documents")
        titles = (self.tr("Field"), self.tr("Column"), found, self.tr("What was seen"))
        return titles[section]


def _side(column: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if column == FOUND else Qt.AlignmentFlag.AlignLeft


class _Delegate(CellDelegate):
    def paint_cell(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint a type with its icon, the rest as text."""
        model = index.model()
        if index.column() != TYPE or not isinstance(model, FieldsModel):
            super().paint_cell(painter, rect, index)
            return
        look = type_look(model.field(index.row()).type)
        area = self.content_rect(rect, index)
        if look.icon:
            middle = rect.top() + rect.height() / 2
            draw_icon(painter, self.theme, look.icon, "text3", 14, area.left(), middle)
        painter.setFont(font(BODY))
        painter.setPen(self.theme.color("text2"))
        self.draw_text(painter, area.adjusted(22, 0, 0, 0), look.word)


class FieldsPanel(QWidget):
    """Title and table."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._model = FieldsModel()
        self._count = Text("", "secondary", size=SMALL, numbers=True)
        self.table = TableView(theme, self.tr("Fields"))
        self.table.setObjectName("fieldsTable")
        self.table.setModel(self._model)
        self.table.setItemDelegate(_Delegate(theme, self.table))
        self.table.set_widths(list(_WIDTHS))
        row = QHBoxLayout()
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(8)
        row.addWidget(SectionTitle(self.tr("Fields")))
        row.addWidget(self._count)
        row.addStretch(1)
        head = QWidget()
        head.setFixedHeight(_HEAD)
        head.setLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.table, 1)

    def set_fields(
        self, fields: Sequence[FieldSeen], documents: int, left_out: int, *, rows: bool = False
    ) -> None:
        """Show the fields of so many documents, or rows."""
        self._model.rows = rows
        self.table.setColumnHidden(KINDS, rows)  # a column has one type
        self._model.set_fields(fields, documents)
        found = self.tr("{0} found in the first {1} documents")
        words = (self.tr("{0}, seen in the first {1} rows") if rows else found).format(
            figures.count(len(fields) + left_out), figures.count(documents)
        )
        if left_out:
            words += " " + self.tr("({0} not shown)").format(figures.count(left_out))
        self._count.setText(words if documents else "")

    def natural_height(self) -> int:
        """Return the height that shows every field."""
        return _HEAD + 32 + 32 * self._model.rowCount() + 1
