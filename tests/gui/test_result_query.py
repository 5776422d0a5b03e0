"""Filter, order and search in the Results tab: real parts, real workers, the real window."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from loadline.bootstrap import local_pool, source_of
from loadline.domain.arrow import domain_schema
from loadline.domain.query import Filter, FilterKind
from loadline.gui.application.desk import Desk
from loadline.gui.application.result_desk import ResultDesk
from loadline.gui.models.result_model import Missing
from loadline.gui.run_page.outlets import Outlets
from loadline.gui.run_page.page import RunPage
from loadline.store.query_start import get_ready
from loadline.store.scratch import Scratch
from tests.gui.test_desktop import program, until
from tests.support.parts import part
from tests.support.scripted_run import FileScript, ScriptedRun

if TYPE_CHECKING:
    from loadline.engine.backends.local_pool import LocalPool
    from loadline.gui.run_page.results_tab import ResultsTab
    from loadline.gui.theme import Theme

pytestmark = [pytest.mark.time_limit(60), pytest.mark.usefixtures("qapp")]
STATES = ("MN", "WI", "IA", "WI", "MN")
FILE, STATE, SIZE, NOTE = 0, 1, 2, 3


FILES = 3


def scratch_files() -> list[Path]:
    """Return the answers that this process keeps."""
    return list(Scratch().new_file().parent.glob("*.rows"))


def cells(number: int) -> dict[str, list[object]]:
    """Return the columns of a file of 100 rows: sizes fall, every tenth note is empty."""
    rows = range(100)
    return {
        "file": [number] * 100,
        "state": [STATES[row % 5] for row in rows],
        "size": [1000 - row for row in rows],
        "note": [None if row % 10 == 0 else f"note {row}" for row in rows],
        "_source": [f"quay-{number}.csv"] * 100,
    }


@pytest.fixture(scope="module")
def workers() -> Iterator[LocalPool]:
    """Return one real worker for all tests."""
    pool = local_pool(1)
    pool.submit(get_ready, None).result(30)
    yield pool
    pool.close()


@asynccontextmanager
async def shown(
    tmp_path: Path, theme: Theme, workers: LocalPool, *, ended: bool = True
) -> AsyncIterator[RunPage]:
    """Give the page of a run of 300 rows, with a worker to ask."""
    batches = [pa.record_batch(cells(number)) for number in range(FILES)]
    parts = tuple(part(tmp_path, index, batch) for index, batch in enumerate(batches))
    run = ScriptedRun([FileScript(f"quay-{n}.csv", 1_000, 100) for n in range(FILES)])
    run.folder = tmp_path
    run.parts = lambda: parts  # type: ignore[method-assign]
    run.schema = lambda: domain_schema(batches[0].schema)  # type: ignore[method-assign]
    run.plan()
    if ended:
        run.run_to_end()
    desk = ResultDesk(Desk(workers), source_of, Scratch(tmp_path / "views"))
    page = RunPage(theme, Outlets(results=desk))
    page.resize(1096, 772)
    page.show_run(run)
    page.show()
    try:
        await until(lambda: page.results.model.total == 300)
        assert page.results.query.offered is ended
        yield page
    finally:
        page.hide()
        page.close_readers()
        page.deleteLater()


async def settled(results: ResultsTab) -> None:
    await until(lambda: not results.query.busy)


async def column(results: ResultsTab, section: int, rows: int = 5) -> list[str | None]:
    """Return the first texts of a column as soon as they have been read."""
    found = []
    for row in range(min(rows, results.model.rowCount())):
        await until(partial(known, results, row, section))
        cell = results.model.cell(row, section)
        assert not isinstance(cell, Missing)
        found.append(cell)
    return found


def known(results: ResultsTab, row: int, section: int) -> bool:
    return results.model.cell(row, section) is not Missing.LOADING


def click_header(results: ResultsTab, section: int, *, shift: bool = False) -> None:
    head = results.table.head
    x = head.sectionViewportPosition(section) + 20
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, held, QPoint(x, 12))


async def test_a_header_click_sorts_reverses_and_gives_the_source_order_back(
    tmp_path: Path, theme: Theme, workers: LocalPool
) -> None:
    async with shown(tmp_path, theme, workers) as page:
        results = page.results
        click_header(results, SIZE)
        await settled(results)
        assert await column(results, SIZE) == ["901", "901", "901", "902", "902"]
        assert await column(results, FILE) == ["0", "1", "2", "0", "1"]
        click_header(results, SIZE)
        await settled(results)
        assert await column(results, SIZE) == ["1,000", "1,000", "1,000", "999", "999"]
        click_header(results, SIZE)
        await settled(results)
        assert results.model.view is None
        assert await column(results, SIZE) == ["1,000", "999", "998", "997", "996"]


async def test_shift_adds_a_column_to_the_order_and_alt_sorts_from_the_keyboard(
    tmp_path: Path, theme: Theme, workers: LocalPool
) -> None:
    async with shown(tmp_path, theme, workers) as page:
        results = page.results
        results.table.setCurrentIndex(results.model.index(0, STATE))
        QTest.keyClick(results.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        await settled(results)
        assert await column(results, STATE, 1) == ["WI"]
        click_header(results, SIZE, shift=True)
        await settled(results)
        assert [s.column for s in results.query.query.sort] == ["state", "size"]
        assert await column(results, SIZE, 4) == ["902", "902", "902", "904"]
        assert results.table.accessibleDescription() == (
            "Sorted by state, descending; size, ascending"
        )


async def test_a_filter_is_written_in_the_bar_and_removed_by_its_chip(
    tmp_path: Path, theme: Theme, workers: LocalPool
) -> None:
    async with shown(tmp_path, theme, workers) as page:
        results, form = page.results, page.results.form
        results.table.setCurrentIndex(results.model.index(0, STATE))
        results.start_filtering()
        assert form.column.currentText() == "state"
        form.kind.setCurrentText("is")
        QTest.keyClicks(form.value, "wi")
        QTest.keyClick(form.value, Qt.Key.Key_Return)
        await settled(results)
        assert results._sum.text() == "120 of 300 rows"
        assert results.bar.chips.words() == ["state is wi"]
        assert results.export.view is not None
        assert results.export.view.rows == 120
        form.column.setCurrentText("size")
        form.kind.setCurrentText("is between")
        form.value.setText("990")
        form.high.clear()
        form.add.click()
        await settled(results)
        assert results._sum.text() == "12 of 300 rows"
        assert await column(results, SIZE, 4) == ["999", "997", "994", "992"]
        chip = results.bar.chips._chips[0]
        QTest.keyClick(chip, Qt.Key.Key_Delete)
        await settled(results)
        assert results.bar.chips.words() == ["size \u2265 990"]
        results.bar.chips.clear.click()
        assert results._sum.text() == "300 rows, 5 columns"
        assert results.export.view is None


async def test_a_value_that_is_none_is_told_in_plain_words_and_nothing_changes(
    tmp_path: Path, theme: Theme, workers: LocalPool
) -> None:
    async with shown(tmp_path, theme, workers) as page:
        results, form = page.results, page.results.form
        form.begin(SIZE)
        form.kind.setCurrentText("is")
        form.value.setText("many")
        form.add.click()
        assert form.wrong.isVisible()
        assert form.wrong.text() == "\u201cmany\u201d is not a number."
        assert results.query.query.plain


async def test_a_filter_that_nothing_passes_says_so(
    tmp_path: Path, theme: Theme, workers: LocalPool
) -> None:
    async with shown(tmp_path, theme, workers) as page:
        results = page.results
        results.query.add_filter(Filter(column="note", kind=FilterKind.CONTAINS, value="absent"))
        await settled(results)
        assert results._empty.text() == "No row passes the filter."
        results.query.clear_filters()
        assert results.table.isVisible()


async def test_a_row_that_a_filter_hides_is_shown_without_it(
    tmp_path: Path, theme: Theme, workers: LocalPool
) -> None:
    async with shown(tmp_path, theme, workers) as page:
        results = page.results
        results.query.add_filter(Filter(column="state", kind=FilterKind.EQUALS, value="WI"))
        await settled(results)
        page.show_row(103)
        await until(lambda: results.table.currentIndex().row() == 41)
        page.show_row(100)
        await until(lambda: results.table.currentIndex().row() == 100)
        assert results.query.query.plain


async def test_cancelling_goes_back_to_what_was_shown(
    tmp_path: Path, theme: Theme, workers: LocalPool
) -> None:
    async with shown(tmp_path, theme, workers) as page:
        results = page.results
        results.query.add_filter(Filter(column="state", kind=FilterKind.EQUALS, value="WI"))
        await settled(results)
        results.query.sort("size")
        results.query.cancel()
        await settled(results)
        assert results._sum.text() == "120 of 300 rows"
        assert not results.query.query.sort


async def test_a_text_is_found_row_by_row_and_its_cell_selected(
    tmp_path: Path, theme: Theme, workers: LocalPool
) -> None:
    async with shown(tmp_path, theme, workers) as page:
        results, bar = page.results, page.results.find_bar
        results.start_finding()
        QTest.keyClicks(bar.edit, "NOTE 9")
        QTest.keyClick(bar.edit, Qt.Key.Key_Return)
        await until(lambda: results.table.currentIndex().column() == NOTE)
        assert bar.told.text() == "1 of 30 rows"
        assert results.table.currentIndex().row() == 9
        QTest.keyClick(bar.edit, Qt.Key.Key_Return)
        await until(lambda: results.table.currentIndex().row() == 91)
        bar.before.click()
        bar.before.click()
        assert bar.told.text() == "30 of 30 rows"
        await until(lambda: results.table.currentIndex().row() == 299)
        bar.case.click()
        await until(lambda: bar.told.text() == "Found in no row")
        assert not bar.after.isEnabled()


async def test_a_search_looks_only_at_what_the_filter_shows(
    tmp_path: Path, theme: Theme, workers: LocalPool
) -> None:
    async with shown(tmp_path, theme, workers) as page:
        results, bar = page.results, page.results.find_bar
        results.query.add_filter(Filter(column="state", kind=FilterKind.EQUALS, value="WI"))
        await settled(results)
        results.query.sort_by("size", descending=False)
        await settled(results)
        results.start_finding()
        bar.edit.setText("note 3")
        bar._enter()
        await until(lambda: bar.told.text().endswith("of 15 rows"))
        await until(lambda: results.table.currentIndex().column() == NOTE)
        row = results.table.currentIndex().row()
        await until(lambda: isinstance(results.model.cell(row, NOTE), str))  # its page is read
        assert str(results.model.cell(row, NOTE)).startswith("note 3")


async def test_facts_of_a_column_are_of_all_rows_or_of_those_shown(
    tmp_path: Path, theme: Theme, workers: LocalPool
) -> None:
    async with shown(tmp_path, theme, workers) as page:
        results, pane = page.results, page.results.statistics
        results.table.setCurrentIndex(results.model.index(0, SIZE))
        results.bar.statistics.click()
        await until(lambda: pane.facts)
        assert pane.facts == [
            ("Rows", "300"), ("Empty", "0"), ("Different values", "100"), ("Smallest", "901"),
            ("Median", "950"), ("Average", "950.5"), ("Largest", "1,000"),
        ]  # fmt: skip
        assert not pane.which.isVisible()
        results.query.add_filter(Filter(column="size", kind=FilterKind.RANGE, value="991"))
        await settled(results)
        pane.which.choose("shown")
        await until(lambda: pane.facts[0] == ("Rows", "30"))
        assert pane.facts[-1] == ("Largest", "1,000")
        results.table.setCurrentIndex(results.model.index(0, NOTE))
        await until(lambda: pane.facts[1] == ("Empty", "3"))
        assert pane.name.text() == "note"


async def test_the_menu_of_a_cell_filters_by_its_value(
    tmp_path: Path, theme: Theme, workers: LocalPool
) -> None:
    async with shown(tmp_path, theme, workers) as page:
        results = page.results
        await column(results, SIZE, 1)
        menu = results.menu.menu(0, SIZE)
        named = {action.text().split("\t")[0]: action for action in menu.actions()}
        named["Only rows with this value"].trigger()
        await settled(results)
        assert results._sum.text() == "3 of 300 rows"
        assert list(named)[0:2] == ["Sort ascending", "Sort descending"]
        menu.deleteLater()


async def test_rows_of_a_run_at_work_are_not_sorted_and_the_header_says_why(
    tmp_path: Path, theme: Theme, workers: LocalPool
) -> None:
    async with shown(tmp_path, theme, workers, ended=False) as page:
        results = page.results
        assert results.table.head.toolTip() == "Rows can be sorted when the run has ended"
        click_header(results, SIZE)
        results.start_filtering()
        assert results.query.query.plain
        assert not results.form.isVisible()


async def test_a_row_leads_to_its_file_and_line_also_in_a_view(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    for number in range(FILES):
        lines = [f"{row},{1000 - row}" for row in range(100)]
        (data / f"quay-{number}.csv").write_text("\n".join(["row,size", *lines, ""]))
    async with program(tmp_path / "runs", data) as desktop:
        await until(desktop.new_job.form.footer.start.isEnabled)
        desktop.new_job.start()
        results = desktop.run_page.results
        await until(lambda: results.query.offered)
        results.query.sort_by("size", descending=False)
        await settled(results)
        results.table.setCurrentIndex(results.model.index(2, 1))
        QTest.keyClick(results.table, Qt.Key.Key_F4)
        await until(lambda: results.origin.place() == "quay-2.csv, line 101")
        assert results.notice.text() == "Row 300 is in quay-2.csv, line 101"
        results.origin.copy.click()
        assert QGuiApplication.clipboard().text() == "quay-2.csv, line 101"
        assert not results.origin.problems.isVisible()
        assert scratch_files()
    assert not scratch_files()
