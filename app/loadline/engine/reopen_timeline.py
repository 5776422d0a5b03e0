"""The timeline of a run from its journal: every attempt of every start, and what it waited for.

A limit of starts per second names the gaps for as long as it was in force and something was left
to hand out. What the journal does not tell (free memory) stays without a name.
"""

from __future__ import annotations

from collections.abc import Iterable

from loadline.domain.tasks import WaitReason
from loadline.domain.throughput import MarkKind
from loadline.domain.timeline import Attempt, Outcome, Timeline
from loadline.domain.waits import Wait
from loadline.store import entries as en


def timeline_of(entries: Iterable[en.AnyEntry], rate: float) -> Timeline:
    """Return the timeline that `entries` tell; `rate` is the job's own limit of starts."""
    story = _Story(rate)
    for entry in entries:
        story.take(entry)
    timeline = Timeline()
    timeline.restore(story.attempts, story.waits_to_the_end())
    return timeline


class _Story:
    """Folds entries into attempts and periods of waiting."""

    def __init__(self, rate: float) -> None:
        self.attempts: list[Attempt] = []
        self._waits: list[Wait] = []
        self._open: dict[int, Attempt] = {}
        self._retries: dict[int, float] = {}
        self._since: dict[WaitReason, float] = {WaitReason.RATE: 0.0} if rate else {}
        self._last_start = 0.0
        self._at = 0.0

    def take(self, entry: en.AnyEntry) -> None:
        """Fold in one entry."""
        self._at = max(self._at, getattr(entry, "at", 0.0))
        match entry:
            case en.AttemptStarted():
                self._start(entry)
            case en.AttemptFailed():
                self._failed(entry)
            case en.PartDone():
                self._close(entry.result.index, entry.at, Outcome.DONE)
            case en.TaskCancelled():
                self._close(entry.index, entry.at, Outcome.CANCELLED)
            case en.RunContinued() | en.RunEnded():
                self._interrupted(entry.at)
            case _:
                self._take_of_run(entry)

    def waits_to_the_end(self) -> list[Wait]:
        """Return all periods; those that last end with the last thing that happened."""
        self._interrupted(self._at)
        self._until(WaitReason.RATE, self._last_start)
        return sorted(self._waits, key=lambda wait: wait.start)

    def _start(self, entry: en.AttemptStarted) -> None:
        self._last_start = entry.at
        waited = self._retries.pop(entry.index, None)
        if waited is not None:
            self._waits.append(Wait(WaitReason.RETRY, waited, entry.at))
        self._open[entry.index] = Attempt(entry.index, entry.worker, entry.at, number=entry.attempt)

    def _failed(self, entry: en.AttemptFailed) -> None:
        died = entry.error.kind == "WorkerDied"
        again = Outcome.STOPPED if died else Outcome.RETRIED
        self._close(entry.index, entry.at, Outcome.FAILED if entry.final else again)
        if not entry.final:
            self._retries[entry.index] = entry.at

    def _close(self, index: int, at: float, outcome: Outcome) -> None:
        begun = self._open.pop(index, None)
        if begun is not None:
            told = Attempt(index, begun.worker, begun.start, at, outcome, begun.number)
            self.attempts.append(told)

    def _interrupted(self, at: float) -> None:
        """End what was under way when the program was closed or killed."""
        for index in list(self._open):
            self._close(index, at, Outcome.CANCELLED)
        self._retries.clear()
        self._until(WaitReason.PAUSED, at)
        self._until(WaitReason.SOURCE, at)

    def _take_of_run(self, entry: en.AnyEntry) -> None:
        match entry:
            case en.Paused():
                self._since.setdefault(WaitReason.PAUSED, entry.at)
            case en.Resumed():
                self._until(WaitReason.PAUSED, entry.at)
            case en.LimitChanged(rate=rate):
                self._until(WaitReason.RATE, entry.at)
                if rate:
                    self._since[WaitReason.RATE] = entry.at
            case en.Marked(mark=mark) if mark.kind is MarkKind.SOURCE:
                self._until(WaitReason.SOURCE, mark.at)
                if mark.index is not None:  # it does not answer; the other mark has no task
                    self._since[WaitReason.SOURCE] = mark.at

    def _until(self, reason: WaitReason, at: float) -> None:
        since = self._since.pop(reason, None)
        if since is not None and at > since:
            self._waits.append(Wait(reason, since, at))
