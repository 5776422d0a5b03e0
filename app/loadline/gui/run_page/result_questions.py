"""What the Results tab asks workers: rows that pass, their order, a text, facts of a column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from loadline.domain.query import Find, Query, View
from loadline.domain.statistics import ColumnStatistics
from loadline.gui.models.result_model import ResultState
from loadline.gui.models.row_view import RowView
from loadline.gui.run_page.run_like import RunLike

Rows = tuple[RunLike, ResultState]
"""A run and the parts of it that are asked about."""
Grown = Callable[[RowView], None]
"""Told the view so far, again and again."""


@dataclass(frozen=True, slots=True)
class RowSource:
    """Where a row comes from; `line` counts from 1, None where a source has none.

    `path` is the file, None for a collection; `changed`: it is no longer what was read.
    """

    name: str
    index: int
    line: int | None = None
    path: Path | None = None
    changed: bool = False


class ResultQuestions(Protocol):
    """Answers come from workers; all of them raise `LoadlineError`.

    Whoever no longer waits for an answer cancels: the work is stopped, too.
    """

    def get_ready(self) -> None:
        """Rows may be asked for soon."""

    async def rows(self, rows: Rows, query: Query, grown: Grown) -> RowView:
        """Return the rows that pass, in their order; `grown` is told the first ones early."""

    async def find(self, rows: Rows, find: Find, view: View | None) -> RowView:
        """Return the places in the view (None: in the dataset) whose rows have a text."""

    async def statistics(self, rows: Rows, column: str, view: View | None) -> ColumnStatistics:
        """Return the facts of a column, of the rows of a view (None: of all)."""

    async def place(self, rows: Rows, row: int) -> RowSource:
        """Return where a row of the dataset (from 0) comes from; its file is read up to it."""

    def close(self) -> None:
        """Delete the files of all answers; may block."""
