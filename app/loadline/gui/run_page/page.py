"""The page of one run: header over chart, task table and tabs; pulled on two clocks."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from loadline.domain.errors import Failure, LoadlineError, PartDamaged
from loadline.domain.fixes import Fix
from loadline.domain.jobs import Job
from loadline.domain.receipt import RUN_ENDED, RunState
from loadline.domain.throughput import Mark
from loadline.engine import heap
from loadline.gui.models import figures
from loadline.gui.models.shares import shares_of
from loadline.gui.run_page.chart_panel import ChartPanel
from loadline.gui.run_page.damage_watch import DamageWatch
from loadline.gui.run_page.exporting import Exporting
from loadline.gui.run_page.fold_line import FoldLine
from loadline.gui.run_page.header import RunHeader
from loadline.gui.run_page.outlets import Outlets
from loadline.gui.run_page.problems_tab import ProblemsTab
from loadline.gui.run_page.pump import Pump
from loadline.gui.run_page.ranking_tab import RankingTab
from loadline.gui.run_page.receipt_tab import ReceiptTab
from loadline.gui.run_page.results_tab import ResultsTab
from loadline.gui.run_page.run_like import RunLike
from loadline.gui.run_page.tabs import RunTabs
from loadline.gui.run_page.task_panel import TaskPanel
from loadline.gui.run_page.timeline_tab import TimelineTab
from loadline.gui.theme import Theme
from loadline.gui.widgets import Rule

HIGH = 900
"""From this height of the page on, chart and tabs get more room."""
SMALL = 740
"""Below this height the tabs start folded."""
TABS, TABS_TIMELINE, TABS_HIGH, TABS_FIXING = 166, 237, 260, 330
STILL = RUN_ENDED | {RunState.INTERRUPTED}
"""States in which nothing changes by itself."""
HEADER_EVERY = 6
"""Ticks of the fast clock between two looks at the run's state: five a second."""


