"""A scorecard turns a reference and a record into one score between 0 and 1.

The score is ``Σ w·s / Σ w`` over the comparisons that count. A missing value is left out
(*ignore*), counts as 0 (*zero*) or as 0.5 (*half*). A record in which nothing can be compared has
no score (null), never a made-up one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import UNSET

from loadline.domain.jobs import Comparison, Score
from loadline.scoring.measures import measure_named
from loadline.scoring.places import column_of, is_there, reference_value

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


def score_batch(score: Score, reference: Mapping[str, Any], batch: pa.RecordBatch) -> Scored:
    """Score every record of `batch` (n rows) against `reference`."""
    compared = [_compare(c, reference, batch) for c in score.compare]
    scored = scored_of(score, np.vstack([c[0] for c in compared]))
    return replace(scored, wrong=tuple(c[1] for c in compared))


def scored_of(score: Score, closeness: Array) -> Scored:
    """Return scores and shares for closeness (k, n), NaN where missing."""
    weights = np.array([c.weight for c in score.compare])[:, np.newaxis]
    counted = closeness
    if score.missing != "ignore":
        counted = np.where(np.isnan(closeness), _STAND_IN[score.missing], closeness)
    counts = ~np.isnan(counted)
    total = (weights * counts).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        points = np.where(counts, weights * counted, 0.0)
        shares = points / total
        # Not the sum of the shares: what is the same in everything must score 1 exactly.
        scores = np.where(total > 0.0, points.sum(axis=0) / total, np.nan)
    return Scored(scores, closeness, shares, ())


def _compare(
    comparison: Comparison, reference: Mapping[str, Any], batch: pa.RecordBatch
) -> tuple[Array, int]:
    measure = measure_named(comparison.measure)
    if measure.whole is not None:
        return measure.whole(reference, batch).closeness, 0
    wanted = reference_value(comparison, reference)
    if wanted is None or wanted == "" or not is_there(comparison, batch.schema.names):
        return np.full(batch.num_rows, np.nan), 0
    tolerance = 1.0 if comparison.tolerance is UNSET else comparison.tolerance
    found = measure.compare(wanted, column_of(comparison, batch), tolerance)
    return found.closeness, found.wrong
