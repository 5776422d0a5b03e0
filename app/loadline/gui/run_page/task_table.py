"""The task table: one row per file, painted from the board, sorted by a click on a header."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QWidget

from loadline.domain.tasks import ENDED, TaskRow, TaskState
from loadline.gui.models import task_words
from loadline.gui.models.figures import count
from loadline.gui.models.source_words import Nouns
from loadline.gui.models.task_model import TaskModel
from loadline.gui.models.task_order import TaskColumn, TaskView
from loadline.gui.run_page.task_delegate import TaskDelegate
from loadline.gui.theme import Theme
from loadline.gui.widgets import HeaderView, TableView
from loadline.gui.widgets.table import PAD, Index

WIDTHS = [48, 168, 144, 128, 88, 80, 72, 72, 64]
WIDTHS_WIDE = [48, 200, 160, 240, 112, 96, 88, 104, 80]
WIDE = 1500
"""From this width of the table on."""


class TaskHeader(HeaderView):
    """A header whose first column is as narrow as its number."""

    def text_rect(self, rect: QRect, section: int) -> QRect:
        """Return where a section's text stands."""
        if section == TaskColumn.NUMBER:
            return rect.adjusted(4, 0, -PAD, 0)
        return rect.adjusted(PAD, 0, -PAD, 0)


class TaskTable(TableView):
    """Shows a `TaskModel`; the page decides what cancelling means."""

    cancel_asked = Signal(int)
    problem_asked = Signal(int)
    timeline_asked = Signal(int)
    task_chosen = Signal(int)
    """The keyboard or the mouse came to another task."""
    scrolled = Signal()
    """The user moved the table by hand."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.setObjectName("taskTable")
        self.setAccessibleName(self.tr("Files of the run"))
        self.tasks: TaskModel | None = None
        self.nouns: Nouns | None = None
        self._wide: bool | None = None
        header = TaskHeader(theme, self)
        header.setStretchLastSection(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        header.sectionClicked.connect(self._sort)
        self.set_header(header)
        self.setItemDelegate(TaskDelegate(theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        bar = self.verticalScrollBar()
        bar.sliderPressed.connect(self.scrolled)
        theme.changed.connect(self.viewport().update)

    def set_tasks(self, model: TaskModel, words: Nouns) -> None:
        """Show the tasks of another run, in its own order."""
        self.tasks, self.nouns = model, words
        model.visible = self.visible_rows
        self.setModel(model)
        self.horizontalHeader().setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self._wide = None
        self._fit()

    def visible_rows(self) -> tuple[int, int]:
        """Return the first and last table row in sight."""
        height = self.viewport().height()
        first, last = self.rowAt(0), self.rowAt(max(0, height - 1))
        rows = self.tasks.rowCount() if self.tasks else 0
        return max(first, 0), rows - 1 if last < 0 else last

    def current_task(self) -> TaskRow | None:
        """Return the selected task."""
        index = self.currentIndex()
        return self.tasks.task_at(index.row()) if self.tasks and index.isValid() else None

    def select_task(self, index: int) -> bool:
        """Select a task and bring it to the middle; False when a filter hides it."""
        row = self.tasks.row_of(index) if self.tasks else None
        if row is None:
            return False
        self.selectRow(row)
        self.scroll_to(row)
        return True

    def scroll_to(self, row: int) -> None:
        """Bring a table row to the middle."""
        middle = self.verticalHeader().sectionPosition(row) - self.viewport().height() // 2 + 16
        self.verticalScrollBar().setValue(middle)

    def menu_for(self, task: TaskRow) -> QMenu:
        """Return the context menu of a task."""
        menu = QMenu(self)
        cancel = menu.addAction(self.nouns.cancel if self.nouns else self.tr("Cancel"))
        cancel.setShortcut(Qt.Key.Key_Delete)
        cancel.setEnabled(can_cancel(task))
        cancel.triggered.connect(self._ask_cancel)
        self.theme.set_icon(cancel, "x")
        copy = menu.addAction(self.tr("Copy message"))
        copy.setEnabled(bool(task_words.message(task, 0.0)))
        copy.triggered.connect(self._copy_message)
        self.theme.set_icon(copy, "copy")
        show: QAction = menu.addAction(self.tr("Show in Problems"))
        show.setEnabled(task.error is not None or bool(task.problems or task.rejected))
        show.triggered.connect(self._ask_problem)
        self.theme.set_icon(show, "triangle-alert")
        when = menu.addAction(self.tr("Show in Timeline"))
        when.setEnabled(task.started is not None)
        when.triggered.connect(self._ask_timeline)
        self.theme.set_icon(when, "chart-gantt")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu of the task under the mouse, or of the selected one from the keyboard."""
        place = event.pos()
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            row = self.rowAt(place.y() - self.viewport().y())
            if row >= 0:
                self.selectRow(row)
        task = self.current_task()
        if task is None:
            return
        if event.reason() is not QContextMenuEvent.Reason.Mouse:
            place = self.visualRect(self.currentIndex()).bottomLeft() + QPoint(PAD, 0)
            place = self.viewport().mapTo(self, place)
        self.menu_for(task).popup(self.mapToGlobal(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete cancels the selected task, Enter shows its problem, copy takes its message."""
        key = event.key()
        if key == Qt.Key.Key_Delete:
            self._ask_cancel()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask_problem()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy_message()
        else:
            self.scrolled.emit()
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll by hand."""
        self.scrolled.emit()
        super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the wider columns where there is room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.width() >= WIDE
        if self.tasks is None or wide == self._wide:
            return
        self._wide = self.tasks.wide = wide
        widths = list(WIDTHS_WIDE if wide else WIDTHS)
        digits = self.fontMetrics().horizontalAdvance(count(10 ** len(str(self.tasks.total()))))
        widths[0] = max(widths[0], digits + 12)
        self.set_widths(widths)

    def fit_numbers(self) -> None:
        """Make room for the numbers of more rows."""
        self._wide = None
        self._fit()

    def _sort(self, section: int) -> None:
        if self.tasks is None:
            return
        old = self.tasks.view
        column = TaskColumn(section)
        down = old.column is column and not old.descending
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(section, order)
        self.tasks.look(TaskView(old.states, old.text, column, down))

    def _ask_cancel(self) -> None:
        task = self.current_task()
        if task is not None and can_cancel(task):
            self.cancel_asked.emit(task.index)

    def _ask_problem(self) -> None:
        task = self.current_task()
        if task is not None and (task.error or task.problems or task.rejected):
            self.problem_asked.emit(task.index)

    def _ask_timeline(self) -> None:
        task = self.current_task()
        if task is not None:
            self.timeline_asked.emit(task.index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which task is chosen."""
        super().currentChanged(current, previous)
        task = self.current_task()
        if task is not None and current.row() != previous.row():
            self.task_chosen.emit(task.index)

    def _copy_message(self) -> None:
        task = self.current_task()
        if task is None or self.tasks is None:
            return
        place = f" ({task.error.place})" if task.error and task.error.place else ""
        text = task_words.message(task, self.tasks.now(), long=True)
        QGuiApplication.clipboard().setText(f"{task.name}: {text}{place}")


def can_cancel(task: TaskRow) -> bool:
    """Tell whether cancelling this task would do something."""
    return task.state not in ENDED and task.state is not TaskState.CANCELLING
