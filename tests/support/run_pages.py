"""Run pages for tests: shown, with the outlets of a test, their threads ended afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from loadline.domain.jobs import Job
from loadline.domain.schema import Column, ColumnType
from loadline.gui.models.problem_model import ProblemEntry, ProblemPage
from loadline.gui.models.result_model import Opened, ResultState, open_table
from loadline.gui.run_page.export_menu import ExportOptions
from loadline.gui.run_page.outlets import Outlets
from loadline.gui.run_page.page import RunPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from loadline.gui.run_page.run_like import RunLike
    from loadline.gui.theme import Theme


class CountedTable:
    """A table of any length whose cells tell their row; notes which pages are asked for."""

    columns = (
        Column("_source", ColumnType.TEXT),
        Column("order_id", ColumnType.INT),
        Column("quantity", ColumnType.INT),
        Column("price", ColumnType.DECIMAL),
        Column("note", ColumnType.TEXT),
    )

    def __init__(self, rows: int) -> None:
        self.num_rows = rows
        self.asked: list[int] = []

    def page(self, start: int, count: int) -> pa.Table:
        """Return made-up rows; every third note is empty."""
        self.asked.append(start)
        rows = range(start, min(start + count, self.num_rows))
        return pa.table(
            {
                "_source": [f"orders-{r // 1000}.csv" for r in rows],
                "order_id": [2_200_001 + r for r in rows],
                "quantity": [1000 - r for r in rows],
                "price": [r + 0.5 for r in rows],
                "note": [None if r % 3 == 0 else f"note {r}" for r in rows],
            }
        )


@dataclass
class Recorded:
    """What the page has asked its surroundings for."""

    exports: list[tuple[Path, ExportOptions]] = field(default_factory=list)
    again: list[Job] = field(default_factory=list)
    problems: list[ProblemEntry] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)

    def outlets(self) -> Outlets:
        """Return outlets that record."""

        def open_result(run: RunLike, state: ResultState, before: ResultState | None) -> Opened:
            table = CountedTable(run.board.rows_loaded)
            return open_table(state, table, table.columns)

        def read(run: RunLike, start: int, count: int) -> ProblemPage:
            self.asked.append(start)
            page = tuple(self.problems[start : start + count])
            return ProblemPage(page, more=start + count < len(self.problems))

        return Outlets(
            open_result=open_result,
            read_problems=read,
            export=lambda run, path, options: self.exports.append((path, options)),
            again=self.again.append,
        )


NewPage = Callable[..., RunPage]


@pytest.fixture
def recorded() -> Recorded:
    """Return what pages of this test have asked for."""
    return Recorded()


@pytest.fixture
def new_page(qtbot: QtBot, theme: Theme, recorded: Recorded) -> Iterator[NewPage]:
    """Return a maker of run pages; it shows them at 1096 × 772."""
    pages: list[RunPage] = []

    def make(run: RunLike, width: int = 1096, height: int = 772) -> RunPage:
        page = RunPage(theme, recorded.outlets())
        pages.append(page)
        qtbot.addWidget(page)
        page.resize(width, height)
        page.show_run(run)
        with qtbot.waitExposed(page):
            page.show()
        return page

    yield make
    for page in pages:
        page.hide()
        page.close_readers()
