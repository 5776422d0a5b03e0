"""Many references against a batch of records at once, and the best records of each reference.

Closeness is computed for blocks of references × records, so that texts, numbers and dates of a
batch are made ready once and compared by one call per block.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.compute as pc
from msgspec import UNSET

from loadline.domain.errors import JobError
from loadline.domain.jobs import Comparison, Score
from loadline.scoring import values
from loadline.scoring.catalogue import CATALOGUE, VECTORS
from loadline.scoring.checking import check_value, measure_of
from loadline.scoring.measures import KnownMeasure, measure_named, text_scorer
from loadline.scoring.places import column_of, is_there, reference_fields, reference_value
from loadline.scoring.ranking import best
from loadline.scoring.scorecard import Scored, scored_of

if TYPE_CHECKING:
    import pyarrow as pa

Array = np.ndarray[Any, Any]
RECORDS, BLOCK = 8_192, 64
"""Records and references that are compared by one call: a matrix of 4 MB."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The references as a scorecard needs them.

    `values`: per comparison, one value per reference, None where missing or not usable.
    `unusable`: per comparison, how many references have a value that its measure cannot use.
    """

    records: tuple[Mapping[str, Any], ...]
    values: tuple[tuple[Any, ...], ...]
    unusable: tuple[int, ...]


def wanted_of(score: Score, records: Sequence[Mapping[str, Any]]) -> Wanted:
    """Make references ready; raises `JobError` for a field that none of them has."""
    columns, unusable = [], []
    for comparison in score.compare:
        if comparison.measure in CATALOGUE:  # an own scorer chooses what it looks at
            _check_fields(comparison, records)
        found = [_usable(comparison, reference_value(comparison, r)) for r in records]
        columns.append(tuple(value for value, _ in found))
        unusable.append(sum(wrong for _, wrong in found))
    return Wanted(tuple(records), tuple(columns), tuple(unusable))


def _check_fields(comparison: Comparison, records: Sequence[Mapping[str, Any]]) -> None:
    for name in reference_fields(comparison):
        if records and not any(name in record for record in records):
            raise JobError(
                f"The references have no field {name}.",
                cause="score.reference_file",
                advice=f"They have: {', '.join(list(records[0])[:50])}.",
            )


def _usable(comparison: Comparison, value: Any) -> tuple[Any, bool]:
    """Return a reference's value as its measure takes it, and whether it is of the wrong kind."""
    if value is None or value == "":
        return None, False
    if measure_of(comparison).name in VECTORS and isinstance(value, str):
        try:
            value = json.loads(value if value.lstrip()[:1] == "[" else f"[{value}]")
        except ValueError:
            return None, True
    try:
        check_value(comparison, value)
    except JobError:
        return None, True
    return value, False


def score_many(
    score: Score, wanted: Wanted, batch: pa.RecordBatch
) -> Iterator[tuple[int, Array, Array, tuple[int, ...]]]:
    """Score every record of `batch` (n rows) against every reference, block by block.

    Yields the number of the block's first reference, scores (r, n), closeness (k, r, n), and per
    comparison how many values of the batch had the wrong type.
    """
    for start in range(0, len(wanted.records), BLOCK):
        block = slice(start, start + BLOCK)
        told = [
            _closeness(c, column[block], wanted.records[block], batch)
            for c, column in zip(score.compare, wanted.values, strict=True)
        ]
        closeness = np.stack([matrix for matrix, _ in told])
        k, r, n = closeness.shape
        scored = scored_of(score, closeness.reshape(k, r * n))
        yield start, scored.scores.reshape(r, n), closeness, tuple(wrong for _, wrong in told)


def _closeness(
    comparison: Comparison,
    wanted: Sequence[Any],
    records: Sequence[Mapping[str, Any]],
    batch: pa.RecordBatch,
) -> tuple[Array, int]:
    """Return the closeness (r, n) of r references' values to n records, NaN where missing."""
    out = np.full((len(wanted), batch.num_rows), np.nan)
    measure = measure_named(comparison.measure)
    there = [place for place, value in enumerate(wanted) if value is not None]
    if measure.whole is not None:
        for place, record in enumerate(records):
            out[place] = measure.whole(record, batch).closeness
        return out, 0
    if not is_there(comparison, batch.schema.names) or not there:
        return out, 0
    column = column_of(comparison, batch)
    tolerance = 1.0 if comparison.tolerance is UNSET else comparison.tolerance
    chosen = [wanted[place] for place in there]
    out[there], wrong = _filled(measure, chosen, column, tolerance)
    return out, wrong


