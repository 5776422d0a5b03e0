"""The list of runs: open, run again, resume, copy, rename, pin, delete; search and room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from loadline.domain.receipt import RunState
from loadline.gui.frame.question import Question
from loadline.gui.models import figures
from loadline.gui.runs_page.runs_model import RunLine, RunsModel
from loadline.gui.runs_page.runs_table import RunsTable
from loadline.gui.theme import SMALL, Theme
from loadline.gui.widgets import (
    Button,
    IconLabel,
    LineEdit,
    Notice,
    SectionTitle,
    Text,
    Title,
)

_RESUMABLE = frozenset({RunState.INTERRUPTED, RunState.PROBLEMS, RunState.CANCELLED})


@dataclass(frozen=True, slots=True)
class RunsServices:
    """What the page asks of the program around it; each gets a run's key and returns at once.

    `resume` goes on with an interrupted run or retries what is unfinished; `again` starts the
    same job as a new run; `copy` shows its job on the New job page, to be changed; `rename` and
    `pin` keep a label; `delete` removes the run's folder; `new_job` shows the New job page.
    """

    open: Callable[[str], None]
    again: Callable[[str], None]
    resume: Callable[[str], None]
    delete: Callable[[str], None]
    copy: Callable[[str], None]
    rename: Callable[[str, str], None]
    pin: Callable[[str, bool], None]
    new_job: Callable[[], None]


class RunsPage(QWidget):
    """All runs, newest first; `set_lines` is called whenever they are known anew."""

    def __init__(self, theme: Theme, services: RunsServices) -> None:
        super().__init__()
        self.setObjectName("runsPage")
        self.setAccessibleName(self.tr("Runs"))
        self._theme = theme
        self._services = services
        self._doomed = ""
        self.model = RunsModel(self)
        self.table = RunsTable(theme, self.tr("Runs"), self.model)
        self.open_button = Button(theme, self.tr("Open"), "table")
        self.again_button = Button(theme, self.tr("Run again"), "rotate-ccw")
        self.resume_button = Button(theme, self.tr("Resume"), "play")
        self._make_icons(theme)
        for button, name in (
            (self.open_button, "openRunButton"), (self.again_button, "runAgainButton"),
            (self.resume_button, "resumeRunButton"), (self.delete_button, "deleteRunButton"),
            (self.copy_button, "copyRunButton"), (self.rename_button, "renameRunButton"),
            (self.pin_button, "pinRunButton"),
        ):  # fmt: skip
            button.setObjectName(name)
        self._count = Text("", "secondary", size=SMALL)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty())
        self._stack.addWidget(self._filled())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.setFocusProxy(self.table)
        self._connect()
        self._show_choice()

    def _make_icons(self, theme: Theme) -> None:
        copy, rename = self.tr("Copy as new job"), self.tr("Rename")
        self.copy_button = Button(theme, icon="copy", name=copy)
        self.copy_button.setToolTip(self.tr("Copy as new job (Ctrl+D)"))
        self.copy_button.setShortcut(QKeySequence("Ctrl+D"))
        self.rename_button = Button(theme, icon="pencil", name=rename)
        self.rename_button.setToolTip(self.tr("Rename (F2)"))
        self.pin_button = Button(theme, icon="pin", name=self.tr("Pin"))
        self.delete_button = Button(theme, icon="trash-2", variant="danger", name=self.tr("Delete"))
        self.search = LineEdit(theme, self.tr("Search runs"), placeholder=self.tr("Search"))
        self.search.setObjectName("runsSearch")
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(200)
        self.search.setToolTip(self.tr("Search runs (Ctrl+F)"))
        self.notice = Notice(theme)
        self.notice.setObjectName("runsNotice")

    def _filled(self) -> QWidget:
        row = QHBoxLayout()
        row.setContentsMargins(24, 12, 24, 12)
        row.setSpacing(8)
        row.addWidget(Title(self.tr("Runs")))
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self.search, 1)
        for button in (
            self.pin_button, self.rename_button, self.copy_button, self.delete_button,
            self.resume_button, self.again_button, self.open_button,
        ):  # fmt: skip
            row.addWidget(button)
        self._told = QWidget()
        told = QHBoxLayout(self._told)
        told.setContentsMargins(24, 0, 24, 12)
        told.addWidget(self.notice)
        self._told.setVisible(False)
        self._found = QStackedWidget()
        self._found.addWidget(self.table)
        self._found.addWidget(self._nothing())
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._told)
        column.addWidget(self._found, 1)
        return holder

    def _nothing(self) -> QWidget:
        text = Text(self.tr("No run has all of these words."), "hint")
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return text

    def _empty(self) -> QWidget:
        holder = QWidget()
        centre = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(holder)
        column.setSpacing(0)
        column.addStretch(4)
        column.addWidget(IconLabel(self._theme, "list-checks", "text3", 40), 0, centre)
        column.addSpacing(16)
        column.addWidget(SectionTitle(self.tr("No runs yet")), 0, centre)
        column.addSpacing(6)
        hint = self.tr("Every run is kept here with its result and its receipt.")
        column.addWidget(Text(hint, "secondary"), 0, centre)
        column.addSpacing(20)
        self.new_button = Button(self._theme, self.tr("New job"), "plus", "primary")
        self.new_button.setObjectName("firstJobButton")
        column.addWidget(self.new_button, 0, centre)
        column.addStretch(5)
        return holder

    def _connect(self) -> None:
        self.open_button.clicked.connect(self.open)
        self.again_button.clicked.connect(self._again)
        self.resume_button.clicked.connect(self._resume)
        self.delete_button.clicked.connect(self.ask_delete)
        self.new_button.clicked.connect(self._new_job)
        self.copy_button.clicked.connect(self._copy)
        self.rename_button.clicked.connect(self.table.edit_name)
        self.pin_button.clicked.connect(self._pin)
        self.search.textChanged.connect(self._search)
        self.notice.link_clicked.connect(self._told.hide)
        self.model.renamed.connect(self._rename)
        self.table.open_asked.connect(self.open)
        self.table.delete_asked.connect(self.ask_delete)
        self.table.pin_asked.connect(self._pin)
        QShortcut(QKeySequence.StandardKey.Find, self, self.search.setFocus)
        self.search.returnPressed.connect(self.open)
        for key, slot in (
            (Qt.Key.Key_Down, self._go_on),
            (Qt.Key.Key_Escape, self._stop_searching),
        ):
            shortcut = QShortcut(QKeySequence(key), self.search, slot)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.table.doubleClicked.connect(self.open)
        self.table.selectionModel().currentRowChanged.connect(self._show_choice)
        self.delete_button.setToolTip(self.tr("Delete the run with its result (Del)"))
        self.open_button.setToolTip(self.tr("Open the run (Enter)"))
        self.again_button.setShortcut(QKeySequence("Ctrl+R"))
        self.again_button.setToolTip(self.tr("Start the same job as a new run (Ctrl+R)"))

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the runs, not with the search."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._begin)  # Qt gives the keyboard to a page after this

    def _begin(self) -> None:
        if self.search.hasFocus() and not self.search.text():
            self._go_on()

    def set_lines(self, lines: Sequence[RunLine]) -> None:
        """Show these runs, newest first; the chosen one stays chosen."""
        chosen, place = self.chosen(), self.table.currentIndex().row()
        self.model.set_lines(lines)
        self._stack.setCurrentIndex(1 if lines else 0)
        self.setFocusProxy(self.table if lines else self.new_button)
        lines = [self.model.line(row) for row in range(self.model.rowCount())]
        known = sum(line.size or 0 for line in self.model.every)
        told = self.tr("{0} on disk").format(figures.size(known)) if known else ""
        if self.model.rowCount() < self.model.total:
            found = (figures.count(self.model.rowCount()), figures.count(self.model.total))
            told = ", ".join(filter(None, (self.tr("{0} of {1} runs").format(*found), told)))
        self._count.setText(told)
        self._found.setCurrentIndex(0 if lines else 1)
        row = self.model.row_of(chosen.key) if chosen else -1
        if row < 0:  # it was deleted: its neighbour takes its place
            row = min(max(0, place), len(lines) - 1)
        if lines and self.table.currentIndex().row() != row:
            self.table.setCurrentIndex(self.model.index(row, 0))
        self._show_choice()

    def chosen(self) -> RunLine | None:
        """Return the chosen run."""
        row = self.table.currentIndex().row()
        return self.model.line(row) if 0 <= row < self.model.rowCount() else None

    def _show_choice(self) -> None:
        line = self.chosen()
        ended = line is not None and not line.live
        self.open_button.setEnabled(line is not None)
        self.again_button.setEnabled(line is not None)
        self.delete_button.setEnabled(ended)
        for button in (self.copy_button, self.rename_button, self.pin_button):
            button.setEnabled(line is not None)
        pinned = line is not None and line.pinned
        word = self.tr("Unpin") if pinned else self.tr("Pin")
        self.pin_button.setAccessibleName(word)
        keep = self.tr("Unpin: the rule for old runs may delete it (P)")
        self.pin_button.setToolTip(keep if pinned else self.tr("Pin: no rule deletes it (P)"))
        resumable = line is not None and ended and line.state in _RESUMABLE
        self.resume_button.setVisible(resumable)
        interrupted = line is not None and line.state is RunState.INTERRUPTED
        text = self.tr("Resume") if interrupted else self.tr("Retry unfinished")
        if self.resume_button.text() != text:
            self.resume_button.set_look(text, "play" if interrupted else "rotate-ccw")

    def open(self) -> None:
        """Open the chosen run."""
        line = self.chosen()
        if line is not None:
            self._services.open(line.key)

    def _new_job(self) -> None:
        self._services.new_job()

    def _again(self) -> None:
        line = self.chosen()
        if line is not None:
            self._services.again(line.key)

    def _copy(self) -> None:
        line = self.chosen()
        if line is not None:
            self._services.copy(line.key)

    def _pin(self) -> None:
        line = self.chosen()
        if line is not None:
            self._services.pin(line.key, not line.pinned)

    def _rename(self, key: str, name: str) -> None:
        self._services.rename(key, name)

    def _go_on(self) -> None:
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _stop_searching(self) -> None:
        self.search.clear()
        self._go_on()

    def _search(self, text: str) -> None:
        self.model.search(text)
        self.set_lines(self.model.every)

    def tell_deleted(self, names: Sequence[str], freed: int) -> None:
        """Tell which runs the rule for old runs has deleted; stays until it is closed."""
        some = ", ".join(names[:3])
        if len(names) > 3:
            some = self.tr("{0} and {1} more").format(some, figures.count(len(names) - 3))
        text = self.tr("Old runs were deleted, as the settings say: {0}. This freed {1}.")
        words = text.format(some.replace("&", "&amp;").replace("<", "&lt;"), figures.size(freed))
        self.notice.tell(words, icon="trash-2", tone="queued", link=self.tr("Close"))
        self._told.setVisible(True)

    def _resume(self) -> None:
        line = self.chosen()
        if line is not None:
            self._services.resume(line.key)

    def ask_delete(self) -> None:
        """Ask whether the chosen run is to be deleted, with its size."""
        line = self.chosen()
        if line is None or line.live:
            return
        self._doomed = line.key
        size = figures.size(line.size) if line.size is not None else self.tr("its room on disk")
        text = self.tr(
            "This frees {0}. Its result, receipt and problems are gone then; exported files and "
            "the files it was loaded from stay."
        ).format(size)
        title = self.tr("Delete {0}?").format(line.name)
        agree, refuse = self.tr("Delete"), self.tr("Keep")
        Question(self._theme, self, title, text, agree, refuse, self._delete, icon="trash-2").open()

    def _delete(self) -> None:
        self._services.delete(self._doomed)
