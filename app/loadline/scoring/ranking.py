"""The best hits so far, the same whichever chunk comes first, and how long they have stood."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

BINS = 100
"""Steps of the histogram of scores, each 0.01 wide."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One record's score: where it is, its key and shown fields, and what makes up its score."""

    score: float
    partition: int
    row: int
    key: str
    fields: dict[str, Any] = field(default_factory=dict)
    shares: tuple[float, ...] = ()
    closeness: tuple[float | None, ...] = ()
    reference: int = 0
    """The number, from 1, of what it is compared with among many references; 0: the only one."""
    compared_with: str = ""
    """What that reference is called."""

    @property
    def order(self) -> tuple[float, int, int]:
        """Best first; equal scores in the order of the source."""
        return (-self.score, self.partition, self.row)


def best(scores: np.ndarray[Any, Any], top: int) -> list[int]:
    """Return the rows of the `top` highest scores, best first, ties in row order; no NaN."""
    import numpy as np

    rows = np.flatnonzero(~np.isnan(scores))
    if len(rows) > top:
        least = np.partition(scores[rows], len(rows) - top)[len(rows) - top]
        rows = rows[scores[rows] >= least]
    ordered = rows[np.lexsort((rows, -scores[rows]))]
    return [int(row) for row in ordered[:top]]


def histogram(scores: np.ndarray[Any, Any]) -> list[int]:
    """Return how many scores fall into each of `BINS` equal bins of 0..1; NaN does not count."""
    import numpy as np

    counted, _ = np.histogram(scores[~np.isnan(scores)], bins=BINS, range=(0.0, 1.0))
    return [int(n) for n in counted]


def edge(step: int) -> float:
    """Return the least score that counts for a step of the histogram and those above it."""
    import numpy as np

    return float(np.linspace(0.0, 1.0, BINS + 1)[step])


def _finer(counts: tuple[int, ...]) -> tuple[int, ...]:
    """Return the counts of an older run, in half as many steps, halved."""
    if len(counts) == BINS:
        return counts
    return tuple(half for count in counts for half in (count - count // 2, count // 2))


class Ranking:
    """Folds the hits of chunks, in any order, into one ranking.

    Attributes:
        hits: the best `top` so far, best first.
        counts: the histogram of all scores so far.
        changed_at: share of the work (0..1) done when the hits last changed.
    """

    def __init__(self, top: int) -> None:
        self.top = top
        self.hits: tuple[Hit, ...] = ()
        self.counts = [0] * BINS
        self.changed_at = 0.0

    def add(self, hits: Iterable[Hit], counts: Iterable[int], done: float) -> bool:
        """Fold in one chunk; `done` is the share finished with it. Tell whether hits changed."""
        self.counts = [a + b for a, b in zip(self.counts, _finer(tuple(counts)), strict=True)]
        merged = tuple(heapq.nsmallest(self.top, (*self.hits, *hits), key=lambda hit: hit.order))
        if merged == self.hits:
            return False
        self.hits, self.changed_at = merged, done
        return True

    def unchanged_for(self, done: float) -> float:
        """Return the share of the work during which the hits have not changed."""
        return max(0.0, done - self.changed_at)
