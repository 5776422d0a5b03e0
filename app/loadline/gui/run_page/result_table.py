"""The results table: type icons in the header, numbers on the right, empty cells as a dash."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QAbstractItemView, QTableView

from loadline.gui.models.cells import CellPage
from loadline.gui.models.figures import NONE
from loadline.gui.models.result_model import Missing, ResultModel
from loadline.gui.theme import BODY, MEDIUM, SEMIBOLD, SMALL, Theme, font, type_look
from loadline.gui.widgets import CellDelegate, HeaderView, TableView, draw_icon, rounded
from loadline.gui.widgets.table import EDGE, PAD, Index

NARROWEST, WIDEST = 56, 320
ICON = 14
SAMPLED = 200
_RIGHT = Qt.AlignmentFlag.AlignRight
_LEFT = Qt.AlignmentFlag.AlignLeft
_QUIET = frozenset({"_source", "_row"})


class ResultHeader(HeaderView):
    """Type icon, then the column's name."""

    def paint_name(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint icon and name, numbers' at the right."""
        model = self.model()
        if not isinstance(model, ResultModel) or section >= len(model.columns):
            return
        column = model.columns[section]
        look = type_look(column.type)
        style = model.style(section)
        area = self.text_rect(rect, section)
        sign = QFontMetrics(font(SMALL, SEMIBOLD)).horizontalAdvance(look.sign)
        icon = sign if look.sign else ICON
        painter.setFont(font(SMALL, MEDIUM))
        metrics = QFontMetrics(painter.font())
        room = area.width() - icon - 5
        name = metrics.elidedText(column.name, Qt.TextElideMode.ElideRight, room)
        width = icon + 5 + metrics.horizontalAdvance(name)
        right = style is not None and style.right
        x = area.right() + 1 - width if right else area.left()
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(self.theme.color("text2"))
        painter.drawText(QRectF(x + icon + 5, area.top(), room + 2, area.height()), middle, name)
        if look.sign:
            painter.setFont(font(SMALL, SEMIBOLD))
            painter.setPen(self.theme.color("text3"))
            painter.drawText(QRectF(x, area.top(), sign + 2, area.height()), middle, look.sign)
        else:
            at = rect.center().y() + 0.5
            draw_icon(painter, self.theme, look.icon, "text3", ICON, x, at)


class ResultDelegate(CellDelegate):
    """Text of the cell; a faint dash where there is no value, a bar while it is read."""

    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(theme, view)
        self._words = font(BODY)
        self._numbers = font(BODY, numbers=True)

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint one cell of the dataset."""
        model = index.model()
        if not isinstance(model, ResultModel):
            return
        column = index.column()
        style = model.style(column)
        area = self.content_rect(rect, index)
        cell = model.cell(index.row(), column)
        right = style is not None and style.right
        if isinstance(cell, Missing):
            width = min(area.width(), 48)
            left = area.right() + 1 - width if right else area.left()
            bar = QRectF(left, rect.center().y() - 3, width, 8)
            rounded(painter, bar, 3, self.theme.color("hover"))
            return
        painter.setFont(self._numbers if right else self._words)
        faint = cell is None or model.columns[column].name in _QUIET
        painter.setPen(self.theme.color("text3" if faint else "text"))
        if cell is None:
            painter.setOpacity(0.6)
            self.draw_text(painter, area, NONE, _RIGHT if right else _LEFT)
            painter.setOpacity(1.0)
        elif cell:
            self.draw_text(painter, area, cell, _RIGHT if right else _LEFT)


class ResultTable(TableView):
    """Cells can be selected as a block and copied."""

    copy_asked = Signal()

    def __init__(self, theme: Theme, model: ResultModel) -> None:
        super().__init__(theme, "")
        self.setObjectName("resultsTable")
        self.setAccessibleName(self.tr("Results"))
        self._results = model
        self.set_header(ResultHeader(theme, self))
        self.setItemDelegate(ResultDelegate(theme, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setModel(model)
        model.reopened.connect(self._fit)
        theme.changed.connect(self.viewport().update)

    def block(self) -> tuple[int, int, list[int]] | None:
        """Return first and last table row and the columns of what is selected."""
        selection = self.selectionModel().selection()
        ranges = [selection.at(n) for n in range(selection.count())]
        if not ranges:
            return None
        left = min(chosen.left() for chosen in ranges)
        right = max(chosen.right() for chosen in ranges)
        top = min(chosen.top() for chosen in ranges)
        bottom = max(chosen.bottom() for chosen in ranges)
        return top, bottom, list(range(left, right + 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy what is selected."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        """Set every width once, from the column's name and the first page."""
        sample = self._results.sample
        if sample is None:
            return
        name = QFontMetrics(font(SMALL, MEDIUM))
        cell = QFontMetrics(font(BODY, numbers=True))
        for place, column in enumerate(self._results.columns):
            look = type_look(column.type)
            sign = name.horizontalAdvance(look.sign) if look.sign else ICON
            needs = sign + 6 + name.horizontalAdvance(column.name)
            needs = max(needs, _widest(sample, place, cell)) + 2 * PAD + 2
            edge = EDGE - PAD if place == 0 else 0
            self.setColumnWidth(place, edge + min(max(needs, NARROWEST), WIDEST))


def _widest(sample: CellPage, column: int, metrics: QFontMetrics) -> int:
    texts = [text for text in sample.columns[column][:SAMPLED] if text]
    longest = sorted(texts, key=len)[-3:]
    return max((metrics.horizontalAdvance(text[:80]) for text in longest), default=0)
