"""The table of files and drift: names turned by 90°, one delegate, the first columns stay."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from loadline.domain.survey import Presence
from loadline.gui.new_job_page.drift_model import FILE, FIRST, ROWS, WRITTEN, DriftModel
from loadline.gui.theme import BODY, MEDIUM, SMALL, Theme, font
from loadline.gui.widgets import CellDelegate, HeaderView, TableView, draw_icon, rounded

HEADER = 148
WIDTHS = (152, 56, 232)
CELL = 24
FROZEN = sum(WIDTHS)
Index = QModelIndex | QPersistentModelIndex

_MARKS = {
    Presence.OTHER_TYPE: ("failed.soft", "equal-not", "failed.text"),
    Presence.WRITTEN_DIFFERENTLY: ("waiting.soft", "equal-approximately", "waiting.text"),
}


def draw_presence(painter: QPainter, theme: Theme, presence: Presence, rect: QRectF) -> None:
    """Draw how a column stands in a file into a cell of 24 × 32."""
    middle = rect.center()
    if presence is Presence.THERE:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("done.fill"))
        painter.drawEllipse(middle, 2.5, 2.5)
        painter.restore()
        return
    ground, icon, ink = _MARKS.get(presence, ("queued.soft", "minus", "text3"))
    rounded(painter, rect.adjusted(1, 1, -1, -2), 3, theme.color(ground))
    draw_icon(painter, theme, icon, ink, 12, middle.x() - 6, middle.y())


class DriftHeader(HeaderView):
    """A header 148 high; names of data columns run upwards from the bottom."""

    ground = "surface"
    line_above = False

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, height=HEADER)
        self.setSectionsClickable(False)
        self.setStretchLastSection(False)
        self.setDefaultSectionSize(CELL)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint on the page's own ground, with a line below only."""
        painter = QPainter(self.viewport())
        area = self.viewport().rect()
        painter.fillRect(area, self.theme.color("surface"))
        painter.fillRect(0, area.height() - 1, area.width(), 1, self.theme.color("border"))
        first = max(0, self.visualIndexAt(0))
        for visual in range(first, self.count()):
            section = self.logicalIndex(visual)
            left = self.sectionViewportPosition(section)
            if left > area.width():
                break
            rect = QRect(left, 0, self.sectionSize(section), area.height() - 1)
            self.paint_name(painter, rect, section)

    def paint_name(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint a name: upright at the bottom, or turned for a column of the data."""
        painter.setFont(font(SMALL, MEDIUM))
        metrics = QFontMetrics(painter.font())
        name = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        middle = Qt.AlignmentFlag.AlignVCenter
        if section < FIRST:
            painter.setPen(self.theme.color("text2"))
            area = self.text_rect(rect, section)
            side = Qt.AlignmentFlag.AlignRight if section == ROWS else Qt.AlignmentFlag.AlignLeft
            painter.drawText(QRectF(area.left(), 120, area.width() + 1, 22), side | middle, name)
            return
        painter.setPen(self.theme.color("text"))
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, HEADER - 16)
        painter.save()
        painter.translate(rect.left(), rect.bottom() - 6)
        painter.rotate(-90)
        painter.drawText(QRectF(0, 0, HEADER - 12, rect.width()), middle, shown)
        painter.restore()


class DriftDelegate(CellDelegate):
    """Paints file, rows, dialect and the cells of the grid."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint a cell by its column."""
        model = index.model()
        if not isinstance(model, DriftModel):
            return
        section = index.column()
        if section >= FIRST:
            cell = model.cell(index.row(), section)
            if cell is not None:
                draw_presence(painter, self.theme, cell.presence, QRectF(rect))
            return
        area = self.content_rect(rect, index)
        text = str(index.data() or "")
        if section == WRITTEN:
            self._paint_written(painter, area, model, index.row(), text)
            return
        painter.setFont(font(BODY, MEDIUM) if section == FILE else font(BODY, numbers=True))
        painter.setPen(self.theme.color("text" if section == FILE else "text2"))
        side = Qt.AlignmentFlag.AlignRight if section == ROWS else Qt.AlignmentFlag.AlignLeft
        if section == FILE:
            area.setRight(area.right() + 6)  # the gap to the numbers is wide enough
        if section == ROWS:
            area.setLeft(rect.left() - 4)
        self.draw_text(painter, area, text, side, Qt.TextElideMode.ElideMiddle)

    def _paint_written(
        self, painter: QPainter, area: QRect, model: DriftModel, row: int, text: str
    ) -> None:
        file = model.file(row)
        if file.failure:
            painter.setFont(font(BODY))
            painter.setPen(self.theme.color("failed.text"))
            self.draw_text(painter, area, text)
            return
        painter.setFont(font(BODY, MEDIUM))
        painter.setPen(self.theme.color("text"))
        self.draw_text(painter, area, text)
        used = QFontMetrics(painter.font()).horizontalAdvance(text) + 6
        evidence = file.dialect.evidence if file.dialect else ""
        if evidence and used < area.width() - 24:
            painter.setFont(font(SMALL))
            painter.setPen(self.theme.color("text2"))
            self.draw_text(painter, area.adjusted(used, 0, 4, 0), evidence)


class _Frozen(TableView):
    """The first three columns over the scrolling table."""

    def __init__(self, main: DriftTable) -> None:
        super().__init__(main.theme, "", main)
        self._main = main
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Stay: rows follow the table below, and columns never move."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let the table below take the click; the columns are at the same place."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self._main.keyboard_used = False
            self._main.setCurrentIndex(index)
            self._main.setFocus(Qt.FocusReason.MouseFocusReason)
            self._main.pressed_cell.emit(index)


class DriftTable(TableView):
    """Files × columns. `pressed_cell` is emitted for a click or Enter on a cell."""

    pressed_cell = Signal(object)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name)
        self.setObjectName("driftTable")
        self.set_header(DriftHeader(theme))
        self.setItemDelegate(DriftDelegate(theme, self))
        self._frozen = _Frozen(self)
        self._frozen.set_header(DriftHeader(theme))
        self._frozen.setItemDelegate(DriftDelegate(theme, self._frozen))
        self.verticalScrollBar().valueChanged.connect(self._frozen.verticalScrollBar().setValue)
        self._frozen.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.setToolTipDuration(10_000)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show a model in both views."""
        super().setModel(model)
        self._frozen.setModel(model)
        self._frozen.setSelectionModel(self.selectionModel())
        if model is not None:
            model.modelReset.connect(self._fit)
        self._fit()

    def row_hover(self, row: int) -> None:
        """Show the hovered row in both views."""
        super().row_hover(row)
        TableView.row_hover(self._frozen, row)

    def _fit(self) -> None:
        # The columns beyond the first three lie outside the narrow upper view: none need hiding.
        for view in (self, self._frozen):
            for section, width in enumerate(WIDTHS):
                view.setColumnWidth(section, width)
        self._place_frozen()

    def natural_height(self) -> int:
        """Return the height that shows every file."""
        model = self.model()
        rows = model.rowCount() if isinstance(model, DriftModel) else 0
        bar = self.horizontalScrollBar()
        return HEADER + rows * 32 + (bar.sizeHint().height() if bar.isVisible() else 0)

    def _place_frozen(self) -> None:
        height = self.viewport().height() + HEADER
        self._frozen.setGeometry(0, 0, min(FROZEN, self.width()), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the first columns in place."""
        super().resizeEvent(event)
        self._place_frozen()

    def viewportEvent(self, event: QEvent) -> bool:
        """Follow the viewport when a scroll bar comes or goes."""
        if event.type() == QEvent.Type.Resize:
            self._place_frozen()
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the file and tell the cell."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.pressed_cell.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the menu key do what a click does."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Menu)
        index = self.currentIndex()
        if (
            event.key() in keys
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
            and index.isValid()
        ):
            self.pressed_cell.emit(index)
            return
        super().keyPressEvent(event)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Scroll so that the cell is not under the columns that stay."""
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if index.column() < FIRST:
            bar.setValue(before)  # it is in sight wherever the others are
        else:
            left = self.columnViewportPosition(index.column())
            if left < FROZEN:
                bar.setValue(bar.value() - (FROZEN - left))

    def cell_corner(self, index: Index) -> QRect:
        """Return a cell's rectangle in global coordinates, for menus."""
        view: QTableView = self._frozen if index.column() < FIRST else self
        rect = view.visualRect(index)
        rect.moveTopLeft(view.viewport().mapToGlobal(rect.topLeft()))
        return rect
