"""A run that follows a script on its own clock: the engine's face without processes.

It uses the real board and throughput, so that what a page shows of it is what it would show of a
real run with the same facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from loadline.domain import events as ev
from loadline.domain.board import Board
from loadline.domain.errors import Failure
from loadline.domain.fixes import Fix
from loadline.domain.jobs import CsvFolderSource, Job
from loadline.domain.plan import PartResult
from loadline.domain.policy import Policy
from loadline.domain.receipt import RUN_ENDED, Receipt, ReceiptLine, RunState
from loadline.domain.schema import Column, ColumnType, Schema
from loadline.domain.tasks import COMPLETE, ENDED, TaskState, WaitReason
from loadline.domain.throughput import Mark, MarkKind, Sample, Throughput
from loadline.sources.csv_row_form import RowForm
from loadline.sources.csv_rows import Grammar

_S = TaskState
WAIT = 2.1
"""Seconds between a try that broke off and the next."""


CUT_OFF = Failure("SourceDamaged", "The file is cut off here.")


@dataclass(frozen=True, slots=True)
class FileScript:
    """A file and its fate: `breaks` and `fails` are shares of it at which something happens."""

    name: str
    size: int = 1_000_000
    rows: int = 10_000
    breaks: float | None = None
    died: bool = False
    """The first try ends because its worker died."""
    fails: float | None = None
    error: Failure = CUT_OFF
    problems: int = 0
    rejected: int = 0
    message: str = ""


class ScriptedRun:
    """Has the attributes of the engine's `Run`; `advance` moves its clock."""

    def __init__(
        self,
        files: Sequence[FileScript],
        *,
        name: str = "Shop orders",
        cap: int = 4,
        speed: float = 3_000_000.0,
        folder: Path = Path("shop-orders-2026-11-21-14-32-07"),
    ) -> None:
        self.damage: tuple[str, ...] = ()
        self.fixes: tuple[Fix, ...] = ()
        self.checked = 0
        policy = Policy(concurrency=cap, retries=2)
        source = CsvFolderSource(path="/mnt/nas/shop/orders")
        self.name = folder.name
        self.job = Job(name=name, source=source, policy=policy)
        self.folder = folder
        self.board = Board()
        self.throughput = Throughput()
        self.state = RunState.PLANNING
        self.status = ""
        self.outage = ""
        self.receipt: Receipt | None = None
        self.failure: Failure | None = None
        self.cap = cap
        self.rate = 0.0
        self.started_at: datetime | None = datetime(2026, 11, 21, 14, 32, 7, tzinfo=UTC)
        self.results: dict[int, PartResult] = {}
        self.calls: list[str] = []
        self.now = 0.0
        self.speed = speed
        self._files = tuple(files)
        self._sampled = -1.0
        self._began: dict[int, float] = {}
        self._until: dict[int, float] = {}

    # What the page calls

    def elapsed(self) -> float:
        """Return the seconds of the script's clock."""
        return self.now

    def pause(self) -> None:
        """Hand nothing out."""
        self.calls.append("pause")
        self.state = RunState.PAUSED
        self.mark(MarkKind.PAUSED, "Paused")

    def proceed(self) -> None:
        """Go on."""
        self.calls.append("proceed")
        self.state = RunState.RUNNING
        self.mark(MarkKind.RESUMED, "Resumed")

    def cancel(self) -> None:
        """Ask all to stop; `advance` stops them."""
        self.calls.append("cancel")
        self.state = RunState.CANCELLING
        for row in list(self.board.rows):
            self._stop(row.index)

    def cancel_task(self, index: int) -> None:
        """Ask one task to stop."""
        self.calls.append(f"cancel_task {index}")
        self._stop(index)

    def retry_unfinished(self) -> None:
        """Queue what did not finish again."""
        self.calls.append("retry_unfinished")
        for index in self.board.unfinished():
            row = self.board.rows[index]
            self.board.handle(ev.TaskQueued(index, self.now, row.name, row.size))
        self.receipt = None
        self.state = RunState.RUNNING

    def part_damaged(self, file: str) -> None:
        """Name the damage."""
        self.damage = (f"{file} is damaged.",)

    def check_again(self) -> None:
        """Note that a look through the run was asked for."""
        self.checked += 1

    def reload(self, fixes: Sequence[Fix]) -> None:
        """Take over corrections."""
        self.fixes = tuple(fixes)

    def row_form(self, index: int, line: int) -> RowForm:
        """Return a form of three columns."""
        columns = tuple(Column(name, ColumnType.TEXT) for name in ("id", "name", "price"))
        return RowForm(columns, Grammar(), f"{line},row of {self.board.rows[index].name}")

    def set_cap(self, n: int) -> None:
        """Change how many files load at once."""
        self.calls.append(f"set_cap {n}")
        self.mark(MarkKind.LIMIT, f"{self.cap} \u2192 {n} files at once")
        self.cap = n

    def set_rate(self, per_second: float) -> None:
        """Change the starts per second."""
        self.calls.append(f"set_rate {per_second:g}")
        self.rate = per_second

    def parts(self) -> tuple[object, ...]:
        """Return no part: the script writes none."""
        return ()

    def schema(self) -> Schema:
        """Return no column."""
        return ()

    @property
    def problems_folder(self) -> Path:
        """Return where problem files would be."""
        return self.folder / "problems"

    # What the script does

    def plan(self) -> None:
        """Put all files on the board and run."""
        for index, file in enumerate(self._files):
            self.board.handle(ev.TaskQueued(index, self.now, file.name, file.size))
        self.state = RunState.RUNNING
        self._sample()

    def mark(self, kind: MarkKind, text: str, index: int | None = None) -> None:
        """Put a mark on the chart."""
        self.throughput.marks.append(Mark(self.now, kind, text, index))

    def advance(self, seconds: float, step: float = 0.1) -> None:
        """Let time pass; the run ends when every file has."""
        end = self.now + seconds
        while self.now < end - 1e-9 and self.state not in RUN_ENDED:
            self.now = min(end, self.now + step)
            for index in list(self._began):
                self._work(index)
            if self.state is RunState.RUNNING:
                self._hand_out()
            self._sample()
            if self.board.rows and self.board.ended:
                self.finish()

    def run_to_end(self) -> None:
        """Let time pass until the run has ended."""
        while self.state not in RUN_ENDED:
            self.advance(10.0)

    def finish(self) -> None:
        """Write the receipt and end the run as its lines tell."""
        lines = tuple(self._line(i) for i in range(len(self.board.rows)))
        cancelled = any(line.state is _S.CANCELLED for line in lines)
        whole = all(line.balanced for line in lines)
        ended = RunState.DONE if whole else RunState.PROBLEMS
        self.state = RunState.CANCELLED if cancelled else ended
        self.receipt = Receipt(
            run=self.name, state=self.state, lines=lines, seconds=self.now,
            run_folder=str(self.folder),
        )  # fmt: skip

    def shorten(self, index: int, rows: int) -> None:
        """Make an ended run's receipt short of `rows` rows of one file."""
        assert self.receipt is not None
        lines = list(self.receipt.lines)
        line = lines[index]
        lines[index] = replace(line, rows=line.rows - rows)
        self.receipt = replace(self.receipt, lines=tuple(lines), state=RunState.PROBLEMS)
        self.state = RunState.PROBLEMS

    def _hand_out(self) -> None:
        for row in self.board.rows:
            if len(self._began) >= self.cap:
                return
            ready = row.state is _S.WAITING and self._until.get(row.index, 0.0) <= self.now
            if row.state is _S.QUEUED or ready:
                worker = next(w for w in range(1, 99) if w not in self._workers())
                event = ev.TaskStarted(row.index, self.now, row.attempt + 1, worker)
                self.board.handle(event)
                self._began[row.index] = self.now

    def _workers(self) -> set[int | None]:
        return {self.board.rows[i].worker for i in self._began}

    def _work(self, index: int) -> None:
        file, row = self._files[index], self.board.rows[index]
        if row.state is _S.CANCELLING:
            del self._began[index]
            self.board.handle(ev.TaskCancelled(index, self.now))
            return
        share = min(1.0, (self.now - self._began[index]) * self.speed / file.size)
        done = round(file.rows * share)
        if file.breaks is not None and share >= file.breaks and row.attempt == 1:
            self._break(index, file)
        elif file.fails is not None and share >= file.fails:
            del self._began[index]
            self.board.handle(ev.TaskFailed(index, self.now, file.error))
        elif share >= 1.0:
            del self._began[index]
            event = ev.TaskDone(
                index, self.now, file.rows - file.rejected, file.rejected, file.size,
                file.problems, file.message,
            )  # fmt: skip
            self.board.handle(event)
        else:
            self.board.handle(ev.TaskProgress(index, self.now, done, round(file.size * share)))

    def _break(self, index: int, file: FileScript) -> None:
        del self._began[index]
        kind = "WorkerDied" if file.died else "SourceUnreachable"
        error = replace(file.error, kind=kind, transient=True)
        self._until[index] = self.now + WAIT
        worker = self.board.rows[index].worker
        self.board.handle(
            ev.TaskWaiting(index, self.now, WaitReason.RETRY, self._until[index], error)
        )
        if file.died:
            self.mark(MarkKind.WORKER, f"Worker {worker} restarted", index)
        else:
            self.mark(MarkKind.RETRY, f"{file.name}: {error.sentence}", index)

    def _stop(self, index: int) -> None:
        state = self.board.rows[index].state
        if state is _S.RUNNING:
            self.board.handle(ev.TaskCancelling(index, self.now))
        elif state not in ENDED and state is not _S.CANCELLING:
            self.board.handle(ev.TaskCancelled(index, self.now))

    def _sample(self) -> None:
        if self.now - self._sampled >= 0.499:
            self._sampled = self.now
            self.throughput.add(
                Sample(
                    self.now, self.board.rows_loaded, self.board.bytes_read,
                    900_000_000 + 60_000_000 * len(self._began),
                )
            )  # fmt: skip

    def _line(self, index: int) -> ReceiptLine:
        row, file = self.board.rows[index], self._files[index]
        complete = row.state in COMPLETE
        return ReceiptLine(
            index=index, name=row.name, state=row.state,
            rows_read=file.rows if complete else 0, rows=row.rows, rejected=row.rejected,
            bytes=row.bytes, size=row.size, part=f"part-{index:05}.arrow" if complete else "",
            part_bytes=row.bytes // 2, checksum=f"xxh3:{index:016x}" if complete else "",
            verified=complete, attempts=row.attempt, seconds=row.seconds(self.now) or 0.0,
            problems=row.problems, reader="fast" if complete else "", error=row.error,
        )  # fmt: skip


def shop_orders(cap: int = 4) -> ScriptedRun:
    """Return a run of 48 monthly files with a retry, a dead worker and a damaged file."""
    slow = Failure(
        "SourceUnreachable", "The network drive did not answer for 30 seconds.", transient=True
    )
    cut = Failure(
        "SourceDamaged", "The compressed file is cut off here.", advice="Copy it again, then retry."
    )
    files = [
        FileScript(
            f"orders-{2022 + i // 12}-{i % 12 + 1:02}.csv",
            size=104_000_000 + (i * 7919) % 47_000_000,
            rows=1_080_000 + (i * 82_169) % 470_000,
        )
        for i in range(48)
    ]
    files[5] = replace(files[5], breaks=0.5, died=True)
    files[13] = replace(files[13], breaks=0.2, died=True)
    files[17] = replace(files[17], breaks=0.7, error=slow)
    files[20] = replace(files[20], problems=12, message="12 rows with extra cells, kept")
    files[21] = replace(files[21], name="orders-2023-10.csv.gz", fails=0.54, error=cut)
    files[23] = replace(files[23], breaks=0.6, error=slow)
    return ScriptedRun(files, cap=cap)
