"""The form's card of an earlier run: which one is read, and a list to choose another from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout

from loadline.gui.models import figures
from loadline.gui.models.source_words import when_words
from loadline.gui.theme import MEDIUM, SMALL, Theme, font
from loadline.gui.widgets import Button, Card, ElidedLabel, IconLabel, Rule, Text

OFFERED = 20
"""Runs in the list: the newest ones."""


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """A run whose result can be read: its folder, the job's name, when it began, its rows."""

    folder: str
    title: str
    started: datetime | None
    rows: int

    @property
    def when(self) -> str:
        """When it began, in the locale's short form."""
        return when_words(self.started) if self.started else ""


class RunCard(Card):
    """Shows the chosen run; `run_chosen` gives the folder of another one."""

    run_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, ground="accentsoft", edge="accent")
        self.setObjectName("runCard")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self.runs: Callable[[], Sequence[EarlierRun]] = tuple
        self._name = ElidedLabel(strong=True)
        self._when = ElidedLabel("", "secondary", size=SMALL)
        self._totals = Text("", strong=True, size=SMALL, wrap=True)
        self._totals.setFont(font(weight=MEDIUM))
        self.change = Button(theme, self.tr("Choose"), size="small")
        self.change.setObjectName("changeRunButton")
        self.change.setToolTip(self.tr("Choose one of the runs on this machine"))
        self.change.clicked.connect(self.offer)
        self._rule = Rule()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(IconLabel(theme, "list-checks", "accent", 24))
        row.addWidget(self._name, 1)
        row.addWidget(self.change)
        column = QVBoxLayout(self)
        column.setContentsMargins(13, 12, 13, 13)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._when)
        column.addSpacing(4)
        column.addWidget(self._rule)
        column.addWidget(self._totals)
        self.show_run(None)

    def show_run(self, run: EarlierRun | None) -> None:
        """Show which run is read, or that none is chosen yet."""
        self._rule.setVisible(run is not None)
        self._totals.setVisible(run is not None)
        self.change.set_look(self.tr("Choose") if run is None else self.tr("Change"), "")
        if run is None:
            self._name.setText(self.tr("No run yet"))
            self._when.setText(self.tr("Choose one from the list"))
            return
        self._name.setText(run.title)
        self._when.setText(run.when)

    def set_totals(self, words: str) -> None:
        """Say how much there is."""
        self._totals.setText(words)

    def offer(self) -> None:
        """Show the list of runs below the button."""
        self.menu().popup(self.change.mapToGlobal(self.change.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """Return the list: name at the left, when and how many rows at the right."""
        menu = QMenu(self)
        menu.setObjectName("earlierRunMenu")
        found = [run for run in self.runs() if run.rows][:OFFERED]
        for run in found:
            rows = self.tr("{0} rows").format(figures.count(run.rows))
            name = run.title.replace("&", "&&").replace("\t", " ")
            action = menu.addAction(f"{name}\t{run.when}, {rows}" if run.when else name)
            self._theme.set_icon(action, "table", "text2")
            action.triggered.connect(partial(self._choose, run.folder))
        if not found:
            menu.addAction(self.tr("No run has a result yet")).setEnabled(False)
        return menu

    def _choose(self, folder: str, _checked: bool = False) -> None:
        self.run_chosen.emit(folder)
