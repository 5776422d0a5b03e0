"""Scoring as reading: a source whose records come with a score, chunk by chunk.

What makes a scoring job survive, wait, retry and add up is what makes a load do so; the only
difference is what a worker does with each batch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import msgspec

from loadline.domain.errors import SourceDamaged
from loadline.domain.jobs import Comparison, Score
from loadline.domain.plan import Partition, Plan, Problem, ProblemKind, ReadAccount, Report
from loadline.domain.schema import Schema
from loadline.scoring.checking import check
from loadline.scoring.places import fields_of, is_there
from loadline.scoring.ranking import BINS, Hit
from loadline.sources.source import (
    Countable,
    Cuttable,
    Narrowable,
    Reader,
    ReadHints,
    Recounted,
    Settled,
    Sink,
    Source,
)

if TYPE_CHECKING:
    import pyarrow as pa

    from loadline.scoring.scorecard import Scored

IDENTITY = ("_id", "_source", "_row")
SCORE = "score"
"""The column that holds every record's score; null where nothing could be compared."""


@dataclass(frozen=True, slots=True)
class ScoredSource:
    """Reads `source` and scores every record against `reference`."""

    source: Source
    score: Score
    reference: Mapping[str, Any]

    def plan(self, report: Report) -> Plan:
        """List the partitions of the source, after a check of the scorecard.

        A source that can be cut anywhere gets partitions of about a second of work.
        """
        check(self.score, self.reference)
        return self.listed(report)

    def listed(self, report: Report) -> Plan:
        """List the partitions of the source."""
        from loadline.engine.chunk_size import chunk_rows

        source = self.narrowed_source()
        if isinstance(source, Cuttable):
            rows = chunk_rows(source, self.open, report)
            source = source.cut(rows) if rows else source
        return source.plan(report)

    def open(self, partition: Partition, hints: ReadHints, sink: Sink) -> Reader:
        """Begin to read and score a partition."""
        reader = self.narrowed_source().open(partition, hints, sink)
        return ScoredReader(reader, self.score, self.reference, partition, sink)

    def settle(self, schemas: Sequence[Schema | None]) -> Settled:
        """Settle as the source does; a score is a decimal everywhere."""
        return self.source.settle(schemas)

    def narrowed_source(self) -> Source:
        """Return the source with the fields that scoring needs, where it can leave others out."""
        if isinstance(self.source, Narrowable):
            return self.source.narrowed([n for c in self.score.compare for n in fields_of(c)])
        return self.source

    def partition_of_source(self, partition: Partition) -> Partition:
        """Return a partition of this run as the source knows it."""
        return partition

    def recount(self, plan: Plan, rows_read: int) -> Recounted:
        """Count again as the source does, if it can."""
        if isinstance(self.source, Countable):
            return self.source.recount(plan, rows_read)
        return Recounted()


def share_column(score: Score, number: int) -> str:
    """Return the name of the column that holds what comparison `number` adds to the score."""
    comparison = score.compare[number]
    same = sum(c.field == comparison.field for c in score.compare) > 1
    alike = [c.measure for c in score.compare[:number] if c.field == comparison.field]
    end = f" {comparison.measure}" if same else ""
    if comparison.measure in alike:
        end += f" {1 + alike.count(comparison.measure)}"
    return f"{SCORE} {comparison.field}{end}"


