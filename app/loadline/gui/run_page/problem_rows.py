"""From a problem to its row in the Results tab."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from loadline.domain.errors import Failure
from loadline.gui.models import figures
from loadline.gui.models.problem_model import ProblemRow
from loadline.gui.new_job_page.latest import Latest
from loadline.gui.run_page.run_like import RunLike
from loadline.gui.widgets import Notice

RowOfLine = Callable[[RunLike, int, int], Awaitable[int | None]]
"""Finds the dataset's row (from 0) that begins in a line of a task's file; None: not loaded."""


class ProblemRows(QObject):
    """Asks where a problem's row is; `found` gives it, the notice says why there is none."""

    found = Signal(int)

    def __init__(self, notice: Notice, row_of_line: RowOfLine, parent: QObject) -> None:
        super().__init__(parent)
        self._notice = notice
        self._row_of_line = row_of_line
        self._latest = Latest[int | None](self._answered, self._failed)
        self._line = 0

    def ask(self, run: RunLike, problem: ProblemRow) -> None:
        """Look for the row of a problem that has a line."""
        if problem.at is not None:
            self._line = problem.at
            self._latest.ask(partial(self._row_of_line, run, problem.index, problem.at))

    def stop(self) -> None:
        """Forget the outstanding question."""
        self._latest.drop()

    def _answered(self, row: int | None) -> None:
        if row is not None:
            self._notice.setVisible(False)
            self.found.emit(row)
            return
        words = self.tr("Line {0} is not in the result: it was not loaded as a row.")
        self._notice.tell(words.format(figures.count(self._line)), icon="info", tone="queued")

    def _failed(self, failure: Failure) -> None:
        words = " ".join(filter(None, (failure.sentence, failure.advice)))
        words = words.replace("&", "&amp;").replace("<", "&lt;")
        self._notice.tell(words, icon="circle-x", tone="failed")
