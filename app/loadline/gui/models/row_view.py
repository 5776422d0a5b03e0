"""Which rows of a dataset are shown, in which order; the row numbers are in a mapped file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from loadline.domain.query import View

if TYPE_CHECKING:
    import pyarrow as pa

    from loadline.store.query_order import Rows

ReadPage = Callable[[int, int], "pa.Table"]
"""Reads rows of the dataset from a row on, at most so many."""


class RowView:
    """The rows of an answer; of the first `ready` of its `total` rows it is known which.

    Attributes:
        whole: the answer as a fact, once it is complete; None before.
    """

    def __init__(self, rows: Rows, total: int, whole: View | None = None) -> None:
        self._numbers = rows
        self.ready = len(rows)
        self.total = total
        self.whole = whole

    @classmethod
    def of_first(cls, rows: tuple[int, ...], total: int) -> RowView:
        """Return a view of which only the first rows are known."""
        import numpy as np

        return cls(np.array(rows, np.int64), total)

    @classmethod
    def growing(cls, path: str, ready: int, total: int | None = None) -> RowView:
        """Return the first `ready` rows of a file; without a `total` the view ends there yet."""
        from loadline.store.query import read_rows

        return cls(read_rows(View(path=path, rows=ready)), ready if total is None else total)

    @classmethod
    def of_answer(cls, view: View) -> RowView:
        """Return a complete view."""
        from loadline.store.query import read_rows

        return cls(read_rows(view), view.rows, view)

    def row(self, place: int) -> int | None:
        """Return the dataset's row at a place (from 0) of the view; None if not known."""
        return int(self._numbers[place]) if 0 <= place < self.ready else None

    def place(self, row: int) -> int | None:
        """Return where a row of the dataset stands in the view; None: it is not in it."""
        import numpy as np

        found = np.flatnonzero(self._numbers == row)
        return int(found[0]) if len(found) else None

    def first_from(self, row: int) -> int:
        """Return the first place whose row is `row` or a later one; the rows must ascend."""
        import numpy as np

        return int(np.searchsorted(self._numbers, row))

    def page(self, read: ReadPage, start: int, count: int) -> pa.Table:
        """Return rows of the view; neighbours in the dataset are read together."""
        import numpy as np
        import pyarrow as pa

        wanted = np.asarray(self._numbers[start : start + count])
        if not len(wanted):
            return read(0, 0)
        order = np.argsort(wanted, kind="stable")
        ranked = wanted[order]
        cuts = np.flatnonzero(np.diff(ranked) != 1) + 1
        runs = np.split(ranked, cuts)
        table = pa.concat_tables([read(int(run[0]), len(run)) for run in runs])
        back = np.empty(len(order), np.int64)
        back[order] = np.arange(len(order))
        return table.take(pa.array(back))
