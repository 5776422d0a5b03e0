"""A run from its folder: what the journal tells becomes board, chart and receipt again.

A part that the journal tells of stands when its file is there with the size it had; its bytes are
verified when the run goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from loadline.domain import events as ev
from loadline.domain.errors import Failure, RunError
from loadline.domain.jobs import Job
from loadline.domain.plan import PartResult, Plan
from loadline.domain.receipt import Receipt, RunState
from loadline.domain.throughput import Mark, Sample
from loadline.engine.facts import Facts
from loadline.engine.record import Record
from loadline.engine.reopen_job import job_of
from loadline.engine.reopen_timeline import timeline_of
from loadline.engine.run import Run
from loadline.engine.services import Services
from loadline.engine.soundness import PART_LOST, damage_of, without_parts
from loadline.store import entries as en
from loadline.store.history import moment
from loadline.store.manifest import read_receipt
from loadline.store.replay import Replayed, replay
from loadline.store.run_folder import RunFolder

if TYPE_CHECKING:
    from loadline.sources.source import Source


@dataclass(slots=True)
class Told:
    """What a journal tells of a run, beyond its plan and its parts."""

    at: float = 0.0
    when: str = ""
    done: dict[int, en.PartDone] = field(default_factory=dict)
    starts: dict[int, en.AttemptStarted] = field(default_factory=dict)
    failures: dict[int, Failure] = field(default_factory=dict)
    cancelled: set[int] = field(default_factory=set)
    serials: dict[int, int] = field(default_factory=dict)
    limits: en.LimitChanged | None = None
    output: en.OutputBegun | None = None
    samples: list[Sample] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def take(self, entry: en.AnyEntry) -> None:
        """Fold in one entry."""
        self.at = max(self.at, getattr(entry, "at", 0.0))
        match entry:
            case en.AttemptStarted():
                self.starts[entry.index] = entry
                self.serials[entry.index] = max(self.serials.get(entry.index, 0), entry.serial)
            case en.AttemptFailed(final=True):
                self.failures[entry.index] = entry.error
            case en.PartDone():
                self.done[entry.result.index] = entry
                self.failures.pop(entry.result.index, None)
            case en.PartLost():
                self.done.pop(entry.index, None)
            case en.TaskCancelled():
                self.cancelled.add(entry.index)
            case _:
                self._take_of_run(entry)

    def _take_of_run(self, entry: en.AnyEntry) -> None:
        match entry:
            case en.RunOpened():
                self.when = entry.when
            case en.RunContinued():
                for index in entry.queued:
                    self._again(index)
            case en.LimitChanged():
                self.limits = entry
            case en.OutputBegun():
                self.output = entry
            case en.Sampled():
                self.samples.append(Sample(entry.at, entry.rows, entry.bytes, entry.memory))
            case en.Marked():
                self.marks.append(entry.mark)

    def _again(self, index: int) -> None:
        self.failures.pop(index, None)
        self.cancelled.discard(index)


def reopened(path: Path, services: Services, source_of: Callable[[Job], Source]) -> Run:
    """Return the run in the folder `path`; nothing runs.

    Raises `RunError` when it is none, damaged, of a newer format, or when another program works
    on it. The source is not looked at. Without a sound job file nothing can be read again.
    """
    folder = RunFolder.open(path)
    if folder.in_use:
        raise RunError("Another program is working on this run.")
    journal = replay(folder.journal)
    told = Told()
    for entry in journal.entries:
        told.take(entry)
    job, source_of, unknown = job_of(folder, source_of)
    facts = Facts(services.clock)
    record = Record(folder, job, source_of, facts.now)
    _fill_record(record, journal, told)
    facts.set_clock(journal.end.at if journal.end else told.at)
    _fill_board(record, facts, told, journal.end)
    facts.board.timeline = timeline_of(journal.entries, job.policy.rate)
    _fill_chart(facts, told)
    run = Run(record, services, facts)
    receipt, damage = _receipt(folder, journal)
    lost = sorted(set(told.done) - set(record.results)) if journal.end else []
    found = damage_of(folder, journal, record.name_of, lost)
    run.damage = (*unknown, *found, *damage, *_fixes(record))
    run.restore(_state(journal.end, lost), _without(receipt, lost, folder))
    run.started_at = moment(told.when)
    if told.limits is not None:
        run.restore_limits(told.limits.cap, told.limits.rate)
    return run


def _state(end: en.RunEnded | None, lost: Sequence[int]) -> RunState:
    if end is None:
        return RunState.INTERRUPTED
    return RunState.PROBLEMS if end.state is RunState.DONE and lost else end.state


def _receipt(folder: RunFolder, journal: Replayed) -> tuple[Receipt | None, tuple[str, ...]]:
    """Return the receipt of an ended run, or None and what is wrong with it."""
    if journal.end is None:
        return None, ()
    try:
        return read_receipt(folder.receipt), ()
    except RunError as error:
        return None, (error.sentence,)


def _fixes(record: Record) -> tuple[str, ...]:
    """Take over the rows fixed by hand; return what is wrong with them."""
    try:
        record.read_fixes()
    except RunError as error:
        return (error.sentence,)
    return ()


def _without(receipt: Receipt | None, lost: Sequence[int], folder: RunFolder) -> Receipt | None:
    """Return the receipt as it is true now: where the run is, and without the parts lost since."""
    if receipt is None:
        return None
    return replace(without_parts(receipt, set(lost)), run_folder=str(folder.path))


def _fill_record(record: Record, journal: Replayed, told: Told) -> None:
    plans = [entry for entry in journal.entries if isinstance(entry, en.Planned)]
    if plans:
        record.plan = Plan(
            plans[-1].partitions, plans[-1].notes, plans[-1].columns, plans[-1].records
        )
    record.serials = told.serials
    if told.output is not None:
        record.restore_output(told.output)
    standing = {i: result for i, result in journal.results().items() if _stands(record, result)}
    record.restore(standing)


def _stands(record: Record, result: PartResult) -> bool:
    files = [(result.part, result.part_bytes)] if result.part else []
    files += [(aside.part, aside.part_bytes) for aside in result.asides]
    try:
        return all((record.folder.parts / name).stat().st_size == size for name, size in files)
    except OSError:
        return False


def _fill_board(record: Record, facts: Facts, told: Told, end: en.RunEnded | None) -> None:
    if record.plan is None:
        return
    for partition in record.plan.partitions:
        facts.tell(ev.TaskQueued(partition.index, 0.0, partition.name, partition.size))
        for event in _story(partition.index, record, told, end):
            facts.tell(event)
    facts.board.drain()


def _story(index: int, record: Record, told: Told, end: en.RunEnded | None) -> list[ev.TaskEvent]:
    """Return the events that bring a queued task to where it was."""
    result, start = record.results.get(index), told.starts.get(index)
    if result is not None and index in told.done:
        return _finished(told.done[index], start, complete=end is not None and _all_done(end))
    failure = told.failures.get(index)
    if failure is None and index in told.done and end is not None:
        failure = PART_LOST
    if failure is not None:
        at = told.starts[index].at if start else told.at
        return [
            ev.TaskStarted(index, at, start.attempt if start else 1, start.worker if start else 0),
            ev.TaskFailed(index, at, failure),
        ]
    if index in told.cancelled or end is not None:
        return [ev.TaskCancelled(index, told.at)]
    return []


def _all_done(end: en.RunEnded) -> bool:
    return end.state is RunState.DONE


def _finished(
    done: en.PartDone, start: en.AttemptStarted | None, *, complete: bool
) -> list[ev.TaskEvent]:
    result, account = done.result, done.result.account
    began = start.at if start else done.at - result.seconds
    if not complete:
        return [
            ev.TaskKept(
                result.index, done.at, rows=result.rows, rejected=account.rejected,
                bytes=account.bytes_read, problems=account.problem_count,
                attempts=done.attempts, seconds=done.at - began,
            )
        ]  # fmt: skip
    return [
        ev.TaskStarted(result.index, began, done.attempts, start.worker if start else 0),
        ev.TaskDone(
            result.index, done.at, rows=result.rows, rejected=account.rejected,
            bytes=account.bytes_read, problems=account.problem_count, message=account.reason,
        ),
    ]  # fmt: skip


def _fill_chart(facts: Facts, told: Told) -> None:
    facts.throughput.marks.extend(told.marks)
    for sample in told.samples:
        facts.throughput.add(sample)
