"""The list of runs: open, run again, resume, delete."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from loadline.domain.receipt import RunState
from loadline.gui.frame.question import Question
from loadline.gui.models import figures
from loadline.gui.runs_page.runs_model import SOURCE, STATE, WIDTHS, RunLine, RunsModel
from loadline.gui.theme import BODY, MEDIUM, SMALL, Theme, font, run_look
from loadline.gui.widgets import (
    Button,
    CellDelegate,
    IconLabel,
    SectionTitle,
    TableView,
    Text,
    Title,
    draw_icon,
)

Index = QModelIndex | QPersistentModelIndex
_RESUMABLE = frozenset({RunState.INTERRUPTED, RunState.PROBLEMS, RunState.CANCELLED})


@dataclass(frozen=True, slots=True)
class RunsServices:
    """What the page asks of the program around it; each gets a run's key and returns at once.

    `resume` goes on with an interrupted run or retries what is unfinished; `again` starts the
    same job as a new run; `delete` removes the run's folder; `new_job` shows the New job page.
    """

    open: Callable[[str], None]
    again: Callable[[str], None]
    resume: Callable[[str], None]
    delete: Callable[[str], None]
    new_job: Callable[[], None]


class _RunsDelegate(CellDelegate):
    """Paints the state as icon and word in its colour."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint a cell."""
        model = index.model()
        if index.column() == SOURCE:
            painter.setFont(font(BODY))
            painter.setPen(self.theme.color("text2"))
            left = Qt.AlignmentFlag.AlignLeft
            area = self.content_rect(rect, index)
            mode = Qt.TextElideMode.ElideLeft
            self.draw_text(painter, area, str(index.data() or ""), left, mode)
            return
        if index.column() != STATE or not isinstance(model, RunsModel):
            super().paint_cell(painter, rect, index)
            return
        look = run_look(model.line(index.row()).state)
        area = self.content_rect(rect, index)
        middle = rect.top() + rect.height() / 2
        draw_icon(painter, self.theme, look.icon, f"{look.tone}.text", 16, area.left(), middle)
        painter.setFont(font(BODY, MEDIUM))
        painter.setPen(self.theme.color(f"{look.tone}.text"))
        self.draw_text(painter, area.adjusted(24, 0, 0, 0), look.word)


class RunsTable(TableView):
    """The table; Enter opens, Delete deletes."""

    def __init__(self, theme: Theme, name: str, page: RunsPage) -> None:
        super().__init__(theme, name)
        self._page = page
        self.setObjectName("runsTable")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open or delete the chosen run."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._page.open()
        elif event.key() == Qt.Key.Key_Delete:
            self._page.ask_delete()
        else:
            super().keyPressEvent(event)


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
        self.table = RunsTable(theme, self.tr("Runs"), self)
        self.table.setModel(self.model)
        self.table.setItemDelegate(_RunsDelegate(theme, self.table))
        self.table.set_widths(list(WIDTHS))
        self.open_button = Button(theme, self.tr("Open"), "table")
        self.again_button = Button(theme, self.tr("Run again"), "rotate-ccw")
        self.resume_button = Button(theme, self.tr("Resume"), "play")
        self.delete_button = Button(theme, self.tr("Delete"), "trash-2", "danger")
        for button, name in (
            (self.open_button, "openRunButton"), (self.again_button, "runAgainButton"),
            (self.resume_button, "resumeRunButton"), (self.delete_button, "deleteRunButton"),
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

    def _filled(self) -> QWidget:
        row = QHBoxLayout()
        row.setContentsMargins(24, 12, 24, 12)
        row.setSpacing(8)
        row.addWidget(Title(self.tr("Runs")))
        row.addWidget(self._count)
        row.addStretch(1)
        for button in (
            self.resume_button, self.again_button, self.delete_button, self.open_button,
        ):  # fmt: skip
            row.addWidget(button)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        return holder

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
        self.table.doubleClicked.connect(self.open)
        self.table.selectionModel().currentRowChanged.connect(self._show_choice)
        self.delete_button.setToolTip(self.tr("Delete the run with its result (Del)"))
        self.open_button.setToolTip(self.tr("Open the run (Enter)"))
        self.again_button.setShortcut(QKeySequence("Ctrl+R"))
        self.again_button.setToolTip(self.tr("Start the same job as a new run (Ctrl+R)"))

    def set_lines(self, lines: Sequence[RunLine]) -> None:
        """Show these runs, newest first; the chosen one stays chosen."""
        chosen = self.chosen()
        self.model.set_lines(lines)
        self._stack.setCurrentIndex(1 if lines else 0)
        self.setFocusProxy(self.table if lines else self.new_button)
        known = sum(line.size or 0 for line in lines)
        disk = self.tr("{0} on disk").format(figures.size(known)) if known else ""
        self._count.setText(disk)
        row = self.model.row_of(chosen.key) if chosen else -1
        if lines and self.table.currentIndex().row() != max(0, row):
            self.table.setCurrentIndex(self.model.index(max(0, row), 0))
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
