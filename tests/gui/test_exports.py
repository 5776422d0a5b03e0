"""Exports from the window: what is chosen, how it goes, and how it ends."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from pyarrow import parquet
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from loadline.domain.errors import Cancelled, WorkerDied
from loadline.domain.query import Filter, FilterKind, Query, Sort, View
from loadline.gui.application.exports import Exports
from loadline.gui.run_page.export_menu import CollectionTarget, ExportFormat, ExportOptions
from loadline.gui.run_page.export_pane import COLLECTION, ExportPane
from loadline.store.partial import cells_of, partial_of
from tests.gui.test_desktop import below, folder, program, until
from tests.gui.test_run_receipt import ended_run
from tests.support.run_pages import Recorded, new_page, recorded

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from loadline.gui.application.desktop import Desktop
    from loadline.gui.run_page.page import RunPage
    from loadline.gui.theme import Theme
    from loadline.store.export import ExportSpec
    from tests.support.run_pages import NewPage

__all__ = ["new_page", "recorded"]
pytestmark = [pytest.mark.time_limit(60), pytest.mark.usefixtures("qapp")]
Chosen = list[tuple[Path | None, ExportOptions]]


@pytest.fixture
def chosen() -> Chosen:
    return []


def pane_for(
    qtbot: QtBot, theme: Theme, chosen: Chosen, path: Path, total: int, view: View | None = None
) -> ExportPane:
    page = ExportPane(theme, None, path, total, view, ("warehouse",))  # type: ignore[arg-type]
    page.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(page)
    page.chosen.connect(lambda path, options: chosen.append((path, options)))
    page.show()
    return page


def choose(pane: ExportPane, kind: str) -> None:
    pane.format.setCurrentIndex(pane.format.findData(kind))


def test_enter_saves_what_the_filter_shows_with_the_usual_options(
    qtbot: QtBot, theme: Theme, chosen: Chosen, tmp_path: Path
) -> None:
    view = View(path=str(tmp_path / "view"), rows=377)
    pane = pane_for(qtbot, theme, chosen, tmp_path / "Polls.csv", 64_046, view)
    QTest.keyClick(pane, Qt.Key.Key_Return)
    assert chosen == [(tmp_path / "Polls.csv", ExportOptions(view=view, overwrite=False))]
    assert not pane.isVisible()


def test_sorted_rows_keep_the_order_of_the_source_unless_the_pane_is_told(
    qtbot: QtBot, theme: Theme, chosen: Chosen, tmp_path: Path
) -> None:
    some = Filter(column="name", kind=FilterKind.EMPTY)
    both = Query(filters=(some,), sort=(Sort(column="name"),))
    view = View(path=str(tmp_path / "view"), rows=377, query=both)
    pane = pane_for(qtbot, theme, chosen, tmp_path / "Polls.csv", 64_046, view)
    assert not pane.options.as_shown
    pane.as_shown.setChecked(True)
    assert pane.options == ExportOptions(view=view, as_shown=True, overwrite=False)
    pane.rows.choose("all")
    pane._adapt()
    assert not pane.as_shown.isVisible()
    assert pane.options == ExportOptions(overwrite=False)


def test_rows_that_are_only_sorted_are_everything(
    qtbot: QtBot, theme: Theme, chosen: Chosen, tmp_path: Path
) -> None:
    view = View(path="/view", rows=64_046, query=Query(sort=(Sort(column="name"),)))
    pane = pane_for(qtbot, theme, chosen, tmp_path / "Polls.csv", 64_046, view)
    assert not pane.rows.isVisible()
    assert pane.options.view is None
    pane.as_shown.setChecked(True)
    assert pane.options == ExportOptions(view=view, as_shown=True, overwrite=False)


def test_the_menu_saves_sorted_rows_as_they_are_shown_only_when_asked(new_page: NewPage) -> None:
    button = new_page(ended_run()).results.export
    button.set_view(View(path="/view", rows=2, query=Query(sort=(Sort(column="name"),))))
    assert [button.view] == [None]
    button.order_box.setChecked(True)
    assert button.view is button.shown
    some = Filter(column="name", kind=FilterKind.EMPTY)
    button.set_view(
        View(path="/view", rows=1, query=Query(filters=(some,), sort=(Sort(column="n"),)))
    )
    assert (button.view is button.shown, button.as_shown) == (True, False)
    button.only_box.setChecked(False)
    assert not button.order_box.isEnabled()


def test_another_format_changes_the_name_and_the_options_that_are_offered(
    qtbot: QtBot, theme: Theme, chosen: Chosen, tmp_path: Path
) -> None:
    pane = pane_for(qtbot, theme, chosen, tmp_path / "Polls.csv", 64_046)
    assert pane.delimiter.isVisible()
    choose(pane, ".parquet")
    assert pane.place.text() == str(tmp_path / "Polls.parquet")
    assert not pane.delimiter.isVisible()
    choose(pane, ".xlsx")
    assert not pane.sheets.isVisible()


def test_the_limit_of_excel_is_told_before_with_a_choice(
    qtbot: QtBot, theme: Theme, chosen: Chosen, tmp_path: Path
) -> None:
    pane = pane_for(qtbot, theme, chosen, tmp_path / "Polls.xlsx", 2_000_000)
    assert pane.sheets.isVisible()
    assert "1,048,575" in pane.limit.text()
    pane.sheets.choose("first")
    pane.save_button.click()
    assert chosen[0][1].sheets == "first"


def test_a_file_that_is_there_is_replaced_only_when_that_is_said(
    qtbot: QtBot, theme: Theme, chosen: Chosen, tmp_path: Path
) -> None:
    (tmp_path / "Polls.csv").write_text("earlier")
    pane = pane_for(qtbot, theme, chosen, tmp_path / "Polls.csv", 3)
    assert not pane.save_button.isEnabled()
    pane.replace.setChecked(True)
    pane.save_button.click()
    assert chosen[0][1].overwrite
    pane.place.setText(str(tmp_path / "gone" / "x.csv"))
    assert not pane.save_button.isEnabled()


def test_a_collection_is_named_by_connection_and_database(
    qtbot: QtBot, theme: Theme, chosen: Chosen, tmp_path: Path
) -> None:
    pane = pane_for(qtbot, theme, chosen, tmp_path / "Polls.csv", 3)
    choose(pane, COLLECTION)
    assert not pane.save_button.isEnabled()
    pane.database.setText("out")
    pane.save_button.click()
    path, options = chosen[0]
    assert (path, options.collection) == (None, CollectionTarget("warehouse", "out", "Polls"))


def test_a_format_of_the_menu_saves_at_once_and_never_over_another_file(
    new_page: NewPage, recorded: Recorded, tmp_path: Path
) -> None:
    page = new_page(ended_run())
    page.exporting._folder = tmp_path
    assert page.run is not None
    (tmp_path / f"{page.run.job.name}.parquet").touch()
    page.exporting.ask(ExportFormat("rows", ".parquet", ""))
    ((path, options),) = recorded.exports
    assert path == tmp_path / f"{page.run.job.name} 2.parquet"
    assert options == ExportOptions()


def test_only_the_rows_shown_are_saved_while_the_box_is_checked(new_page: NewPage) -> None:
    button = new_page(ended_run()).results.export
    view = View(path="/view", rows=2)
    button.set_view(view)
    assert "2 rows" in button.only_box.text()
    assert button.view is view
    button.only_box.setChecked(False)
    assert button.shown is view
    assert [button.view] == [None]


def test_a_cancelled_export_says_that_nothing_was_saved(
    new_page: NewPage, recorded: Recorded, tmp_path: Path
) -> None:
    page = new_page(ended_run())
    page.exporting.save(str(tmp_path / "x.csv"))
    page.export_ended(tmp_path / "x.csv", Cancelled("Stopped.").failure)
    assert page.header.export_notice.text() == "Cancelled. Nothing was saved."
    assert page.results.export.isEnabled()


class DyingDesk:
    """A desk whose worker is killed in the middle of a workbook."""

    async def finish(self, work: object, spec: ExportSpec, *more: object) -> None:
        partial = partial_of(spec.path)
        cells_of(partial).mkdir()
        partial.touch()
        raise WorkerDied("The worker process was killed.")


async def test_nothing_is_left_of_an_export_whose_worker_was_killed(tmp_path: Path) -> None:
    told: list[Any] = []
    page: Any = SimpleNamespace(export_ended=lambda *end: told.append(end))
    run = SimpleNamespace(folder=tmp_path, board=SimpleNamespace(rows_loaded=1))
    desk: Any = DyingDesk()
    await Exports(desk, page).save(run, tmp_path / "x.xlsx", ExportOptions())
    assert told[0][1].sentence == "The worker process was killed."
    assert below(tmp_path, "*") == []


async def test_real_rows_are_saved_by_the_menu_and_a_cancel_or_closing_leaves_nothing(
    tmp_path: Path,
) -> None:
    data = folder(tmp_path, files=3, rows=50_000)
    out = tmp_path / "out"
    out.mkdir()
    async with program(tmp_path / "runs", data) as desktop:
        await until(desktop.new_job.form.footer.start.isEnabled)
        desktop.new_job.start()
        page = desktop.run_page
        await until(lambda: page.run is not None and page.run.receipt is not None)
        await until(page.results.export.isEnabled)
        page.exporting._folder = out
        page.exporting.ask(ExportFormat("rows", ".parquet", ""))
        notice = page.header.export_notice
        await until(lambda: "Saved as" in notice.text())
        saved = next(out.glob("*.parquet"))
        assert parquet.read_table(saved)["row"].to_pylist() == list(range(50_000)) * 3
        assert await rows_saved_as_shown(desktop, out) == len(shown_rows(page))
        page.results.query.ask(Query())
        await until(lambda: page.results.export.shown is None)
        page.exporting.ask(ExportFormat("rows", ".xlsx", ""))
        notice.link_clicked.emit()
        await until(lambda: "Nothing was saved" in notice.text())
        assert {path.suffix for path in out.iterdir()} == {".csv", ".parquet", ".jsonl"}
        sizes: asyncio.Future[tuple[int, int]] = asyncio.get_running_loop().create_future()
        desktop._estimate(page.run, saved, ExportOptions(), lambda *told: sizes.set_result(told))
        size, free = await sizes
        assert 0.5 < size / saved.stat().st_size < 2
        assert free > size
        page.exporting.ask(ExportFormat("rows", ".xlsx", ""))
        await until(lambda: below(out, "*.xlsx.partial"))
    assert {path.suffix for path in below(out, "*")} == {".csv", ".parquet", ".jsonl"}


def shown_rows(page: RunPage) -> list[list[str]]:
    """Return the cells of the rows shown, as they are in the worker's answer."""
    answer = page.results.query.whole
    assert answer is not None
    found = [answer.row(place) for place in range(answer.total)]
    rows = [divmod(row, 50_000) for row in found if row is not None]
    return [[str(file), str(row)] for file, row in rows]