def _filled(
    measure: KnownMeasure, chosen: Sequence[Any], column: pa.Array, tolerance: float
) -> tuple[Array, int]:
    """Return the closeness (r, n) to values that are all there."""
    name = measure.info.name
    scorer = text_scorer(name)
    if scorer is not None:
        return _texts(scorer, chosen, column)
    if name in ("number", "date"):
        found = values.numbers(column) if name == "number" else values.days(column)
        own = np.array([_number(name, value) for value in chosen])
        return np.maximum(0.0, 1.0 - np.abs(own[:, None] - found.data) / tolerance), found.wrong
    if name == "exact" and all(isinstance(value, str) for value in chosen):
        return _same(chosen, column)
    told = [measure.compare(value, column, tolerance) for value in chosen]
    return np.vstack([each.closeness for each in told]), max(each.wrong for each in told)


def _number(name: str, value: Any) -> float:
    import pyarrow as pa

    return float(value) if name == "number" else float(values.days(pa.array([str(value)])).data[0])


def _texts(scorer: tuple[Any, float], chosen: Sequence[Any], column: pa.Array) -> tuple[Array, int]:
    from rapidfuzz import process

    function, full = scorer
    cells = values.texts(column)
    there = np.array([cell is not None for cell in cells.data], dtype=bool)
    out = np.full((len(chosen), len(cells.data)), np.nan)
    if there.any():
        own = [str(value) for value in chosen]
        texts = cells.data[there].tolist()
        out[:, there] = process.cdist(own, texts, scorer=function, dtype=np.float64) / full
    return out, cells.wrong


def _same(chosen: Sequence[str], column: pa.Array) -> tuple[Array, int]:
    import pyarrow as pa

    cells = values.texts(
        pc.cast(column, pa.string()) if pa.types.is_boolean(column.type) else column
    )
    coded = pa.array(cells.data, pa.string()).dictionary_encode()
    codes = np.asarray(pc.fill_null(coded.indices, -1))
    own = np.asarray(pc.fill_null(pc.index_in(pa.array(chosen), value_set=coded.dictionary), -2))
    return np.where(codes == -1, np.nan, (own[:, None] == codes).astype(np.float64)), cells.wrong


class BestOfEach:
    """The `top` best records of each of r references, in bounded memory.

    Records must come in source order; of equal scores the earlier record stays before.

    Attributes:
        scores: float64 (r, top), best first, −inf where there is no record yet.
        rows: int64 (r, top), the records' numbers, −1 where there is none.
        closeness: float64 (k, r, top).
    """

    def __init__(self, references: int, top: int, comparisons: int) -> None:
        self.top = top
        self.scores = np.full((references, top), -np.inf)
        self.rows = np.full((references, top), -1, dtype=np.int64)
        self.closeness = np.full((comparisons, references, top), np.nan)

    def add(self, first: int, scores: Array, closeness: Array, row: int) -> None:
        """Take scores (r, n) and closeness (k, r, n) of references from `first` on.

        `row` is the number of the first of the n records.
        """
        for place in range(len(scores)):
            number = first + place
            worst = self.scores[number, -1]
            own = np.where(scores[place] > worst, scores[place], np.nan)
            chosen = best(own, self.top)
            if chosen:
                self._merge(
                    number, own[chosen], closeness[:, place, chosen], row + np.array(chosen)
                )

    def _merge(self, number: int, scores: Array, closeness: Array, rows: Array) -> None:
        merged = np.concatenate([self.scores[number], scores])
        order = np.argsort(-merged, kind="stable")[: self.top]  # the earlier record first
        self.scores[number] = merged[order]
        self.rows[number] = np.concatenate([self.rows[number], rows])[order]
        both = np.concatenate([self.closeness[:, number], closeness], axis=1)
        self.closeness[:, number] = both[:, order]

    def shares(self, score: Score) -> Array:
        """Return what each comparison adds to each score, float64 (k, r, top)."""
        k, r, top = self.closeness.shape
        return scored_of(score, self.closeness.reshape(k, r * top)).shares.reshape(k, r, top)


class BestReference:
    """Of each of n records the reference that is nearest: score, number and closeness."""

    def __init__(self, records: int, comparisons: int) -> None:
        self.scores = np.full(records, np.nan)
        self.references = np.full(records, -1, dtype=np.int64)
        self.closeness = np.full((comparisons, records), np.nan)

    def add(self, first: int, scores: Array, closeness: Array) -> None:
        """Take scores (r, n) and closeness (k, r, n); of equal scores the earlier reference."""
        filled = np.where(np.isnan(scores), -1.0, scores)
        place = filled.argmax(axis=0)
        records = np.arange(len(place))
        found = filled[place, records]
        better = found > np.where(np.isnan(self.scores), -1.0, self.scores)
        self.scores[better] = found[better]
        self.references[better] = first + place[better]
        self.closeness[:, better] = closeness[:, place[better], records[better]]

    def scored(self, score: Score, wrong: tuple[int, ...]) -> Scored:
        """Return what a scorecard tells of the records against their nearest references."""
        told = scored_of(score, self.closeness)
        return Scored(self.scores, self.closeness, told.shares, wrong)
