"""The rail at the left: pages, recent runs, settings; narrow windows show its icons only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from loadline.gui.theme import (
    BODY,
    MEDIUM,
    REGULAR,
    SECTION,
    SEMIBOLD,
    SMALL,
    Look,
    Theme,
    font,
)
from loadline.gui.widgets import FocusRing, Text, draw_icon, rounded

WIDE, NARROW = 184, 56
_PAD = 8
_ITEM = 32
_RECENT_MOST = 8
_DOT = 6
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class RecentRun:
    """A line under *Recent runs*; `percent` only while it runs."""

    key: str
    name: str
    look: Look
    percent: int | None = None
    shown: bool = False
    """Its page is the one on screen."""
    unseen: bool = False
    """It failed, and nobody has dismissed that."""


class _RailButton(FocusRing, QAbstractButton):
    """Common ground of the rail's items."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        self._theme = theme
        self._narrow = False
        self.setText(text)
        self.setFixedHeight(_ITEM)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon only, with the name as tooltip."""
        self._narrow = narrow
        self.setToolTip(self.text() if narrow else "")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the full width; the layout decides."""
        return QSize(WIDE - 2 * _PAD, _ITEM)

    def minimumSizeHint(self) -> QSize:
        """Return room for the icon."""
        return QSize(NARROW - 2 * _PAD, _ITEM)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move up and down with the arrow keys; Enter presses."""
        if event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _ground(self, painter: QPainter, role: str) -> None:
        rect = QRectF(self.rect())
        color = self._theme.color
        ground = color(role) if role else None
        rounded(painter, rect, 6, ground, color("accent") if self.ring else None, 2)

    def _icon_left(self) -> float:
        return (self.width() - 16) / 2 if self._narrow else 8.0


class NavItem(_RailButton):
    """A page of the program."""

    def __init__(self, theme: Theme, key: str, text: str, icon: str) -> None:
        super().__init__(theme, text)
        self.key = key
        self._icon = icon
        self.setCheckable(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, icon and name."""
        painter = QPainter(self)
        chosen = self.isChecked()
        self._ground(painter, "accentsoft" if chosen else "hover" if self.underMouse() else "")
        role = "accent" if chosen else "text2"
        draw_icon(painter, self._theme, self._icon, role, 16, self._icon_left(), _ITEM / 2)
        if self._narrow:
            return
        painter.setFont(font(BODY, SEMIBOLD if chosen else MEDIUM))
        painter.setPen(self._theme.color(role))
        painter.drawText(QRectF(34, 0, self.width() - 34, _ITEM), _MIDDLE, self.text())


