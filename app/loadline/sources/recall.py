"""Reading one record again, whole, after it was met in a run.

A run keeps of a record what it compared. Where all of it is wanted, the source is asked for it by
its key, or by its place where it has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from loadline.domain.errors import Place, SourceChanged
from loadline.domain.plan import Partition
from loadline.domain.schema import Schema
from loadline.sources.source import Reader, ReadHints, Sink

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which record is wanted, and what is known of it."""

    partition: Partition
    row: int
    """Its place among the partition's records, from 0."""
    fields: Mapping[str, Any]
    """The values of it that were kept, as JSON holds them."""
    schema: Schema
    """The kept columns, as the run read them."""
    state: str = ""
    """The partition's state when it was read."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """One record: a batch of one row with all its columns, and where it is."""

    record: pa.RecordBatch
    source: str
    line: int | None = None
    row: int | None = None
    """Its place in an earlier run, from 0."""
    by_key: bool = False
    """Found by its key, so that it is the same record whatever it says now."""
    changed: bool = False
    """What it was found in is no longer what was read then."""


@runtime_checkable
class Recalling(Protocol):
    """A source that gives single records again."""

    def recall(self, wanted: Wanted, hints: ReadHints, sink: Sink) -> Recalled:
        """Read one record again; may block, in a worker.

        Raises `SourceError` where it is gone, and `StartOver` as reading does.
        """


def row_of(reader: Reader, row: int, name: str) -> pa.RecordBatch:
    """Return row `row` (from 0) of what `reader` gives, which is closed then.

    Raises `SourceChanged` where there are fewer rows, and what reading raises.
    """
    before = 0
    try:
        for batch in reader:
            if row < before + batch.num_rows:
                return batch.slice(row - before, 1)
            before += batch.num_rows
    finally:
        reader.close()
    raise SourceChanged(
        f"There are only {before:,} rows now, this record was in row {row + 1:,}.",
        place=Place(name),
    )
