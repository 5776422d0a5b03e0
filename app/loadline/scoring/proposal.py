"""A sensible scorecard for columns that nobody has thought about yet, from types and a sample."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from loadline.domain.jobs import Comparison
from loadline.domain.schema import ColumnType
from loadline.scoring.checking import is_number

MOST = 5
"""Comparisons that are proposed at most: as many as have a colour of their own."""
NUMBERS = frozenset({ColumnType.INT, ColumnType.DECIMAL})
_DATES = frozenset({ColumnType.DATE, ColumnType.TIMESTAMP})
_VECTORS = frozenset({ColumnType.INTS, ColumnType.NUMBERS})
_OWN = frozenset({"_id", "_source", "_row", "_extra"})
_TEXTS = 3
"""Texts that go before dates and numbers."""
_LONG_TEXT = 3.5
"""From this mean number of words on, their order matters less than which they are."""


@dataclass(frozen=True, slots=True)
class SampledField:
    """A field of the source: its type and the filled values of a few records, as text."""

    name: str
    type: ColumnType
    values: tuple[str, ...] = ()

    @property
    def varies(self) -> bool:
        """The sample does not hold the same value everywhere."""
        return len(set(self.values)) > 1 or len(self.values) <= 1


def propose(fields: Sequence[SampledField]) -> tuple[Comparison, ...]:
    """Return a comparison for each of the most telling fields: at most `MOST`, source order.

    Texts of many different values tell most, then dates, then numbers; keys, constant and mostly
    empty fields tell nothing.
    """
    filled = max((len(field.values) for field in fields), default=0) / 2
    useful = [
        f for f in fields
        if f.name not in _OWN and f.varies and len(f.values) >= filled and not _is_key(f)
    ]  # fmt: skip
    useful.sort(key=lambda f: (_order(f), -len(set(f.values))))
    less = {field.name for field in [f for f in useful if _order(f) == 0][_TEXTS:]}
    ranked = sorted(useful, key=lambda f: 4 if f.name in less else _order(f))
    chosen = ranked[:MOST] or list(fields[:1])
    return tuple(comparison_for(field) for field in fields if field in chosen)


def comparison_for(field: SampledField) -> Comparison:
    """Return how one field is compared, by its type and its values."""
    measure = measure_for(field)
    if measure == "number":
        return Comparison(field=field.name, measure=measure, tolerance=number_tolerance(field))
    if measure == "date":
        return Comparison(field=field.name, measure=measure, tolerance=date_tolerance(field))
    if measure == "km":
        return Comparison(field=field.name, measure=measure, tolerance=25.0)
    weight = 2.0 if measure in ("jaro-winkler", "token-set") else 1.0
    return Comparison(field=field.name, measure=measure, weight=weight)


def measure_for(field: SampledField) -> str:
    """Return the name of the measure that suits a field."""
    kind = field.type
    if kind in NUMBERS:
        return "number"
    if kind in _DATES:
        return "date"
    if kind in _VECTORS:
        if field.values and all(_is_place(v) for v in field.values):
            return "km"
        return "cosine" if _is_vector(field) else "jaccard"
    if kind is ColumnType.LIST:
        return "jaccard"
    if kind is ColumnType.BOOL or _are_codes(field):
        return "exact"
    words = statistics.fmean(len(v.split()) for v in field.values) if field.values else 0.0
    return "token-set" if words >= _LONG_TEXT else "jaro-winkler"


def number_tolerance(field: SampledField) -> float:
    """Return two standard deviations of the sample as a round number; 1 where there is none."""
    numbers = [float(value) for value in field.values if is_number(value)]
    return rounded(2.0 * statistics.pstdev(numbers)) if len(numbers) > 1 else 1.0


def date_tolerance(field: SampledField) -> float:
    """Return a tenth of the sample's span in days, at least 1; 365 where there is none."""
    days = [day for day in map(_day, field.values) if day is not None]
    span = max(days) - min(days) if len(days) > 1 else 0.0
    return max(1.0, rounded(span / 10.0)) if span else 365.0


def rounded(number: float) -> float:
    """Return the nearest of 1, 2, 2.5, 5, 10 times a power of ten; 1 for 0."""
    if not (number > 0.0 and math.isfinite(number)):
        return 1.0
    power = 10.0 ** math.floor(math.log10(number))
    step = min((1.0, 2.0, 2.5, 5.0, 10.0), key=lambda each: abs(each - number / power))
    return float(f"{step * power:.6g}")


def _order(field: SampledField) -> int:
    if field.type is ColumnType.TEXT:
        return 3 if _are_codes(field) else 0
    return 1 if field.type in _DATES else 2


def _is_key(field: SampledField) -> bool:
    """Every value once, and named or written like a key rather than like a word."""
    if len(field.values) < 3 or len(set(field.values)) < len(field.values):
        return False
    name = field.name.lower().replace(" ", "_")
    if field.type is ColumnType.INT and _counts_up(field.values):
        return True
    named = name in ("id", "key", "uuid") or name.endswith(("_id", ".id", "_no", "_key"))
    named = named or field.name.endswith(("Id", "ID"))
    return named or (field.type is ColumnType.TEXT and all(_is_code(v) for v in field.values))


def _counts_up(values: Sequence[str]) -> bool:
    """Tell whether whole numbers are numbered through: each larger by one than the one before."""
    numbers = [int(value) for value in values if value.lstrip("+-").isdecimal()]
    steps = [b - a for a, b in pairwise(numbers)]
    return len(steps) >= 2 and all(step == 1 for step in steps)


def _is_code(text: str) -> bool:
    return " " not in text and any(c.isdigit() for c in text)


def _are_codes(field: SampledField) -> bool:
    return bool(field.values) and all(len(value) <= 4 for value in field.values)


def _is_vector(field: SampledField) -> bool:
    """Tell whether all lists have one length above 2, as those of vectors have and not of keys."""
    lengths = {len(value.strip("[] ").split(",")) for value in field.values}
    return not lengths or (len(lengths) == 1 and min(lengths) > 2)


def _is_place(text: str) -> bool:
    parts = text.strip("[] ").split(",")
    if len(parts) != 2 or not all(is_number(part) for part in parts):
        return False
    return abs(float(parts[0])) <= 180.0 and abs(float(parts[1])) <= 90.0


def _day(text: str) -> float | None:
    try:
        return datetime.fromisoformat(text).toordinal()
    except ValueError:
        return None
