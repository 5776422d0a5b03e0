"""How long the answers of the Results tab stay: real parts, a real worker, real files."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from loadline.bootstrap import source_of
from loadline.domain.errors import QueryError
from loadline.domain.query import Filter, FilterKind, Find, Query, Sort
from loadline.gui.application.desk import Desk
from loadline.gui.application.result_desk import FILES_KEPT, ResultDesk
from loadline.store.scratch import Scratch
from tests.gui.test_result_query import shown, workers

if TYPE_CHECKING:
    from pathlib import Path

    from loadline.engine.backends.local_pool import LocalPool
    from loadline.gui.models.row_view import RowView
    from loadline.gui.theme import Theme

__all__ = ["workers"]
pytestmark = [pytest.mark.time_limit(60), pytest.mark.usefixtures("qapp")]
SHOWN = Query(filters=(Filter(column="state", kind=FilterKind.EQUALS, value="WI"),))
WRONG = Query(sort=(Sort(column="no such column"),))


def nothing(view: RowView) -> None:
    """Nobody looks at a view that grows."""


async def test_what_a_filter_shows_stays_however_often_something_else_is_asked(
    tmp_path: Path, theme: Theme, workers: LocalPool
) -> None:
    folder = tmp_path / "mine"
    async with shown(tmp_path, theme, workers) as page:
        rows = page.results.query.rows
        assert rows is not None
        desk = ResultDesk(Desk(workers), source_of, Scratch(folder))
        view = (await desk.rows(rows, SHOWN, nothing)).whole
        assert view is not None
        for number in range(FILES_KEPT + 1):
            await desk.find(rows, Find(text=f"note {number}"), view)
        for _ in range(FILES_KEPT + 1):
            with pytest.raises(QueryError):
                await desk.rows(rows, WRONG, nothing)
        for _ in range(FILES_KEPT + 1):
            asked = asyncio.ensure_future(desk.rows(rows, SHOWN, nothing))
            await asyncio.sleep(0)
            asked.cancel()
            await asyncio.wait([asked])
        assert (await desk.find(rows, Find(text="note"), view)).total == 120
        assert len(list(folder.rglob("*.rows"))) <= 3 * FILES_KEPT
        desk.close()
        assert not list(folder.rglob("*.rows"))
