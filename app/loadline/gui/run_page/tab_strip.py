"""The bar of tabs: icon, word, count, a line under the chosen one; a chevron folds the pages."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QCursor, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar

from loadline.gui.theme import BODY, MEDIUM, SEMIBOLD, SMALL, Theme, font
from loadline.gui.widgets import draw_icon, rounded

HEIGHT = 36
PAD = 8
GAP = 6
BADGE = 18


@dataclass(slots=True)
class _Tab:
    icon: str
    word: str
    badge: str = ""


class TabStrip(QTabBar):
    """Tabs 36 high; arrow keys change the tab."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._tabs: list[_Tab] = []
        self._ring = False
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(HEIGHT)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Parts of the run"))

    def add(self, icon: str, word: str) -> int:
        """Add a tab at the right and return its place."""
        self._tabs.append(_Tab(icon, word))
        place = self.addTab(word)
        self.setAccessibleTabName(place, word)
        return place

    def set_badge(self, place: int, badge: str) -> None:
        """Show a count behind a tab's word; an empty one takes it away."""
        tab = self._tabs[place]
        if tab.badge == badge:
            return
        tab.badge = badge
        self.setAccessibleTabName(place, f"{tab.word} {badge}".strip())
        # A tab's width is only asked for again when its text is set.
        self.setTabText(place, tab.word + badge)

    def badge(self, place: int) -> str:
        """Return the count behind a tab's word."""
        return self._tabs[place].badge

    def tabSizeHint(self, index: int) -> QSize:
        """Return paddings, icon, word in its heavier weight, and badge."""
        tab = self._tabs[index] if index < len(self._tabs) else _Tab("", "")
        return QSize(2 * PAD + 16 + GAP + self._word(tab) + self._badge(tab), HEIGHT)

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Return the same: no word is cut."""
        return self.tabSizeHint(index)

    def _word(self, tab: _Tab) -> int:
        return QFontMetrics(font(BODY, SEMIBOLD)).horizontalAdvance(tab.word)

    def _badge(self, tab: _Tab) -> int:
        return GAP + self._badge_width(tab) if tab.badge else 0

    def _badge_width(self, tab: _Tab) -> int:
        metrics = QFontMetrics(font(SMALL, SEMIBOLD, numbers=True))
        return max(BADGE, metrics.horizontalAdvance(tab.badge) + 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint all tabs."""
        painter = QPainter(self)
        for index, tab in enumerate(self._tabs):
            if self.isTabVisible(index):
                self._paint(painter, index, tab)

    def _paint(self, painter: QPainter, index: int, tab: _Tab) -> None:
        color = self._theme.color
        chosen = index == self.currentIndex()
        rect = QRectF(self.tabRect(index))
        over = rect.contains(self.mapFromGlobal(QCursor.pos())) and self.underMouse()
        x = rect.left() + PAD
        draw_icon(painter, self._theme, tab.icon, "accent" if chosen else "text2", 16, x, 18)
        x += 16 + GAP
        painter.setFont(font(BODY, SEMIBOLD if chosen else MEDIUM))
        painter.setPen(color("text" if chosen or over else "text2"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(x, 0, self._word(tab) + 2, HEIGHT), middle, tab.word)
        if tab.badge:
            left = x + self._word(tab) + GAP
            pill = QRectF(left, (HEIGHT - BADGE) / 2, self._badge_width(tab), BADGE)
            rounded(painter, pill, 6, color("hover"))
            painter.setFont(font(SMALL, SEMIBOLD, numbers=True))
            painter.setPen(color("text2"))
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, tab.badge)
        if chosen:
            line = QRectF(rect.left() + PAD, HEIGHT - 2, rect.width() - 2 * PAD, 2)
            painter.fillRect(line, color("accent"))
        if chosen and self._ring:
            rounded(painter, rect.adjusted(2, 3, -2, -4), 6, None, color("accent"), 2)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is, when it came here by the keyboard."""
        reasons = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self._ring = event.reason() in reasons
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the ring."""
        self._ring = False
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the ring as soon as the keyboard is used."""
        self._ring = True
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Follow the mouse."""
        kinds = (QEvent.Type.HoverMove, QEvent.Type.HoverLeave, QEvent.Type.MouseMove)
        if event.type() in kinds:
            self.update()
        return super().event(event)
