"""The measures: how alike a reference and each record are in one field, from 0 to 1.

A measure takes the reference's value, an Arrow array of n values and a tolerance, and returns
`Compared`: float64 (n,) with NaN where there is nothing to compare (a missing value on either
side, or one of the wrong type, which is counted). NaN, infinity and vectors of another length
never become a score.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loadline.scoring import values
from loadline.scoring.catalogue import CATALOGUE, MeasureInfo
from loadline.scoring.checking import info_of
from loadline.scoring.own import closeness_by

Array = np.ndarray[Any, Any]
EARTH_RADIUS = 6371.0088
"""Kilometres; mean radius (IUGG, Moritz 2000)."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Closeness 0..1 per record, NaN where missing; `wrong`: values of the wrong type."""

    closeness: Array
    wrong: int = 0


Measure = Callable[[Any, pa.Array, float], Compared]


def exact(reference: Any, column: pa.Array, _tolerance: float) -> Compared:
    """1 where the values are the same (numbers by value, all else as written), otherwise 0."""
    if isinstance(reference, bool) or pa.types.is_boolean(column.type):
        reference = str(reference).lower() if isinstance(reference, bool) else reference
        column = pc.cast(column, pa.string())
    if isinstance(reference, int | float) and not isinstance(reference, bool):
        found = values.numbers(column)
        same = np.where(np.isnan(found.data), np.nan, found.data == float(reference))
        return Compared(same.astype(np.float64), found.wrong)
    cells = values.texts(column)
    wanted = str(reference)
    none = np.array([cell is None for cell in cells.data], dtype=bool)
    return Compared(np.where(none, np.nan, (cells.data == wanted).astype(np.float64)), cells.wrong)


