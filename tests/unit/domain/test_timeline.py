"""The timeline tells which worker had which task, when, and how it ended."""

from __future__ import annotations

import pytest

from loadline.domain import events as ev
from loadline.domain.board import Board
from loadline.domain.errors import Failure
from loadline.domain.tasks import WaitReason
from loadline.domain.timeline import Attempt, Outcome, Timeline


def board_of(files: int) -> Board:
    board = Board()
    for index in range(files):
        board.handle(ev.TaskQueued(index, 0.0, name=f"{index}.csv", size=100))
    return board


def test_an_attempt_is_a_block_in_its_worker_s_lane_from_start_to_end() -> None:
    board = board_of(1)
    board.handle(ev.TaskStarted(0, 1.0, attempt=1, worker=2))
    assert board.timeline.open[0] == Attempt(0, 2, 1.0, number=1)
    board.handle(ev.TaskDone(0, 4.0, rows=5, bytes=100))
    assert list(board.timeline.ended) == [Attempt(0, 2, 1.0, 4.0, Outcome.DONE, 1)]
    assert not board.timeline.open


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [("SourceUnreachable", Outcome.RETRIED), ("WorkerDied", Outcome.STOPPED)],
)
def test_a_broken_off_attempt_tells_whether_its_worker_died(kind: str, outcome: Outcome) -> None:
    board = board_of(1)
    board.handle(ev.TaskStarted(0, 0.0, attempt=1, worker=1))
    error = Failure(kind, "It broke off.", transient=True)
    board.handle(ev.TaskWaiting(0, 2.0, reason=WaitReason.RETRY, until=2.5, error=error))
    board.handle(ev.TaskWaiting(0, 2.1, reason=WaitReason.SLOT))
    board.handle(ev.TaskStarted(0, 3.0, attempt=2, worker=2))
    board.handle(ev.TaskFailed(0, 5.0, error=error))
    told = [(a.worker, a.start, a.end, a.outcome) for a in board.timeline.ended]
    assert told == [(1, 0.0, 2.0, outcome), (2, 3.0, 5.0, Outcome.FAILED)]


def test_cancelling_keeps_the_block_open_until_the_worker_has_stopped() -> None:
    board = board_of(1)
    board.handle(ev.TaskStarted(0, 0.0, attempt=1, worker=1))
    board.handle(ev.TaskCancelling(0, 1.0))
    assert 0 in board.timeline.open
    board.handle(ev.TaskCancelled(0, 3.0))
    assert [a.outcome for a in board.timeline.ended] == [Outcome.CANCELLED]


def test_a_task_cancelled_before_its_start_has_no_block() -> None:
    board = board_of(1)
    board.handle(ev.TaskCancelled(0, 1.0))
    assert not board.timeline.ended


def test_busy_time_counts_each_worker_from_its_first_attempt() -> None:
    board = board_of(2)
    board.handle(ev.TaskStarted(0, 0.0, attempt=1, worker=1))
    board.handle(ev.TaskDone(0, 5.0))
    board.handle(ev.TaskStarted(1, 5.0, attempt=1, worker=2))
    assert board.timeline.workers == [1, 2]
    assert board.timeline.busy(10.0) == pytest.approx(10 / 15)


def test_only_the_latest_blocks_are_kept_but_all_busy_time_counts() -> None:
    timeline = Timeline(keep=3)
    board = board_of(10)
    board.timeline = timeline
    for index in range(10):
        board.handle(ev.TaskStarted(index, float(index), attempt=1, worker=1))
        board.handle(ev.TaskDone(index, index + 1.0))
    assert [a.index for a in timeline.ended] == [7, 8, 9]
    assert timeline.busy(10.0) == pytest.approx(1.0)
