"""The status bar: what runs at the left, machine and safety at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStatusBar, QWidget

from loadline.gui.theme import SMALL, Theme, font
from loadline.gui.widgets import draw_icon

HEIGHT = 28


@dataclass(frozen=True, slots=True)
class StatusItem:
    """Words with an icon (may be empty) whose colour is a role of the tokens."""

    text: str
    icon: str = ""
    role: str = "text2"


class _Item(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._item = StatusItem("")
        self.setFont(font(SMALL, numbers=True))
        self.setFixedHeight(HEIGHT - 1)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_item(self, item: StatusItem) -> None:
        """Show other words."""
        if item == self._item:
            return
        self._item = item
        self.setAccessibleName(item.text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return icon 14, gap 6 and the words."""
        icon = 20 if self._item.icon else 0
        width = QFontMetrics(self.font()).horizontalAdvance(self._item.text)
        return QSize(icon + width + 1, HEIGHT - 1)

    def minimumSizeHint(self) -> QSize:
        """Return the icon: words are cut before the window grows."""
        return QSize(20 if self._item.icon else 0, HEIGHT - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint icon and words."""
        painter = QPainter(self)
        x = 0
        if self._item.icon:
            draw_icon(
                painter, self._theme, self._item.icon, self._item.role, 14, 0, self.height() / 2
            )
            x = 20
        painter.setPen(self._theme.color("text2"))
        metrics = QFontMetrics(self.font())
        words = metrics.elidedText(self._item.text, Qt.TextElideMode.ElideMiddle, self.width() - x)
        area = QRectF(x, 0, self.width() - x, self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, words)


class StatusBar(QStatusBar):
    """A bar 28 high with items 16 apart."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizeGripEnabled(False)
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(self.tr("Status"))
        self._holder = holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(0)
        left, right = QHBoxLayout(), QHBoxLayout()
        for side in (left, right):
            side.setSpacing(16)
        row.addLayout(left)
        row.addStretch(1)
        row.addLayout(right)
        self._left: tuple[QHBoxLayout, list[_Item]] = (left, [])
        self._right: tuple[QHBoxLayout, list[_Item]] = (right, [])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the bar below its line; Qt's own layout would add margins."""
        super().resizeEvent(event)
        self._holder.setGeometry(0, 1, self.width(), self.height() - 1)

    def tell(self, left: Sequence[StatusItem], right: Sequence[StatusItem]) -> None:
        """Show these items; cheap when nothing has changed."""
        self._fill(self._left, left)
        self._fill(self._right, right)

    def words(self) -> list[str]:
        """Return all words that are shown, left to right."""
        shown = (*self._left[1], *self._right[1])
        return [item.accessibleName() for item in shown if item.isVisibleTo(self)]

    def _fill(self, side: tuple[QHBoxLayout, list[_Item]], items: Sequence[StatusItem]) -> None:
        row, widgets = side
        while len(widgets) < len(items):
            widgets.append(_Item(self._theme))
            row.addWidget(widgets[-1])
        for number, widget in enumerate(widgets):
            widget.setVisible(number < len(items))
            if number < len(items):
                widget.set_item(items[number])
