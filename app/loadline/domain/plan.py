"""What a source hands to the engine, and what a finished task hands back."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from loadline.domain.schema import Schema

BATCH_ROWS = 65_536
"""Most rows in one record batch of a part."""


PROBLEMS_KEPT = 20
"""Most problems told with a task's result; all of them stand in the run's problems file."""


class Report(Protocol):
    """How running work tells its progress and learns that it is to stop."""

    def __call__(self, rows: int, bytes_read: int) -> None:
        """Tell absolute counters; raises `Cancelled` when the task has been asked to stop."""


@dataclass(frozen=True, slots=True)
class Partition:
    """One ordered piece of a source: a file, an ``_id`` range, a slice of a dataset."""

    index: int
    name: str
    """What a person reads: the file's name relative to its folder, or the range in words."""
    key: str
    """What the source needs to find it again (its own format)."""
    size: int = 0
    """Bytes to read (0: not known), the unit of progress."""
    rows: int | None = None
    """Rows, where the source knows them before reading."""
    state: str = ""
    """What tells that it changed since: size and modification time of a file, or empty."""
    first: int | None = None
    """Records of the source before its own, where the source knows them."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All partitions in order, and what was noticed while making the list."""

    partitions: tuple[Partition, ...]
    notes: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    """The column names that every partition must have, where the job says *same or stop*."""
    records: int | None = None
    """Records counted in all partitions together, where the source counts them before reading."""


class ProblemKind(StrEnum):
    """What was done about an odd record."""

    NOTE = "note"  # nothing was changed
    REPAIRED = "repaired"  # the record is in the dataset, adapted as told
    REJECTED = "rejected"  # the record is not in the dataset but in the problems file


@dataclass(frozen=True, slots=True)
class Problem:
    """One odd record: where it is, what it says, what was odd and what was done."""

    kind: ProblemKind
    what: str
    done: str = ""
    line: int | None = None
    byte: int | None = None
    record: str = ""
    raw: str = ""
    count: int = 1
    """How many records this stands for."""


@dataclass(frozen=True, slots=True)
class ReadAccount:
    """What a reader says at its end, counted apart from what was written."""

    rows_read: int
    """Records met in the source, loaded or not."""
    rejected: int
    bytes_read: int
    schema: Schema
    problems: tuple[Problem, ...] = ()
    """At most `PROBLEMS_KEPT`; further ones are counted only."""
    problem_count: int = 0
    reader: str = "fast"
    """Which path read it: ``fast`` or ``tolerant``."""
    reason: str = ""
    """Why not the fast one."""
    state: str = ""
    """The partition's state when it had been read, comparable with `Partition.state`."""
    extra: dict[str, str] = field(default_factory=dict)
    """Further facts of a kind of work (a score's best hits, for one), by name, as JSON."""


@dataclass(frozen=True, slots=True)
class WrittenAside:
    """A second (`number` = 2), third … table of a partition, kept apart from its part."""

    number: int
    part: str
    """Its file name inside ``parts/``, e.g. ``part-00042.aside-2.arrow``."""
    rows: int
    part_bytes: int
    checksum: str
    schema: Schema


@dataclass(frozen=True, slots=True)
class PartResult:
    """The one small line that a finished attempt returns: the part and its account."""

    index: int
    account: ReadAccount
    rows: int
    """Rows counted in the finished part file."""
    part_bytes: int
    checksum: str
    """``xxh3:<hex>`` style: algorithm and digest of the part file's bytes."""
    seconds: float
    part: str = ""
    """The part's file name inside ``parts/``; empty when it has no row and no column."""
    asides: tuple[WrittenAside, ...] = ()

    @property
    def balanced(self) -> bool:
        """Every record read is in the part or in the problems file."""
        return self.account.rows_read == self.rows + self.account.rejected
