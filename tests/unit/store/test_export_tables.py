"""Exports that other programs open as tables: Excel and SQLite; and the rows of a view."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pyarrow as pa
import pytest
from pyarrow import parquet

from loadline.domain.arrow import domain_schema
from loadline.domain.errors import Cancelled, OutputRefused, RunError
from loadline.store import xlsx_format
from loadline.store.dataset import Dataset
from loadline.store.export import ExportOptions, export
from tests.support.parts import numbers, part

SECOND = datetime.fromisoformat("2020-02-29T12:00:01")
VALUES = pa.record_batch(
    {
        "int": pa.array([2**63 - 1, None, -5, 2**53 - 1, -(2**63)]),
        "decimal": pa.array([0.1, None, 1e300, -0.0, 1 / 3]),
        "bool": pa.array([True, None, False, True, False]),
        "date": pa.array(
            [date(1998, 3, 11), None, date(1, 1, 1), date(1900, 3, 1), date(9999, 12, 31)]
        ),
        "moment": pa.array(
            [SECOND, None, SECOND.replace(microsecond=5), SECOND.replace(microsecond=250_000),
             SECOND.replace(year=1899, month=3, day=1)], pa.timestamp("us"),
        ),
        "text": pa.array(['a,"b"\n=c\t\r\nx', None, "", "_x000D_ é 🎉 <&>", "\x00\x1f 00501 "]),
        "list": pa.array([["a", 'b"'], None, [], ["é"], ["🎉"]], pa.list_(pa.string())),
        "binary": pa.array([b"\xff\0", None, b"", b"a", b"b"]),
        "empty": pa.nulls(5),
        'Zäh"🎉,': pa.array(["00501", "é", "🎉", "=1+1", "x"]),
    }
)  # fmt: skip


def whole(folder: Path, *batches: pa.RecordBatch) -> Dataset:
    parts = [part(folder, index, batch) for index, batch in enumerate(batches)]
    return Dataset(folder, parts, domain_schema(batches[0].schema))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def sheets(path: Path) -> list[list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(path)
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def table(path: Path) -> tuple[list[str], list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(path)) as database:
        ((name,),) = database.execute("SELECT name FROM sqlite_master").fetchall()
        found = database.execute(f'SELECT * FROM "{name}"')
        return [column[0] for column in found.description], found.fetchall()


def view(folder: Path, rows: Sequence[int]) -> Path:
    path = folder / "view"
    np.array(rows, "<i8").tofile(path)
    return path


def test_every_value_of_every_type_comes_back_from_excel(tmp_path: Path, out: Path) -> None:
    export(whole(tmp_path, VALUES), out / "x.xlsx")
    ((head, *rows),) = sheets(out / "x.xlsx")
    assert list(head) == VALUES.schema.names
    by_name = dict(zip(head, zip(*rows, strict=True), strict=True))
    assert by_name["int"] == (str(2**63 - 1), None, -5, 2**53 - 1, str(-(2**63)))
    assert by_name["decimal"] == (0.1, None, 1e300, 0, 1 / 3)
    assert by_name["bool"] == (True, None, False, True, False)
    assert by_name["date"] == (
        datetime.fromisoformat("1998-03-11"), None, "0001-01-01",
        datetime.fromisoformat("1900-03-01"), datetime.fromisoformat("9999-12-31"),
    )  # fmt: skip
    assert by_name["moment"] == (
        SECOND, None, "2020-02-29 12:00:01.000005", SECOND.replace(microsecond=250_000),
        "1899-03-01 12:00:01",
    )  # fmt: skip
    assert by_name["text"][1] is None
    assert by_name['Zäh"🎉,'] == ("00501", "é", "🎉", "=1+1", "x")


def test_texts_come_back_from_excel_with_their_line_ends_and_control_signs(
    tmp_path: Path, out: Path
) -> None:
    from openpyxl.utils.escape import unescape

    export(whole(tmp_path, VALUES.select(["text"])), out / "x.xlsx")
    ((_, *rows),) = sheets(out / "x.xlsx")
    texts = [None if value is None else unescape(value) for (value,) in rows]
    assert texts == ['a,"b"\n=c\t\r\nx', None, "", "_x000D_ é 🎉 <&>", "\x00\x1f 00501 "]


def test_formulas_are_text_in_excel(tmp_path: Path, out: Path) -> None:
    export(whole(tmp_path, pa.record_batch({"x": ["=1+1", "@cmd"]})), out / "x.xlsx")
    sheet = openpyxl.load_workbook(out / "x.xlsx").active
    assert [cell.data_type for (cell,) in sheet.iter_rows()] == ["s", "s", "s"]


def test_more_rows_than_a_sheet_takes_are_told_before_and_go_on_in_further_sheets(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_format, "MOST_ROWS", 1_000)
    found = whole(tmp_path, numbers(0, 2_500))
    asked: list[int] = []
    with pytest.raises(OutputRefused, match="takes 1,000 rows, these are 2,500"):
        export(found, out / "x.xlsx", report=lambda rows, _: asked.append(rows))
    assert asked == []
    assert list(out.iterdir()) == []
    export(found, out / "x.xlsx", options=ExportOptions(sheets="several"))
    several = sheets(out / "x.xlsx")
    assert [sheet[0] for sheet in several] == [("n",)] * 3
    assert [n for sheet in several for (n,) in sheet[1:]] == list(range(2_500))
    export(found, out / "x.xlsx", overwrite=True, options=ExportOptions(sheets="first"))
    assert [n for (n,) in sheets(out / "x.xlsx")[0][1:]] == list(range(1_000))


def test_what_excel_and_sqlite_cannot_hold_is_told_before(tmp_path: Path, out: Path) -> None:
    long = whole(tmp_path / "out", pa.record_batch({"x": ["a", "🎉" * 16_384]}))
    with pytest.raises(OutputRefused, match=r"takes 32,767 characters; in column x.*32,768"):
        export(long, out / "x.xlsx")
    wide = pa.record_batch({f"c{n}": [n] for n in range(16_385)})
    (tmp_path / "wide").mkdir()
    found = whole(tmp_path / "wide", wide)
    with pytest.raises(OutputRefused, match="takes 16,384 columns, these are 16,385"):
        export(found, out / "x.xlsx")
    with pytest.raises(OutputRefused, match="takes 2,000 columns, these are 16,385"):
        export(found, out / "x.sqlite")
    assert [path.name for path in out.iterdir()] == ["parts"]


@pytest.mark.parametrize("suffix", [".sqlite", ".db"])
def test_every_value_of_every_type_comes_back_from_sqlite(
    tmp_path: Path, out: Path, suffix: str
) -> None:
    export(whole(tmp_path, VALUES), out / f"x{suffix}")
    names, rows = table(out / f"x{suffix}")
    assert names == VALUES.schema.names
    by_name = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    for name in ("int", "decimal", "bool", "text", "binary", "empty", 'Zäh"🎉,'):
        assert by_name[name] == VALUES.column(name).to_pylist(), name
    assert by_name["date"] == ["1998-03-11", None, "0001-01-01", "1900-03-01", "9999-12-31"]
    assert by_name["moment"][:3] == [
        "2020-02-29 12:00:01", None, "2020-02-29 12:00:01.000005",
    ]  # fmt: skip
    assert by_name["list"] == ['["a", "b\\""]', None, "[]", '["é"]', '["🎉"]']


def test_an_sqlite_table_has_types_and_takes_any_names(tmp_path: Path, out: Path) -> None:
    rows = pa.record_batch({"Name": ["a"], "name": [1], "select": [0.5], 'a"; drop': [True]})
    export(whole(tmp_path, rows), out / "sqlite_ü.sqlite")
    with closing(sqlite3.connect(out / "sqlite_ü.sqlite")) as database:
        found = database.execute("SELECT name, type FROM pragma_table_info('_sqlite_ü')")
        assert found.fetchall() == [
            ("Name", "TEXT"), ("name_2", "INTEGER"), ("select", "REAL"), ('a"; drop', "BOOLEAN"),
        ]  # fmt: skip


def test_not_a_number_is_not_lost_in_sqlite(tmp_path: Path, out: Path) -> None:
    odd = pa.record_batch({"x": pa.array([float("nan"), float("inf"), None])})
    export(whole(tmp_path, odd), out / "x.db")
    assert table(out / "x.db")[1] == [("NaN",), (float("inf"),), (None,)]


@pytest.mark.parametrize("suffix", [".xlsx", ".sqlite"])
def test_a_cancel_leaves_the_earlier_file_as_it_was(tmp_path: Path, out: Path, suffix: str) -> None:
    def stop(rows: int, bytes_read: int) -> None:
        if rows:
            raise Cancelled("Stopped.")

    (out / f"x{suffix}").write_text("earlier")
    found = whole(tmp_path, *(numbers(n * 60_000, 60_000) for n in range(4)))
    with pytest.raises(Cancelled):
        export(found, out / f"x{suffix}", overwrite=True, report=stop)
    assert [path.name for path in out.iterdir()] == [f"x{suffix}"]
    assert (out / f"x{suffix}").read_text() == "earlier"


@pytest.mark.parametrize(
    "rows",
    [
        range(0, 150_000, 7),
        range(149_999, -1, -1),
        [149_999, 0, 75_000, 3, 65_536, 65_535],
        [],
    ],
    ids=["filtered", "turned round", "mixed", "none"],
)
def test_the_rows_of_a_view_are_written_in_its_order(
    tmp_path: Path, out: Path, rows: Sequence[int]
) -> None:
    found = whole(tmp_path, numbers(0, 100_000), numbers(100_000, 1), numbers(100_001, 49_999))
    export(found, out / "x.parquet", view=view(tmp_path, rows))
    assert parquet.read_table(out / "x.parquet")["n"].to_pylist() == list(rows)


@pytest.mark.parametrize(
    "rows",
    [[149_999, 0, 75_000, 3, 65_536, 65_535], range(149_999, -1, -1), range(5, 150_000, 7), []],
    ids=["mixed", "turned round", "filtered", "none"],
)
def test_the_rows_of_a_view_keep_the_order_of_the_source_if_that_is_wanted(
    tmp_path: Path, out: Path, rows: Sequence[int]
) -> None:
    found = whole(tmp_path, numbers(0, 100_000), numbers(100_000, 50_000))
    export(found, out / "x.parquet", view=view(tmp_path, rows), as_shown=False)
    assert parquet.read_table(out / "x.parquet")["n"].to_pylist() == sorted(rows)


def test_a_view_of_another_result_is_refused(tmp_path: Path, out: Path) -> None:
    found = whole(tmp_path, numbers(0, 10))
    with pytest.raises(RunError, match="not of this result"):
        export(found, out / "x.csv", view=view(tmp_path, [3, 10]))
    with pytest.raises(RunError, match="cannot be read"):
        export(found, out / "x.csv", view=tmp_path / "gone")
    assert list(out.iterdir()) == []
