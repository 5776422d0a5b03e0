"""The first rows of a file, with the type of each column as a chip that can be changed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter

from loadline.domain.schema import ColumnType
from loadline.domain.survey import Preview, SurveyedColumn
from loadline.gui.theme import BODY, MEDIUM, SMALL, Theme, font, type_look
from loadline.gui.widgets import HeaderView, TableView, chip_width, draw_chip

HEADER = 48
LEAST, MOST = 64, 188
_LONGEST = 12
_MEASURED_COLUMNS, _MEASURED_ROWS = 200, 30
_OTHER_WIDTH = 120
_NUMBERS = frozenset({ColumnType.INT, ColumnType.DECIMAL})
_NO_PARENT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
ColumnRole = Qt.ItemDataRole.UserRole
"""Header role that gives a section's `SurveyedColumn`."""


class PreviewModel(QAbstractTableModel):
    """The rows of a `Preview` as text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preview = Preview("", (), ())

    def set_preview(self, preview: Preview) -> None:
        """Show another file's first rows."""
        self.beginResetModel()
        self._preview = preview
        self.endResetModel()

    @property
    def preview(self) -> Preview:
        """What is shown."""
        return self._preview

    def column(self, section: int) -> SurveyedColumn:
        """Return a section's column."""
        return self._preview.columns[section]

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._preview.rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._preview.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's name, alignment or the column itself."""
        if orientation is not Qt.Orientation.Horizontal or section >= self.columnCount():
            return None
        column = self.column(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return column.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{column.name}: {type_look(column.type).word}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        return column if role == ColumnRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, font, alignment and full text as tooltip."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(self.column(index.column()))
        if role == Qt.ItemDataRole.FontRole:
            numbers = self.column(index.column()).type in _NUMBERS
            return font(BODY, numbers=numbers)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self._preview.rows[index.row()]
        text = row[index.column()] if index.column() < len(row) else None
        # A cell may hold megabytes: nobody reads them here, and laying them out would take long.
        return (text or "")[: 300 if role == Qt.ItemDataRole.DisplayRole else 2_000]


def _side(column: SurveyedColumn) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if column.type in _NUMBERS else Qt.AlignmentFlag.AlignLeft


class PreviewHeader(HeaderView):
    """A header 48 high: name over type chip; `chip_pressed` gives section and corner."""

    chip_pressed = Signal(int, QPoint)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, height=HEADER)
        self.mixed: frozenset[str] = frozenset()
        """Columns on whose type the files do not agree."""

    def _column(self, section: int) -> SurveyedColumn | None:
        found = self.model().headerData(section, Qt.Orientation.Horizontal, ColumnRole)
        return found if isinstance(found, SurveyedColumn) else None

    def paint_name(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint the name and the chip below it."""
        column = self._column(section)
        if column is None:
            return
        area = self.text_rect(rect, section)
        right = column.type in _NUMBERS
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.setFont(font(SMALL, MEDIUM))
        painter.setPen(self.theme.color("text"))
        metrics = QFontMetrics(painter.font())
        name = metrics.elidedText(column.name, Qt.TextElideMode.ElideRight, area.width())
        top = QRectF(area.left(), rect.top() + 6, area.width() + 1, 16)
        painter.drawText(top, side | Qt.AlignmentFlag.AlignVCenter, name)
        painter.setClipRect(rect)
        chip = self.chip_rect(rect, section, column)
        differs = column.name in self.mixed
        draw_chip(painter, self.theme, type_look(column.type), chip, differs=differs)

    def chip_rect(self, rect: QRect, section: int, column: SurveyedColumn) -> QRectF:
        """Return where the type chip stands; its words, not its ground, meet the text's edge."""
        area = self.text_rect(rect, section)
        width = chip_width(type_look(column.type))
        right = column.type in _NUMBERS
        left = max(area.left() - 4, area.right() + 1 - width) if right else area.left() - 4
        return QRectF(left, rect.top() + 24, width, 18)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the type menu for a click on a header (not for a drag of its edge)."""
        shape = self.viewport().cursor().shape()
        super().mouseReleaseEvent(event)
        section = self.logicalIndexAt(event.position().toPoint())
        if section >= 0 and shape != Qt.CursorShape.SplitHCursor:
            self.chip_pressed.emit(section, self.corner(section))

    def corner(self, section: int) -> QPoint:
        """Return the global point below a section's chip."""
        left = self.sectionViewportPosition(section)
        return self.viewport().mapToGlobal(QPoint(max(0, left) + 4, HEADER))


class PreviewTable(TableView):
    """The first rows; `type_wanted` asks for the type menu of a column at a point."""

    type_wanted = Signal(str, QPoint)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name)
        self.setObjectName("previewTable")
        self._rows = PreviewModel(self)
        self._header = PreviewHeader(theme)
        self._header.setStretchLastSection(False)
        self._header.setDefaultSectionSize(_OTHER_WIDTH)
        self.set_header(self._header)
        self.setModel(self._rows)
        self._header.chip_pressed.connect(self._ask_type)

    def set_preview(self, preview: Preview) -> None:
        """Show a file's first rows; the columns get widths from their first values."""
        left = self.horizontalScrollBar().value()
        self._rows.set_preview(preview)
        for section in range(min(len(preview.columns), _MEASURED_COLUMNS)):
            self.setColumnWidth(section, self._measured(preview, section))
        self.horizontalScrollBar().setValue(left)

    @property
    def preview(self) -> Preview:
        """What is shown."""
        return self._rows.preview

    def set_mixed(self, names: frozenset[str]) -> None:
        """Mark these columns: the files do not agree on their type."""
        self._header.mixed = names
        self._header.viewport().update()

    def _measured(self, preview: Preview, section: int) -> int:
        """Return a width for the name, the chip and a few of the values."""
        column = preview.columns[section]
        head = QFontMetrics(font(SMALL, MEDIUM)).horizontalAdvance(column.name)
        metrics = QFontMetrics(font(BODY, numbers=column.type in _NUMBERS))
        texts = [row[section] or "" for row in preview.rows[:_MEASURED_ROWS] if section < len(row)]
        # Letters differ in width, so the widest text is among the longest, not always the longest.
        longest = sorted({text[:60] for text in texts}, key=len)[-_LONGEST:]
        widest = max(map(metrics.horizontalAdvance, longest), default=0)
        wide = max(head, chip_width(type_look(column.type)), widest)
        return max(LEAST, min(MOST, wide + 20)) + (16 if section == 0 else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the menu key open the type menu of the current column."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Menu)
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.key() in keys and self.currentIndex().isValid():
            self._ask_type(self.currentIndex().column())
            return
        super().keyPressEvent(event)

    def _ask_type(self, section: int, corner: QPoint | None = None) -> None:
        name = self._rows.column(section).name
        self.type_wanted.emit(name, corner or self._header.corner(section))
