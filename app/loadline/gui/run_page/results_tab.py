"""The Results tab: the dataset as a table while it grows and when it is whole, and its export."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from loadline.domain.query import Filter
from loadline.domain.receipt import RUN_ENDED
from loadline.gui.models.query_words import sort_words
from loadline.gui.models.result_model import WINDOW, Opened, ResultModel, ResultState
from loadline.gui.run_page.filter_form import FilterForm
from loadline.gui.run_page.find_bar import FindBar
from loadline.gui.run_page.result_find import ResultFind
from loadline.gui.run_page.result_menu import ResultMenu
from loadline.gui.run_page.result_query import ResultQuery
from loadline.gui.run_page.result_questions import ResultQuestions
from loadline.gui.run_page.result_table import ResultTable
from loadline.gui.run_page.results_bar import ResultsBar
from loadline.gui.run_page.row_origin import RowOrigin, ShowFile
from loadline.gui.run_page.run_like import RunLike
from loadline.gui.run_page.statistics_pane import StatisticsPane
from loadline.gui.theme import Theme
from loadline.gui.widgets import Notice, Text

OpenResult = Callable[[RunLike, ResultState, ResultState | None], Opened]
"""Opens a run's finished parts in a thread; gets them, and those shown before."""
LIVE_SECONDS = 1.0
"""How often a growing result is opened again, at most."""
SELDOM = 100.0
"""Seconds between two looks at the parts, for each second that one takes."""


