"""The results table: type icons in the header, numbers on the right, empty cells as a dash."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import QAbstractItemView, QTableView

from loadline.domain.query import Sort
from loadline.domain.schema import Column
from loadline.gui.models.cells import CellPage
from loadline.gui.models.figures import NONE
from loadline.gui.models.result_model import Missing, ResultModel
from loadline.gui.theme import BODY, MEDIUM, SEMIBOLD, SMALL, Theme, font, type_look
from loadline.gui.widgets import CellDelegate, HeaderView, TableView, draw_icon, rounded
from loadline.gui.widgets.table import EDGE, PAD, Index

NARROWEST, WIDEST = 56, 320
ICON = 14
ARROW = 22
"""Room at the right of a sorted column's name."""
SAMPLED = 200
_RIGHT = Qt.AlignmentFlag.AlignRight
_LEFT = Qt.AlignmentFlag.AlignLeft
_QUIET = frozenset({"_source", "_row"})


class ResultHeader(HeaderView):
    """Type icon, the column's name, and where the rows are sorted by it an arrow."""

    sort_asked = Signal(int, bool)
    """A click on a column; with Shift it is added to those that sort already."""
    menu_asked = Signal(int, int, QPoint)
    """-1, a column, and where on the screen."""

    def __init__(self, theme: Theme, parent: QTableView) -> None:
        super().__init__(theme, parent)
        self._sorts: dict[str, tuple[int, bool]] = {}
        self._offered = False
        self._shift = False
        self.sectionClicked.connect(self._clicked)

    def show_order(self, sorts: Sequence[Sort], *, offered: bool) -> None:
        """Show arrows; `offered`: a click sorts."""
        self._sorts = {s.column: (n, s.descending) for n, s in enumerate(sorts, 1)}
        self._offered = offered
        self.setToolTip(
            self.tr("Click to sort, Shift and click to sort by a further column")
            if offered
            else self.tr("Rows can be sorted when the run has ended")
        )
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Notice Shift before the click is told."""
        self._shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of a column."""
        self.menu_asked.emit(-1, self.logicalIndexAt(event.pos()), event.globalPos())

    def _clicked(self, section: int) -> None:
        if self._offered:
            self.sort_asked.emit(section, self._shift)

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
        order = self._sorts.get(column.name)
        if order is not None:
            painter.fillRect(rect.adjusted(0, 1, 0, -1), self.theme.color("accentsoft"))
            self._paint_arrow(painter, area, order)
            area.setRight(area.right() - ARROW)
        painter.setFont(font(SMALL, MEDIUM))
        metrics = QFontMetrics(painter.font())
        room = area.width() - icon - 5
        name = metrics.elidedText(column.name, Qt.TextElideMode.ElideRight, room)
        width = icon + 5 + metrics.horizontalAdvance(name)
        right = style is not None and style.right
        x = area.right() + 1 - width if right else area.left()
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(self.theme.color("text2" if order is None else "text"))
        painter.drawText(QRectF(x + icon + 5, area.top(), room + 2, area.height()), middle, name)
        if look.sign:
            painter.setFont(font(SMALL, SEMIBOLD))
            painter.setPen(self.theme.color("text3"))
            painter.drawText(QRectF(x, area.top(), sign + 2, area.height()), middle, look.sign)
        else:
            at = rect.center().y() + 0.5
            draw_icon(painter, self.theme, look.icon, "text3", ICON, x, at)

    def _paint_arrow(self, painter: QPainter, area: QRect, order: tuple[int, bool]) -> None:
        """Paint the direction at the right end, with the place among several."""
        number, descending = order
        icon = "arrow-down" if descending else "arrow-up"
        left, middle = area.right() + 1 - 12, area.center().y() + 0.5
        draw_icon(painter, self.theme, icon, "text", 12, left, middle)
        if len(self._sorts) > 1:
            painter.setFont(font(SMALL, MEDIUM, numbers=True))
            painter.setPen(self.theme.color("text2"))
            digit = QRectF(left - 8, area.top(), 8, area.height())
            painter.drawText(digit, Qt.AlignmentFlag.AlignVCenter, str(number))


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
    sort_asked = Signal(int, bool)
    """A column's header was clicked; whether it is added to those that sort already."""
    sort_to = Signal(int, bool)
    """Sort by a column; whether the largest comes first."""
    menu_asked = Signal(int, int, QPoint)
    """Table row and column of a cell, and where on the screen."""
    origin_asked = Signal()
    """Tell where the row with the cursor comes from."""

    def __init__(self, theme: Theme, model: ResultModel) -> None:
        super().__init__(theme, "")
        self.setObjectName("resultsTable")
        self.setAccessibleName(self.tr("Results"))
        self.results = model
        self.head = ResultHeader(theme, self)
        self.head.sort_asked.connect(self.sort_asked)
        self.set_header(self.head)
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

    def show_order(self, sorts: Sequence[Sort], *, offered: bool) -> None:
        """Show what the rows are sorted by; `offered`: it can be changed."""
        self.head.show_order(sorts, offered=offered)
        metrics = QFontMetrics(font(SMALL, MEDIUM))
        names = [column.name for column in self.results.columns]
        for sort in sorts:
            place = names.index(sort.column) if sort.column in names else -1
            if place >= 0:  # the arrow must not push the name out
                needs = _name_width(self.results.columns[place], metrics) + ARROW + 2 * PAD + 2
                needs += EDGE - PAD if place == 0 else 0
                self.setColumnWidth(place, max(self.columnWidth(place), min(needs, WIDEST)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy what is selected; Alt with Up or Down sorts by the column with the cursor."""
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.sort_to.emit(self.currentIndex().column(), event.key() == Qt.Key.Key_Down)
        elif event.key() == Qt.Key.Key_F4:
            self.origin_asked.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the cell under the mouse, or with the cursor."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            at = self.viewport().mapToGlobal(self.visualRect(index).center())
        else:
            index, at = self.indexAt(event.pos()), event.globalPos()
        if index.isValid():
            self.menu_asked.emit(index.row(), index.column(), at)

    def _fit(self) -> None:
        """Set every width once, from the column's name and the first page."""
        sample = self.results.sample
        if sample is None:
            return
        name = QFontMetrics(font(SMALL, MEDIUM))
        cell = QFontMetrics(font(BODY, numbers=True))
        for place, column in enumerate(self.results.columns):
            needs = _name_width(column, name)
            needs = max(needs, _widest(sample, place, cell)) + 2 * PAD + 2
            edge = EDGE - PAD if place == 0 else 0
            self.setColumnWidth(place, edge + min(max(needs, NARROWEST), WIDEST))


def _name_width(column: Column, metrics: QFontMetrics) -> int:
    look = type_look(column.type)
    sign = metrics.horizontalAdvance(look.sign) if look.sign else ICON
    return sign + 6 + metrics.horizontalAdvance(column.name)


def _widest(sample: CellPage, column: int, metrics: QFontMetrics) -> int:
    texts = [text for text in sample.columns[column][:SAMPLED] if text]
    longest = sorted(texts, key=len)[-3:]
    return max((metrics.horizontalAdvance(text[:80]) for text in longest), default=0)