def lines_of(folder: Path, pattern: str) -> list[str]:
    return next(folder.glob(pattern)).read_text().splitlines()


async def rows_saved_as_shown(desktop: Desktop, out: Path) -> int:
    """Filter and sort in the window, export twice, compare with the rows shown."""
    page = desktop.run_page
    export, notice = page.results.export, page.header.export_notice
    some = Filter(column="row", kind=FilterKind.RANGE, value="7", high="4020")
    page.results.query.ask(Query(filters=(some,), sort=(Sort(column="row", descending=True),)))
    await until(lambda: export.shown is not None)
    shown = shown_rows(page)
    assert len(shown) == 3 * 4_014
    page.exporting.ask(ExportFormat("rows", ".csv", ""))
    await until(lambda: ".csv" in notice.text() and "Saved as" in notice.text())
    lines = lines_of(out, "*.csv")[1:]
    assert [line.split(",")[:2] for line in lines] == sorted(
        shown, key=lambda cells: [int(cell) for cell in cells]
    )
    export.order_box.setChecked(True)
    page.exporting.ask(ExportFormat("rows", ".jsonl", ""))
    await until(lambda: ".jsonl" in notice.text() and "Saved as" in notice.text())
    told = [json.loads(line) for line in lines_of(out, "*.jsonl")]
    assert [[str(row["file"]), str(row["row"])] for row in told] == shown
    return len(told)
