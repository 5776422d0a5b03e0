"""The Receipt tab: what every file gave, line by line, with the sums below."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from loadline.domain.tasks import COMPLETE
from loadline.gui.models.receipt_model import WIDTHS, ReceiptColumn, ReceiptModel
from loadline.gui.models.source_words import nouns
from loadline.gui.run_page.run_like import RunLike
from loadline.gui.run_page.task_table import TaskHeader
from loadline.gui.theme import BODY, MEDIUM, SEMIBOLD, SMALL, Theme, font, state_look
from loadline.gui.widgets import Button, CellDelegate, TableView, Text, draw_icon
from loadline.gui.widgets.table import PAD, Index

_C = ReceiptColumn
_RIGHT = Qt.AlignmentFlag.AlignRight


class ReceiptDelegate(CellDelegate):
    """States with icon and word; lines that do not add up in the failed colour."""

    def content_rect(self, rect: QRect, index: Index) -> QRect:
        """Return the cell without its padding."""
        return rect.adjusted(4 if index.column() == 0 else PAD, 0, -PAD, 0)

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint one cell of the receipt."""
        model = index.model()
        line = model.line_at(index.row()) if isinstance(model, ReceiptModel) else None
        if line is None:
            return
        area = self.content_rect(rect, index)
        column = ReceiptColumn(index.column())
        if column is _C.STATE:
            look = state_look(line.state)
            role = f"{look.tone}.text"
            middle = area.center().y() + 0.5
            draw_icon(painter, self.theme, look.icon, role, 16, area.left(), middle)
            painter.setFont(font(BODY, MEDIUM))
            painter.setPen(self.theme.color(role))
            self.draw_text(painter, area.adjusted(24, 0, 0, 0), look.word)
            return
        short = line.state in COMPLETE and not line.balanced
        role = "text" if column in (_C.FILE, _C.LOADED) else "text2"
        if (short and column in (_C.READ, _C.LOADED, _C.REJECTED)) or column is _C.ERROR:
            role = "failed.text" if line.error or short else "text2"
        painter.setFont(index.data(Qt.ItemDataRole.FontRole))
        painter.setPen(self.theme.color(role))
        side = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        self.draw_text(painter, area, str(index.data() or ""), side)


class SumLine(QWidget):
    """The sums, under the columns of the table above."""

    def __init__(self, theme: Theme, table: TableView, model: ReceiptModel) -> None:
        super().__init__()
        self._theme, self._table, self._model = theme, table, model
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        header = table.horizontalHeader()
        header.sectionResized.connect(self.update)
        table.horizontalScrollBar().valueChanged.connect(self.update)
        model.modelReset.connect(self._tell)

    def sizeHint(self) -> QSize:
        """Return 32 px of height."""
        return QSize(400, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sums in bold on sunken ground."""
        painter = QPainter(self)
        color = self._theme.color
        painter.fillRect(self.rect(), color("sunken"))
        painter.fillRect(0, 0, self.width(), 1, color("border"))
        painter.setPen(color("text"))
        for column, text in self._model.sums().items():
            left = self._table.columnViewportPosition(column)
            area = QRectF(left + PAD, 0, self._table.columnWidth(column) - 2 * PAD, 32)
            words = column is _C.FILE
            painter.setFont(font(BODY, SEMIBOLD, numbers=not words))
            side = Qt.AlignmentFlag.AlignLeft if words else _RIGHT
            painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, text)

    def _tell(self) -> None:
        titles = self._model.titles()
        told = (f"{titles[c]}: {text}" for c, text in self._model.sums().items() if c != _C.FILE)
        self.setAccessibleName(", ".join(told))
        self.update()


class ReceiptTab(QWidget):
    """Copy and save over the table; before the end a sentence in its place."""

    save_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.model = ReceiptModel()
        self.table = TableView(theme, self.tr("Receipt"))
        self.table.setObjectName("receiptTable")
        header = TaskHeader(theme, self.table)
        header.setStretchLastSection(True)
        self.table.set_header(header)
        self.table.setItemDelegate(ReceiptDelegate(theme, self.table))
        self.table.setModel(self.model)
        self.table.set_widths(WIDTHS)
        self._how = Text(self.tr("Rows read = loaded + rejected, for every file."), "secondary",
                         size=SMALL)  # fmt: skip
        self.copy = Button(theme, self.tr("Copy"), "copy", size="small")
        self.save = Button(theme, self.tr("Save as .csv"), "download", size="small")
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self.save_asked)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._waiting())
        self._stack.addWidget(self._filled(theme))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def _waiting(self) -> QWidget:
        text = Text(self.tr("The receipt is written when the run has ended."), "hint")
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return text

    def _filled(self, theme: Theme) -> QWidget:
        page = QWidget()
        row = QHBoxLayout()
        row.setContentsMargins(24, 8, 24, 8)
        row.setSpacing(8)
        row.addWidget(self._how, 1)
        row.addWidget(self.copy)
        row.addWidget(self.save)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        column.addWidget(SumLine(theme, self.table, self.model))
        return page

    def show_run(self, run: RunLike) -> None:
        """Show a run's receipt, once there is one."""
        if run.receipt is not self.model.receipt:
            words = nouns(run.job)
            self._how.setText(words.equation)
            self.model.show_receipt(run.receipt, words)
        self._stack.setCurrentIndex(1 if run.receipt else 0)

    def show_line(self, index: int) -> None:
        """Select one line."""
        self.table.selectRow(index)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.model.as_tsv())
