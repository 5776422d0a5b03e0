"""Scoring against many references: every record's nearest reference, every reference's best.

Each record gets the score of the reference that it is nearest to, and that reference's number, so
that the dataset stays one row per record in source order. The best records of each reference are a
further table of every part, `RANKED`, of at most references × top rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from loadline.domain.errors import JobError
from loadline.domain.jobs import Score
from loadline.domain.plan import BATCH_ROWS, Partition, Plan, Report
from loadline.engine.references import MOST_KEPT, References
from loadline.engine.scored import ScoredReader, ScoredSource, plain_value
from loadline.scoring.checking import check_card
from loadline.sources.source import Reader, ReadHints, Recounted, Sink

if TYPE_CHECKING:
    import pyarrow as pa

    from loadline.scoring.many import BestOfEach, Wanted
    from loadline.scoring.scorecard import Scored

RANKED = 1
"""The number of the further table that holds the best records of each reference."""
REFERENCE = "reference"
"""The column with the number, from 1, of the reference that a record is nearest to."""
_MARK = "#references="


@dataclass(frozen=True, slots=True)
class ManyScoredSource(ScoredSource):
    """Reads `source` and scores every record against all of `references`."""

    references: References = field(default_factory=References)

    def plan(self, report: Report) -> Plan:
        """List the partitions, each of which knows the references by their digest."""
        from loadline.scoring.many import wanted_of

        check_card(self.score)
        loaded = self.references.loaded(report, anew=True)
        if len(loaded.records) * self.score.top > MOST_KEPT:
            raise JobError(
                f"{len(loaded.records):,} references with {self.score.top:,} records each are "
                f"more than {MOST_KEPT:,}.",
                cause="score.top",
                advice="List fewer records per reference.",
            )
        wanted = wanted_of(self.score, loaded.records)
        plan = self.listed(report)
        end = f"{_MARK}{loaded.digest}"
        partitions = tuple(replace(p, key=f"{p.key}{end}") for p in plan.partitions)
        notes = (*plan.notes, f"{len(loaded.records):,} references.", *_unusable(self, wanted))
        return replace(plan, partitions=partitions, notes=notes)

    def open(self, partition: Partition, hints: ReadHints, sink: Sink) -> Reader:
        """Begin to read and score a partition; raises `SourceChanged` for other references."""
        from loadline.scoring.many import wanted_of

        key, _, digest = partition.key.partition(_MARK)
        loaded = self.references.loaded(partial(_alive, sink), digest)
        own = replace(partition, key=key)
        reader = self.narrowed_source().open(own, hints, sink)
        wanted = wanted_of(self.score, loaded.records)
        return ManyScoredReader(reader, self.score, wanted, own, sink)

    def partition_of_source(self, partition: Partition) -> Partition:
        """Return a partition of this run as the source knows it."""
        return replace(partition, key=partition.key.partition(_MARK)[0])

    def recount(self, plan: Plan, rows_read: int) -> Recounted:
        """Count again as the source does, if it can."""
        own = map(self.partition_of_source, plan.partitions)
        # Not by super(): a dataclass with slots is another class than the one written here.
        return ScoredSource.recount(self, replace(plan, partitions=tuple(own)), rows_read)


def _alive(sink: Sink, _rows: int, bytes_read: int) -> None:
    sink.alive(bytes_read)


def _unusable(source: ManyScoredSource, wanted: Wanted) -> Iterator[str]:
    for comparison, count in zip(source.score.compare, wanted.unusable, strict=True):
        if count:
            yield (
                f"{comparison.field} of {count:,} references cannot be compared by "
                f"{comparison.measure}; it is scored as missing."
            )


class ManyScoredReader(ScoredReader):
    """Yields each record with its nearest reference; keeps the best of each reference aside."""

    def __init__(
        self, reader: Reader, score: Score, wanted: Wanted, partition: Partition, sink: Sink
    ) -> None:
        from loadline.scoring.many import BestOfEach

        super().__init__(reader, score, {}, partition, sink)
        self._wanted = wanted
        self._nearest: Any = None
        self._each: BestOfEach = BestOfEach(len(wanted.records), score.top, len(score.compare))
        self._fields: dict[int, dict[str, Any]] = {}

    own_columns = (REFERENCE,)

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        """Yield scored batches in the order of the source, then keep the rankings aside."""
        yield from super().__iter__()
        for start in range(0, self._each.scores.size, BATCH_ROWS):
            batch = self._ranked(start, start + BATCH_ROWS)
            if batch.num_rows or not start:
                self._sink.aside(RANKED, batch)

    def _score_batch(self, batch: pa.RecordBatch) -> Scored:
        """Score against all references, a few thousand records at a time."""
        import numpy as np

        from loadline.scoring.many import RECORDS, BestReference, score_many

        whole = BestReference(batch.num_rows, len(self._score.compare))
        wrong = np.zeros(len(self._score.compare), dtype=np.int64)
        for start in range(0, batch.num_rows, RECORDS):
            piece = batch.slice(start, RECORDS)
            stop = start + piece.num_rows
            nearest = BestReference(piece.num_rows, len(self._score.compare))
            most = np.zeros_like(wrong)
            for first, scores, closeness, odd in score_many(self._score, self._wanted, piece):
                self._sink.alive(self._reader.bytes_read)
                nearest.add(first, scores, closeness)
                self._each.add(first, scores, closeness, self._rows + start)
                most = np.maximum(most, odd)
            wrong += most
            whole.scores[start:stop] = nearest.scores
            whole.references[start:stop] = nearest.references
            whole.closeness[:, start:stop] = nearest.closeness
        self._keep_fields(batch)
        self._nearest = whole.references
        told: Scored = whole.scored(self._score, tuple(int(n) for n in wrong))
        return told

    def _own_arrays(self, scored: Scored) -> list[pa.Array]:
        import pyarrow as pa

        return [pa.array(self._nearest + 1, mask=self._nearest < 0)]

    def _reference_of(self, row: int) -> tuple[int, str]:
        number = int(self._nearest[row])
        return number + 1, label_of(self._wanted.records[number]) if number >= 0 else ""

    def _keep_fields(self, batch: pa.RecordBatch) -> None:
        """Keep the fields of the records that are among the best now, and of no others."""
        import numpy as np

        kept = {int(row) for row in np.unique(self._each.rows)}
        self._fields = {row: told for row, told in self._fields.items() if row in kept}
        fresh = sorted(row for row in kept if row >= self._rows)
        if fresh:
            found = batch.select(self._kept).take([row - self._rows for row in fresh])
            for row, record in zip(fresh, found.to_pylist(), strict=True):
                self._fields[row] = {name: plain_value(value) for name, value in record.items()}

    def _ranked(self, start: int, stop: int) -> pa.RecordBatch:
        """Return the places `start` to `stop` of all rankings, one after the other."""
        import numpy as np
        import pyarrow as pa

        each = self._each
        scores, rows = each.scores.ravel()[start:stop], each.rows.ravel()[start:stop]
        there = np.flatnonzero(rows >= 0)
        places = there + start
        k = len(self._score.compare)
        closeness = each.closeness.reshape(k, -1)[:, places].T
        shares = each.shares(self._score).reshape(k, -1)[:, places].T
        told = [self._fields[int(row)] for row in rows[there]]
        keys = [
            self.key_of(fields, int(row)) for fields, row in zip(told, rows[there], strict=True)
        ]
        return pa.record_batch(
            {
                REFERENCE: pa.array(places // each.top + 1, pa.int64()),
                "compared_with": pa.array(
                    [label_of(self._wanted.records[n]) for n in places // each.top], pa.string()
                ),
                "score": pa.array(scores[there]),
                "row": pa.array(rows[there]),
                "key": pa.array(keys, pa.string()),
                "fields": pa.array([json.dumps(each) for each in told], pa.string()),
                "shares": pa.array(list(shares), pa.list_(pa.float64())),
                "closeness": pa.array(
                    [[None if c != c else float(c) for c in line] for line in closeness],
                    pa.list_(pa.float64()),
                ),
            }
        )


def label_of(record: Mapping[str, Any]) -> str:
    """Return what a reference may be called: its first text, else its first value."""
    values: Sequence[Any] = [
        v for name, v in record.items() if name != "_id" and v not in (None, "")
    ]
    texts = [value for value in values if isinstance(value, str)]
    return str((texts or values or [""])[0])[:200]
