from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loadline.domain.arrow import KEEPS_NULLS, domain_schema
from loadline.domain.errors import RunError
from loadline.domain.schema import Column, ColumnType, Schema
from loadline.store.dataset import Dataset, PartRef
from tests.support.parts import numbers, part, values

INT = (Column("n", ColumnType.INT),)


def dataset(folder: Path, *tables: dict[str, Any], schema: Schema) -> Dataset:
    parts = [part(folder, index, pa.record_batch(table)) for index, table in enumerate(tables)]
    return Dataset(folder, parts, schema)


def column(kind: ColumnType, *tables: dict[str, Any], folder: Path) -> list[object]:
    found = dataset(folder, *tables, schema=(Column("x", kind),))
    return list(found.page(0, 100)["x"].to_pylist())


def test_parts_come_in_index_order_whatever_order_they_are_given_in(tmp_path: Path) -> None:
    parts = [part(tmp_path, index, numbers(index * 10, 10)) for index in (2, 0, 1)]
    found = Dataset(tmp_path, parts, INT)
    assert found.num_rows == 30
    assert found.page(0, 99)["n"].to_pylist() == list(range(30))
    assert [row["n"] for row in values(list(found.batches()))] == list(range(30))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    sizes=st.lists(st.integers(0, 40), max_size=8),
    start=st.integers(0, 200),
    count=st.integers(0, 90),
)
def test_any_page_is_what_a_list_would_give(
    tmp_path: Path, sizes: list[int], start: int, count: int
) -> None:
    firsts = [sum(sizes[:index]) for index in range(len(sizes))]
    parts = [
        part(tmp_path, index, numbers(first, size))
        for index, (first, size) in enumerate(zip(firsts, sizes, strict=True))
    ]
    found = Dataset(tmp_path, parts, INT)
    everything = list(range(sum(sizes)))
    assert found.page(start, count)["n"].to_pylist() == everything[start : start + count]
    streamed = values(list(found.batches(start=start, stop=start + count)) or found.page(0, 0))
    assert [row["n"] for row in streamed] == everything[start : start + count]
    found.close()


def test_pages_far_apart_and_across_batches_and_parts_are_right(tmp_path: Path) -> None:
    rows = 200_000
    parts = [part(tmp_path, index, numbers(index * rows, rows)) for index in range(3)]
    found = Dataset(tmp_path, parts, INT)
    for start in (0, 65_530, 199_990, 599_999, 131_071, 399_980, 10):
        expected = list(range(start, min(start + 50, 3 * rows)))
        assert found.page(start, 50)["n"].to_pylist() == expected
    assert found.page(600_000, 50).num_rows == 0


def test_many_threads_get_the_right_pages(tmp_path: Path) -> None:
    parts = [part(tmp_path, index, numbers(index * 70_000, 70_000)) for index in range(12)]
    found = Dataset(tmp_path, parts, INT)
    starts = [(number * 99_991) % 840_000 for number in range(200)]
    with ThreadPoolExecutor(4) as threads:
        pages = list(threads.map(lambda start: found.page(start, 3)["n"].to_pylist(), starts))
    assert pages == [list(range(start, min(start + 3, 840_000))) for start in starts]


def test_parts_without_rows_are_passed_over(tmp_path: Path) -> None:
    parts = [
        part(tmp_path, 0, numbers(0, 0)),
        PartRef(1, "empty.csv", 0, ""),
        part(tmp_path, 2, numbers(5, 1)),
    ]
    found = Dataset(tmp_path, parts, INT)
    assert found.page(0, 9)["n"].to_pylist() == [5]


def test_opening_looks_into_no_file(tmp_path: Path) -> None:
    parts = [PartRef(index, "", 10, f"part-{index:05d}.arrow") for index in range(10_000)]
    found = Dataset(tmp_path, parts, INT)
    assert found.num_rows == 100_000
    with pytest.raises(RunError, match="damaged"):
        found.page(0, 1)


def test_a_column_that_a_part_lacks_is_null_there(tmp_path: Path) -> None:
    schema = (Column("a", ColumnType.INT), Column("b", ColumnType.TEXT))
    found = dataset(tmp_path, {"a": [1]}, {"b": ["x"], "a": [2]}, schema=schema)
    assert values(found.page(0, 9)) == [{"a": 1, "b": None}, {"a": 2, "b": "x"}]


def test_an_encoded_column_is_decoded(tmp_path: Path) -> None:
    encoded = pa.array(["f", None, "f"]).dictionary_encode()
    found = dataset(tmp_path, {"x": encoded}, schema=(Column("x", ColumnType.TEXT),))
    assert found.page(0, 9).schema.types == [pa.string()]
    assert found.page(0, 9)["x"].to_pylist() == ["f", None, "f"]


