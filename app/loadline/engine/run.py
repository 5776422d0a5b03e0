"""One execution of a job, as the window and the command see it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from loadline.domain import events as ev
from loadline.domain.board import Board
from loadline.domain.errors import Failure
from loadline.domain.fixes import Fix
from loadline.domain.jobs import CsvFolderSource, Job
from loadline.domain.plan import Partition, PartResult
from loadline.domain.receipt import Receipt, RunState
from loadline.domain.schema import Schema
from loadline.domain.tasks import ENDED
from loadline.domain.throughput import MarkKind, Throughput
from loadline.engine import words
from loadline.engine.facts import Facts
from loadline.engine.life import Life
from loadline.engine.limits import cap_in_force
from loadline.engine.machine import Machine
from loadline.engine.record import Record
from loadline.engine.services import Services
from loadline.engine.soundness import lost_parts, without_parts
from loadline.store import entries as en
from loadline.store.part_ref import PartRef

if TYPE_CHECKING:
    from loadline.sources.csv_row_form import RowForm


class Run:
    """A run, live or ended. Use on the loop's thread only; nothing here blocks for long.

    Attributes:
        name: unique; the run folder's name.
        started_at: when it began, with its zone.
        damage: what is wrong with its folder, in sentences; told when it is reopened.
    """

    def __init__(self, record: Record, services: Services, facts: Facts) -> None:
        self.name = record.folder.name
        self.job: Job = record.job
        self.folder: Path = record.folder.path
        self.started_at: datetime | None = None
        self.damage: tuple[str, ...] = ()
        self._lost = ""
        """The sentence in it about parts found damaged since."""
        self._record = record
        self._services = services
        self._facts = facts
        self._asked_cap = self.job.policy.concurrency
        self._life = Life(record, services, facts)
        self._over: asyncio.Future[Receipt] | None = None
        facts.keep_mark = record.marked
        self.fit_cap()

    @property
    def board(self) -> Board:
        """Every task's row."""
        return self._facts.board

    @property
    def throughput(self) -> Throughput:
        """Rows and bytes over time, and the marks on the chart."""
        return self._facts.throughput

    @property
    def receipt(self) -> Receipt | None:
        """The account, once ended."""
        return self._life.receipt

    @property
    def failure(self) -> Failure | None:
        """Why the run as a whole ended, where it did not simply finish."""
        return self._life.failure

    @property
    def state(self) -> RunState:
        """Where the run stands."""
        phase = self._life.phase
        if self._life.live and self._life.stopping:
            return RunState.CANCELLING
        if phase is RunState.RUNNING and self._life.dispatcher.paused:
            return RunState.PAUSED
        return phase

    @property
    def live(self) -> bool:
        """It has begun and not ended yet."""
        return self._over is not None and not self._over.done()

    @property
    def status(self) -> str:
        """What it is doing, in one plain line."""
        if self.state in (RunState.RUNNING, RunState.PAUSED, RunState.CANCELLING):
            hand = self._life.dispatcher
            return words.at_work(self.job, self.state, self.board, hand.holding, hand.outage)
        return self._life.said

    @property
    def outage(self) -> str:
        """How long the source has been silent and when it is tried again; empty when it is not."""
        found = self._life.dispatcher.outage if self.state is RunState.RUNNING else None
        return words.not_answering(self.job, found) if found else ""

    @property
    def cap(self) -> int:
        """Tasks at once, in force now."""
        return self._life.dispatcher.cap

    @property
    def rate(self) -> float:
        """Starts per second, in force now; 0 is no limit."""
        return self._life.dispatcher.rate.per_second

    @property
    def workers_wanted(self) -> int:
        """Worker processes that the run asks for; 0: as many as there are."""
        return self.job.backend.workers or self._asked_cap

    @property
    def problems_folder(self) -> Path:
        """Where the problems files are, one per task that has any."""
        return self._record.folder.problems

    @property
    def results(self) -> Mapping[int, PartResult]:
        """The line of every part that stands, by its task's index."""
        return self._record.results

    def partition(self, index: int) -> Partition | None:
        """Return what task `index` reads; None before the list is made."""
        plan = self._record.plan
        return plan.partitions[index] if plan and index < len(plan.partitions) else None

    def elapsed(self) -> float:
        """Return the seconds since the start; they stand still when the run does not run."""
        return self._facts.now()

    def parts(self) -> tuple[PartRef, ...]:
        """Return the finished parts so far, in index order."""
        return self._record.parts()

    def schema(self) -> Schema:
        """Return the settled schema, or the union of the finished parts so far."""
        if self.receipt is not None and self.receipt.schema:
            return self.receipt.schema
        return self._record.schema()

    def pause(self) -> None:
        """Hand out nothing new; what runs finishes."""
        if self.live and not self._life.dispatcher.paused:
            self._life.dispatcher.paused = True
            self._record.note(en.Paused(self.elapsed()))
            self._facts.mark(MarkKind.PAUSED, "Paused")
            self._life.wake()

    def proceed(self) -> None:
        """Hand out again after a pause."""
        if self.live and self._life.dispatcher.paused:
            self._life.dispatcher.paused = False
            self._record.note(en.Resumed(self.elapsed()))
            self._facts.mark(MarkKind.RESUMED, "Resumed")
            self._life.wake()

    def cancel(self) -> None:
        """Stop the run; it has ended when its state says so."""
        if self.live:
            self._life.stop(None)

    def cancel_task(self, index: int) -> None:
        """Cancel one task: at once, or when its worker has stopped."""
        if index in self._life.attempts.flying:
            self._life.attempts.cancel(index)
        elif self.live and self.board.rows[index].state not in ENDED:
            self._life.attempts.order.remove(index)
            self._record.cancelled(index)
            self._facts.tell(ev.TaskCancelled(index, self.elapsed()))
            self._life.wake()

    def set_cap(self, n: int) -> None:
        """Change how many tasks run at once, from now on; 0 chooses by the workers."""
        before, self._asked_cap = self.cap, n
        self._services.fit()
        self.fit_cap()
        if self.cap != before:
            self._limit_changed(f"{self.cap:,} at once")

    def set_rate(self, per_second: float) -> None:
        """Change how many tasks start per second, from now on; 0 is no limit."""
        if per_second != self.rate:
            self._life.dispatcher.rate.per_second = per_second
            told = f"{per_second:g} starts per second" if per_second else "No limit on starts"
            self._limit_changed(told)

    def fit_cap(self) -> None:
        """Let the cap follow the number of workers, where it is not set."""
        self._life.dispatcher.cap = cap_in_force(self._asked_cap, self._services.backend.workers)
        self._life.wake()

    def retry_unfinished(self) -> None:
        """Run what failed, was cancelled or never ran, into the same places.

        Raises `RunError` when another program works on the run, `OutputError`, and `JobError`
        when what it reads can no longer be named.
        """
        if not self.live and self.state is not RunState.DONE:
            self._go_on()

    def check_again(self) -> None:
        """Verify every part of an ended run, and read again what is damaged.

        Raises what `retry_unfinished` raises.
        """
        if not self.live:
            self._record.untouched = self.state is RunState.DONE
            self._go_on()

    def part_damaged(self, file: str) -> None:
        """Note that the part `file` of the ended run was found damaged when it was read.

        It is no longer shown and no longer counts as done; `check_again` reads it again.
        """
        index = self._record.index_of(file)
        receipt = self.receipt
        if self.live or receipt is None or index is None or index in self._record.unsound:
            return
        self._record.unsound.add(index)
        named = lost_parts(self._record.name_of, sorted(self._record.unsound))
        self.damage = (*(told for told in self.damage if told != self._lost), named)
        self._lost = named
        receipt = without_parts(receipt, self._record.unsound)
        self._life.restore(receipt.state, receipt)

    def read_from(self, folder: str) -> None:
        """Read the files of an ended run from another folder from now on.

        Files that are the same there are not read again. Raises `OutputError`.
        """
        source = self.job.source
        if not self.live and isinstance(source, CsvFolderSource):
            moved = msgspec.structs.replace(source, path=folder)
            self.job = msgspec.structs.replace(self.job, source=moved)
            self._record.replace_job(self.job)

    @property
    def fixes(self) -> tuple[Fix, ...]:
        """The rows that were corrected by hand, as of the latest start."""
        return self._record.fixes if self._life.fixes is None else self._life.fixes

    def row_form(self, index: int, line: int) -> RowForm:
        """Return the row that begins in `line` of task `index`, to be corrected by a person.

        May block: call it in a thread. Raises `SourceError`, `JobError`, and `RunError` where
        rows cannot be corrected.
        """
        from loadline.engine.row_form import row_form_of

        return row_form_of(self._record, index, line, self.schema())

    def reload(self, fixes: Sequence[Fix]) -> None:
        """Read again only the parts whose corrected rows are others than before, in their places.

        `fixes` are all of the run's corrections. A part that cannot be read again stays as it was,
        which is told in its line. Raises what `retry_unfinished` raises.
        """
        if not self.live and self.state in (RunState.DONE, RunState.PROBLEMS):
            self._record.open()
            self._life.fixes = tuple(fixes)
            self._record.continued([])
            self.begin()

    def _go_on(self) -> None:
        self._record.open()
        self._record.continued([])  # from now on a crash leaves it interrupted
        self.damage, self._lost = (), ""
        self._record.unsound.clear()
        self.begin()

    def restore(self, state: RunState, receipt: Receipt | None) -> None:
        """Be where an earlier start has ended, or (*interrupted*) broke off."""
        self._life.restore(state, receipt)

    def restore_limits(self, cap: int, rate: float) -> None:
        """Take over the limits that were in force."""
        self._asked_cap = cap
        self._life.dispatcher.rate.per_second = rate
        self.fit_cap()

    def begin(self) -> None:
        """Become live; the folder must be open."""
        loop = asyncio.get_running_loop()
        self._over = loop.create_future()
        # Some entries are written down in threads.
        self._record.on_failure = lambda failure: loop.call_soon_threadsafe(
            partial(self._life.stop, failure)
        )
        self.started_at = self.started_at or datetime.now().astimezone()
        self._life.begin()
        self._services.launch(self)

    async def live_through(self) -> None:
        """Live to the end. A cancelled caller stops the run, and gets away when it has ended."""
        try:
            await self._life.through()
        finally:
            receipt = self._life.receipt
            if self._over is not None and receipt is not None:
                self._over.set_result(receipt)

    async def wait(self) -> Receipt:
        """Return the receipt when the run has ended."""
        if self._over is not None:
            return await asyncio.shield(self._over)
        assert self.receipt is not None
        return self.receipt

    @property
    def size(self) -> int:
        """Tasks planned, and tasks ended."""
        board = self.board
        return len(board.rows) + sum(board.counts[state] for state in ENDED)

    def sample(self, machine: Machine | None) -> None:
        """Note the totals of this moment, and how much memory is free."""
        self._life.sample(machine)

    def _limit_changed(self, told: str) -> None:
        self._record.note(en.LimitChanged(self.elapsed(), self.cap, self.rate))
        self._facts.mark(MarkKind.LIMIT, told)
        self._life.wake()
