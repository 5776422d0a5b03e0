"""The dataset of an earlier run as a source: slices of its rows in order, one schema for all.

How a run folder is read is the store's business: `DatasetSlices` is given a function that opens
one, so that sources and store stay apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from loadline.domain.errors import Failure, Place, SourceChanged
from loadline.domain.plan import BATCH_ROWS, Partition, Plan, ReadAccount, Report
from loadline.domain.schema import Schema
from loadline.sources.recall import Recalled, Wanted, row_of
from loadline.sources.source import Reader, ReadHints, Recounted, Settled, Sink

if TYPE_CHECKING:
    import pyarrow as pa

LEAST_SLICES = 8
"""A dataset that is long enough is cut into this many slices at least, to be read side by side."""


class EarlierRun(Protocol):
    """The opened dataset of an earlier run."""

    @property
    def name(self) -> str:
        """The run's name."""

    @property
    def schema(self) -> Schema:
        """Its columns."""

    @property
    def rows(self) -> int:
        """Its rows, as told when it was sealed."""

    @property
    def digest(self) -> str:
        """Stands for all its bytes; another one after any change."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know before reading it."""

    def size_of(self, start: int, stop: int) -> int:
        """Return about how many bytes rows `start` to `stop` take."""

    def arrow_schema(self, columns: Sequence[str]) -> pa.Schema:
        """Return the Arrow schema of some columns."""

    def batches(
        self, columns: Sequence[str], start: int, stop: int, alive: Callable[[], None]
    ) -> Iterator[pa.RecordBatch]:
        """Yield rows `start` to `stop` once their parts' checksums are known to be right.

        Calls `alive` while it checks. Raises `SourceDamaged`, naming the part.
        """


Opener = Callable[[str], EarlierRun]
"""Opens a run folder by its path; picklable. Raises `SourceError`, and `RunError` (newer)."""


@dataclass(frozen=True)
class DatasetSlices:
    """A `Source`; frozen and picklable."""

    path: str
    opener: Opener
    only: tuple[str, ...] | None = None
    """The columns that are needed; None: all."""
    chunk: int = BATCH_ROWS
    """Rows of one slice, about."""

    def narrowed(self, fields: Sequence[str]) -> DatasetSlices:
        """Return the same dataset with its identity and the columns `fields` only."""
        return replace(self, only=("_id", "_source", "_row", *fields))

    def cut(self, rows: int) -> DatasetSlices:
        """Return the same dataset in slices of about `rows` rows."""
        return replace(self, chunk=max(1, rows))

    def beginning(self) -> Partition:
        """Return its first rows, to measure with."""
        run = self.opener(self.path)
        return _slice(run, 0, 0, min(BATCH_ROWS, run.rows))

    def plan(self, report: Report) -> Plan:
        """Cut the dataset; raises `SourceError`, and `RunError` for a newer format."""
        run = self.opener(self.path)
        report(0, 0)
        chunk = self.chunk
        if run.rows > BATCH_ROWS:
            chunk = min(chunk, max(-(-run.rows // LEAST_SLICES), BATCH_ROWS // LEAST_SLICES))
        starts = range(0, run.rows, chunk) or (0,)
        slices = tuple(
            _slice(run, index, start, min(start + chunk, run.rows))
            for index, start in enumerate(starts)
        )
        counted = f"{run.rows:,} rows counted before the start."
        return Plan(slices, (counted, *run.notes), records=run.rows)

    def open(self, partition: Partition, hints: ReadHints, sink: Sink) -> Reader:
        """Begin to read a slice; raises `SourceChanged` when the earlier run is another now."""
        run = self.opener(self.path)
        places, _, digest = partition.key.partition("@")
        if digest != run.digest:
            raise SourceChanged(
                "The earlier run is no longer what it was when this job began.",
                place=Place(run.name),
                advice="Start this job again as a new run.",
            )
        start, stop = (int(place) for place in places.split("-"))
        wanted = None if self.only is None else set(self.only)
        schema = tuple(c for c in run.schema if wanted is None or c.name in wanted)
        schema = schema or run.schema[:1]  # no column at all would have no rows
        return SliceReader(run, schema, start, stop, partition.size, sink)

    def recall(self, wanted: Wanted, hints: ReadHints, sink: Sink) -> Recalled:
        """Read one row again, and no other."""
        partition = wanted.partition
        places, _, digest = partition.key.partition("@")
        row = int(places.partition("-")[0]) + wanted.row
        alone = replace(partition, key=f"{row}-{row + 1}@{digest}")
        record = row_of(self.open(alone, hints, sink), 0, partition.name)
        return Recalled(record, self.opener(self.path).name, row=row)

    def settle(self, schemas: Sequence[Schema | None]) -> Settled:
        """Settle one schema: all slices have the dataset's."""
        return Settled(next((schema for schema in schemas if schema is not None), ()))

    def recount(self, plan: Plan, rows_read: int) -> Recounted:
        """Compare what was read with the rows that the earlier run tells."""
        if plan.records in (None, rows_read):
            return Recounted((f"{rows_read:,} rows were read, as the earlier run tells.",))
        told = f"{plan.records:,} rows are in the earlier run, {rows_read:,} were read."
        return Recounted((told,), Failure("SourceChanged", told))


def _slice(run: EarlierRun, index: int, start: int, stop: int) -> Partition:
    return Partition(
        index=index,
        name=f"Rows {start + 1:,} to {stop:,}" if stop > start else "No rows",
        key=f"{start}-{stop}@{run.digest}",
        size=run.size_of(start, stop),
        rows=stop - start,
        first=start,
    )


class SliceReader:
    """Streams one slice, one batch in memory at a time."""

    def __init__(
        self, run: EarlierRun, columns: Schema, start: int, stop: int, size: int, sink: Sink
    ) -> None:
        self._run = run
        self._columns = columns
        self._start, self._stop, self._size = start, stop, size
        self._sink = sink
        self._rows = 0

    @property
    def schema(self) -> pa.Schema:
        """The dataset's Arrow schema, narrowed; its nulls mean "no value"."""
        from loadline.domain.arrow import KEEPS_NULLS

        names = [column.name for column in self._columns]
        return self._run.arrow_schema(names).with_metadata(KEEPS_NULLS)

    @property
    def bytes_read(self) -> int:
        """The share of the slice's size that its rows so far make up."""
        wanted = self._stop - self._start
        return self._size * self._rows // wanted if wanted else 0

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        """Yield the rows in batches of at most `BATCH_ROWS`."""
        schema = self.schema
        batches = self._run.batches(
            schema.names, self._start, self._stop, lambda: self._sink.alive(0)
        )
        for batch in batches:
            self._rows += batch.num_rows
            yield batch.replace_schema_metadata(schema.metadata)

    def account(self) -> ReadAccount:
        """Return what was read."""
        return ReadAccount(self._rows, 0, self.bytes_read, self._columns)

    def close(self) -> None:
        """Nothing is held between batches."""
