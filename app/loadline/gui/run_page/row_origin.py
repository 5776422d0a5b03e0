"""Where a row of the results comes from: asked of a worker, told in the tab's notice."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from loadline.domain.errors import Failure
from loadline.gui.models import figures
from loadline.gui.new_job_page.latest import Latest
from loadline.gui.run_page.result_questions import ResultQuestions, Rows, RowSource
from loadline.gui.theme import Theme
from loadline.gui.widgets import Button, Notice

ShowFile = Callable[[Path], None]


class RowOrigin(QObject):
    """Tells file and line of a row; from there to its folder, and to the file's problems."""

    problem_asked = Signal(int)
    """Show the problems of this task."""
    told = Signal()

    def __init__(
        self, theme: Theme, notice: Notice, questions: ResultQuestions | None,
        show_file: ShowFile | None,
    ) -> None:  # fmt: skip
        super().__init__(notice)
        self._notice = notice
        self._questions = questions
        self._show_file = show_file
        self._rows: Rows | None = None
        self._found: RowSource | None = None
        self._row = 0
        self._latest = Latest[RowSource](self._answered, self._failed)
        self.copy = Button(theme, self.tr("Copy"), "copy", size="small")
        self.copy.setToolTip(self.tr("Copy file and line"))
        self.copy.clicked.connect(self._copy)
        self.problems = Button(theme, self.tr("Show problems"), "triangle-alert", size="small")
        self.problems.clicked.connect(self._ask_problems)
        self.close_button = Button(
            theme, icon="x", variant="quiet", size="small", name=self.tr("Close")
        )
        for button in (self.problems, self.copy, self.close_button):
            notice.add(button)
            button.setVisible(False)
        notice.link_clicked.connect(self._link)

    @property
    def busy(self) -> bool:
        """A worker looks the row up."""
        return self._latest.busy

    def ask(self, rows: Rows, row: int) -> None:
        """Tell where a row of the dataset (from 0) comes from."""
        if self._questions is None:
            return
        self._rows, self._row, self._found = rows, row, None
        self._say(self.tr("Looking for row {0} in its source \u2026"), "hourglass", "running")
        self._latest.ask(partial(self._questions.place, rows, row))

    def stop(self) -> None:
        """Forget the outstanding question."""
        self._latest.drop()
        self._found = None

    def hide_tools(self) -> None:
        """Leave the notice to another sentence."""
        self.stop()
        for button in (self.problems, self.copy, self.close_button):
            button.setVisible(False)

    def _answered(self, found: RowSource) -> None:
        self._found = found
        if self._rows is not None:
            board = self._rows[0].board
            self.problems.setVisible(bool(board.rows[found.index].problems))
        words = self.tr("Row {0} is in {1}")
        if found.changed:
            words = self.tr("Row {0} was in {1}; the file has changed since")
        has_folder = found.path is not None and self._show_file is not None
        link = self.tr("Show in folder") if has_folder else ""
        self._say(words, "file-text", "waiting" if found.changed else "running", link)
        self.copy.setVisible(True)

    def _failed(self, failure: Failure) -> None:
        words = " ".join(filter(None, (failure.sentence, failure.advice)))
        self._say(_plain(words).replace("{", "{{").replace("}", "}}"), "circle-x", "failed")

    def place(self) -> str:
        """Return e.g. ``quay-3.csv, line 6,102``."""
        found = self._found
        if found is None:
            return ""
        if found.line is None:
            return found.name
        return self.tr("{0}, line {1}").format(found.name, figures.count(found.line))

    def _say(self, words: str, icon: str, tone: str, link: str = "") -> None:
        told = words.format(figures.count(self._row + 1), f"<b>{_plain(self.place())}</b>")
        self._notice.tell(told, icon=icon, tone=tone, link=link)
        self.close_button.setVisible(True)
        if self._found is None:
            self.copy.setVisible(False)
            self.problems.setVisible(False)
        self.told.emit()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.place())

    def _link(self) -> None:
        found = self._found
        if found is not None and found.path is not None and self._show_file is not None:
            self._show_file(found.path)

    def _ask_problems(self) -> None:
        if self._found is not None:
            self.problem_asked.emit(self._found.index)


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
