"""The timeline of a run that is opened again tells every attempt and every wait."""

from __future__ import annotations

from loadline.domain.errors import Failure
from loadline.domain.tasks import WaitReason
from loadline.domain.throughput import Mark, MarkKind
from loadline.domain.timeline import Outcome
from loadline.engine.reopen_timeline import timeline_of
from loadline.store import entries as en

DIED = Failure("WorkerDied", "The worker ended.", transient=True)
DAMAGED = Failure("SourceDamaged", "The file is cut off here.")


def test_each_attempt_keeps_its_worker_its_times_and_its_outcome() -> None:
    timeline = timeline_of(
        [
            en.AttemptStarted(1.0, 0, 1, worker=1),
            en.AttemptStarted(1.0, 1, 1, worker=2),
            en.AttemptFailed(2.0, 0, 1, DIED),
            en.AttemptStarted(4.0, 0, 2, worker=3),
            en.AttemptFailed(5.0, 0, 2, DAMAGED, final=True),
            en.TaskCancelled(6.0, 1),
        ],
        rate=0.0,
    )
    told = [(a.index, a.worker, a.start, a.end, a.outcome) for a in timeline.ended]
    assert told == [
        (0, 1, 1.0, 2.0, Outcome.STOPPED),
        (0, 3, 4.0, 5.0, Outcome.FAILED),
        (1, 2, 1.0, 6.0, Outcome.CANCELLED),
    ]
    assert [(w.reason, w.start, w.end) for w in timeline.waits.all()] == [
        (WaitReason.RETRY, 2.0, 4.0)
    ]


def test_a_pause_an_outage_and_a_limit_of_starts_are_told_again() -> None:
    timeline = timeline_of(
        [
            en.AttemptStarted(0.0, 0, 1, worker=1),
            en.Paused(1.0),
            en.Resumed(3.0),
            en.LimitChanged(4.0, 2, 5.0),
            en.Marked(Mark(6.0, MarkKind.SOURCE, "The source does not answer.", 0)),
            en.Marked(Mark(9.0, MarkKind.SOURCE, "The source answers again.")),
            en.AttemptStarted(10.0, 1, 1, worker=1),
        ],
        rate=0.0,
    )
    told = {(w.reason, w.start, w.end) for w in timeline.waits.all()}
    assert told == {
        (WaitReason.PAUSED, 1.0, 3.0),
        (WaitReason.RATE, 4.0, 10.0),
        (WaitReason.SOURCE, 6.0, 9.0),
    }


def test_what_a_killed_program_left_running_ends_with_the_last_that_is_known() -> None:
    timeline = timeline_of(
        [en.AttemptStarted(0.0, 0, 1, worker=1), en.Paused(2.0), en.Sampled(7.5, 1, 1)], rate=0.0
    )
    assert [(a.end, a.outcome) for a in timeline.ended] == [(7.5, Outcome.CANCELLED)]
    assert [(w.start, w.end) for w in timeline.waits.all()] == [(2.0, 7.5)]