def text_scorer(name: str) -> tuple[Any, float] | None:
    """Return rapidfuzz's function for a measure of texts and what it gives for equal ones."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import JaroWinkler, Levenshtein

    scorers: dict[str, tuple[Any, float]] = {
        "jaro-winkler": (JaroWinkler.normalized_similarity, 1.0),
        "levenshtein": (Levenshtein.normalized_similarity, 1.0),
        "token-set": (fuzz.token_set_ratio, 100.0),
    }
    return scorers.get(name)


def _text(scorer: str) -> Measure:
    def compare(reference: Any, column: pa.Array, _tolerance: float) -> Compared:
        from rapidfuzz import process

        known = text_scorer(scorer)
        assert known is not None
        function, full = known
        cells = values.texts(column)
        if not len(cells.data):
            return Compared(np.zeros(0), 0)
        there = np.array([cell is not None for cell in cells.data], dtype=bool)
        closeness = np.full(len(cells.data), np.nan)
        if there.any():
            found = process.cdist(
                [str(reference)],
                cells.data[there].tolist(),
                scorer=function,
                dtype=np.float64,
            )
            closeness[there] = found[0] / full
        return Compared(closeness, cells.wrong)

    return compare


def number(reference: Any, column: pa.Array, tolerance: float) -> Compared:
    """``max(0, 1 − |a − b| / tolerance)``."""
    found = values.numbers(column)
    return Compared(_within(found.data, float(reference), tolerance), found.wrong)


def date(reference: Any, column: pa.Array, tolerance: float) -> Compared:
    """``max(0, 1 − |a − b| / tolerance)`` in days."""
    wanted = values.days(pa.array([str(reference)])).data[0]
    found = values.days(column)
    return Compared(_within(found.data, float(wanted), tolerance), found.wrong)


def _within(found: Array, wanted: float, tolerance: float) -> Array:
    closeness: Array = np.maximum(0.0, 1.0 - np.abs(found - wanted) / tolerance)
    return closeness


def jaccard(reference: Any, column: pa.Array, _tolerance: float) -> Compared:
    """Return ``|A ∩ B| / |A ∪ B|`` of the distinct members of arrays, or the words of texts."""
    wanted_list = reference if isinstance(reference, list | tuple) else None
    wanted = {str(v) for v in wanted_list} if wanted_list else set(str(reference).lower().split())
    lists, wrong = values.words(column)
    parents = pc.list_parent_indices(lists).to_numpy()
    members = pc.dictionary_encode(pc.list_flatten(lists))
    codes = np.asarray(pc.fill_null(members.indices, -1))
    size = len(members.dictionary) + 1
    distinct = np.unique(parents.astype(np.int64) * size + codes + 1)
    row = distinct // size
    known = np.asarray(pc.is_in(members.dictionary, pa.array(sorted(wanted), pa.string())))
    known = np.concatenate([[False], known])
    own = np.bincount(row, minlength=len(lists))
    both = np.bincount(row[known[distinct % size]], minlength=len(lists))
    closeness = both / np.maximum(own + len(wanted) - both, 1)
    empty = lists.is_null().to_numpy(zero_copy_only=False) | (own == 0)
    return Compared(np.where(empty, np.nan, closeness), wrong)


def cosine(reference: Any, column: pa.Array, _tolerance: float) -> Compared:
    """``(1 + cos) / 2`` of the angle between two vectors; a vector of zeros is missing."""
    wanted = np.asarray(reference, dtype=np.float64)
    found = values.vectors(column, len(wanted))
    length = np.linalg.norm(found.data, axis=1) * np.linalg.norm(wanted)
    with np.errstate(divide="ignore", invalid="ignore"):
        cos = (found.data @ wanted) / length
    return Compared(np.clip((1.0 + cos) / 2.0, 0.0, 1.0), found.wrong)


def euclidean(reference: Any, column: pa.Array, _tolerance: float) -> Compared:
    """``1 / (1 + d)`` with d the Euclidean distance of two vectors."""
    wanted = np.asarray(reference, dtype=np.float64)
    found = values.vectors(column, len(wanted))
    return Compared(1.0 / (1.0 + np.linalg.norm(found.data - wanted, axis=1)), found.wrong)


def kilometres(reference: Any, column: pa.Array, tolerance: float) -> Compared:
    """``max(0, 1 − d / tolerance)``, d the great-circle distance of [longitude, latitude]."""
    found = values.vectors(column, 2)
    far = great_circle(float(reference[0]), float(reference[1]), found.data[:, 0], found.data[:, 1])
    return Compared(np.maximum(0.0, 1.0 - far / tolerance), found.wrong)


def great_circle(
    longitude: float, latitude: float, to_longitude: Array, to_latitude: Array
) -> Array:
    """Return kilometres by the haversine formula (Sinnott 1984), NaN off the globe; degrees."""
    outside = (np.abs(to_longitude) > 180.0) | (np.abs(to_latitude) > 90.0)
    phi, to_phi = math.radians(latitude), np.radians(to_latitude)
    half_phi = (to_phi - phi) / 2.0
    half_lambda = np.radians(to_longitude - longitude) / 2.0
    h = np.sin(half_phi) ** 2 + math.cos(phi) * np.cos(to_phi) * np.sin(half_lambda) ** 2
    far: Array = 2.0 * EARTH_RADIUS * np.arcsin(np.sqrt(np.clip(h, 0.0, 1.0)))
    return np.where(outside, np.nan, far)


_FUNCTIONS: dict[str, Measure] = {
    "exact": exact,
    "jaro-winkler": _text("jaro-winkler"),
    "levenshtein": _text("levenshtein"),
    "token-set": _text("token-set"),
    "number": number,
    "date": date,
    "jaccard": jaccard,
    "cosine": cosine,
    "euclidean": euclidean,
    "km": kilometres,
}


@dataclass(frozen=True, slots=True)
class KnownMeasure:
    """A measure: what is told about it, and what computes it.

    `whole` is set for an own scorer, which sees whole records and not one column.
    """

    info: MeasureInfo
    compare: Measure
    whole: Callable[[Mapping[str, Any], pa.RecordBatch], Compared] | None = None


MEASURES: dict[str, KnownMeasure] = {
    name: KnownMeasure(info, _FUNCTIONS[name]) for name, info in CATALOGUE.items()
}


def measure_named(name: str) -> KnownMeasure:
    """Return a measure or an own scorer; raises `JobError` for a name that is not known."""
    known = MEASURES.get(name)
    if known is not None:
        return known

    def whole(reference: Mapping[str, Any], batch: pa.RecordBatch) -> Compared:
        return Compared(closeness_by(name, reference, batch))

    return KnownMeasure(info_of(name), exact, whole)
