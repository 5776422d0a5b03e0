"""What a run keeps on disk, and what it knows of its parts."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from loadline import __version__
from loadline.domain.errors import Failure, OutputError
from loadline.domain.fixes import FIXED, FIXES, Fix, by_partition, token
from loadline.domain.jobs import Job
from loadline.domain.plan import Partition, PartResult, Plan
from loadline.domain.receipt import Receipt
from loadline.domain.schema import Schema, union
from loadline.domain.tasks import TaskState
from loadline.domain.throughput import Mark, Sample
from loadline.engine.backends.backend import Work
from loadline.engine.output import (
    begin_output,
    collection_name,
    give_up_output,
    identity,
    output_file,
)
from loadline.engine.worker import ReadSpec, read_partition
from loadline.sources.source import ReadHints
from loadline.store import entries as en
from loadline.store.checksum import checksum
from loadline.store.entries import Entry
from loadline.store.fixes import read_fixes, write_fixes
from loadline.store.job_file import write_job
from loadline.store.journal import Journal
from loadline.store.manifest import write_receipt
from loadline.store.part_ref import PartRef, part_ref
from loadline.store.run_folder import RunFolder

if TYPE_CHECKING:
    from loadline.sources.source import Source


class Record:
    """The run folder, its journal, the plan and the finished parts.

    Attributes:
        output: the file that the result is written to, or None.
        may_overwrite: whether that file, or a collection in its place, may be replaced.
        output_was_begun: an earlier start has begun to write to the collection.
        plan: None until the list has been made.
        on_failure: told when the journal can no longer be written.
        results: the line of every part that stands, by index.
        untouched: a sealed run is only looked through, and no part of it has been read again.
        fixes: the rows that were corrected by hand, of all tasks.
        serials: attempts that each task has had, over all starts of the run.
        unsound: tasks whose parts are not shown: found damaged since, until they are looked at.
    """

    def __init__(
        self,
        folder: RunFolder,
        job: Job,
        source_of: Callable[[Job], Source],
        now: Callable[[], float],
    ) -> None:
        self.folder = folder
        self.job = job
        self.output = output_file(job)
        self.may_overwrite = job.output is not None and job.output.overwrite
        self.output_was_begun = False
        self.plan: Plan | None = None
        self.results: dict[int, PartResult] = {}
        self.serials: dict[int, int] = {}
        self.unsound: set[int] = set()
        self.on_failure: Callable[[Failure], object] = _unheard
        self.untouched = False
        self.fixes: tuple[Fix, ...] = ()
        self._fixes_of: dict[int, tuple[Fix, ...]] = {}
        self._source_of = source_of
        self._now = now
        self._journal: Journal | None = None
        self._refs: dict[int, PartRef] = {}
        self._schemas: dict[Schema, int] = {}

    @cached_property
    def source(self) -> Source:
        """What the job reads; made when it is first needed. Raises what making it raises."""
        return self._source_of(self.job)

    def replace_job(self, job: Job) -> None:
        """Keep that the job reads from another place. May block; raises `OutputError`."""
        write_job(self.folder.job_file, job)
        self.job = job
        self.__dict__.pop("source", None)  # made anew when it is next needed

    def restore(self, results: dict[int, PartResult]) -> None:
        """Take over the parts that an earlier start has left."""
        self.results = results
        self._look_again()

    def open(self) -> None:
        """Get ready to read and write; raises `JobError`, `RunError` and `OutputError`."""
        assert self.source is not None
        self.folder.lock()
        if self._journal is None:
            self._journal = Journal(self.folder.journal)

    def close(self) -> None:
        """Let the folder go, all entries written; raises `OutputError`. May block."""
        journal, self._journal = self._journal, None
        try:
            if journal is not None:
                journal.close()
        finally:
            self.folder.unlock()

    def let_go(self) -> None:
        """Close after an error that is told already, whatever else fails now. May block."""
        with suppress(OutputError):
            self.close()

    def note(self, entry: Entry) -> None:
        """Add to the journal; a journal that can no longer be written stops the run."""
        if self._journal is None:
            return
        try:
            self._journal.append(entry)
        except OutputError as error:
            self.on_failure(error.failure)

    def opened(self) -> str:
        """Keep that a new run begins; return when that is (ISO 8601 with zone)."""
        when = _now_text()
        job = checksum(self.folder.job_file.read_bytes())
        self.note(en.RunOpened(self.folder.name, job, when, __version__))
        return when

    # What an attempt needs, and where its outcome goes

    @property
    def work(self) -> Work:
        """Read one partition into a part."""
        return read_partition

    def next_serial(self, index: int) -> int:
        """Return the serial number of a new attempt at task `index`."""
        serial = self.serials[index] = self.serials.get(index, 0) + 1
        return serial

    def spec(self, index: int, serial: int, hints: ReadHints | None = None) -> ReadSpec:
        """Return what a worker needs for attempt `serial` of task `index`."""
        assert self.plan is not None
        return ReadSpec(
            source=self.source,
            partition=self.plan.partitions[index],
            hints=replace(
                hints or ReadHints(columns=self.plan.columns), fixes=self._fixes_of.get(index, ())
            ),
            folder=self.folder.path,
            serial=serial,
        )

    def clean(self, index: int, serial: int) -> None:
        """Remove what attempt `serial` of task `index` left behind. Blocks for milliseconds."""
        self.folder.remove_attempt(index, serial)

    def started(self, index: int, attempt: int, worker: int, serial: int) -> None:
        """Keep that a worker has a task."""
        self.note(en.AttemptStarted(self._now(), index, attempt, worker, serial))

    def done(self, result: PartResult, attempts: int) -> None:
        """Keep the line of a finished part; it replaces an earlier one."""
        self.untouched = False
        again = result.index in self.results
        self.results[result.index] = result
        if again:
            self._look_again()
        else:
            self._add(result)
        self.note(en.PartDone(self._now(), result, attempts))

    def broken(self, index: int, attempt: int, failure: Failure, *, final: bool) -> None:
        """Keep that an attempt failed."""
        self.note(en.AttemptFailed(self._now(), index, attempt, failure, final))

    def cancelled(self, index: int) -> None:
        """Keep that a task was cancelled."""
        self.note(en.TaskCancelled(self._now(), index))

    # The plan and what stands of it

    def planned(self, plan: Plan) -> None:
        """Keep the list of partitions."""
        self.plan = plan
        self.note(en.Planned(self._now(), plan.partitions, plan.notes, plan.columns, plan.records))

    def renewed(self, partitions: dict[int, Partition], notes: tuple[str, ...]) -> None:
        """Keep the newer sizes and states of some partitions, in their old places."""
        assert self.plan is not None
        listed = tuple(partitions.get(p.index, p) for p in self.plan.partitions)
        self.planned(replace(self.plan, partitions=listed, notes=notes))

    def lost(self, index: int, why: str) -> None:
        """Keep that a part no longer stands."""
        if self.results.pop(index, None) is not None:
            self._look_again()
        self.note(en.PartLost(self._now(), index, why))

    def marked(self, mark: Mark) -> None:
        """Keep a mark on the chart."""
        self.note(en.Marked(mark))

    def sampled(self, sample: Sample) -> None:
        """Keep a point of the chart."""
        self.note(en.Sampled(sample.at, sample.rows, sample.bytes, sample.memory))

    def continued(self, queued: list[int]) -> None:
        """Keep that the run goes on, with these tasks to do."""
        self.note(en.RunContinued(self._now(), _now_text(), tuple(queued)))

    def parts(self) -> tuple[PartRef, ...]:
        """Return the parts that stand, in index order."""
        return tuple(self._refs[index] for index in sorted(self._refs.keys() - self.unsound))

    def index_of(self, file: str) -> int | None:
        """Return the task whose part, or a further table of it, is called `file`."""
        for index, result in self.results.items():
            if file == result.part or any(file == aside.part for aside in result.asides):
                return index
        return None

    def schema(self) -> Schema:
        """Return the union of the parts that stand, columns in the order of the first ones."""
        first_seen = sorted((index, schema) for schema, index in self._schemas.items())
        return union(schema for _, schema in first_seen)

    def _look_again(self) -> None:
        self._refs.clear()
        self._schemas.clear()
        for result in self.results.values():
            self._add(result)

    def _add(self, result: PartResult) -> None:
        # Asked for twice a second, of ten thousand parts that mostly have one schema.
        index, schema = result.index, result.account.schema
        self._refs[index] = part_ref(result, self.name_of(index))
        self._schemas[schema] = min(index, self._schemas.get(schema, index))

    # The end

    def seal(self, schema: Schema, verified: frozenset[int]) -> None:
        """Write the manifest that makes the verified parts one dataset. May block."""
        from loadline.store.manifest import seal

        assert self.plan is not None
        names = {p.index: p.name for p in self.plan.partitions}
        seal(self.folder, schema, [self.results[index] for index in verified], names)

    # Rows fixed by hand

    def read_fixes(self) -> None:
        """Take over the rows that were fixed by hand earlier. May block; raises `RunError`."""
        self._take_fixes(read_fixes(self.folder))

    def write_fixes(self, fixes: tuple[Fix, ...]) -> None:
        """Keep which rows are fixed by hand from now on. May block; raises `OutputError`."""
        write_fixes(self.folder, fixes)
        self._take_fixes(fixes)

    def stale(self) -> list[int]:
        """Return the parts that were read with other corrections than there are now."""
        return [
            index
            for index, result in sorted(self.results.items())
            if result.account.extra.get(FIXES, "") != token(self._fixes_of.get(index, ()))
        ]

    def fixed_rows(self) -> int:
        """Return how many corrected rows are in the parts that stand."""
        return sum(int(result.account.extra.get(FIXED, 0)) for result in self.results.values())

    def _take_fixes(self, fixes: tuple[Fix, ...]) -> None:
        self.fixes, self._fixes_of = fixes, by_partition(fixes)

    def output_begins(self) -> None:
        """Keep which file the result is being written to. May block; raises `OutputError`."""
        assert self.output is not None
        if self._journal is None or (self.output.exists() and not self.may_overwrite):
            return  # it is refused anyway
        own = begin_output(self.output)
        self.note(en.OutputBegun(self._now(), str(self.output), own))
        self._journal.flush().result()

    def collection_begins(self) -> None:
        """Keep which collection the result is being written to. May block; raises `OutputError`."""
        if self._journal is not None:
            self.note(en.OutputBegun(self._now(), collection_name(self.job), ""))
            self._journal.flush().result()

    def output_given_up(self) -> None:
        """Remove what was written of the output. May block."""
        if self.output is not None and not (self.output.exists() and not self.may_overwrite):
            give_up_output(self.output)

    def restore_output(self, begun: en.OutputBegun) -> None:
        """Take over what an earlier start has begun to write, a file if it is still that one."""
        self.output_was_begun = begun.path == collection_name(self.job)
        if self.output is not None and begun.path == str(self.output):
            with suppress(OSError):
                self.may_overwrite |= identity(self.output) == begun.identity

    def ended(self, receipt: Receipt) -> None:
        """Keep how the run ended and let the folder go; raises `OutputError`. May block."""
        try:
            write_receipt(self.folder, receipt)
            self.note(_end_of(receipt, self._now()))
        finally:
            self.close()

    def name_of(self, index: int) -> str:
        """Return what people call the partition of task `index`."""
        if self.plan is None or index >= len(self.plan.partitions):
            return f"no. {index + 1:,}"
        return self.plan.partitions[index].name


def _end_of(receipt: Receipt, at: float) -> en.RunEnded:
    return en.RunEnded(
        at=at,
        state=receipt.state,
        when=_now_text(),
        tasks=len(receipt.lines),
        failed=sum(line.state is TaskState.FAILED for line in receipt.lines),
        rows=receipt.rows,
        rejected=receipt.rejected,
        problems=receipt.problems,
        bytes=receipt.bytes,
        part_bytes=sum(line.part_bytes for line in receipt.lines),
        balanced=receipt.balanced,
        error=receipt.error,
    )


def _now_text() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _unheard(failure: Failure) -> None:
    """Nobody listens before the run is live."""
