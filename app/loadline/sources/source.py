"""The seam between the engine and what it reads.

A `Source` is a frozen, picklable description. `plan` and `open` run in worker processes, `settle`
anywhere; none of them keeps state between calls. The engine writes what a `Reader` yields.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from loadline.domain.errors import Failure
from loadline.domain.fixes import Fix
from loadline.domain.plan import Partition, Plan, Problem, ReadAccount, Report
from loadline.domain.schema import ColumnType, Schema

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class ReadHints:
    """What is known before a partition is read."""

    types: tuple[tuple[str, ColumnType], ...] = ()
    """Columns that must be read at least this wide."""
    columns: tuple[str, ...] = ()
    """Column names that the partition must have (see `Plan.columns`)."""
    reader: str = ""
    """``tolerant`` when the fast path is known to fail; empty: the source chooses."""
    reason: str = ""
    """Why `reader` was chosen."""
    fixes: tuple[Fix, ...] = ()
    """Rows that a person has corrected."""
    only: tuple[str, ...] | None = None
    """The columns that are needed; None: all. Others need not get their types."""


class StartOver(Exception):
    """Raised by a reader whose part must be begun again with other hints."""

    def __init__(self, hints: ReadHints) -> None:
        super().__init__(hints)
        self.hints = hints


class Sink(Protocol):
    """Where a reader puts what is not a record of the dataset."""

    def problem(self, problem: Problem) -> None:
        """Take one odd record; its raw text goes into the run's problems file."""

    def aside(self, number: int, batch: pa.RecordBatch) -> None:
        """Take records of the partition's second (`number` = 2), third … table."""

    def alive(self, bytes_read: int) -> None:
        """Hear that reading goes on before a batch can be given; raises `Cancelled`."""


class Reader(Protocol):
    """Streams one partition as record batches of at most `BATCH_ROWS` rows, in source order.

    Iteration may raise `StartOver`: everything yielded and everything given to the sink so far
    is then void. All batches of one pass have one schema.
    """

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema of the batches, types as in `loadline.domain.arrow`.

        Where a null is no empty cell but "no value", it carries the metadata `KEEPS_NULLS`.
        """

    @property
    def bytes_read(self) -> int:
        """Bytes of the partition consumed so far, in the unit of `Partition.size`."""

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        """Yield the batches once."""

    def account(self) -> ReadAccount:
        """Return the account; only after the last batch."""

    def close(self) -> None:
        """Release files and cursors; harmless when repeated."""


@dataclass(frozen=True, slots=True)
class Settled:
    """One schema for all parts, and the partitions to read again before it holds."""

    schema: Schema
    again: tuple[tuple[int, ReadHints], ...] = ()


@dataclass(frozen=True, slots=True)
class Recounted:
    """What a source says of the whole account when all has been read."""

    notes: tuple[str, ...] = ()
    failure: Failure | None = None
    """Records are missing or doubled, although every partition adds up by itself."""


@runtime_checkable
class Countable(Protocol):
    """A source that can count its records apart from reading them."""

    def recount(self, plan: Plan, rows_read: int) -> Recounted:
        """Count again and compare with the plan's count; in a worker, raises `SourceError`."""


@runtime_checkable
class Narrowable(Protocol):
    """A source that can leave fields unread, which saves the server and the line to it."""

    def narrowed(self, fields: Sequence[str]) -> Source:
        """Return the same source with ``_id`` and what is needed for the columns `fields` only.

        There may be more columns than asked for, never fewer than a full reading has of them.
        Partitions and their order are those of the full source.
        """


@runtime_checkable
class Cuttable(Protocol):
    """A source whose partitions may be of any size."""

    def beginning(self) -> Partition:
        """Return some of its first records, found quickly, to measure work with; not a task."""

    def cut(self, rows: int) -> Source:
        """Return the same source with partitions of about `rows` records.

        A size that a person has chosen stays.
        """


class Source(Protocol):
    """A source of partitions."""

    def plan(self, report: Report) -> Plan:
        """List the partitions in order; raises `SourceError`."""

    def open(self, partition: Partition, hints: ReadHints, sink: Sink) -> Reader:
        """Begin to read a partition; raises `SourceError`."""

    def settle(self, schemas: Sequence[Schema | None]) -> Settled:
        """Settle the schemas of all parts (None: no part) into one, in index order. Pure."""
