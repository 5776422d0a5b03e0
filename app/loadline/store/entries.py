"""What a run's journal tells, one entry per line; `at` is seconds since the run's start.

Reading the entries in order gives back the board, the chart and the account of a run. A later
`PartDone` of a task replaces the earlier one, whose file was replaced before it was told.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct

from loadline.domain.errors import Failure
from loadline.domain.plan import Partition, PartResult
from loadline.domain.receipt import RunState
from loadline.domain.throughput import Mark


class Entry(Struct, frozen=True, tag=True, tag_field="entry", omit_defaults=True):
    """Base of all entries."""


class RunOpened(Entry, frozen=True):
    """The first line: what is run, since when (ISO 8601 with zone), by which version."""

    run: str
    job: str
    """Digest of the job file's bytes, as in ``xxh3:<hex>``."""
    when: str
    version: str = ""


class RunContinued(Entry, frozen=True):
    """An ended or interrupted run goes on, `at` seconds into it."""

    at: float
    when: str
    queued: tuple[int, ...] = ()
    """The tasks that are to be done (again)."""


class Planned(Entry, frozen=True):
    """The partitions in order; later plans of the same run keep places and add at the end."""

    at: float
    partitions: tuple[Partition, ...]
    notes: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    records: int | None = None


class AttemptStarted(Entry, frozen=True):
    """A worker has a task; `serial` counts a task's attempts over all starts of the run."""

    at: float
    index: int
    attempt: int
    worker: int
    serial: int = 0


class AttemptFailed(Entry, frozen=True):
    """An attempt broke off; `final`: the task has failed, otherwise it is tried again."""

    at: float
    index: int
    attempt: int
    error: Failure
    final: bool = False


class PartDone(Entry, frozen=True):
    """A part is in place. What matters most: a part that is not told here is read again."""

    at: float
    result: PartResult
    attempts: int = 1


class PartKept(Entry, frozen=True):
    """After a restart an earlier part was found valid and its source unchanged."""

    at: float
    index: int


class PartLost(Entry, frozen=True):
    """A part no longer stands: damaged, its source changed, or types settled otherwise."""

    at: float
    index: int
    why: str


class TaskCancelled(Entry, frozen=True):
    """A task was cancelled; its worker has stopped and left nothing behind."""

    at: float
    index: int


class OutputBegun(Entry, frozen=True):
    """The result is written to a file; one with this identity is the run's own and replaceable."""

    at: float
    path: str
    identity: str
    """Device and number of the file, which it keeps when it gets its name."""


class LimitChanged(Entry, frozen=True):
    """Cap and rate that hold from now on."""

    at: float
    cap: int
    rate: float


class Paused(Entry, frozen=True):
    """Nothing new is handed out."""

    at: float


class Resumed(Entry, frozen=True):
    """Tasks are handed out again."""

    at: float


class Marked(Entry, frozen=True):
    """A mark on the chart."""

    mark: Mark


class Sampled(Entry, frozen=True):
    """Totals at a moment, for the chart of a reopened run."""

    at: float
    rows: int
    bytes: int
    memory: int = 0


class RunEnded(Entry, frozen=True):
    """How it ended, with the sums that a list of runs shows; the last line of an ended run."""

    at: float
    state: RunState
    when: str = ""
    tasks: int = 0
    failed: int = 0
    rows: int = 0
    rejected: int = 0
    problems: int = 0
    bytes: int = 0
    """Bytes of the source."""
    part_bytes: int = 0
    balanced: bool = False
    error: Failure | None = None


AnyEntry = (
    RunOpened
    | RunContinued
    | Planned
    | AttemptStarted
    | AttemptFailed
    | PartDone
    | PartKept
    | PartLost
    | TaskCancelled
    | OutputBegun
    | LimitChanged
    | Paused
    | Resumed
    | Marked
    | Sampled
    | RunEnded
)

decode_entry = msgspec.json.Decoder(AnyEntry).decode
encode_entry = msgspec.json.Encoder().encode
