"""The bar below the documents: how many match, and what can be done with them."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loadline.domain.browsing import Matching
from loadline.gui.models import figures
from loadline.gui.theme import BODY, SEMIBOLD, Theme, font
from loadline.gui.widgets import Button, Rule, Text

HEIGHT = 56


class ActionBar(QWidget):
    """*44 of 1,564 documents match the filter*, and the buttons that take them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self._number = Text(numbers=True)
        self._number.setFont(font(BODY, SEMIBOLD, numbers=True))
        self._words = Text("", "secondary", numbers=True)
        self.load = Button(theme, self.tr("Load these"), "play", "primary")
        self.load.setObjectName("loadTheseButton")
        self.load.setToolTip(self.tr("Show them on the New job page, ready to start"))
        self.score = Button(theme, self.tr("Score these"), "target")
        self.score.setObjectName("scoreTheseButton")
        self.score.setToolTip(self.tr("Find the best of them, on the New job page"))
        row = QHBoxLayout()
        row.setContentsMargins(24, 11, 24, 12)
        row.setSpacing(4)
        row.addWidget(self._number)
        row.addWidget(self._words)
        row.addStretch(1)
        row.addWidget(self.score)
        row.addSpacing(4)
        row.addWidget(self.load)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        column.addLayout(row, 1)

    def set_ready(self, *, ready: bool) -> None:
        """Offer to load, or not."""
        self.load.setEnabled(ready)
        self.score.setEnabled(ready)

    def show_matching(self, found: Matching | None, *, filtered: bool) -> None:
        """Say how many documents there are, and how many of them match a filter."""
        if found is None:
            self._show("", "")
            return
        number = figures.count(found.count)
        number = number if found.exact else self.tr("about {0}").format(number)
        words = self.tr("document") if found.count == 1 else self.tr("documents")
        if filtered:
            words = self.tr("of {0} documents match the filter").format(figures.count(found.of))
        self._show(number, words)

    def words(self) -> str:
        """Return what is said, for tests and screen readers."""
        return f"{self._number.text()} {self._words.text()}".strip()

    def _show(self, number: str, words: str) -> None:
        self._number.setText(number)
        self._words.setText(words)
        self.setAccessibleName(self.words())
