"""Gaps in the timeline have names: the periods in which tasks waited, and for what."""

from __future__ import annotations

from loadline.domain import events as ev
from loadline.domain.board import Board
from loadline.domain.tasks import WaitReason
from loadline.domain.waits import Wait


def board_of(files: int) -> Board:
    board = Board()
    for index in range(files):
        board.handle(ev.TaskQueued(index, 0.0, name=f"{index}.csv", size=100))
    return board


def test_a_period_lasts_until_the_last_task_that_waits_for_its_reason() -> None:
    board = board_of(2)
    board.handle(ev.TaskWaiting(0, 1.0, WaitReason.MEMORY))
    board.handle(ev.TaskWaiting(1, 2.0, WaitReason.MEMORY))
    board.handle(ev.TaskStarted(0, 3.0, worker=1))
    assert board.timeline.waits.all() == [Wait(WaitReason.MEMORY, 1.0)]
    board.handle(ev.TaskStarted(1, 4.0, worker=2))
    assert board.timeline.waits.all() == [Wait(WaitReason.MEMORY, 1.0, 4.0)]


def test_starts_held_back_one_after_the_other_are_one_period() -> None:
    board = board_of(50)
    for index in range(50):
        board.handle(ev.TaskWaiting(index, index * 0.2, WaitReason.RATE))
        board.handle(ev.TaskStarted(index, index * 0.2 + 0.15, worker=1))
        board.handle(ev.TaskDone(index, index * 0.2 + 0.16))
    assert board.timeline.waits.all() == [Wait(WaitReason.RATE, 0.0, 49 * 0.2 + 0.15)]


def test_periods_far_apart_stay_two() -> None:
    board = board_of(2)
    for index, at in ((0, 1.0), (1, 5.0)):
        board.handle(ev.TaskWaiting(index, at, WaitReason.SOURCE))
        board.handle(ev.TaskStarted(index, at + 1.0, worker=1))
    told = [(wait.start, wait.end) for wait in board.timeline.waits.all()]
    assert sorted(told) == [(1.0, 2.0), (5.0, 6.0)]


def test_the_reason_that_holds_everything_back_comes_last_to_be_painted_over_the_others() -> None:
    board = board_of(3)
    board.handle(ev.TaskWaiting(0, 1.0, WaitReason.PAUSED))
    board.handle(ev.TaskWaiting(1, 1.0, WaitReason.RETRY))
    board.handle(ev.TaskWaiting(2, 1.0, WaitReason.RATE))
    reasons = [wait.reason for wait in board.timeline.waits.all()]
    assert reasons == [WaitReason.RETRY, WaitReason.RATE, WaitReason.PAUSED]


def test_a_change_of_reason_ends_one_period_and_begins_another() -> None:
    board = board_of(1)
    board.handle(ev.TaskWaiting(0, 1.0, WaitReason.RATE))
    board.handle(ev.TaskWaiting(0, 3.0, WaitReason.PAUSED))
    board.handle(ev.TaskCancelled(0, 7.0))
    assert board.timeline.waits.all() == [
        Wait(WaitReason.RATE, 1.0, 3.0),
        Wait(WaitReason.PAUSED, 3.0, 7.0),
    ]
