"""Which runs are not kept: the oldest, once they are too old or take too much room.

Only runs that ended well are deleted. What is pinned, at work, damaged, or could still be resumed
or retried stays, however old it is, and counts for the room all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from loadline.domain.errors import LoadlineError
from loadline.domain.receipt import RunState
from loadline.store.history import PastRun, list_runs
from loadline.store.run_folder import RunFolder


@dataclass(frozen=True, slots=True)
class KeepRule:
    """How much and how long; 0 is no limit."""

    most_bytes: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class Deleted:
    """A run that was deleted, and the bytes that this freed."""

    title: str
    started: datetime
    size: int


def not_kept(runs: Sequence[PastRun], rule: KeepRule, now: datetime) -> list[PastRun]:
    """Return the runs that `rule` does not keep, the oldest first."""
    left = sum(run.size for run in runs)
    doomed = []
    for run in sorted(filter(_may_go, runs), key=lambda run: run.started or now):
        too_old = rule.days and run.started and now - run.started > timedelta(days=rule.days)
        too_much = rule.most_bytes and left > rule.most_bytes
        if too_old or too_much:
            doomed.append(run)
            left -= run.size
    return doomed


def _may_go(run: PastRun) -> bool:
    ended_well = run.state is RunState.DONE and run.balanced and not run.damage
    return ended_well and not run.pinned and run.started is not None


def apply_rule(runs_dir: Path, rule: KeepRule, now: datetime) -> list[Deleted]:
    """Delete the runs below `runs_dir` that are not kept; return those that are gone."""
    if rule == KeepRule():
        return []
    gone = []
    for run in not_kept(list_runs(runs_dir), rule, now):
        with suppress(LoadlineError):  # somebody has opened it meanwhile: next time
            size = RunFolder(run.folder).delete()
            gone.append(Deleted(run.title, run.started or now, size))
    return gone