def test_an_empty_column_becomes_any_type(tmp_path: Path) -> None:
    for kind in ColumnType:
        expected = "" if kind is ColumnType.TEXT else None
        assert column(kind, {"x": pa.nulls(1)}, folder=tmp_path) == [expected]


def test_numbers_and_dates_become_the_text_that_was_written(tmp_path: Path) -> None:
    found = column(
        ColumnType.TEXT,
        {"x": pa.array([-7, None, 2**62])},
        {"x": pa.array([date(1998, 3, 11), None])},
        {"x": ["00501", None, ""]},
        folder=tmp_path,
    )
    assert found == ["-7", "", str(2**62), "1998-03-11", "", "00501", None, ""]


def test_nulls_stay_nulls_where_the_source_says_that_they_are_no_empty_cells(
    tmp_path: Path,
) -> None:
    batch = pa.record_batch({"x": pa.array([1, None])})
    kept = part(tmp_path, 0, batch.replace_schema_metadata(KEEPS_NULLS))
    found = Dataset(tmp_path, [kept], (Column("x", ColumnType.TEXT),))
    assert found.page(0, 9)["x"].to_pylist() == ["1", None]


def test_numbers_become_wider_numbers_and_dates_times(tmp_path: Path) -> None:
    assert column(ColumnType.DECIMAL, {"x": [2**53, -1, None]}, folder=tmp_path) == [
        2.0**53,
        -1,
        None,
    ]
    dates = {"x": pa.array([date(2020, 2, 29)])}
    assert column(ColumnType.TIMESTAMP, dates, folder=tmp_path) == [
        datetime.fromisoformat("2020-02-29")
    ]


def test_a_number_that_a_decimal_cannot_hold_is_an_error_and_not_another_number(
    tmp_path: Path,
) -> None:
    with pytest.raises(RunError, match="Column x of a part does not fit"):
        column(ColumnType.DECIMAL, {"x": [2**53 + 1]}, folder=tmp_path)


def test_what_is_not_text_has_one_canonical_text(tmp_path: Path) -> None:
    written = ("2020-01-01T12:00:00", "2020-01-01T12:00:00.000500")
    moments = pa.array([datetime.fromisoformat(text) for text in written])
    found = column(
        ColumnType.TEXT,
        {"x": moments},
        {"x": [True, False]},
        {"x": [0.1, 1.5]},
        {"x": [["a", 'b"ü'], []]},
        folder=tmp_path,
    )
    assert found == [
        "2020-01-01 12:00:00", "2020-01-01 12:00:00.000500", "true", "false", "0.1", "1.5",
        '["a", "b\\"ü"]', "[]",
    ]  # fmt: skip


def test_some_columns_can_be_read_alone_and_in_another_order(tmp_path: Path) -> None:
    tables = {f"c{number}": [number, number + 1] for number in range(500)}
    schema = domain_schema(pa.record_batch(tables).schema)
    found = dataset(tmp_path, tables, {"c7": [9]}, schema=schema)
    assert values(found.page(1, 9, ["c7", "c3"])) == [{"c7": 8, "c3": 4}, {"c7": 9, "c3": None}]
    assert found.page(0, 9, ["c499"])["c499"].to_pylist() == [499, 500, None]
    only_rows = list(found.batches(["c499"], start=2))
    assert values(only_rows) == [{"c499": None}]


def test_a_part_with_other_rows_than_told_is_an_error(tmp_path: Path) -> None:
    real = part(tmp_path, 0, numbers(0, 10))
    told = PartRef(0, "a.csv", 12, real.file)
    found = Dataset(tmp_path, [told], INT)
    with pytest.raises(RunError, match="other rows"):
        found.page(8, 10)
    with pytest.raises(RunError, match="other rows"):
        list(found.batches())


def test_a_damaged_part_is_named_and_the_others_can_be_read(tmp_path: Path) -> None:
    parts = [part(tmp_path, index, numbers(0, 20_000)) for index in range(2)]
    damaged = tmp_path / "parts" / parts[0].file
    content = bytearray(damaged.read_bytes())
    content[400:4_000] = bytes(3_600)
    damaged.write_bytes(content)
    found = Dataset(tmp_path, parts, INT)
    with pytest.raises(RunError, match="damaged") as caught:
        found.page(0, 10)
    assert str(caught.value.place) == "part-00000.arrow"
    assert found.page(20_000, 1)["n"].to_pylist() == [0]


def test_a_row_is_located_in_its_part_and_back(tmp_path: Path) -> None:
    parts = [part(tmp_path, index, numbers(0, 10)) for index in (0, 3)]
    found = Dataset(tmp_path, parts, INT)
    assert found.locate(12) == (parts[1], 2)
    assert found.first_row(3) == 10
    assert found.first_row(2) is None
