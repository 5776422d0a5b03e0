"""Corrections of a run's rows while they are made: which there are, and when they are read in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from loadline.domain.fixes import Fix
from loadline.domain.receipt import RunState
from loadline.gui.models.background import Answer, Background
from loadline.gui.models.problem_model import ProblemRow
from loadline.gui.run_page.fix_pane import FixPane, Key, pending
from loadline.gui.run_page.run_like import RunLike
from loadline.gui.theme import Theme
from loadline.gui.widgets import Rule

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

ENDED_WELL = frozenset({RunState.DONE, RunState.PROBLEMS})


class Fixing(QObject):
    """Keeps a run's corrections beside its pane; `reload_asked` gives all of them."""

    reload_asked = Signal(object)

    def __init__(self, theme: Theme, table: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self.pane = FixPane(theme)
        self.rule = Rule(vertical=True)
        self._table = table
        self._show(False)
        self._run: RunLike | None = None
        self._fixes: dict[Key, Fix] = {}
        self._applied: dict[Key, Fix] = {}
        self._background = Background("fixing", self)
        self._background.answered.connect(self._take)
        self.pane.changed.connect(self._changed)
        self.pane.reload_asked.connect(self._reload)
        self.pane.closed.connect(self._close)

    def show_run(self, run: RunLike) -> None:
        """Begin with the corrections that a run has."""
        self._run = run
        self._background.forget()
        self._fixes = {_key_of(fix): fix for fix in run.fixes}
        self._applied = dict(self._fixes)
        self._show(False)

    def refresh(self, run: RunLike) -> None:
        """Follow the run: its corrections change only when it has read them."""
        if run is self._run:
            self._applied = {_key_of(fix): fix for fix in run.fixes}
            self._count()

    def begin(self, line: ProblemRow) -> None:
        """Open the pane for a row."""
        run, index, number = self._run, line.index, line.line
        if run is None or number is None:
            return
        self.pane.ask(line)
        self._show(True)
        self._count()
        self._background.ask((run.name, _key(line)), lambda: run.row_form(index, number))

    def close_reader(self) -> None:
        """End the thread that looks rows up."""
        self._background.close()

    def _take(self, answer: Answer) -> None:
        line, run = self.pane.line, self._run
        if line is None or run is None or answer.key != (run.name, _key(line)):
            return
        if answer.error:
            self.pane.refuse(answer.error)
        else:
            self.pane.show_form(answer.value, self._fixes.get(_key(line)))

    def _changed(self, line: ProblemRow, fix: Fix | None) -> None:
        if fix is None:
            self._fixes.pop(_key(line), None)
        else:
            self._fixes[_key(line)] = fix
        self._count()

    def _count(self) -> None:
        ended = self._run is not None and self._run.state in ENDED_WELL
        self.pane.count(pending(self._fixes, self._applied), allowed=ended)

    def _reload(self) -> None:
        self.reload_asked.emit(tuple(self._fixes.values()))

    def _close(self) -> None:
        self._show(False)
        self._table.setFocus()

    def _show(self, shown: bool) -> None:
        self.pane.setVisible(shown)
        self.rule.setVisible(shown)


def _key(line: ProblemRow) -> Key:
    return (line.index, line.line or 0, line.raw)


def _key_of(fix: Fix) -> Key:
    return (fix.index, fix.line, fix.raw)
