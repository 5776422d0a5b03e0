"""The task table's model: rows of the board, pulled on the view's clock.

Nothing here scales with the rate of events: `pull` drains the board once, emits at most one
`dataChanged`, clipped to the rows in sight, and renews order and filter at most every
`REORDER_SECONDS`. Sort and filter are an index inside the model; there is no proxy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from loadline.domain.board import Board
from loadline.domain.tasks import TaskRow, TaskState
from loadline.gui.models import figures, task_words
from loadline.gui.models.task_order import (
    STEADY,
    TaskColumn,
    TaskView,
    native,
    ordered,
    rate_of,
)
from loadline.gui.theme.states import task_look

MILLION = 999_500
REORDER_SECONDS = 0.5
LIVE_SECONDS = 0.2
"""How often running seconds and waiting times are renewed."""

AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
_LIVE = frozenset({TaskState.RUNNING, TaskState.WAITING, TaskState.CANCELLING})
_RIGHT = frozenset(
    {
        TaskColumn.NUMBER, TaskColumn.ROWS, TaskColumn.SIZE, TaskColumn.SECONDS,
        TaskColumn.RATE, TaskColumn.TRIES,
    }
)  # fmt: skip
SORT_ROLE = _Role.UserRole
"""The native value of a cell."""
ROW_ROLE = _Role(_Role.UserRole.value + 1)
"""The whole `TaskRow`."""


class TaskModel(QAbstractTableModel):
    """Rows of one board; `clock` gives the run's seconds, `visible` the rows in sight."""

    def __init__(
        self,
        board: Board,
        clock: Callable[[], float],
        tries: int = 1,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.noun = ""
        """What a task is called in the header, where it is no file."""
        self.visible: Callable[[], tuple[int, int]] = lambda: (0, self.rowCount() - 1)
        self.view = TaskView()
        self.wide = False
        """Use the longer form of the message."""
        self._board = board
        self._clock = clock
        self._tries = tries
        self._order = ordered(board.rows, self.view, 0.0)
        self._known = len(board.rows)
        self._stale = False
        self._ordered_at = 0.0
        self._lived_at = 0.0

    def pull(self, at: float) -> bool:
        """Take what changed on the board; `at` is a steady clock in seconds. True: it changed."""
        changed = set(self._board.drain())
        if len(self._board.rows) > self._known:
            self._admit()
        if changed and not self.view.plain:
            self._stale = self._stale or self._moves()
        if self._stale and at - self._ordered_at >= REORDER_SECONDS:
            self._ordered_at = at
            self.reorder()
        live = at - self._lived_at >= LIVE_SECONDS
        if live:
            self._lived_at = at
        if changed or live:
            self._show(changed, live=live)
        return bool(changed)

    def look(self, view: TaskView) -> None:
        """Show other states, another name or another order, at once."""
        self.view = view
        self.reorder()

    def reorder(self) -> None:
        """Renew order and filter; the selection stays with its task."""
        self._stale = False
        new = ordered(self._board.rows, self.view, self._clock())
        if new == self._order:
            return
        if len(new) > len(self._order):
            shown = set(self._order)
            extra = [i for i in new if i not in shown][: len(new) - len(self._order)]
            self.beginInsertRows(_ROOT, len(self._order), len(new) - 1)
            self._order = self._order + extra
            self.endInsertRows()
        if len(new) < len(self._order):
            kept = set(new)
            gone = [i for i in self._order if i not in kept]
            self._permute(new + gone[: len(self._order) - len(new)])
            self.beginRemoveRows(_ROOT, len(new), len(self._order) - 1)
            self._order = new
            self.endRemoveRows()
            return
        self._permute(new)

    def now(self) -> float:
        """Return the run's seconds."""
        return self._clock()

    def total(self) -> int:
        """Return how many tasks there are, shown or not."""
        return len(self._board.rows)

    def task_at(self, row: int) -> TaskRow | None:
        """Return the task shown in table row `row`."""
        return self._board.rows[self._order[row]] if 0 <= row < len(self._order) else None

    def row_of(self, index: int) -> int | None:
        """Return the table row in which task `index` is shown, or None when it is hidden."""
        if self.view.plain:
            return index if index < len(self._order) else None
        return self._order.index(index) if index in set(self._order) else None

    def first_running(self) -> int | None:
        """Return the first table row that shows a running task."""
        rows = self._board.rows
        running = (r for r, i in enumerate(self._order) if rows[i].state is TaskState.RUNNING)
        return next(running, None)

    def text(self, task: TaskRow, column: TaskColumn) -> str:
        """Return what a cell shows."""
        match column:
            case TaskColumn.NUMBER:
                return figures.count(task.index + 1)
            case TaskColumn.FILE:
                return task.name
            case TaskColumn.STATE:
                return task_look(task, self._clock()).word
            case TaskColumn.PROGRESS:
                return figures.percent(task.progress) if task.bytes or task.progress else ""
            case TaskColumn.ROWS:
                return figures.count(task.rows) if task.rows or task.progress >= 1 else ""
            case TaskColumn.SIZE:
                return figures.size(task.size) if task.size else ""
            case TaskColumn.SECONDS:
                seconds = task.seconds(self._clock())
                return "" if seconds is None else figures.decimal(seconds, 1 if seconds >= 1 else 2)
            case TaskColumn.RATE:
                rate = rate_of(task, self._clock())
                return "" if rate is None else _per_second(rate)
            case TaskColumn.TRIES:
                return task_words.tries(task, self._tries)
        return task_words.message(task, self._clock(), long=self.wide)

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        """Return how many tasks are shown."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: AnyIndex = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(TaskColumn)

    def data(self, index: AnyIndex, role: int = _Role.DisplayRole) -> Any:
        """Return a cell: text, native value, alignment, tooltip or the whole task."""
        task = self.task_at(index.row())
        if task is None:
            return None
        column = TaskColumn(index.column())
        match role:
            case _Role.DisplayRole:
                return self.text(task, column)
            case _Role.ToolTipRole:
                return self._tip(task, column)
            case _Role.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column in _RIGHT else Qt.AlignmentFlag(1)
                return side | Qt.AlignmentFlag.AlignVCenter
            case _Role.AccessibleTextRole if column is TaskColumn.NUMBER:
                return f"{self.text(task, column)}, {task.name}"
        if role == SORT_ROLE:
            return native(column, task, self._clock())
        return task if role == ROW_ROLE else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _Role.DisplayRole:
            return self._titles()[section]
        if role == _Role.TextAlignmentRole:
            right = TaskColumn(section) in _RIGHT
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _titles(self) -> tuple[str, ...]:
        return (
            self.tr("#"), self.noun or self.tr("File"), self.tr("State"), self.tr("Progress"),
            self.tr("Rows"), self.tr("Size"), self.tr("Seconds"), self.tr("Rows/s"),
            self.tr("Tries"), self.tr("Message"),
        )  # fmt: skip

    def _tip(self, task: TaskRow, column: TaskColumn) -> str | None:
        if column is TaskColumn.FILE:
            return task.name
        if column is TaskColumn.MESSAGE:
            text = task_words.message(task, self._clock(), long=True)
            place = str(task.error.place) if task.error and task.error.place else ""
            return f"{text}\n{place}".strip() or None
        return None

    def _admit(self) -> None:
        new = self._board.rows[self._known :]
        self._known = len(self._board.rows)
        shown = [row.index for row in new if self.view.shows(row)]
        if shown:
            first = len(self._order)
            self.beginInsertRows(_ROOT, first, first + len(shown) - 1)
            self._order.extend(shown)
            self.endInsertRows()
        self._stale = not self.view.plain

    def _moves(self) -> bool:
        return self.view.filters or self.view.column not in STEADY

    def _show(self, changed: set[int], *, live: bool) -> None:
        first, last = self.visible()
        rows = self._board.rows
        touched = [
            row
            for row in range(max(first, 0), min(last, len(self._order) - 1) + 1)
            if self._order[row] in changed or (live and rows[self._order[row]].state in _LIVE)
        ]
        if touched:
            top = self.index(touched[0], TaskColumn.STATE)
            self.dataChanged.emit(top, self.index(touched[-1], TaskColumn.MESSAGE))

    def _permute(self, new: list[int]) -> None:
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        if held:
            place = {task: row for row, task in enumerate(new)}
            moved = [
                self.index(place[self._order[h.row()]], h.column())
                if self._order[h.row()] in place
                else QModelIndex()
                for h in held
            ]
            self._order = new
            self.changePersistentIndexList(held, moved)
        self._order = new
        self.layoutChanged.emit()


def _per_second(rate: float) -> str:
    if rate >= MILLION:
        return figures.short_count(rate)
    return figures.count(figures.leading(rate, 3))
