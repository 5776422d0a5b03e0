"""Median and histogram of numbers, dates and truths, from a sample's hint and one exact pass."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from loadline.domain.statistics import BARS, Histogram

Numbers = npt.NDArray[np.float64]
FAR = 3.0
"""A tail is cut off where it is this many times as long as the rest."""


@dataclass(frozen=True, slots=True)
class Ends:
    """Where bars begin and end, and where the median is looked for."""

    kind: pa.DataType
    low: float
    high: float
    below: bool
    above: bool
    median_low: float
    median_high: float


def ends_of(sample: pa.ChunkedArray, smallest: Any, largest: Any) -> Ends:
    """Return the ends that suit values like those of `sample`, between two extremes."""
    kind = sample.type
    first, last = (_number(value, kind) for value in (smallest, largest))
    numbers = _numbers(sample)
    numbers = numbers[np.isfinite(numbers)]
    if not len(numbers):
        # Nothing that has a place: bars about the finite end, if there is one, else about zero.
        low = next((end for end in (first, last) if math.isfinite(end)), 0.0)
        high = max(low, last) if math.isfinite(last) else low
        below, above = first == -math.inf, last == math.inf
        return Ends(kind, low, high, below, above, -math.inf, math.inf)
    left, near, away, right = np.quantile(numbers, [0.01, 0.45, 0.55, 0.99])
    body = max(right - left, 0.0)
    above = bool(last - right > FAR * body > 0) or not math.isfinite(last)
    below = bool(left - first > FAR * body > 0) or not math.isfinite(first)
    low, high = float(left if below else first), float(right if above else last)
    return Ends(kind, low, high, below, above, float(near), float(away))


class Spread:
    """Adds up bars, and keeps the values near the middle."""

    def __init__(self, ends: Ends) -> None:
        self._ends = ends
        self._bars = np.zeros(BARS, np.int64)
        self._count = self._before = 0
        self._near: list[tuple[Numbers, npt.NDArray[np.int64] | None]] = []

    def add(self, cells: pa.ChunkedArray, weights: pa.ChunkedArray | None) -> None:
        """Take in values, each as often as `weights` says (None: once)."""
        numbers = _numbers(cells)
        times = None if weights is None else weights.to_numpy().astype(np.int64)
        real = ~np.isnan(numbers)
        if not real.all():
            numbers, times = numbers[real], None if times is None else times[real]
        ends = self._ends
        width = (ends.high - ends.low) or 1.0
        places = ((np.clip(numbers, ends.low, ends.high) - ends.low) * (BARS / width)).astype(int)
        found = np.bincount(np.minimum(places, BARS - 1), times, BARS)
        self._bars += np.rint(found).astype(np.int64)
        near = (numbers >= ends.median_low) & (numbers <= ends.median_high)
        ahead = numbers < ends.median_low
        self._count += len(numbers) if times is None else int(times.sum())
        self._before += int(ahead.sum() if times is None else times[ahead].sum())
        self._near.append((numbers[near], None if times is None else times[near]))

    def histogram(self) -> Histogram:
        """Return the bars between their ends, as values of the column's type."""
        ends = self._ends
        low, high = _value(ends.low, ends.kind), _value(ends.high, ends.kind)
        return Histogram(tuple(self._bars.tolist()), low, high, ends.below, ends.above)

    def median(self) -> Any:
        """Return the middle value, the lower of two; None if the sample misled."""
        if not self._near or pa.types.is_boolean(self._ends.kind):
            return None
        numbers = np.concatenate([values for values, _ in self._near])
        order = np.argsort(numbers)
        times = [np.ones(len(v), np.int64) if t is None else t for v, t in self._near]
        reached = self._before + np.cumsum(np.concatenate(times)[order])
        middle = (self._count + 1) // 2
        place = int(np.searchsorted(reached, middle))
        if middle <= self._before or place >= len(numbers):
            return None
        return _value(float(numbers[order[place]]), self._ends.kind)


def _numbers(cells: pa.ChunkedArray) -> Numbers:
    kind = cells.type
    if pa.types.is_date(kind):
        cells = cells.cast(pa.int32())
    elif pa.types.is_timestamp(kind):
        cells = cells.cast(pa.int64())
    elif pa.types.is_boolean(kind):
        cells = cells.cast(pa.int8())
    found: Numbers = cells.cast(pa.float64(), safe=False).to_numpy()
    return found


def _number(value: Any, kind: pa.DataType) -> float:
    if value is None:
        return math.nan
    return float(_numbers(pa.chunked_array([pa.array([value], kind)]))[0])


def _value(number: float, kind: pa.DataType) -> Any:
    if not math.isfinite(number):
        return None
    if pa.types.is_date(kind):
        return date(1970, 1, 1) + timedelta(days=round(number))
    if pa.types.is_timestamp(kind):
        return datetime(1970, 1, 1) + timedelta(microseconds=round(number))  # noqa: DTZ001
    if pa.types.is_boolean(kind):
        return bool(number)
    return round(number) if pa.types.is_integer(kind) else number