class ScoredReader:
    """Yields the identity, the compared fields, the score and its shares of each record."""

    def __init__(
        self,
        reader: Reader,
        score: Score,
        reference: Mapping[str, Any],
        partition: Partition,
        sink: Sink,
    ) -> None:
        self._reader = reader
        self._score = score
        self._reference = reference
        self._partition = partition
        self._sink = sink
        self._kept = _kept(reader.schema.names, score, partition)
        self._rows = 0
        self._hits: list[Hit] = []
        self._counts = [0] * BINS
        self._wrong = [0] * len(score.compare)

    own_columns: tuple[str, ...] = ()
    """Whole numbers that stand before the score."""

    @property
    def schema(self) -> pa.Schema:
        """The kept columns of the source, then the score and the shares, as doubles."""
        import pyarrow as pa

        whole = [pa.field(name, pa.int64()) for name in self.own_columns]
        names = [SCORE, *(share_column(self._score, n) for n in range(len(self._wrong)))]
        fields = [self._reader.schema.field(name) for name in self._kept]
        kept = [
            f.with_name(f"{f.name} (source)") if f.name in (*names, *self.own_columns) else f
            for f in fields
        ]
        metadata = self._reader.schema.metadata
        return pa.schema(
            [*kept, *whole, *(pa.field(name, pa.float64()) for name in names)], metadata
        )

    @property
    def bytes_read(self) -> int:
        """What the source has read."""
        return self._reader.bytes_read

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        """Yield scored batches in the order of the source."""
        for batch in self._reader:
            if not self._rows:
                self._tell_missing()
            scored = self._score_batch(batch)
            self._fold(batch, scored)
            yield self._written(batch, scored)

    def account(self) -> ReadAccount:
        """Return the source's account with the best hits, the histogram and what did not fit."""
        account = self._reader.account()
        told = {"hits": self._hits, "histogram": self._counts, "wrong": self._wrong}
        return replace(
            account,
            schema=self._columns(account.schema),
            problem_count=account.problem_count + self._tell_wrong(),
            extra={name: msgspec.json.encode(fact).decode() for name, fact in told.items()},
        )

    def close(self) -> None:
        """Close the source."""
        self._reader.close()

    def _columns(self, of_source: Schema) -> Schema:
        """Return the columns as the source tells them, which may be more than their types."""
        from loadline.domain.arrow import domain_schema

        told = {column.name: column for column in of_source}
        own = domain_schema(self.schema)
        kept = (told.get(column.name, column) for column in own[: len(self._kept)])
        return (*kept, *own[len(self._kept) :])

    def _score_batch(self, batch: pa.RecordBatch) -> Scored:
        from loadline.scoring.scorecard import score_batch

        return score_batch(self._score, self._reference, batch)

    def _own_arrays(self, scored: Scored) -> list[pa.Array]:
        """Return the values of `own_columns`."""
        return []

    def _reference_of(self, row: int) -> tuple[int, str]:
        """Return the number, from 1, and the name of what a row is compared with; 0: the one."""
        return 0, ""

    def _written(self, batch: pa.RecordBatch, scored: Scored) -> pa.RecordBatch:
        import numpy as np
        import pyarrow as pa

        empty = np.isnan(scored.closeness)
        columns = [batch.column(batch.schema.get_field_index(name)) for name in self._kept]
        columns += self._own_arrays(scored)
        columns.append(pa.array(scored.scores, mask=np.isnan(scored.scores)))
        columns += [
            pa.array(shares, mask=mask) for shares, mask in zip(scored.shares, empty, strict=True)
        ]
        return pa.RecordBatch.from_arrays(columns, schema=self.schema)

    def _fold(self, batch: pa.RecordBatch, scored: Scored) -> None:
        from loadline.scoring.ranking import best, histogram

        hits = [self._hit(batch, scored, row) for row in best(scored.scores, self._score.top)]
        self._hits = sorted([*self._hits, *hits], key=lambda hit: hit.order)[: self._score.top]
        counted = histogram(scored.scores)
        self._counts = [a + b for a, b in zip(self._counts, counted, strict=True)]
        self._wrong = [a + b for a, b in zip(self._wrong, scored.wrong, strict=True)]
        self._rows += batch.num_rows

    def _hit(self, batch: pa.RecordBatch, scored: Scored, row: int) -> Hit:
        fields = batch.select(self._kept).slice(row, 1).to_pylist()[0]
        closeness = [float(value) for value in scored.closeness[:, row]]
        number, name = self._reference_of(row)
        return Hit(
            score=float(scored.scores[row]),
            partition=self._partition.index,
            row=self._rows + row,
            key=self.key_of(fields, self._rows + row),
            fields={name: plain_value(value) for name, value in fields.items()},
            shares=tuple(float(value) for value in scored.shares[:, row]),
            closeness=tuple(None if value != value else value for value in closeness),
            reference=number,
            compared_with=name,
        )

    def key_of(self, fields: Mapping[str, Any], row: int) -> str:
        """Return what a record is known by: its key, or where it is."""
        return str(fields["_id"]) if "_id" in fields else self._place(row)

    def _place(self, row: int) -> str:
        """Return where a record is that has no key of its own."""
        if self._partition.first is not None:
            return f"row {self._partition.first + row + 1}"
        return f"{self._partition.name} row {row + 1}"

    def _tell_missing(self) -> None:
        names = self._reader.schema.names
        wanted = dict.fromkeys(name for c in self._score.compare for name in fields_of(c))
        missing = [name for name in wanted if name not in names]
        if not any(is_there(c, names) for c in self._score.compare):
            raise SourceDamaged(
                f"{self._partition.name} has none of the fields to compare.",
                cause=f"It has: {', '.join(names[:50])}.",
                advice="Choose fields that the source has.",
            )
        for name in missing:
            what = f"There is no field {name}."
            self._sink.problem(Problem(ProblemKind.NOTE, what, "It is scored as missing."))

    def _tell_wrong(self) -> int:
        told = 0
        for comparison, wrong in zip(self._score.compare, self._wrong, strict=True):
            if wrong:
                self._sink.problem(_not_comparable(comparison, wrong))
                told += 1
        return told


def _not_comparable(comparison: Comparison, count: int) -> Problem:
    what = f"Values of {comparison.field} cannot be compared by {comparison.measure}."
    return Problem(ProblemKind.NOTE, what, "They are scored as missing.", count=count)


def _kept(names: Sequence[str], score: Score, partition: Partition) -> list[str]:
    """Return the columns that stay, in source order: identity, the first one, the compared."""
    wanted = {*IDENTITY, *(name for c in score.compare for name in fields_of(c))}
    own = [name for name in names if name not in IDENTITY]
    wanted.update(own[:1])
    return [name for name in names if name in wanted]


def plain_value(value: Any) -> Any:
    """Return a field's value as JSON can hold it."""
    return value if isinstance(value, str | int | float | bool | list | None) else str(value)
