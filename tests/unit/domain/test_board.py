"""The board: what it allows, what it refuses, and what it sums up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loadline.domain import events as ev
from loadline.domain.board import Board
from loadline.domain.errors import Failure, TransitionError
from loadline.domain.tasks import COMPLETE, ENDED, LEAVES, TaskState, WaitReason

FAILURE = Failure("SourceDamaged", "It is cut off.")
MAKERS: dict[str, Callable[[int, float], ev.TaskEvent]] = {
    "queued": lambda i, at: ev.TaskQueued(i, at, "again", 100),
    "kept": lambda i, at: ev.TaskKept(i, at, rows=5, bytes=50, rejected=1),
    "waiting": lambda i, at: ev.TaskWaiting(i, at, WaitReason.SLOT),
    "retry": lambda i, at: ev.TaskWaiting(i, at, WaitReason.RETRY, at + 1, FAILURE),
    "started": lambda i, at: ev.TaskStarted(i, at, attempt=2, worker=1),
    "progress": lambda i, at: ev.TaskProgress(i, at, rows=3, bytes=30),
    "cancelling": ev.TaskCancelling,
    "cancelled": ev.TaskCancelled,
    "done": lambda i, at: ev.TaskDone(i, at, rows=9, bytes=100, problems=2),
    "failed": lambda i, at: ev.TaskFailed(i, at, FAILURE),
}


def board_of(count: int) -> Board:
    board = Board()
    for index in range(count):
        board.handle(ev.TaskQueued(index, 0.0, f"{index}.csv", 100))
    return board


def check_totals(board: Board) -> None:
    assert board.rows_loaded == sum(row.rows for row in board.rows)
    assert board.bytes_read == sum(row.bytes for row in board.rows)
    assert board.size == sum(row.size for row in board.rows)
    for state in TaskState:
        assert board.counts[state] == sum(row.state is state for row in board.rows)
    assert board.ended == all(row.state in ENDED for row in board.rows)


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(sorted(MAKERS))), max_size=60))
def test_no_sequence_of_events_leaves_the_table_and_totals_stay_sums(
    told: list[tuple[int, str]],
) -> None:
    board = board_of(4)
    for at, (index, what) in enumerate(told, start=1):
        before = board.rows[index]
        try:
            after = board.handle(MAKERS[what](index, float(at)))
        except TransitionError:
            assert board.rows[index] is before
        else:
            assert after.state is before.state or after.state in LEAVES[before.state]
            assert board.rows[index] is after
        check_totals(board)


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(sorted(MAKERS))), max_size=60))
def test_a_reader_that_drains_now_and_then_misses_no_change(told: list[tuple[int, str]]) -> None:
    board = board_of(4)
    seen = list(board.rows)
    board.drain()
    for at, (index, what) in enumerate(told, start=1):
        try:
            board.handle(MAKERS[what](index, float(at)))
        except TransitionError:
            continue
        if at % 7 == 0:
            for changed in board.drain():
                seen[changed] = board.rows[changed]
            assert seen == board.rows
    for changed in board.drain():
        seen[changed] = board.rows[changed]
    assert seen == board.rows
    assert board.drain() == []


@given(st.lists(st.sampled_from(sorted(MAKERS)), max_size=30))
def test_only_complete_tasks_and_running_ones_count_rows(told: list[str]) -> None:
    board = board_of(1)
    counting = COMPLETE | {TaskState.RUNNING, TaskState.CANCELLING}
    for at, what in enumerate(told):
        try:
            row = board.handle(MAKERS[what](0, float(at)))
        except TransitionError:
            continue
        if row.state not in counting:
            assert (row.rows, row.bytes) == (0, 0)


def test_an_illegal_event_is_refused_with_the_history_of_the_task() -> None:
    board = board_of(1)
    for what in ("started", "done"):
        board.handle(MAKERS[what](0, 1.0))
    with pytest.raises(TransitionError, match=r"task 0 \(0\.csv\).*queued → running → done"):
        board.handle(MAKERS["started"](0, 2.0))


def test_an_event_for_a_task_that_is_not_there_is_refused() -> None:
    board = board_of(1)
    with pytest.raises(TransitionError, match="task 7"):
        board.handle(ev.TaskStarted(7, 0.0))
    with pytest.raises(TransitionError, match="task -1"):
        board.handle(ev.TaskStarted(-1, 0.0))


def test_a_retry_keeps_its_error_in_sight_until_the_task_is_done() -> None:
    board = board_of(1)
    board.handle(MAKERS["started"](0, 1.0))
    row = board.handle(MAKERS["retry"](0, 2.0))
    assert (row.state, row.reason, row.until, row.error) == ("waiting", "retry", 3.0, FAILURE)
    assert board.retries == 1
    assert board.handle(MAKERS["started"](0, 3.0)).error == FAILURE
    assert board.handle(MAKERS["done"](0, 4.0)).error is None


def test_cancelled_is_shown_only_after_cancelling_when_a_worker_has_the_task() -> None:
    board = board_of(1)
    board.handle(MAKERS["started"](0, 1.0))
    with pytest.raises(TransitionError):
        board.handle(MAKERS["cancelled"](0, 2.0))
    board.handle(MAKERS["cancelling"](0, 2.0))
    assert board.handle(MAKERS["cancelled"](0, 3.0)).state is TaskState.CANCELLED


def test_a_task_that_finished_before_its_cancel_arrived_is_done() -> None:
    board = board_of(1)
    for what in ("started", "cancelling", "done"):
        row = board.handle(MAKERS[what](0, 1.0))
    assert row.state is TaskState.DONE
    assert row.rows == 9


def test_a_late_counter_changes_nothing() -> None:
    board = board_of(1)
    for what in ("started", "done"):
        board.handle(MAKERS[what](0, 1.0))
    assert board.handle(MAKERS["progress"](0, 2.0)).rows == 9


def test_unfinished_names_failed_and_cancelled_tasks_only() -> None:
    board = board_of(4)
    for index, story in enumerate((["started", "done"], ["started", "failed"], ["cancelled"])):
        for what in story:
            board.handle(MAKERS[what](index, 1.0))
    assert board.unfinished() == [1, 2]
    assert not board.ended
    board.handle(MAKERS["kept"](3, 1.0))
    assert board.unfinished() == [1, 2]
    assert board.ended


def test_progress_is_by_bytes_and_full_only_when_complete() -> None:
    board = board_of(1)
    board.handle(MAKERS["started"](0, 1.0))
    assert board.handle(ev.TaskProgress(0, 1.0, 3, 25)).progress == 0.25
    assert board.handle(ev.TaskProgress(0, 1.0, 3, 250)).progress < 1.0
    assert board.handle(MAKERS["done"](0, 2.0)).progress == 1.0


def test_seconds_count_the_latest_attempt_up_to_its_end() -> None:
    board = board_of(1)
    assert board.rows[0].seconds(9.0) is None
    assert board.handle(MAKERS["started"](0, 2.0)).seconds(5.0) == 3.0
    assert board.handle(MAKERS["done"](0, 6.0)).seconds(99.0) == 4.0
