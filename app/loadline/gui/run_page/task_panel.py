"""The task table with its toolbar: filter by state, follow what runs, find by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loadline.gui.models.source_words import nouns
from loadline.gui.models.task_model import TaskModel
from loadline.gui.models.task_order import TaskView
from loadline.gui.run_page.run_like import RunLike
from loadline.gui.run_page.state_filter import StateFilter
from loadline.gui.run_page.task_table import TaskTable
from loadline.gui.theme import SMALL, Theme
from loadline.gui.widgets import CheckBox, LineEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

FOLLOW_ROOM = 1000
"""Below this width the words of the switch give way to the chips."""


class TaskPanel(QWidget):
    """Toolbar 41 high over the table."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.filter = StateFilter(theme)
        self.follow = CheckBox(theme, self.tr("Follow running files"), size=SMALL)
        self.follow.setChecked(True)
        self.follow.setToolTip(self.tr("Keep the first running one in the middle"))
        self.search = LineEdit(
            theme, self.tr("Find a file"), icon="search", placeholder=self.tr("Find a file"),
            small=True,
        )  # fmt: skip
        self.search.setObjectName("taskSearch")
        self.search.setClearButtonEnabled(True)
        self.search.setToolTip(self.tr("Ctrl+F"))
        self.table = TaskTable(theme)
        self._followed = -1
        self._total = 0
        self.search.textChanged.connect(self._look)
        self.filter.changed.connect(self._look)
        self.table.scrolled.connect(self._let_go)
        self._lay_out()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(24, 6, 24, 6)
        bar.setSpacing(8)
        bar.addWidget(self.filter)
        bar.addStretch(1)
        bar.addWidget(self.follow)
        bar.addWidget(self.search)
        self.search.setMinimumWidth(96)
        self.search.setMaximumWidth(200)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.table, 1)

    def show_run(self, run: RunLike) -> None:
        """Show the tasks of another run."""
        words = nouns(run.job)
        old = self.table.tasks
        tries = run.job.policy.retries + 1
        tasks = TaskModel(run.board, run.elapsed, tries, self)
        tasks.noun = words.head
        self.table.set_tasks(tasks, words)
        if old is not None:
            old.deleteLater()
        self.search.clear()
        self.search.setPlaceholderText(words.find)
        self.search.setAccessibleName(words.find)
        self.follow.setText(words.follow)
        self.filter.clear()
        self.filter.set_counts(run.board.counts)
        self.follow.setChecked(True)
        self._followed = -1

    def pull(self, run: RunLike, at: float) -> bool:
        """Take what changed on the board; True when something did."""
        tasks = self.table.tasks
        if tasks is None:
            return False
        changed = tasks.pull(at)
        if changed:
            self.filter.set_counts(run.board.counts)
            if len(str(tasks.total())) != len(str(self._total)):
                self._total = tasks.total()
                self.table.fit_numbers()
        return changed

    def keep_up(self) -> None:
        """Bring the first running task to the middle, where that is wanted."""
        tasks = self.table.tasks
        if tasks is None or not self.follow.isChecked():
            return
        row = tasks.first_running()
        if row is not None and row != self._followed:
            self._followed = row
            self.table.scroll_to(row)

    def show_task(self, index: int) -> None:
        """Select a task, lifting the filters where they hide it."""
        self._let_go()
        if not self.table.select_task(index):
            self.search.clear()
            self.filter.clear()
            self.table.select_task(index)

    def start_search(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _look(self) -> None:
        tasks = self.table.tasks
        if tasks is not None:
            old = tasks.view
            text = self.search.text().strip()
            tasks.look(TaskView(self.filter.states(), text, old.column, old.descending))
            self._followed = -1

    def _let_go(self) -> None:
        self.follow.setChecked(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the switch out where the chips need its room."""
        self.follow.setVisible(self.width() >= FOLLOW_ROOM)
        super().resizeEvent(event)
