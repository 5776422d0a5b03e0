"""The results table: any page in any order, any size, while it grows and when it is whole."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelection, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from loadline.domain.errors import Place, RunError
from loadline.domain.schema import Column, ColumnType
from loadline.gui.models import result_model
from loadline.gui.models.cells import Style, style_of, text_of
from loadline.gui.models.result_model import (
    PAGES_KEPT,
    WINDOW,
    Missing,
    Opened,
    ResultModel,
    ResultState,
    open_table,
)
from tests.support.run_pages import CountedTable, NewPage, new_page, recorded
from tests.support.scripted_run import FileScript, ScriptedRun

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

__all__ = ["new_page", "recorded"]  # fixtures
ORDER_ID, NOTE = 1, 4


@pytest.fixture
def model(qtbot: QtBot) -> Iterator[ResultModel]:
    made = ResultModel()
    yield made
    made.close_reader()


def open_rows(qtbot: QtBot, model: ResultModel, rows: int, **how: bool) -> CountedTable:
    """Show a table of so many rows and wait until it is there."""
    table = CountedTable(rows)
    key = ResultState((rows,), table.columns)
    model.open(key, lambda: open_table(key, table, table.columns, **how), at=1e9)
    qtbot.waitUntil(lambda: model.key == key, timeout=5_000)
    return table


def read(qtbot: QtBot, model: ResultModel, row: int, column: int = ORDER_ID) -> str | None:
    """Return a cell as soon as its page has been read."""
    qtbot.waitUntil(lambda: model.cell(row, column) is not Missing.LOADING, timeout=5_000)
    cell = model.cell(row, column)
    assert not isinstance(cell, Missing)
    return cell


def test_pages_are_read_in_any_order_and_give_the_right_rows(
    model: ResultModel, qtbot: QtBot
) -> None:
    open_rows(qtbot, model, 900_000)
    for row in (899_999, 0, 450_000, 199, 200, 201):
        assert read(qtbot, model, row) == str(2_200_001 + row)


def test_a_cell_is_missing_until_its_page_comes_and_then_one_signal_tells(
    model: ResultModel, qtbot: QtBot
) -> None:
    open_rows(qtbot, model, 10_000)
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda top, bottom: told.append((top.row(), bottom.row())))
    assert model.cell(5_000, ORDER_ID) is Missing.LOADING
    assert model.cell(5_001, ORDER_ID) is Missing.LOADING
    qtbot.waitUntil(lambda: bool(told), timeout=5_000)
    assert told == [(5_000, 5_199)]
    assert model.index(5_000, ORDER_ID).data() == "2205001"


def test_only_the_latest_pages_are_kept(model: ResultModel, qtbot: QtBot) -> None:
    table = open_rows(qtbot, model, 900_000)
    for number in range(PAGES_KEPT + 5):
        read(qtbot, model, number * 200)
    assert len(model._pages) == PAGES_KEPT
    before = len(table.asked)
    read(qtbot, model, 0)
    assert len(table.asked) == before + 1


def test_an_empty_cell_is_none_and_not_the_text_none(model: ResultModel, qtbot: QtBot) -> None:
    open_rows(qtbot, model, 100)
    assert read(qtbot, model, 0, NOTE) is None
    assert read(qtbot, model, 1, NOTE) == "note 1"
    assert model.index(0, NOTE).data() is None


def test_more_rows_than_the_table_can_hold_are_shown_a_part_at_a_time(
    model: ResultModel, qtbot: QtBot
) -> None:
    far = 3_000_000_000
    open_rows(qtbot, model, far)
    assert model.rowCount() == WINDOW
    row = model.show_window(far - 1)
    assert model.rowCount() == row + 1
    assert read(qtbot, model, row) == str(2_200_001 + far - 1)


def test_a_result_that_grows_keeps_its_pages_and_adds_rows(
    model: ResultModel, qtbot: QtBot
) -> None:
    open_rows(qtbot, model, 300)
    read(qtbot, model, 299)
    added: list[tuple[int, int]] = []
    model.rowsInserted.connect(lambda _, first, last: added.append((first, last)))
    table = open_rows(qtbot, model, 1_000, grows=True)
    assert added == [(300, 999)]
    assert read(qtbot, model, 0) == "2200001"
    assert table.asked == [0]
    assert read(qtbot, model, 399) == "2200400"


def test_a_part_that_comes_in_between_makes_all_pages_be_read_again(
    model: ResultModel, qtbot: QtBot
) -> None:
    open_rows(qtbot, model, 300)
    table = open_rows(qtbot, model, 1_000)
    read(qtbot, model, 0)
    assert table.asked == [0, 0]


def test_a_growing_result_is_not_opened_again_before_it_has_paid_off(
    model: ResultModel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(result_model, "CALM", 1e9)
    open_rows(qtbot, model, 300)
    asked: list[int] = []

    def again() -> Opened:
        asked.append(1)
        raise AssertionError

    model.open(ResultState((400,)), again, at=0.0)
    assert model._opening is None
    assert not asked


def test_a_state_that_is_opened_late_does_not_replace_a_later_one(
    model: ResultModel, qtbot: QtBot
) -> None:
    may_go = threading.Event()
    early, late = ResultState((300,)), ResultState((1_000,))

    def slow() -> Opened:
        may_go.wait(5)
        return open_table(early, CountedTable(300), CountedTable.columns)

    model.open(early, slow, at=1e9)
    model.open(late, lambda: open_table(late, CountedTable(1_000), CountedTable.columns), at=1e9)
    may_go.set()
    qtbot.waitUntil(lambda: model.key == late, timeout=5_000)
    model.copy(0, 0, [0], header=False)
    with qtbot.waitSignal(model.copied, timeout=5_000):
        pass  # whatever was asked for before has been answered
    assert model.key == late


def test_what_cannot_be_read_is_told_in_a_sentence(model: ResultModel, qtbot: QtBot) -> None:
    def broken() -> Opened:
        raise RunError("The part is damaged.", place=Place("part-00001.arrow"))

    with qtbot.waitSignal(model.failed, timeout=5_000) as told:
        model.open(ResultState((1,)), broken, at=1e9)
    assert told.args == ["The part is damaged. (part-00001.arrow)"]


def test_copied_cells_are_whole_and_ungrouped(model: ResultModel, qtbot: QtBot) -> None:
    open_rows(qtbot, model, 10_000)
    with qtbot.waitSignal(model.copied, timeout=5_000) as told:
        model.copy(1, 2, [2, 3, 4], header=True)
    assert told.args == ["quantity\tprice\tnote\n999\t1.5\tnote 1\n998\t2.5\tnote 2\n"]


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (ColumnType.INT, -7117, "\u22127,117"),
        (ColumnType.DECIMAL, 12.9, "12.90"),
        (ColumnType.DECIMAL, 12.125, "12.125"),
        (ColumnType.DECIMAL, 1e300, "1e+300"),
        (ColumnType.BOOL, False, "false"),
        (ColumnType.TEXT, "", ""),
        (ColumnType.TEXT, "two\nlines", "two\u23celines"),
        (ColumnType.LIST, ["a", None], "a, "),
        (ColumnType.INT, None, None),
    ],
)
def test_values_are_written_as_people_read_them(
    kind: ColumnType, value: object, text: str | None
) -> None:
    assert text_of(value, Style(kind, grouped=True, places=2)) == text


@pytest.mark.parametrize("name", ["order_id", "year", "_id", "zip", "customerId", "_row"])
def test_keys_and_years_are_not_grouped(name: str) -> None:
    assert not style_of(Column(name, ColumnType.INT), [1998]).grouped


def test_decimals_have_as_many_places_as_the_sample_needs() -> None:
    assert style_of(Column("price", ColumnType.DECIMAL), [12.9, None, 27.95]).places == 2


def ended_run(rows: int) -> ScriptedRun:
    run = ScriptedRun([FileScript("a.csv", 1_000, rows)])
    run.parts = lambda: (run.board.rows_loaded,)  # type: ignore[method-assign]
    run.plan()
    run.run_to_end()
    return run


def test_the_tab_counts_rows_and_columns_and_goes_to_a_row(new_page: NewPage, qtbot: QtBot) -> None:
    page = new_page(ended_run(5_400))
    results = page.results
    qtbot.waitUntil(lambda: results.model.total == 5_400, timeout=5_000)
    assert results._sum.text() == "5,400 rows, 5 columns"
    QTest.keyClicks(results.go, "4321")
    QTest.keyClick(results.go, Qt.Key.Key_Return)
    assert results.table.currentIndex().row() == 4_320
    assert page.tabs.badge(results) == "5,400"


def test_the_widths_come_from_the_first_page_and_stay(new_page: NewPage, qtbot: QtBot) -> None:
    page = new_page(ended_run(90_000))
    table = page.results.table
    qtbot.waitUntil(lambda: page.results.model.total == 90_000, timeout=5_000)
    before = [table.columnWidth(c) for c in range(5)]
    page.results.go_to(89_999)
    qtbot.waitUntil(lambda: page.results.model.cell(89_998, 1) is not Missing.LOADING)
    assert [table.columnWidth(c) for c in range(5)] == before
    assert min(before) >= 56


def test_a_selected_block_is_copied_with_its_column_names(new_page: NewPage, qtbot: QtBot) -> None:
    page = new_page(ended_run(500))
    results = page.results
    qtbot.waitUntil(lambda: results.model.total == 500, timeout=5_000)
    block = QItemSelection(results.model.index(1, 1), results.model.index(2, 2))
    chosen = results.table.selectionModel()
    chosen.select(block, chosen.SelectionFlag.ClearAndSelect)
    with qtbot.waitSignal(results.model.copied, timeout=5_000):
        QTest.keyClick(results.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied == "order_id\tquantity\n2200002\t999\n2200003\t998\n"


def test_the_export_button_wakes_up_when_there_are_rows(new_page: NewPage, qtbot: QtBot) -> None:
    page = new_page(ended_run(500))
    qtbot.waitUntil(page.results.export.isEnabled, timeout=5_000)
    names = [a.text().split("\t")[0] for a in page.results.export.menu_shown.actions() if a.text()]
    assert names == [
        "Spreadsheet", "Excel", "Parquet", "Feather", "JSON lines", "SQLite",
        "Other place or way …", "Copy rows", "Receipt",
    ]  # fmt: skip


def test_before_the_first_file_is_done_the_tab_says_so(new_page: NewPage) -> None:
    run = ScriptedRun([FileScript("a.csv")])
    run.plan()
    page = new_page(run)
    assert page.results._empty.isVisible()
    assert page.results._empty.text() == "Rows appear here as soon as the first file is done."


def test_a_row_can_be_shown_before_the_dataset_is_open(new_page: NewPage, qtbot: QtBot) -> None:
    page = new_page(ended_run(5_400))
    page.tabs.show_page(page.receipt)
    page.show_row(4_320)
    assert page.tabs.current() is page.results
    qtbot.waitUntil(lambda: page.results.table.currentIndex().row() == 4_320, timeout=5_000)
