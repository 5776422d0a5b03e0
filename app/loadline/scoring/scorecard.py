"""A scorecard turns a reference and a record into one score between 0 and 1.

The score is ``Σ w·s / Σ w`` over the comparisons that count. A missing value is left out
(*ignore*), counts as 0 (*zero*) or as 0.5 (*half*). A record in which nothing can be compared has
no score (null), never a made-up one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import UNSET

from loadline.domain.errors import JobError
from loadline.domain.jobs import Comparison, Score
from loadline.scoring.measures import MEASURES, MeasureInfo

if TYPE_CHECKING:
    import pyarrow as pa

Array = np.ndarray[Any, Any]
_STAND_IN = {"zero": 0.0, "half": 0.5}


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores of n records under k comparisons.

    `scores`: float64 (n,), NaN where nothing could be compared. `closeness`: float64 (k, n), NaN
    where missing. `shares`: float64 (k, n), what each comparison adds; they sum to the score.
    `wrong`: per comparison, how many values had the wrong type.
    """

    scores: Array
    closeness: Array
    shares: Array
    wrong: tuple[int, ...]


def reference_field(comparison: Comparison) -> str:
    """Return the reference's field that a comparison uses."""
    return comparison.against or comparison.field


def measure_of(comparison: Comparison) -> MeasureInfo:
    """Return a comparison's measure; raises `JobError` for a name that is not known."""
    info = MEASURES.get(comparison.measure)
    if info is None:
        raise JobError(
            f"The measure {comparison.measure} is not known.",
            cause="score.compare",
            advice=f"Known are: {', '.join(MEASURES)}.",
        )
    return info


def check(score: Score, reference: Mapping[str, Any], fields: Sequence[str] | None = None) -> None:
    """Raise `JobError` for what cannot give a right score.

    `fields` are the source's columns, where they are known: unknown measure, no comparison,
    weights that are all 0, a missing tolerance, a field that the source or reference lacks.
    """
    if not score.compare:
        raise JobError("The scorecard has no comparison.", cause="score.compare")
    if not sum(c.weight for c in score.compare) > 0.0:
        raise JobError(
            "All weights are 0, so every score would be empty.",
            cause="score.compare",
            advice="Give at least one comparison a weight above 0.",
        )
    for comparison in score.compare:
        _check_comparison(comparison, reference, fields)


def _check_comparison(
    comparison: Comparison, reference: Mapping[str, Any], fields: Sequence[str] | None
) -> None:
    info = measure_of(comparison)
    if info.unit and comparison.tolerance is UNSET:
        raise JobError(
            f"The measure {info.name} on {comparison.field} needs a tolerance in {info.unit}.",
            cause="score.compare",
        )
    if reference_field(comparison) not in reference:
        raise JobError(
            f"The reference has no field {reference_field(comparison)}.",
            cause="score.reference",
            advice=f"It has: {', '.join(reference)}.",
        )
    if fields is not None and comparison.field not in fields:
        raise JobError(
            f"The source has no field {comparison.field}.",
            cause="score.compare",
            advice=f"It has: {', '.join(fields)}.",
        )


def score_batch(score: Score, reference: Mapping[str, Any], batch: pa.RecordBatch) -> Scored:
    """Score every record of `batch` (n rows) against `reference`."""
    compared = [_compare(c, reference[reference_field(c)], batch) for c in score.compare]
    closeness = np.vstack([c[0] for c in compared])
    weights = np.array([c.weight for c in score.compare])[:, np.newaxis]
    counted = closeness
    if score.missing != "ignore":
        counted = np.where(np.isnan(closeness), _STAND_IN[score.missing], closeness)
    counts = ~np.isnan(counted)
    total = (weights * counts).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(counts, weights * counted, 0.0) / total
    scores = np.where(total > 0.0, shares.sum(axis=0), np.nan)
    return Scored(scores, closeness, shares, tuple(c[1] for c in compared))


def _compare(comparison: Comparison, wanted: Any, batch: pa.RecordBatch) -> tuple[Array, int]:
    rows = batch.num_rows
    if wanted is None or wanted == "" or comparison.field not in batch.schema.names:
        return np.full(rows, np.nan), 0
    tolerance = 1.0 if comparison.tolerance is UNSET else comparison.tolerance
    column = batch.column(batch.schema.get_field_index(comparison.field))
    found = measure_of(comparison).compare(wanted, column, tolerance)
    return found.closeness, found.wrong
