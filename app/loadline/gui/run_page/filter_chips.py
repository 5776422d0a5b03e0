"""The filters that are set, as chips that can be changed or removed; as many as there is room."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from loadline.domain.query import Filter
from loadline.gui.models.query_words import filter_words
from loadline.gui.theme import MEDIUM, SMALL, Theme, font
from loadline.gui.widgets import Button, FocusRing, draw_icon, rounded

WIDEST = 240
HEIGHT = 28
GAP = 8
_CROSS = 24


class FilterChip(FocusRing, QAbstractButton):
    """Funnel, words, cross; a click on the words changes the filter, on the cross removes it."""

    removed = Signal()

    def __init__(self, theme: Theme, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(self.tr("{0}: click to change, Delete removes it").format(words))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Return icon, words as far as they fit, and cross."""
        words = QFontMetrics(font(SMALL, MEDIUM)).horizontalAdvance(self.text())
        return QSize(min(WIDEST, 10 + 14 + 6 + words + 4 + _CROSS), HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and Backspace remove the filter."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Remove it by its cross."""
        if event.position().x() >= self.width() - _CROSS and self.rect().contains(
            event.position().toPoint()
        ):
            self.setDown(False)
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, funnel, words and cross."""
        painter = QPainter(self)
        color = self._theme.color
        ground = color("sel" if self.underMouse() else "accentsoft")
        rounded(painter, QRectF(self.rect()), 6, ground, color("accent"), 2 if self.ring else 1)
        draw_icon(painter, self._theme, "funnel", "accent", 14, 10, HEIGHT / 2)
        painter.setFont(font(SMALL, MEDIUM))
        painter.setPen(color("accent"))
        room = self.width() - 30 - _CROSS
        words = QFontMetrics(painter.font()).elidedText(
            self.text(), Qt.TextElideMode.ElideMiddle, room + 2
        )
        area = QRectF(QPointF(30, 0), QPointF(30 + room + 4, HEIGHT))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, words)
        draw_icon(painter, self._theme, "x", "accent", 14, self.width() - _CROSS + 3, HEIGHT / 2)


class FilterChips(QWidget):
    """A row of chips; those without room are in the menu of a button at its end."""

    removed = Signal(object)
    """The `Filter` that is no longer wanted."""
    chosen = Signal(object)
    """The `Filter` that is to be changed."""
    cleared = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._filters: tuple[Filter, ...] = ()
        self._chips: list[FilterChip] = []
        self.more = Button(theme, "+1", variant="quiet", size="small", parent=self)
        self.more.clicked.connect(self._list)
        self.clear = Button(
            theme, icon="funnel-x", variant="quiet", size="small",
            name=self.tr("Remove all filters"), parent=self,
        )  # fmt: skip
        self.clear.clicked.connect(self.cleared)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self.setVisible(False)

    def show_filters(self, filters: Sequence[Filter]) -> None:
        """Show these filters."""
        if tuple(filters) == self._filters:
            return
        self._filters = tuple(filters)
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for one in self._filters:
            chip = FilterChip(self._theme, filter_words(one), self)
            chip.removed.connect(partial(self.removed.emit, one))
            chip.clicked.connect(partial(self.chosen.emit, one))
            self._chips.append(chip)
        self.setVisible(bool(self._filters))
        self.updateGeometry()
        self._place()

    def words(self) -> list[str]:
        """Return the words of all filters."""
        return [filter_words(one) for one in self._filters]

    def sizeHint(self) -> QSize:
        """Return the room that all chips need."""
        return QSize(self._needed(len(self._chips)), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the room of the two buttons."""
        return QSize(HEIGHT * 2 + GAP + 24, HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many chips as fit."""
        super().resizeEvent(event)
        self._place()

    def _needed(self, count: int) -> int:
        chips = sum(chip.sizeHint().width() + GAP for chip in self._chips[:count])
        hidden = len(self._chips) - count
        clear = HEIGHT if len(self._chips) > 1 else -GAP
        return chips + (self.more.sizeHint().width() + GAP if hidden else 0) + clear

    def _place(self) -> None:
        count = len(self._chips)
        while count and self._needed(count) > self.width():
            count -= 1
        x = 0
        for place, chip in enumerate(self._chips):
            chip.setVisible(place < count)
            if place < count:
                chip.move(x, 0)
                x += chip.width() + GAP
        hidden = len(self._chips) - count
        self.more.setVisible(hidden > 0)
        if hidden:
            self.more.setText(f"+{hidden}")
            self.more.setAccessibleName(self.tr("Further filters"))
            self.more.setToolTip("\n".join(self.words()[count:]))
            self.more.resize(self.more.sizeHint())
            self.more.move(x, 0)
            x += self.more.width() + GAP
        self.clear.setVisible(len(self._chips) > 1)
        self.clear.resize(self.clear.sizeHint())
        self.clear.move(x - (GAP if x else 0) + 4, 0)

    def _list(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one, chip in zip(self._filters, self._chips, strict=True):
            if not chip.isVisible():
                action = menu.addAction(self.tr("Remove: {0}").format(filter_words(one)))
                action.triggered.connect(partial(self.removed.emit, one))
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