class ResultsTab(QWidget):
    """Toolbar over the table; the toolbar is there when the run has ended.

    Filters and order are for a run that has ended: until then parts come in between.
    """

    view_changed = Signal(object)
    """The `View` that is shown completely now; None: all rows in the order of the source."""

    def __init__(
        self,
        theme: Theme,
        open_result: OpenResult,
        questions: ResultQuestions | None = None,
        show_file: ShowFile | None = None,
    ) -> None:
        super().__init__()
        self._open = open_result
        self._questions = questions
        self._run: RunLike | None = None
        self._last: ResultState | None = None
        self._next = 0.0
        self._wanted: int | None = None
        """A row to be shown as soon as the dataset is open."""
        self.model = ResultModel(self)
        self.query = ResultQuery(self.model, questions)
        self.table = ResultTable(theme, self.model)
        self.bar = ResultsBar(theme, self.model, self.query)
        self.export, self.go, self._sum = self.bar.export, self.bar.go, self.bar.sum
        self.form = FilterForm(theme)
        self.notice = Notice(theme)
        self.find_bar = FindBar(theme)
        self.finder = ResultFind(self.find_bar, self.model, self.query, questions)
        self.statistics = StatisticsPane(theme, questions)
        self.origin = RowOrigin(theme, self.notice, questions, show_file)
        self.menu = ResultMenu(
            theme, self.table, self.query,
            begin_filter=self._begin_filter, show_facts=self.show_statistics,
            show_origin=self.show_origin,
        )  # fmt: skip
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._notices = QWidget()
        below = QVBoxLayout(self._notices)
        below.setContentsMargins(24, 8, 24, 8)
        below.addWidget(self.notice)
        self._notices.setVisible(False)
        self._empty = Text("", "hint")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.table)
        left = QVBoxLayout()
        left.setSpacing(0)
        for part in (self.bar, self.form, self.find_bar, self._notices):
            left.addWidget(part)
        left.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self.statistics)

    def _connect(self) -> None:
        model, table, bar, query = self.model, self.table, self.bar, self.query
        model.failed.connect(self._fail)
        model.copied.connect(_to_clipboard)
        model.reopened.connect(self._show_wanted)
        model.placed.connect(self._placed)
        for signal in (model.reopened, model.rowsInserted, model.modelReset, model.opened):
            signal.connect(self._renew)
        table.copy_asked.connect(self.copy)
        table.sort_asked.connect(self._sort)
        table.sort_to.connect(self._sort_to)
        self.export.copy_asked.connect(self.copy)
        bar.turned.connect(self._turn)
        bar.row_asked.connect(self._go)
        bar.filter.clicked.connect(self.start_filtering)
        bar.chips.chosen.connect(lambda chosen: self.form.begin(old=chosen))
        self.form.wanted.connect(self._filter)
        self.form.closed.connect(self.table.setFocus)
        self._connect_tools()
        query.changed.connect(self._renew)
        query.failed.connect(self._fail)
        query.view_changed.connect(self.export.set_view)
        query.view_changed.connect(self.view_changed)
        QShortcut(QKeySequence("Ctrl+G"), self, bar.start_going)
        QShortcut(QKeySequence("Ctrl+L"), self, self.start_filtering)

    def _connect_tools(self) -> None:
        table, find, pane = self.table, self.finder, self.statistics
        self.bar.searching.clicked.connect(self.start_finding)
        self.bar.statistics.clicked.connect(self._turn_statistics)
        self.find_bar.closed.connect(table.setFocus)
        find.hit.connect(lambda row: self.go_to(row + 1))
        find.failed.connect(self._fail)
        self.model.met.connect(self._select)
        pane.closed.connect(table.setFocus)
        self.query.view_changed.connect(pane.set_view)
        chosen = table.selectionModel()
        chosen.currentChanged.connect(self._moved)
        table.origin_asked.connect(self.show_origin)
        self.origin.told.connect(lambda: self._notices.setVisible(True))
        self.origin.close_button.clicked.connect(self._close_notice)
        QShortcut(QKeySequence("Ctrl+I"), self, self._turn_statistics)

    def show_run(self, run: RunLike) -> None:
        """Show the result of another run."""
        self._run, self._last, self._next, self._wanted = run, None, 0.0, None
        self.query.set_rows(None)
        self.model.clear()
        self.form.setVisible(False)
        self.find_bar.close_bar()
        self._close_notice()
        self.refresh(run)

    def refresh(self, run: RunLike) -> None:
        """Show the finished parts of this moment; opened in a thread, not too often."""
        ended = run.state in RUN_ENDED
        self.bar.setVisible(ended)
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
        self._renew()

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
        """End the thread that reads pages, and forget outstanding questions."""
        for asking in (self.query, self.finder, self.statistics, self.origin):
            asking.stop()
        self.model.close_reader()
        if self._questions is not None:
            self._questions.close()

    def go_to(self, row: int) -> None:
        """Show a row of those that are shown, counted from 1."""
        row = min(max(row, 1), self.model.total) - 1
        if row < 0:
            return
        place = self.model.show_window(row)
        index = self.model.index(place, max(0, self.table.currentIndex().column()))
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index, ResultTable.ScrollHint.PositionAtCenter)
        self.bar.renew()

    def show_row(self, row: int) -> None:
        """Show a row of the dataset, counted from 0; at once, or when the dataset is open.

        Where a filter hides it, the filter is taken away.
        """
        self._wanted = row
        if self.model.key is not None:
            self._show_wanted()

    def start_filtering(self) -> None:
        """Ask for a filter of the column with the cursor."""
        if self.query.offered:
            self.form.begin(max(0, self.table.currentIndex().column()))

    def start_finding(self) -> None:
        """Ask for a text to find."""
        if self.query.offered:
            self.find_bar.begin()

    def show_statistics(self, section: int) -> None:
        """Tell the facts of a column beside the table."""
        style = self.model.style(section)
        if self.query.offered and style is not None:
            self.statistics.show_column(self.model.columns[section], style)

    def show_origin(self) -> None:
        """Tell where the row with the cursor comes from."""
        index = self.table.currentIndex()
        row = self.model.dataset_row(index.row() + self.model.window_start)
        if self.query.rows is not None and index.isValid() and row is not None:
            self.origin.ask(self.query.rows, row)

    def _turn_statistics(self) -> None:
        if self.statistics.isVisible():
            self.statistics.close_pane()
        else:
            self.show_statistics(max(0, self.table.currentIndex().column()))

    def _begin_filter(self, section: int) -> None:
        self.form.begin(section)

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        self.finder.set_row(now.row() + self.model.window_start)
        if self.statistics.isVisible() and now.isValid() and now.column() != before.column():
            self.show_statistics(now.column())

    def _select(self, row: int, column: int) -> None:
        """Select the cell in which a text was found."""
        index = self.model.index(row - self.model.window_start, column)
        self.table.keyboard_used = True
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)

    def _close_notice(self) -> None:
        self.origin.hide_tools()
        self._notices.setVisible(False)

    def _show_wanted(self) -> None:
        if self._wanted is not None:
            self.model.look_for(self._wanted)

    def _placed(self, place: int | None) -> None:
        wanted, self._wanted = self._wanted, None
        if place is not None:
            self.go_to(place + 1)
        elif wanted is not None and self.model.view is not None:
            self.query.clear_all()
            self.go_to(wanted + 1)

    def _renew(self) -> None:
        """Follow model and query: what can be asked, what is shown, in which order."""
        run, key = self._run, self.model.key
        if run is not None:
            whole = run.state in RUN_ENDED and key is not None and key == self._last
            self.query.set_rows((run, key) if whole and key is not None else None)
            self._say(run)
        self.statistics.set_rows(self.query.rows)
        self.bar.renew()
        self.form.set_columns(self.model.columns)
        sorts = self.query.query.sort
        self.table.show_order(sorts, offered=self.query.offered)
        self.table.setAccessibleDescription(sort_words(sorts))

    def _say(self, run: RunLike) -> None:
        text = ""
        if self.model.total == 0:
            if self.model.view is not None and not self.query.busy:
                text = self.tr("No row passes the filter.")
            elif self.model.everything == 0 and not (self._last and self._last.parts):
                text = self.tr("Nothing was loaded.") if run.state in RUN_ENDED else self.tr(
                    "Rows appear here as soon as the first file is done."
                )  # fmt: skip
        self._empty.setText(text)
        self._stack.setCurrentIndex(0 if text else 1)

    def _sort(self, section: int, add: bool) -> None:
        if self.query.offered:
            self.query.sort(self.model.columns[section].name, add=add)

    def _sort_to(self, section: int, descending: bool) -> None:
        if self.query.offered and 0 <= section < len(self.model.columns):
            self.query.sort_by(self.model.columns[section].name, descending=descending)

    def _filter(self, chosen: Filter, old: Filter | None) -> None:
        self._close_notice()
        if old is None:
            self.query.add_filter(chosen)
        else:
            self.query.change_filter(old, chosen)

    def _turn(self, step: int) -> None:
        row = self.model.window_start + step * WINDOW
        if 0 <= row < self.model.total:
            self.model.show_window(row)
            self.table.scrollToTop()
            self.bar.renew()

    def _go(self, number: int) -> None:
        self.go_to(number)
        self.table.setFocus()

    def _fail(self, sentence: str) -> None:
        self.origin.hide_tools()
        self.origin.close_button.setVisible(True)
        self.notice.tell(sentence, icon="circle-x", tone="failed")
        self._notices.setVisible(True)


def _to_clipboard(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
