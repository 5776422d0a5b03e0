"""The task table's model: one signal per pull, native order, filters, and the selection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from loadline.domain import events as ev
from loadline.domain.board import Board
from loadline.domain.errors import Failure
from loadline.domain.tasks import TaskState, WaitReason
from loadline.gui.models.task_model import SORT_ROLE, TaskModel
from loadline.gui.models.task_order import TaskColumn, TaskView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NAMES = ["10.csv", "9.csv", "b.csv", "A.csv"]
SIZES = [900, 1_200_000, 50, 70_000]


@pytest.fixture
def board() -> Board:
    made = Board()
    for index, (name, size) in enumerate(zip(NAMES, SIZES, strict=True)):
        made.handle(ev.TaskQueued(index, 0.0, name, size))
    return made


@pytest.fixture
def model(board: Board) -> TaskModel:
    return TaskModel(board, clock=lambda: 10.0, tries=3)


def shown(model: TaskModel, column: TaskColumn = TaskColumn.FILE) -> list[str]:
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_many_changes_between_two_pulls_are_one_signal_clipped_to_the_rows_in_sight(
    qtbot: QtBot,
) -> None:
    board = Board()
    for index in range(1_000):
        board.handle(ev.TaskQueued(index, 0.0, f"{index}.csv", 100))
    model = TaskModel(board, clock=lambda: 1.0)
    model.pull(0.0)
    model.visible = lambda: (100, 119)
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda top, bottom: told.append((top.row(), bottom.row())))
    for index in range(5, 900):
        board.handle(ev.TaskStarted(index, 0.5, 1, 1))
        board.handle(ev.TaskProgress(index, 0.6, 1, 50))
    model.pull(0.01)
    assert told == [(100, 119)]


def test_a_change_out_of_sight_is_not_told_but_is_there_when_asked(model: TaskModel) -> None:
    board = model._board
    model.pull(0.0)
    model.visible = lambda: (0, 1)
    told: list[QModelIndex] = []
    model.dataChanged.connect(told.append)
    board.handle(ev.TaskStarted(3, 0.5, 1, 1))
    model.pull(0.01)
    assert told == []
    assert model.index(3, TaskColumn.STATE).data() == "Running"


def test_running_seconds_go_on_without_an_event(model: TaskModel, board: Board) -> None:
    board.handle(ev.TaskStarted(2, 4.0, 1, 1))
    model.pull(0.0)
    told: list[QModelIndex] = []
    model.dataChanged.connect(lambda top, _: told.append(top))
    model.pull(0.1)
    assert told == []
    model.pull(0.25)
    assert [index.row() for index in told] == [2]
    assert model.index(2, TaskColumn.SECONDS).data() == "6.0"


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (TaskColumn.FILE, ["9.csv", "10.csv", "A.csv", "b.csv"]),
        (TaskColumn.SIZE, ["b.csv", "10.csv", "A.csv", "9.csv"]),
        (TaskColumn.NUMBER, NAMES),
    ],
)
def test_columns_sort_on_native_values_not_on_their_text(
    model: TaskModel, column: TaskColumn, expected: list[str]
) -> None:
    model.look(TaskView(column=column))
    assert shown(model) == expected
    model.look(TaskView(column=column, descending=True))
    assert shown(model) == expected[::-1]


def test_tasks_without_a_value_come_last_in_either_order(model: TaskModel, board: Board) -> None:
    board.handle(ev.TaskStarted(1, 8.0, 1, 1))
    board.handle(ev.TaskStarted(3, 1.0, 1, 2))
    for descending, first in ((False, ["9.csv", "A.csv"]), (True, ["A.csv", "9.csv"])):
        model.look(TaskView(column=TaskColumn.SECONDS, descending=descending))
        assert shown(model) == [*first, "10.csv", "b.csv"]
    assert model.index(0, TaskColumn.SECONDS).data(SORT_ROLE) == 9.0


def test_a_task_leaves_the_filter_when_its_state_does(model: TaskModel, board: Board) -> None:
    model.look(TaskView(states=frozenset({TaskState.QUEUED})))
    board.handle(ev.TaskStarted(1, 0.5, 1, 1))
    model.pull(1.0)
    assert shown(model) == ["10.csv", "b.csv", "A.csv"]
    model.look(TaskView(text="CSV"))
    assert shown(model) == NAMES
    model.look(TaskView(text="a."))
    assert shown(model) == ["A.csv"]


def test_order_by_a_moving_column_is_renewed_at_most_twice_a_second(
    model: TaskModel, board: Board
) -> None:
    model.look(TaskView(column=TaskColumn.ROWS, descending=True))
    for index in (1, 3):
        board.handle(ev.TaskStarted(index, 0.1, 1, index))
    board.handle(ev.TaskProgress(3, 0.2, rows=10, bytes=5))
    model.pull(1.0)
    assert shown(model)[0] == "A.csv"
    board.handle(ev.TaskProgress(1, 0.3, rows=20, bytes=5))
    model.pull(1.4)
    assert shown(model)[0] == "A.csv"
    model.pull(1.6)
    assert shown(model)[0] == "9.csv"


def test_the_selection_stays_with_its_task_through_sort_and_filter(model: TaskModel) -> None:
    held = QPersistentModelIndex(model.index(1, TaskColumn.FILE))
    model.look(TaskView(column=TaskColumn.SIZE))
    assert held.data() == "9.csv"
    assert held.row() == 3
    model.look(TaskView(text="9"))
    assert held.row() == 0
    model.look(TaskView(text="b"))
    assert not held.isValid()


def test_files_found_while_planning_are_added_at_the_end(model: TaskModel, board: Board) -> None:
    added: list[tuple[int, int]] = []
    model.rowsInserted.connect(lambda _, first, last: added.append((first, last)))
    for index in range(4, 9):
        board.handle(ev.TaskQueued(index, 1.0, f"z{index}.csv", 1))
    model.pull(0.0)
    assert added == [(4, 8)]
    assert model.rowCount() == 9


def test_the_cells_say_what_happens_in_words(model: TaskModel, board: Board) -> None:
    slow = Failure("SourceUnreachable", "The drive did not answer.", transient=True)
    board.handle(ev.TaskStarted(0, 0.0, 1, 1))
    board.handle(ev.TaskWaiting(0, 9.0, WaitReason.RETRY, 12.1, slow))
    cell = {c: model.index(0, c).data() for c in TaskColumn}
    assert cell[TaskColumn.STATE] == "Retry in 2.1 s"
    assert cell[TaskColumn.TRIES] == "1 of 3"
    assert cell[TaskColumn.MESSAGE] == "The drive did not answer"
    assert cell[TaskColumn.PROGRESS] == ""
    board.handle(ev.TaskStarted(0, 12.1, 2, 1))
    assert model.index(0, TaskColumn.TRIES).data() == "2 of 3"


def test_numbers_are_aligned_right_and_words_left(model: TaskModel) -> None:
    def side(column: TaskColumn) -> bool:
        flags = model.index(0, column).data(Qt.ItemDataRole.TextAlignmentRole)
        return bool(Qt.AlignmentFlag(flags) & Qt.AlignmentFlag.AlignRight)

    assert side(TaskColumn.ROWS)
    assert not side(TaskColumn.FILE)
