"""The table of a whole record: narrow, as high as its fields, compared ones marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence

from loadline.gui.models.record_model import ComparisonRole, RecordModel
from loadline.gui.theme import Theme
from loadline.gui.widgets import CellDelegate, HeaderView, TableView
from loadline.gui.widgets.swatch import draw_share
from loadline.gui.widgets.table import PAD, Index

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent

ROW = 26
HEAD = 26
MOST_ROWS = 40
"""Fields that are in sight at once; of more the table is scrolled."""
MARK = 14


class _Head(HeaderView):
    """Names that begin where the pane's text does."""

    ground = "surface"
    line_above = False

    def text_rect(self, rect: QRect, section: int) -> QRect:
        """Return where a section's text stands."""
        return rect.adjusted(0, 0, -PAD, 0)


class _Cells(CellDelegate):
    """Marks the fields that are compared with the colour of their comparison."""

    def content_rect(self, rect: QRect, index: Index) -> QRect:
        """Return the cell without its padding; names leave room for the mark."""
        return rect.adjusted(MARK if index.column() == 0 else 0, 0, -PAD, 0)

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint the mark before a compared field's name, then the text."""
        number = index.data(ComparisonRole)
        if index.column() == 0 and number is not None:
            top = rect.top() + (rect.height() - 9) / 2
            draw_share(painter, self.theme, QRectF(rect.left(), top, 8, 8), number)
        super().paint_cell(painter, rect, index)

    def draw_text(
        self,
        painter: QPainter,
        area: QRect,
        text: str,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        """Draw a text; of a nested name the end tells it from others."""
        name = area.left() == MARK and "." in text
        super().draw_text(painter, area, text, align, Qt.TextElideMode.ElideLeft if name else mode)


class RecordTable(TableView):
    """Shows a `RecordModel`; Ctrl+C copies the value of the selected field."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "")
        self.setAccessibleName(self.tr("All fields of the record"))
        self.setObjectName("recordTable")
        self.record = RecordModel()
        self.set_header(_Head(theme, self, height=HEAD))
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.setItemDelegate(_Cells(theme, self))
        self.setModel(self.record)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.record.modelReset.connect(self._fit)

    def sizeHint(self) -> QSize:
        """Return the height of the fields, of so many at most."""
        return QSize(200, HEAD + ROW * min(self.record.rowCount(), MOST_ROWS))

    def minimumSizeHint(self) -> QSize:
        """Return the same: the pane around it is scrolled."""
        return self.sizeHint()

    def _fit(self) -> None:
        self.setFixedHeight(self.sizeHint().height())
        width = self.viewport().width()
        beside = any(line.reference for line in self.record.lines)
        self.setColumnHidden(1, not beside)
        field = width * (34 if beside else 42) // 100
        self.set_widths([field, width * 29 // 100])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the value of the selected field."""
        row = self.currentIndex().row()
        if event.matches(QKeySequence.StandardKey.Copy) and row >= 0:
            QGuiApplication.clipboard().setText(self.record.lines[row].record)
            return
        super().keyPressEvent(event)