class RunPage(QWidget):
    """Shows one run at a time; `show_run` changes it. It calls the run, nothing calls it."""

    looked = Signal()
    """The page has looked at its run once more."""

    def __init__(self, theme: Theme, outlets: Outlets) -> None:
        super().__init__()
        self.setObjectName("runPage")
        self.setAccessibleName(self.tr("Run"))
        self.setProperty("pane", "page")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.run: RunLike | None = None
        self._watch = DamageWatch(outlets.open_result, self)
        outlets = replace(outlets, open_result=self._watch.open_result)
        self._outlets = outlets
        self._tick = 0
        self._was_open: bool | None = None
        self._drained = False
        self._sized = False
        self.header = RunHeader(theme)
        self.header.again.setProperty("wanted", outlets.again is not None)
        self.header.score.setProperty("wanted", outlets.score is not None)
        self.chart = ChartPanel(theme)
        self.tasks = TaskPanel(theme)
        self.fold_line = FoldLine(theme)
        self.tabs = RunTabs(theme)
        self.results = ResultsTab(theme, outlets.open_result, outlets.results, outlets.show_file)
        self.ranking = RankingTab(theme, outlets.rankings)
        self.problems = ProblemsTab(theme, outlets.read_problems, outlets.row_of_line)
        self.timeline = TimelineTab(theme)
        self.receipt = ReceiptTab(theme)
        notice = self.header.export_notice
        self.exporting = Exporting(theme, self.results.export, notice, outlets, self)
        self._lay_out()
        self._connect()
        self._pump = Pump(self._fast, self._slow, self)

    def _lay_out(self) -> None:
        self.tabs.add(self.results, "table", self.tr("Results"))
        self.tabs.add(self.ranking, "trophy", self.tr("Ranking"))
        self.tabs.add(self.problems, "triangle-alert", self.tr("Problems"))
        self.tabs.add(self.timeline, "chart-gantt", self.tr("Timeline"))
        self.tabs.add(self.receipt, "scale", self.tr("Receipt"))
        self.tabs.own_line(self.problems, True)
        self._work = QWidget()
        work = QVBoxLayout(self._work)
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(0)
        work.addWidget(self.chart)
        work.addWidget(self.tasks, 1)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._work)
        self.splitter.addWidget(self.tabs)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        self._rule = Rule()
        column.addWidget(self._rule)
        column.addWidget(self.fold_line)
        column.addWidget(self.splitter, 1)

    def _connect(self) -> None:
        head = self.header
        head.pause.clicked.connect(self._pause)
        head.cancel.clicked.connect(self._cancel)
        head.retry.clicked.connect(self._retry)
        head.again.clicked.connect(self._again)
        head.score.clicked.connect(self._score)
        head.cap.changed.connect(self._set_cap)
        head.rate.changed.connect(self._set_rate)
        head.strip.asked.connect(lambda: self.tabs.show_page(self.receipt))
        self.chart.mark_clicked.connect(self._show_mark)
        self.chart.measure_changed.connect(self._slow)
        self.tasks.table.cancel_asked.connect(self._cancel_task)
        self.tasks.table.problem_asked.connect(self._show_problem)
        self.tasks.table.task_chosen.connect(self.timeline.view.show_task)
        self.tasks.table.timeline_asked.connect(self._show_in_timeline)
        self.timeline.view.task_clicked.connect(self.show_task)
        self.problems.retry_asked.connect(self._retry)
        self.problems.reload_asked.connect(self._reload)
        self.problems.row_found.connect(self.show_row)
        self.problems.room_asked.connect(lambda: self._give_tabs(TABS_FIXING))
        head.damage.link_clicked.connect(self._check_again)
        self._watch.found.connect(self._damage_found)
        self.ranking.export_asked.connect(self.exporting.ask_ranking)
        self.ranking.above_asked.connect(self.exporting.ask_above)
        self.ranking.change_asked.connect(self._change)
        self.ranking.card.change.setVisible(self._outlets.again is not None)
        self.results.origin.problem_asked.connect(self._show_problem)
        self.receipt.save_asked.connect(self.exporting.ask_receipt)
        self.tabs.page_shown.connect(self._tab_shown)
        self.tabs.folded_changed.connect(self._tabs_folded)
        self.fold_line.toggled.connect(self._unfold)
        QShortcut(QKeySequence.StandardKey.Find, self, self._find)

    def show_run(self, run: RunLike) -> None:
        """Show another run from now on."""
        self.run = run
        self._drained = False
        self._was_open = None
        self.header.show_run(run)
        self.tasks.show_run(run)
        self.problems.show_run(run)
        self.results.show_run(run)
        self.receipt.show_run(run)
        self.ranking.show_run(run)
        self.tabs.offer(self.ranking, self._scores())
        self.exporting.show_run(run)
        self.chart.show_run(run)
        self._fast()
        self._slow()
        self._pump.run(self.isVisible())

    def show_task(self, index: int) -> None:
        """Select a task in the table, unfolded."""
        self.fold_line.setChecked(True)
        self.tasks.show_task(index)

    def show_row(self, row: int) -> None:
        """Show a row of the dataset in the Results tab, counted from 0."""
        if self.run is not None:
            self.tabs.show_page(self.results)
            self.results.refresh(self.run)
            self.results.show_row(row)

    def close_readers(self) -> None:
        """End the threads that read for the tables; call before the program ends."""
        self.ranking.stop()
        self.results.close_reader()
        self.problems.close_reader()

    def export_moved(self, rows: int, total: int) -> None:
        """Tell how far an export is."""
        self.exporting.moved(rows, total)

    def export_ended(self, path: Path, failure: Failure | None) -> None:
        """Tell how an export has ended."""
        self.exporting.ended(path, failure)
        if failure is not None and failure.kind == PartDamaged.__name__ and failure.place:
            self._damage_found(self.run, failure.place.source)

    # The clocks

    def _fast(self) -> None:
        run = self.run
        if run is None:
            return
        changed = self.tasks.pull(run, time.monotonic())
        self._tick = (self._tick + 1) % HEADER_EVERY
        if self._tick == 0 or self._was_open is None:
            self.header.refresh_state(run)
            self.tasks.keep_up()
            self._notice_end(run)
        if run.state in STILL and not changed:
            self._rest(run)
        self.looked.emit()

    def _slow(self) -> None:
        run = self.run
        if run is None:
            return
        self.header.refresh_numbers(run, shares_of(run.board.rows))
        page = self.tabs.current()
        self.ranking.follow(run)
        self.chart.move_on(run)
        if self.chart.isVisible():
            self.chart.refresh(run)
        if page is self.timeline:
            self.timeline.refresh(run, self.chart.span)
        elif page is self.problems:
            self.problems.refresh(run)
        elif page is self.results:
            self.results.refresh(run)
        elif page is self.ranking:
            self.ranking.refresh(run)
        if self.fold_line.isVisible():
            self.fold_line.tell(run)
        rows = run.board.rows_loaded
        ended = run.state in RUN_ENDED
        self.tabs.set_badge(
            self.results, figures.count(rows) if ended else figures.short_count(rows)
        )
        self.tabs.set_badge(self.problems, figures.count(self.problems.count(run)))

    def _rest(self, run: RunLike) -> None:
        """Show the end once more and stop the clocks: nothing changes any more."""
        if self._drained:
            return
        self._drained = True
        self.header.refresh_state(run)
        self._notice_end(run)
        self._slow()
        self._pump.run(False)

    def _notice_end(self, run: RunLike) -> None:
        open_ = run.state not in STILL
        if open_ == self._was_open:
            return
        before, self._was_open = self._was_open, open_
        folds = not open_ or self._scores()
        self.fold_line.setVisible(folds)
        self._rule.setVisible(not folds)  # the folded line has its own
        self.tabs.own_line(self.results, open_)  # no toolbar above the table yet
        if folds and open_:
            self.fold_line.tell(run)
            self._unfold(self.fold_line.isChecked())
        elif open_:
            self._work.setVisible(True)
            self.tabs.allow_fold(True)
        else:
            self.fold_line.tell(run)
            self._keep_focus()
            self.chart.show_whole()
            self._unfold(self.fold_line.isChecked())
            self.receipt.show_run(run)
            self.results.refresh(run)
            if before is None and not self._scores():
                self.tabs.show_page(self.results)
        if before is None and self._scores():
            self.tabs.show_page(self.ranking)
        if open_ and before is None:
            self._start_tabs()

    def _keep_focus(self) -> None:
        """Move the keyboard out of what is about to be hidden."""
        focus: QWidget | None = self.focusWidget()
        if focus is not None and (
            self._work.isAncestorOf(focus) or self.header.isAncestorOf(focus)
        ):
            self.tabs.strip.setFocus(Qt.FocusReason.OtherFocusReason)

    def _start_tabs(self) -> None:
        if self.run is not None:
            self.receipt.show_run(self.run)
        self.tabs.fold(self.height() < SMALL and not self._scores())

    def _scores(self) -> bool:
        """Tell whether the run's ranking is what matters: chart and table are folded then."""
        return self.run is not None and self.run.job.score is not None

    # What the user does

    def _pause(self) -> None:
        if self.run is not None:
            paused = self.run.state is RunState.PAUSED
            (self.run.proceed if paused else self.run.pause)()
            self.header.refresh_state(self.run)

    def _cancel(self) -> None:
        if self.run is not None:
            self.run.cancel()
            self.header.refresh_state(self.run)

    def _set_cap(self, number: int) -> None:
        if self.run is not None:
            self.run.set_cap(number)

    def _set_rate(self, per_second: float) -> None:
        if self.run is not None:
            self.run.set_rate(per_second)

    def _cancel_task(self, index: int) -> None:
        if self.run is not None:
            self.run.cancel_task(index)

    def _retry(self) -> None:
        if self.run is not None:
            self._go_on(self.run, self.run.retry_unfinished)

    def _check_again(self) -> None:
        if self.run is not None:
            self._go_on(self.run, self.run.check_again)

    def _damage_found(self, run: RunLike | None, file: str) -> None:
        """Show a part that was found damaged while it was read as what it is, and the rest."""
        if run is None or run is not self.run:
            return
        run.part_damaged(file)
        self.header.show_run(run)
        self.receipt.show_run(run)
        self.results.refresh(run)
        self._slow()

    def _reload(self, fixes: tuple[Fix, ...]) -> None:
        if self.run is not None:
            self._go_on(self.run, partial(self.run.reload, fixes))

    def _go_on(self, run: RunLike, begin: Callable[[], None]) -> None:
        self._outlets.when_ready(run.job, partial(self._go_on_now, run, begin))

    def _go_on_now(self, run: RunLike, begin: Callable[[], None]) -> None:
        if self.run is not run:
            return
        try:
            begin()
        except LoadlineError as error:
            self.header.notice.tell(str(error.failure), icon="circle-x", tone="failed")
            return
        self.fold_line.setChecked(False)
        self.show_run(self.run)

    def _again(self) -> None:
        if self.run is not None and self._outlets.again is not None:
            self._outlets.again(self.run.job)

    def _score(self) -> None:
        if self.run is not None and self._outlets.score is not None:
            self._outlets.score(self.run.folder)

    def _change(self, job: Job) -> None:
        if self._outlets.again is not None:
            self._outlets.again(job)

    def _show_problem(self, index: int) -> None:
        if self.run is not None:
            self.tabs.show_page(self.problems)
            self.problems.refresh(self.run)
            self.problems.show_task(index)

    def _show_in_timeline(self, index: int) -> None:
        if self.run is not None:
            self.tabs.show_page(self.timeline)
            self.timeline.refresh(self.run, self.chart.span)
            self.timeline.view.show_task(index, reveal=True)

    def _show_mark(self, mark: Mark) -> None:
        """Lead from a mark on the chart to its moment in the timeline, and to its task."""
        if mark.index is not None:
            self.show_task(mark.index)
        if self.run is not None:
            self.tabs.show_page(self.timeline)
            self.timeline.refresh(self.run, self.chart.span)
            self.timeline.view.show_moment(mark.at)

    def _find(self) -> None:
        results = self.results
        if self.tabs.current() is results and results.query.offered and not self._in_tasks():
            results.start_finding()
            return
        self.fold_line.setChecked(True)
        self.tasks.start_search()

    def _in_tasks(self) -> bool:
        focus: QWidget | None = self.focusWidget()
        return focus is not None and focus.isVisible() and self.tasks.isAncestorOf(focus)

    def _unfold(self, unfolded: bool) -> None:
        if self._was_open is False or self._scores():
            self._work.setVisible(unfolded)
            self.tabs.allow_fold(unfolded)
            self._slow()

    def _tab_shown(self, page: QWidget) -> None:
        if page is self.timeline and self._sized:
            self._give_tabs(TABS_TIMELINE)
        self._slow()

    def _tabs_folded(self, folded: bool) -> None:
        if folded:
            self.splitter.setSizes([sum(self.splitter.sizes()), 0])  # 0: as low as the bar is
        elif self._sized:
            self._give_tabs(TABS_TIMELINE if self.tabs.current() is self.timeline else TABS)
            self._slow()

    def _give_tabs(self, height: int) -> None:
        """Make the tabs at least this high, taking from the table."""
        upper, lower = self.splitter.sizes()
        if lower < height and self._work.isVisible():
            self.splitter.setSizes([upper + lower - height, height])

    # The window

    def showEvent(self, event: QShowEvent) -> None:
        """Start the clocks; load the chart after the first paint."""
        super().showEvent(event)
        if not self._sized:
            self._sized = True
            high = self.height() >= HIGH
            lower = TABS_HIGH if high else TABS
            self.splitter.setSizes([max(200, self.splitter.height() - lower), lower])
            self.tabs.fold(self.height() < SMALL and not self._scores())
            self._tabs_folded(self.tabs.folded)  # they may have been folded before
        QTimer.singleShot(0, self._load_chart)
        self._pump.run(self.run is not None and not self._drained)

    def _load_chart(self) -> None:
        if self.run is not None and self.isVisible():
            if self.chart.load():
                heap.set_aside()
            self.chart.refresh(self.run)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop the clocks."""
        super().hideEvent(event)
        self._pump.run(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the chart more room in a high window."""
        self.chart.set_high(self.height() >= HIGH)
        super().resizeEvent(event)
