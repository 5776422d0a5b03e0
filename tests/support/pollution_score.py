"""How much of a case a reader got right, measured like the published benchmark of its kind.

Success, and precision, recall and F1 of header, records and cells: ten numbers between 0 and 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.support.pollution import Case


@dataclass(frozen=True)
class Score:
    """Ten numbers' sum, and what the table counts."""

    total: float
    rows: int
    rows_right: int
    cells: int
    cells_right: int

    @property
    def perfect(self) -> bool:
        """Nothing was wrong."""
        return self.total > 9.9999


FAILED = Score(0.0, 0, 0, 0, 0)


def score(case: Case, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Score:
    """Compare what was read with what a person would read."""
    wanted = [_stripped(row) for row in case.rows]
    found = [_stripped(row) for row in rows]
    right_rows, records = _measures(Counter(wanted), Counter(found))
    all_cells = Counter((i, c) for row in wanted for i, c in enumerate(row))
    found_cells = Counter((i, c) for row in found for i, c in enumerate(row))
    right_cells, cells = _measures(all_cells, found_cells)
    _, names = _measures(Counter(case.header), Counter(header))
    total = 1.0 + names + records + cells
    return Score(total, len(wanted), right_rows, sum(all_cells.values()), right_cells)


def lost(case: Case) -> Score:
    """Return the score of a reader that failed."""
    cells = sum(len(_stripped(row)) for row in case.rows)
    return Score(0.0, len(case.rows), 0, cells, 0)


def _stripped(row: Sequence[object]) -> tuple[str, ...]:
    cells = ["" if c is None else str(c) for c in row]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _measures(wanted: Counter[Any], found: Counter[Any]) -> tuple[int, float]:
    """Return how many are right, and precision + recall + F1."""
    right = sum((wanted & found).values())
    if not wanted and not found:
        return 0, 3.0
    precision = right / sum(found.values()) if found else 0.0
    recall = right / sum(wanted.values()) if wanted else 0.0
    both = precision + recall
    return right, both + (2 * precision * recall / both if both else 0.0)
