"""What is told of one column: counts, ends, middle, frequent values, and bars of a histogram."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

BARS = 24
TOP = 5
MOST_DISTINCT = 500_000
"""Up to so many different values are counted exactly; beyond it only that there are more."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts of values in steps of equal width from `low` to `high`.

    Where few values lie far out, the first or the last bar also has those beyond its end.
    """

    bars: tuple[int, ...]
    low: Any
    high: Any
    below: bool = False
    above: bool = False


@dataclass(frozen=True, slots=True)
class Frequent:
    """A value and how many rows have it."""

    value: Any
    count: int


@dataclass(frozen=True, slots=True)
class ColumnStatistics:
    """Facts about a column, of all rows or of those of a view.

    `empty` counts cells without a value and empty text; all else is of the rest. `smallest` to
    `mean` are None where the type has no such thing (text has no middle and no average).
    """

    rows: int
    empty: int
    distinct: int
    distinct_exact: bool
    smallest: Any = None
    largest: Any = None
    median: Any = None
    mean: float | None = None
    top: tuple[Frequent, ...] = ()
    histogram: Histogram | None = None
    """By value; None for text and for what has no values."""
    frequencies: tuple[int, ...] = ()
    """For text: how many rows have the most frequent values, at most `BARS`."""