class RecentItem(_RailButton):
    """A recent run: state icon, name, percent."""

    def __init__(self, theme: Theme, run: RecentRun) -> None:
        super().__init__(theme, run.name)
        self.run = run
        self.set_run(run)

    def set_run(self, run: RecentRun) -> None:
        """Show another run, or the same one further on."""
        self.run = run
        self.setText(run.name)
        percent = f", {run.percent} %" if run.percent is not None else ""
        unseen = ", " + self.tr("not dismissed") if run.unseen else ""
        self.setAccessibleName(f"{run.name}, {run.look.word}{percent}{unseen}")
        self.set_narrow(self._narrow)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, state icon, name and percent."""
        painter = QPainter(self)
        color = self._theme.color
        live = self.run.shown
        self._ground(painter, "hover" if live or self.underMouse() else "")
        tone = f"{self.run.look.tone}.text"
        left = self._icon_left()
        draw_icon(painter, self._theme, self.run.look.icon, tone, 16, left, _ITEM / 2)
        if self._narrow:
            return
        right = float(self.width() - 8)
        if self.run.percent is not None:
            painter.setFont(font(SMALL, numbers=True))
            painter.setPen(color("text2"))
            text = f"{self.run.percent} %"
            flags = _MIDDLE | Qt.AlignmentFlag.AlignRight
            painter.drawText(QRectF(0, 0, right, _ITEM), flags, text)
            right -= QFontMetrics(painter.font()).horizontalAdvance(text) + 8
        if self.run.unseen:
            dot = QRectF(right - _DOT, (_ITEM - _DOT) / 2, _DOT, _DOT)
            rounded(painter, dot, _DOT / 2, color(tone), None, 0)
            right -= _DOT + 8
        strong = live or self.run.unseen
        painter.setFont(font(SMALL, MEDIUM if strong else REGULAR))
        painter.setPen(color("text" if strong else "text2"))
        metrics = QFontMetrics(painter.font())
        name = metrics.elidedText(self.run.name, Qt.TextElideMode.ElideRight, int(right - 32))
        painter.drawText(QRectF(32, 0, right - 32, _ITEM), _MIDDLE, name)


class _Mark(QWidget):
    """The product's mark and name."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.narrow = False
        self.setFixedHeight(36)
        self.setAccessibleName("Loadline")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint circle and line, and the name where there is room."""
        painter = QPainter(self)
        left = (self.width() - 18) / 2 if self.narrow else 9
        draw_icon(painter, self._theme, "loadline", "accent", 18, left, 18)
        if not self.narrow:
            painter.setFont(font(SECTION, SEMIBOLD))
            painter.setPen(self._theme.color("text"))
            painter.drawText(QRectF(36, 0, self.width() - 36, 36), _MIDDLE, "Loadline")


class Rail(QFrame):
    """The rail; `page_chosen` gives a page's key, `recent_chosen` a run's."""

    page_chosen = Signal(str)
    recent_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("navRail")
        self.setProperty("pane", "rail")
        self.setAccessibleName(self.tr("Pages"))
        self._theme = theme
        self._narrow = False
        self._items: dict[str, NavItem] = {}
        self._recent: list[RecentItem] = []
        self._mark = _Mark(theme)
        self._top = QVBoxLayout()
        self._top.setSpacing(2)
        self._bottom = QVBoxLayout()
        self._bottom.setSpacing(2)
        self._heading = Text(self.tr("Recent runs"), "secondary", size=SMALL)
        self._heading.setContentsMargins(8, 0, 0, 0)
        self._heading.setFixedHeight(32)
        self._heading.setVisible(False)
        self._runs = QVBoxLayout()
        self._runs.setSpacing(2)
        self._lay_out()
        self.setFixedWidth(WIDE)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(_PAD, _PAD, _PAD + 1, _PAD)
        column.setSpacing(0)
        column.addWidget(self._mark)
        column.addSpacing(10)
        column.addLayout(self._top)
        column.addSpacing(10)
        column.addWidget(self._heading)
        column.addLayout(self._runs)
        column.addStretch(1)
        column.addLayout(self._bottom)

    def add(self, key: str, text: str, icon: str, *, at_bottom: bool = False) -> NavItem:
        """Add a page; the n-th one is reached by Ctrl+n as well."""
        item = NavItem(self._theme, key, text, icon)
        item.set_narrow(self._narrow)
        item.clicked.connect(self._pressed)
        self._items[key] = item
        (self._bottom if at_bottom else self._top).addWidget(item)
        return item

    def keys(self) -> list[str]:
        """Return the pages' keys in the order of the rail."""
        return list(self._items)

    def choose(self, key: str) -> None:
        """Mark a page as the one on screen."""
        for name, item in self._items.items():
            item.setChecked(name == key)

    def set_recent(self, runs: Sequence[RecentRun]) -> None:
        """Show these runs, the newest first; further ones are left out."""
        runs = runs[:_RECENT_MOST]
        for item, run in zip(self._recent, runs, strict=False):
            if item.run != run:
                item.set_run(run)
        for run in runs[len(self._recent) :]:
            item = RecentItem(self._theme, run)
            item.set_narrow(self._narrow)
            item.clicked.connect(self._recent_pressed)
            self._recent.append(item)
            self._runs.addWidget(item)
        for item in self._recent[len(runs) :]:
            self._runs.removeWidget(item)
            item.deleteLater()
        del self._recent[len(runs) :]
        self._heading.setVisible(bool(runs) and not self._narrow)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons only, or icons and names."""
        if narrow == self._narrow:
            return
        self._narrow = self._mark.narrow = narrow
        self.setFixedWidth(NARROW if narrow else WIDE)
        for item in (*self._items.values(), *self._recent):
            item.set_narrow(narrow)
        self._heading.setVisible(bool(self._recent) and not narrow)

    def focus_chosen(self) -> None:
        """Give the keyboard to the page that is on screen."""
        for item in self._items.values():
            if item.isChecked():
                item.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _pressed(self) -> None:
        item = self.sender()
        if isinstance(item, NavItem):
            item.setChecked(True)
            self.page_chosen.emit(item.key)

    def _recent_pressed(self) -> None:
        item = self.sender()
        if isinstance(item, RecentItem):
            self.recent_chosen.emit(item.run.key)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the line at the right."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("bg"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), self._theme.color("border"))
