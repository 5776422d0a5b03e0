"""A source that follows a script, for tests at the seam: it can wait, fail, grow and die.

Everything is picklable and works in threads and in worker processes alike. What a partition does
on which try is written down beforehand; tries are counted in `FakeSource.log`, a file to which
every beginning and end of reading is appended, so that a test can tell what ran when.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from loadline.domain import errors
from loadline.domain.plan import (
    PROBLEMS_KEPT,
    Partition,
    Plan,
    Problem,
    ProblemKind,
    ReadAccount,
    Report,
)
from loadline.domain.schema import Column, ColumnType, Schema, loses_text, union
from loadline.sources.source import ReadHints, Settled, Sink, StartOver

ROW_BYTES = 10
"""What a scripted row counts as in the unit of `Partition.size`."""

_ARROW = {
    ColumnType.EMPTY: pa.null(),
    ColumnType.INT: pa.int64(),
    ColumnType.DECIMAL: pa.float64(),
    ColumnType.TEXT: pa.string(),
}


@dataclass(frozen=True, slots=True)
class Rows:
    """Yield a batch of this many rows; column ``n`` counts from 0, ``of`` is the partition."""

    count: int


@dataclass(frozen=True, slots=True)
class Wait:
    """Block until somebody opens the latch (see `Latch`)."""

    latch: str


@dataclass(frozen=True, slots=True)
class Fail:
    """Raise the error of this kind, a class name of `loadline.domain.errors`."""

    kind: str
    sentence: str = "It went wrong."


@dataclass(frozen=True, slots=True)
class SilentUntil:
    """Do not answer until the source has been opened this often, by whomever."""

    opened: int


@dataclass(frozen=True, slots=True)
class Crash:
    """Raise an error that nobody foresaw."""


@dataclass(frozen=True, slots=True)
class Die:
    """End the process at once, as a kill would."""


@dataclass(frozen=True, slots=True)
class WidenTo:
    """Ask to start over with a wider type, unless the hints have it already."""

    column: str
    type: ColumnType


@dataclass(frozen=True, slots=True)
class StartOverAlways:
    """Ask for another type of a column, whatever it has."""

    column: str = "n"


@dataclass(frozen=True, slots=True)
class Grow:
    """Be another state from now on, as a file that is written to while it is read."""


@dataclass(frozen=True, slots=True)
class Reject:
    """Put this many records aside."""

    count: int


@dataclass(frozen=True, slots=True)
class Lose:
    """Count this many records as read that are never yielded."""

    count: int


@dataclass(frozen=True, slots=True)
class Aside:
    """Yield a batch of this many rows of a second table."""

    count: int
    number: int = 2


Step = (
    Rows | Wait | Fail | SilentUntil | Crash | Die
    | WidenTo | StartOverAlways | Grow | Reject | Lose | Aside
)  # fmt: skip
Script = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Scripted:
    """One partition: what it does on its first try, its second …; the last script repeats."""

    name: str
    scripts: tuple[Script, ...] = ((Rows(10),),)
    type: ColumnType = ColumnType.INT
    """Of column ``n``, unless the hints want it wider."""
    state: str = ""

    @property
    def size(self) -> int:
        """Bytes of the rows of the last script."""
        return ROW_BYTES * sum(s.count for s in self.scripts[-1] if isinstance(s, Rows))


@dataclass(frozen=True, slots=True)
class FakeSource:
    """The scripted partitions; `planning` is what happens while the list is made."""

    partitions: tuple[Scripted, ...]
    log: str
    planning: Script = ()

    def plan(self, report: Report) -> Plan:
        """Return the scripted partitions as a plan."""
        for step in self.planning:
            _act(step)
            report(0, 0)
        return Plan(
            tuple(
                Partition(i, p.name, key=str(i), size=p.size, state=p.state)
                for i, p in enumerate(self.partitions)
            )
        )

    def open(self, partition: Partition, hints: ReadHints, sink: Sink) -> FakeReader:
        """Begin to follow the partition's script for this try."""
        tries = self.tries(partition.index)
        self.note("begin", partition.index)
        scripted = self.partitions[partition.index]
        script = scripted.scripts[min(tries, len(scripted.scripts) - 1)]
        return FakeReader(self, replace(scripted, scripts=(script,)), partition.index, hints, sink)

    def settle(self, schemas: Sequence[Schema | None]) -> Settled:
        """Settle by name; parts that would lose text are read again."""
        schema = union(s for s in schemas if s is not None)
        wanted = {c.name: c.type for c in schema}
        again = []
        for index, own in enumerate(schemas):
            lost = tuple(
                (c.name, wanted[c.name]) for c in own or () if loses_text(c.type, wanted[c.name])
            )
            if lost:
                again.append((index, ReadHints(types=lost)))
        return Settled(schema, tuple(again))

    def note(self, what: str, index: int) -> None:
        """Append a line to the log; whole even when many processes write."""
        fd = os.open(self.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(fd, f"{what} {index}\n".encode())
        finally:
            os.close(fd)

    def noted(self) -> list[tuple[str, int]]:
        """Return what has been noted so far, in order."""
        path = Path(self.log)
        lines = path.read_text().splitlines() if path.exists() else []
        return [(what, int(index)) for what, index in (line.split() for line in lines)]

    def tries(self, index: int) -> int:
        """Return how often partition `index` has been opened."""
        return self.noted().count(("begin", index))

    def most_at_once(self) -> int:
        """Return the most partitions that were open at the same time."""
        most = now = 0
        for what, _ in self.noted():
            now += 1 if what == "begin" else -1
            most = max(most, now)
        return most


class FakeReader:
    """Follows one script."""

    def __init__(
        self, source: FakeSource, scripted: Scripted, index: int, hints: ReadHints, sink: Sink
    ) -> None:
        self._source = source
        self._script = scripted.scripts[0]
        self._index = index
        self._sink = sink
        self._state = scripted.state
        self._wanted = dict(hints.types)
        self._type = self._wanted.get("n", scripted.type)
        self._rows = self._rejected = self._lost = 0
        self._closed = False

    @property
    def schema(self) -> pa.Schema:
        """Two columns: ``n`` as wide as wanted, and ``of``, the partition's index."""
        return pa.schema([("n", _ARROW[self._type]), ("of", pa.int64())])

    @property
    def bytes_read(self) -> int:
        """Bytes of the rows so far."""
        return self._rows * ROW_BYTES

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        """Do step after step."""
        for step in self._script:
            match step:
                case Rows(count):
                    yield self._batch(count)
                case WidenTo(column, kind):
                    self._start_over(column, kind)
                case StartOverAlways(column):
                    text = self._wanted.get(column) is ColumnType.TEXT
                    self._start_over(column, ColumnType.INT if text else ColumnType.TEXT)
                case SilentUntil(opened):
                    self._answer_from(opened)
                case Grow():
                    self._state += " grown"
                case Reject(count):
                    self._reject(count)
                case Lose(count):
                    self._lost += count
                case Aside(count, number):
                    self._sink.aside(number, self._batch(count, count_it=False))
                case _:
                    _act(step)

    def account(self) -> ReadAccount:
        """Return what was read."""
        return ReadAccount(
            rows_read=self._rows + self._rejected + self._lost,
            rejected=self._rejected,
            bytes_read=self.bytes_read,
            schema=(Column("n", self._type), Column("of", ColumnType.INT)),
            problems=self._problems(),
            problem_count=self._rejected,
            state=self._state,
        )

    def close(self) -> None:
        """Note the end of reading."""
        if not self._closed:
            self._closed = True
            self._source.note("end", self._index)

    def _batch(self, count: int, *, count_it: bool = True) -> pa.RecordBatch:
        first = self._rows if count_it else 0
        numbers = pa.array(range(first, first + count), pa.int64())
        batch = [numbers.cast(_ARROW[self._type]), pa.array([self._index] * count, pa.int64())]
        self._rows += count if count_it else 0
        return pa.record_batch(batch, schema=self.schema)

    def _answer_from(self, opened: int) -> None:
        if sum(what == "begin" for what, _ in self._source.noted()) < opened:
            raise errors.SourceUnreachable("No answer.")

    def _start_over(self, column: str, kind: ColumnType) -> None:
        if self._wanted.get(column) is not kind:
            wanted = {**self._wanted, column: kind}
            raise StartOver(ReadHints(types=tuple(wanted.items())))

    def _problems(self) -> tuple[Problem, ...]:
        kept = min(self._rejected, PROBLEMS_KEPT)
        return tuple(_rejected(line) for line in range(1, kept + 1))

    def _reject(self, count: int) -> None:
        for _ in range(count):
            self._rejected += 1
            self._sink.problem(_rejected(self._rejected))


class Latch:
    """Holds every `Wait` on its path back until it is opened, in whatever process.

    A named pipe: whoever opens it for reading waits until somebody has it open for writing.
    """

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        self._fd: int | None = None
        os.mkfifo(path)

    def wait(self) -> Wait:
        """Return the step that waits for this latch."""
        return Wait(self.path)

    def open(self) -> None:
        """Let everybody through, from now on."""
        if self._fd is None:
            self._fd = os.open(self.path, os.O_RDWR | os.O_NONBLOCK)

    def close(self) -> None:
        """Let everybody through and free the pipe."""
        self.open()
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None


def _act(step: Step) -> None:
    match step:
        case Wait(latch):
            os.close(os.open(latch, os.O_RDONLY))
        case Fail(kind, sentence):
            raise getattr(errors, kind)(sentence)
        case Crash():
            raise ZeroDivisionError("nobody foresaw this")
        case Die():
            os._exit(9)
        case _:
            raise TypeError(f"{step!r} has no meaning here")


def _rejected(line: int) -> Problem:
    return Problem(ProblemKind.REJECTED, "It cannot be read.", line=line, raw="?")
