"""Tables: row hover over the whole width, headers 32, rows 32, lines of 1 px, no grid."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import (
    QCursor,
    QFontMetrics,
    QHoverEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from loadline.gui.theme import BODY, MEDIUM, SMALL, Theme, font
from loadline.gui.widgets.painting import draw_icon

ROW = 32
HEADER = 32
EDGE = 24
"""Distance of the first column's text from the page's edge."""
PAD = 8
_RIGHT = Qt.AlignmentFlag.AlignRight
Index = QModelIndex | QPersistentModelIndex


class HeaderView(QHeaderView):
    """A header 32 high: 12/500 in `text2` on `sunken`, sorted column `text` with an arrow."""

    ground = "sunken"
    """Role of the colour behind the names."""
    line_above = True

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, height: int = HEADER
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.theme = theme
        self.setFixedHeight(height)
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setMinimumSectionSize(24)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setStretchLastSection(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill what lies beyond the last column like the header itself."""
        painter = QPainter(self.viewport())
        color = self.theme.color
        area = self.viewport().rect()
        painter.fillRect(area, color(self.ground))
        if self.line_above:
            painter.fillRect(0, 0, area.width(), 1, color("border"))
        painter.fillRect(0, area.height() - 1, area.width(), 1, color("border"))
        painter.end()
        super().paintEvent(event)

    def paintSection(
        self,
        painter: QPainter,
        rect: QRect,
        section: int,
    ) -> None:
        """Paint a column's name and, where it is sorted, the arrow."""
        painter.save()
        color = self.theme.color
        painter.fillRect(rect, color(self.ground))
        if self.line_above:
            painter.fillRect(rect.x(), rect.y(), rect.width(), 1, color("border"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, color("border"))
        self.paint_name(painter, rect, section)
        painter.restore()

    def text_rect(self, rect: QRect, section: int) -> QRect:
        """Return where a section's text stands: 8 from its sides, the first 24 from the edge."""
        left = EDGE if self.visualIndex(section) == 0 else PAD
        return rect.adjusted(left, 0, -PAD, 0)

    def paint_name(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint the name of a section; overridden by headers with more lines."""
        model = self.model()
        across = Qt.Orientation.Horizontal
        name = str(model.headerData(section, across, Qt.ItemDataRole.DisplayRole) or "")
        align = model.headerData(section, across, Qt.ItemDataRole.TextAlignmentRole)
        right = bool(align is not None and Qt.AlignmentFlag(align) & _RIGHT)
        is_sorted = self.isSortIndicatorShown() and self.sortIndicatorSection() == section
        area = self.text_rect(rect, section)
        if self.hasFocus() and not name:
            return
        painter.setFont(font(SMALL, MEDIUM))
        painter.setPen(self.theme.color("text" if is_sorted else "text2"))
        arrow = 16 if is_sorted else 0
        metrics = QFontMetrics(painter.font())
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, area.width() - arrow)
        width = metrics.horizontalAdvance(shown)
        x = area.right() - width - arrow + 1 if right else area.left()
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(x, area.top(), width + 2, area.height()), flags, shown)
        if is_sorted:
            up = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
            icon = "arrow-up" if up else "arrow-down"
            draw_icon(
                painter,
                self.theme,
                icon,
                "text",
                12,
                x + width + 4,
                rect.center().y() + 0.5,
            )


class CellDelegate(QStyledItemDelegate):
    """Paints a cell: row ground, line below, then its text. Override `paint_cell` for more."""

    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint ground, line, content and the focus frame of the current cell."""
        painter.save()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        view = self.parent()
        hovered = isinstance(view, TableView) and view.hovered_row == index.row()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or hovered:
            painter.fillRect(rect, self.theme.color("sel" if chosen else "hover"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, self.theme.color("line"))
        self.paint_cell(painter, rect, index)
        if state & QStyle.StateFlag.State_HasFocus and isinstance(view, TableView):
            self._paint_focus(painter, rect, view)
        painter.restore()

    def _paint_focus(self, painter: QPainter, rect: QRect, view: TableView) -> None:
        if view.keyboard_used:
            painter.setPen(QPen(self.theme.color("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def content_rect(self, rect: QRect, index: Index) -> QRect:
        """Return the cell without its padding; the first column starts 24 from the edge."""
        left = EDGE if index.column() == 0 else PAD
        return rect.adjusted(left, 0, -PAD, 0)

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint the cell's text with its font, colour and alignment roles."""
        role = Qt.ItemDataRole
        text = str(index.data(role.DisplayRole) or "")
        if not text:
            return
        given = index.data(role.FontRole)
        painter.setFont(given if given is not None else font(BODY))
        ink = index.data(role.ForegroundRole)
        painter.setPen(ink if ink is not None else self.theme.color("text"))
        align = index.data(role.TextAlignmentRole)
        side = Qt.AlignmentFlag(align) if align is not None else Qt.AlignmentFlag.AlignLeft
        self.draw_text(painter, self.content_rect(rect, index), text, side)

    def draw_text(
        self,
        painter: QPainter,
        area: QRect,
        text: str,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        """Draw one line of text, cut with an ellipsis where it does not fit."""
        metrics = QFontMetrics(painter.font())
        shown = text
        if metrics.horizontalAdvance(text) > area.width():
            shown = metrics.elidedText(text, mode, area.width())
        vertical = Qt.AlignmentFlag.AlignVCenter
        sides = align & Qt.AlignmentFlag.AlignHorizontal_Mask
        painter.drawText(QRectF(area), sides | vertical | Qt.TextFlag.TextSingleLine, shown)


class _HeaderEnd(QWidget):
    """The header's ground above the vertical scroll bar."""

    def __init__(self, header: HeaderView) -> None:
        super().__init__()
        self._header = header
        self.setFixedHeight(header.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground and lines."""
        painter = QPainter(self)
        color = self._header.theme.color
        painter.fillRect(self.rect(), color(self._header.ground))
        if self._header.line_above:
            painter.fillRect(0, 0, self.width(), 1, color("border"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, color("border"))


class TableView(QTableView):
    """A table in the program's look; give it a model and column widths."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.hovered_row = -1
        self.keyboard_used = False
        """Whether the last move was made from the keyboard: then the current cell has a frame."""
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)  # Tab leads on to the next control
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(16)
        rows.setDefaultSectionSize(ROW)
        self.set_header(HeaderView(theme, self))
        self.setItemDelegate(CellDelegate(theme, self))

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show a model; nothing is hovered then."""
        self.hovered_row = -1
        super().setModel(model)

    def set_header(self, header: HeaderView) -> None:
        """Use this header; it goes on above the scroll bar."""
        self.setHorizontalHeader(header)
        for old in self.scrollBarWidgets(Qt.AlignmentFlag.AlignTop):
            old.deleteLater()
        end = _HeaderEnd(header)
        self.addScrollBarWidget(end, Qt.AlignmentFlag.AlignTop)

    def set_widths(self, widths: list[int]) -> None:
        """Set the widths of the first columns."""
        for section, width in enumerate(widths):
            self.setColumnWidth(section, width)

    def row_hover(self, row: int) -> None:
        """Show this row as the one under the mouse (-1: none)."""
        if row == self.hovered_row:
            return
        old, self.hovered_row = self.hovered_row, row
        for changed in (old, row):
            if changed >= 0:
                top = self.rowViewportPosition(changed)
                self.viewport().update(0, top, self.viewport().width(), self.rowHeight(changed))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the row under the mouse."""
        self.row_hover(self.rowAt(QPoint(event.position().toPoint()).y()))
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a click without a frame around the cell."""
        self.keyboard_used = False
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Carry ground and line of each row on to the right edge, then paint the cells."""
        header = self.horizontalHeader()
        right = header.length() - header.offset()
        area = self.viewport().rect()
        if 0 < right < area.width():
            painter = QPainter(self.viewport())
            self._paint_beyond(painter, right, area)
            painter.end()
        super().paintEvent(event)

    def _paint_beyond(self, painter: QPainter, left: int, area: QRect) -> None:
        model, chosen = self.model(), self.selectionModel()
        first, last = self.rowAt(0), self.rowAt(area.height() - 1)
        if first < 0:
            return
        rows = model.rowCount()
        for row in range(first, (rows - 1 if last < 0 else last) + 1):
            top, height = self.rowViewportPosition(row), self.rowHeight(row)
            rest = QRect(left, top, area.width() - left, height)
            if chosen.isRowSelected(row, QModelIndex()):
                painter.fillRect(rest, self.theme.color("sel"))
            elif row == self.hovered_row:
                painter.fillRect(rest, self.theme.color("hover"))
            painter.fillRect(left, rest.bottom(), rest.width(), 1, self.theme.color("line"))

    def viewportEvent(self, event: QEvent) -> bool:
        """Follow the mouse also where it stood when the table came under it."""
        if isinstance(event, QHoverEvent) and event.type() is not QEvent.Type.HoverLeave:
            self.row_hover(self.rowAt(event.position().toPoint().y()))
        return super().viewportEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move on, and with it to the row that is now under the mouse."""
        super().scrollContentsBy(dx, dy)
        if dy and self.underMouse():
            place = self.viewport().mapFromGlobal(QCursor.pos())
            self.row_hover(self.rowAt(place.y()))

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the hovered row."""
        self.row_hover(-1)
        super().leaveEvent(event)

    def event(self, event: QEvent) -> bool:
        """Notice the keyboard, for the frame around the current cell."""
        if event.type() == QEvent.Type.KeyPress:
            self.keyboard_used = True
        return super().event(event)
