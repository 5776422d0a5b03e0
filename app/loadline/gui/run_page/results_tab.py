"""The Results tab: the dataset as a table while it grows and when it is whole, and its export."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QIntValidator, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from loadline.domain.receipt import RUN_ENDED
from loadline.gui.models import figures
from loadline.gui.models.receipt_words import rows
from loadline.gui.models.result_model import WINDOW, Opened, ResultModel, ResultState
from loadline.gui.run_page.export_menu import ExportButton
from loadline.gui.run_page.result_table import ResultTable
from loadline.gui.run_page.run_like import RunLike
from loadline.gui.theme import MEDIUM, SMALL, Theme, font
from loadline.gui.widgets import Button, LineEdit, Notice, Text

OpenResult = Callable[[RunLike, ResultState, ResultState | None], Opened]
"""Opens a run's finished parts in a thread; gets them, and those shown before."""
LIVE_SECONDS = 1.0
"""How often a growing result is opened again, at most."""
SELDOM = 100.0
"""Seconds between two looks at the parts, for each second that one takes."""


class ResultsTab(QWidget):
    """Toolbar over the table; the toolbar is there when the run has ended."""

    def __init__(self, theme: Theme, open_result: OpenResult) -> None:
        super().__init__()
        self._open = open_result
        self._run: RunLike | None = None
        self._last: ResultState | None = None
        self._next = 0.0
        self._wanted: int | None = None
        """A row to be shown as soon as the dataset is open."""
        self.model = ResultModel(self)
        self.table = ResultTable(theme, self.model)
        self.export = ExportButton(theme)
        self._sum = Text("", "secondary", numbers=True)
        self._sum.setFont(font(SMALL, MEDIUM, numbers=True))
        self.notice = Notice(theme)
        self._make_tools(theme)
        self._empty = Text("", "hint")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._notices)
        column.addWidget(self._stack, 1)
        self.model.failed.connect(self._fail)
        self.model.copied.connect(_to_clipboard)
        self.model.reopened.connect(self._count)
        self.model.reopened.connect(self._show_wanted)
        self.model.placed.connect(self._placed)
        self.model.rowsInserted.connect(self._count)
        self.model.modelReset.connect(self._count)
        self.table.copy_asked.connect(self.copy)
        self.export.copy_asked.connect(self.copy)
        QShortcut(QKeySequence("Ctrl+G"), self, self._start_going)

    def _make_tools(self, theme: Theme) -> None:
        self.go = LineEdit(
            theme, self.tr("Go to row"), placeholder=self.tr("Go to row"), small=True
        )
        self.go.setObjectName("goToRow")
        self.go.setToolTip(self.tr("Ctrl+G"))
        self.go.setMaximumWidth(112)
        self.go.setValidator(QIntValidator(1, 2_147_483_647, self.go))
        self.go.returnPressed.connect(self._go)
        before, after = self.tr("The rows before these"), self.tr("The rows after these")
        self.before = Button(theme, icon="chevron-left", variant="quiet", size="small", name=before)
        self.after = Button(theme, icon="chevron-right", variant="quiet", size="small", name=after)
        self.before.clicked.connect(lambda: self._turn(-1))
        self.after.clicked.connect(lambda: self._turn(1))
        self._bar = QWidget()
        self._bar.setFixedHeight(44)
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(8)
        row.addWidget(self._sum)
        row.addWidget(self.before)
        row.addWidget(self.after)
        row.addStretch(1)
        row.addWidget(self.go)
        row.addWidget(self.export)
        self._notices = QWidget()
        below = QVBoxLayout(self._notices)
        below.setContentsMargins(24, 8, 24, 8)
        below.addWidget(self.notice)
        self._notices.setVisible(False)

    def show_run(self, run: RunLike) -> None:
        """Show the result of another run."""
        self._run, self._last, self._next, self._wanted = run, None, 0.0, None
        self.model.clear()
        self._notices.setVisible(False)
        self.refresh(run)

    def refresh(self, run: RunLike) -> None:
        """Show the finished parts of this moment; opened in a thread, not too often."""
        ended = run.state in RUN_ENDED
        self._bar.setVisible(ended)
        self.export.setEnabled(ended and self.model.total > 0)
        now = time.monotonic()
        if now < self._next and not ended:
            return
        state = self._state(run)
        # Putting thousands of parts together takes a while: it is done the less often.
        self._next = now + max(LIVE_SECONDS, SELDOM * (time.monotonic() - now))
        if state.parts:
            before = self.model.key
            at = math.inf if ended else now  # the end is shown without delay
            self.model.open(state, lambda: self._open(run, state, before), at)
        self._say(run, bool(state.parts))

    def _state(self, run: RunLike) -> ResultState:
        parts = run.parts()
        if self._last is None or parts != self._last.parts or run.state in RUN_ENDED:
            self._last = ResultState(parts, tuple(run.schema()) if parts else ())
        return self._last

    def copy(self) -> None:
        """Copy what is selected, with the column names; without a selection the first rows."""
        block = self.table.block()
        if block is None:
            every = list(range(self.model.columnCount()))
            block = (0, self.model.rowCount() - 1, every)
        first, last, columns = block
        single = first == last and len(columns) == 1
        self.model.copy(first, last, columns, header=not single)

    def close_reader(self) -> None:
        """End the thread that reads pages."""
        self.model.close_reader()

    def go_to(self, row: int) -> None:
        """Show a row of those that are shown, counted from 1."""
        row = min(max(row, 1), self.model.total) - 1
        if row < 0:
            return
        place = self.model.show_window(row)
        index = self.model.index(place, max(0, self.table.currentIndex().column()))
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index, ResultTable.ScrollHint.PositionAtCenter)
        self._count()

    def show_row(self, row: int) -> None:
        """Show a row of the dataset, counted from 0; at once, or when the dataset is open."""
        self._wanted = row
        if self.model.key is not None:
            self._show_wanted()

    def _show_wanted(self) -> None:
        if self._wanted is not None:
            self.model.look_for(self._wanted)

    def _placed(self, place: int | None) -> None:
        self._wanted = None
        if place is not None:
            self.go_to(place + 1)

    def _say(self, run: RunLike, any_part: bool) -> None:
        if any_part or self.model.total:
            self._stack.setCurrentIndex(1)
            return
        ended = run.state in RUN_ENDED
        text = self.tr("Nothing was loaded.") if ended else self.tr(
            "Rows appear here as soon as the first file is done."
        )  # fmt: skip
        self._empty.setText(text)
        self._stack.setCurrentIndex(0)

    def _count(self) -> None:
        total, columns = self.model.total, self.model.columnCount()
        text = self.tr("{0}, {1} columns").format(rows(total), figures.count(columns))
        many = total > WINDOW
        if many:
            first = self.model.window_start
            shown = (first + 1, first + self.model.rowCount())
            text += "   " + self.tr("rows {0} to {1}").format(*map(figures.count, shown))
        self._sum.setText(text)
        self.before.setVisible(many)
        self.after.setVisible(many)
        self.before.setEnabled(self.model.window_start > 0)
        self.after.setEnabled(self.model.window_start + WINDOW < total)
        if self._run is not None and self._run.state in RUN_ENDED:
            self.export.setEnabled(total > 0)

    def _turn(self, step: int) -> None:
        row = self.model.window_start + step * WINDOW
        if 0 <= row < self.model.total:
            self.model.show_window(row)
            self.table.scrollToTop()
            self._count()

    def _go(self) -> None:
        number, known = self.go.locale().toLongLong(self.go.text())
        if known:
            self.go_to(number)
            self.table.setFocus()

    def _start_going(self) -> None:
        self.go.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.go.selectAll()

    def _fail(self, sentence: str) -> None:
        self.notice.tell(sentence, icon="circle-x", tone="failed")
        self._notices.setVisible(True)


def _to_clipboard(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
