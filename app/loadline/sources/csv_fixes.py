"""Puts rows that a person has corrected in the place of those that stand in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pyarrow as pa

from loadline.domain.fixes import BY_HAND, Fix
from loadline.domain.plan import Problem, ProblemKind
from loadline.sources.csv_positions import Positions

WHY_TOLERANT = "rows were fixed by hand"


class Corrections:
    """The corrections of one file, each used once.

    Attributes:
        done: how many have found their row so far.
    """

    def __init__(self, fixes: Iterable[Fix], tell: Callable[[Problem], None]) -> None:
        self.done = 0
        self._tell = tell
        self._left: dict[int, list[Fix]] = {}
        for fix in fixes:
            self._left.setdefault(fix.line, []).append(fix)

    def of_record(self, line: int, raw: str, width: int) -> list[str | None] | None:
        """Return the corrected cells of the odd record `raw` that begins in `line`, if any."""
        for fix in self._left.get(line, ()):
            if fix.raw in (raw, _shown(raw)) and len(fix.cells) == width:
                return self._use(fix)
        return None

    def of_rows(self, texts: Sequence[pa.StringArray], lines: Positions) -> list[pa.StringArray]:
        """Return the columns of a block with its corrected rows in their places."""
        columns = list(texts)
        if not self._left or not len(lines):
            return columns
        for line in [n for n in self._left if lines[0] <= n <= lines[-1]]:
            row = int(np.searchsorted(lines, line))
            for fix in list(self._left.get(line, ())):
                if int(lines[row]) == line and len(fix.cells) == len(columns):
                    columns = _replaced(columns, row, self._use(fix))
        return columns

    def finish(self) -> None:
        """Tell the corrections whose rows are no longer there."""
        for fixes in self._left.values():
            for fix in fixes:
                what = "a row that was fixed by hand is no longer there"
                self._tell(Problem(ProblemKind.NOTE, what, line=fix.line, raw=fix.raw))
        self._left = {}

    def _use(self, fix: Fix) -> list[str | None]:
        own = self._left[fix.line]
        own.remove(fix)
        if not own:
            del self._left[fix.line]
        self.done += 1
        self._tell(Problem(ProblemKind.NOTE, BY_HAND, line=fix.line, raw=fix.raw))
        return [*fix.cells]


def _replaced(
    columns: Sequence[pa.StringArray], row: int, cells: Sequence[str | None]
) -> list[pa.StringArray]:
    return [
        pa.concat_arrays([column[:row], pa.array([cell], column.type), column[row + 1 :]])
        for column, cell in zip(columns, cells, strict=True)
    ]


def _shown(raw: str) -> str:
    """Return raw text as a problems file can hold it."""
    return raw.encode("utf-8", "backslashreplace").decode()
