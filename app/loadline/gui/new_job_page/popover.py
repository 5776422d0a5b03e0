"""Small panels that open at a cell and close when something else is clicked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from loadline.gui.theme import SEMIBOLD, SMALL, Theme, font
from loadline.gui.widgets import ElidedLabel, Text, rounded


class Popover(QFrame):
    """A panel with radius 8 and a `border2` frame; Escape and a click elsewhere close it."""

    def __init__(self, theme: Theme, parent: QWidget, title: str, width: int) -> None:
        flags = Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint
        super().__init__(parent, flags | Qt.WindowType.NoDropShadowWindowHint)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(title)
        self.setFixedWidth(width)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 12, 16, 16)
        self.column.setSpacing(8)
        heading = ElidedLabel(title, mode=Qt.TextElideMode.ElideMiddle)
        heading.setFont(font(weight=SEMIBOLD))
        self.column.addWidget(heading)

    def open_at(self, anchor: QRect) -> None:
        """Open below `anchor` (global), or above it where there is no room."""
        self.adjustSize()
        screen = self.screen().availableGeometry()
        place = QPoint(anchor.left(), anchor.bottom() + 4)
        if place.y() + self.height() > screen.bottom():
            place.setY(max(screen.top(), anchor.top() - 4 - self.height()))
        place.setX(max(screen.left(), min(place.x(), screen.right() - self.width())))
        self.move(place)
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the corners off: not every desktop can show through them."""
        super().resizeEvent(event)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()).adjusted(0, 0, 0.5, 0.5), 8, 8)
        self.setMask(QRegion(shape.toFillPolygon().toPolygon()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground and frame."""
        color = self._theme.color
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("surface"))
        rounded(painter, QRectF(self.rect()), 8, color("surface"), color("border2"))


class ValuesPopover(Popover):
    """The first values of a column in a file."""

    MOST = 12

    def __init__(
        self, theme: Theme, parent: QWidget, column: str, file: str, values: Sequence[str | None]
    ) -> None:
        super().__init__(theme, parent, column, 280)
        self.column.addWidget(ElidedLabel(file, "secondary", size=SMALL))
        counts: dict[str, int] = {}
        for value in values:
            counts[value or ""] = counts.get(value or "", 0) + 1
        if not counts:
            self.column.addWidget(Text(self.tr("No values in the first rows."), "secondary"))
        for value in list(counts)[: self.MOST]:
            label = ElidedLabel(value[:200] or self.tr("(empty)"), "" if value else "hint")
            self.column.addWidget(label)
        if len(counts) > self.MOST:
            more = self.tr("and {0} more in the first rows").format(len(counts) - self.MOST)
            self.column.addWidget(Text(more, "hint", size=SMALL))
