"""The lower part of the page: a bar of tabs over pages that fold away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from loadline.gui.run_page.tab_strip import HEIGHT, TabStrip
from loadline.gui.theme import Theme
from loadline.gui.widgets import Button, Rule

QWIDGET_MOST = 16_777_215


class RunTabs(QWidget):
    """Tabs in the order in which their pages are added; folded it is its bar alone."""

    folded_changed = Signal(bool)
    page_shown = Signal(QWidget)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._folded = False
        self._can_fold = True
        self._places: dict[QWidget, int] = {}
        self.strip = TabStrip(theme)
        self.stack = QStackedWidget()
        name = self.tr("Fold or unfold the lower part")
        self.chevron = Button(theme, icon="chevron-down", variant="quiet", size="small", name=name)
        self.chevron.clicked.connect(lambda: self.fold(not self._folded))
        self.strip.currentChanged.connect(self._turn)
        self.strip.tabBarClicked.connect(lambda _: self.fold(False))
        bar = QWidget()
        bar.setFixedHeight(HEIGHT)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(0)
        row.addWidget(self.strip)
        row.addStretch(1)
        row.addWidget(self.chevron, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        self._rule = Rule()
        column.addWidget(self._rule)
        column.addWidget(self.stack, 1)

    def add(self, page: QWidget, icon: str, word: str) -> None:
        """Add a page with its tab."""
        self._places[page] = self.strip.count()
        self.stack.addWidget(page)
        self.strip.add(icon, word)

    def offer(self, page: QWidget, offered: bool) -> None:
        """Whether a page's tab is there; a page that goes while it is shown gives way."""
        place = self._places[page]
        if not offered and self.strip.currentIndex() == place:
            self.strip.setCurrentIndex(0)
        self.strip.setTabVisible(place, offered)

    def set_badge(self, page: QWidget, badge: str) -> None:
        """Show a count behind the word of a page's tab."""
        self.strip.set_badge(self._places[page], badge)

    def badge(self, page: QWidget) -> str:
        """Return the count behind the word of a page's tab."""
        return self.strip.badge(self._places[page])

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front, unfolded."""
        self.strip.setCurrentIndex(self._places[page])
        self.fold(False)

    def current(self) -> QWidget | None:
        """Return the page in sight, or None while folded."""
        return None if self._folded else self.stack.currentWidget()

    @property
    def folded(self) -> bool:
        """Only the bar is shown."""
        return self._folded

    def allow_fold(self, allowed: bool) -> None:
        """Whether the chevron is there; without it the pages are open."""
        self._can_fold = allowed
        self.chevron.setVisible(allowed)
        if not allowed:
            self.fold(False)

    def fold(self, folded: bool) -> None:
        """Fold to the bar, or unfold."""
        folded = folded and self._can_fold
        if folded == self._folded:
            return
        self._folded = folded
        self.stack.setVisible(not folded)
        self._draw_rule()
        self.chevron.set_look("", "chevron-up" if folded else "chevron-down")
        self.chevron.setAccessibleName(self.tr("Fold or unfold the lower part"))
        self.setMaximumHeight(HEIGHT + 1 if folded else QWIDGET_MOST)
        self.setMinimumHeight(HEIGHT + 1 if folded else HEIGHT + 1 + 64)
        self.folded_changed.emit(folded)

    def own_line(self, page: QWidget, own: bool) -> None:
        """Whether a page begins with a line of its own, as tables do: then the bar has none."""
        page.setProperty("ownLine", own)
        self._draw_rule()

    def _draw_rule(self) -> None:
        page = self.stack.currentWidget()
        own = page is not None and page.property("ownLine") is True and not self._folded
        self._rule.setVisible(not own)

    def _turn(self, place: int) -> None:
        page = self.stack.widget(place)
        if page is not None:
            self.stack.setCurrentWidget(page)
            self._draw_rule()
            self.page_shown.emit(page)
