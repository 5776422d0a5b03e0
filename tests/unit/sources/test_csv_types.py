from __future__ import annotations

import math
import re
from datetime import date, datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loadline.domain.schema import ColumnType
from loadline.sources.csv_dates import dates, format_type
from loadline.sources.csv_types import Cells, converted, fitting, forced, proposed

T = ColumnType


def cells(*text: str | None) -> Cells:
    return Cells(pa.array(text, pa.string()))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (("1", "-2", ""), T.INT),
        (("0",), T.INT),
        (("9223372036854775807", "-9223372036854775808"), T.INT),
        (("1", "2.5"), T.DECIMAL),
        (("1.50", ".5", "5.", "-.5"), T.DECIMAL),
        (("1e-5", "1.5E7"), T.DECIMAL),
        (("46156109818.9195",), T.DECIMAL),
        (("2021-01-02", ""), T.DATE),
        (("2021-01-02", "2021-01-02 03:04:05"), T.TIMESTAMP),
        (("2021-01-02T03:04:05.123456",), T.TIMESTAMP),
        (("true", "false", ""), T.BOOL),
        (("", ""), T.EMPTY),
    ],
)
def test_a_column_gets_the_narrowest_type_that_says_it_exactly(
    text: tuple[str, ...], kind: ColumnType
) -> None:
    assert proposed(cells(*text)) is kind


@pytest.mark.parametrize(
    "value",
    [
        *("00501", "-05", "+5", "+49 170 1234567", "0x1F", "-0x1", "1_000", "1,000", " 5", "5 "),
        *("9223372036854775808", "12345678901234567890", "123456789012345678.5", "1.1.1", "-", "."),
        *("1e5", "12E4", "1.0e400", "1.0e-400", "00.5", "-00.5", "+1.5", "1.4995322367421071"),
        *("nan", "NaN", "inf", "-inf", "Infinity", "NA", "N/A", "null", "NULL", "None", "#N/A"),
        *("True", "TRUE", "FALSE", "t", "yes", "0000-01-01", "2021-02-30", "1/2/2021"),
        *("2021-01-02 03:04:05Z", "2021-01-02 03:04:05+01:00", "2021-01-02 03:04:05.1234567"),
        *("2021-01-02 24:00:00", "\u0661\u0662", "\u00bd", "\u22125", "5\u00a0", "\x00", "5\n"),
    ],
)
def test_what_a_type_would_change_stays_text(value: str) -> None:
    assert proposed(cells(value)) is T.TEXT
    assert proposed(cells("1", value)) is T.TEXT
    assert converted(cells("", value), T.TEXT).to_pylist() == ["", value]  # type: ignore[union-attr]


def test_true_and_one_are_not_the_same_thing() -> None:
    assert proposed(cells("true", "1")) is T.TEXT


def test_an_empty_cell_is_nothing_in_a_typed_column_and_an_empty_text_in_text() -> None:
    assert converted(cells("", "7"), T.INT).to_pylist() == [None, 7]  # type: ignore[union-attr]
    assert converted(cells("", "a"), T.TEXT).to_pylist() == ["", "a"]  # type: ignore[union-attr]


def test_cells_of_a_slice_are_read_where_the_slice_is() -> None:
    text = pa.array(["x", "", "12", "3", "y"], pa.string()).slice(1, 3)
    array = converted(Cells(text), T.INT)
    assert array is not None
    assert array.to_pylist() == [None, 12, 3]


def test_a_missing_cell_is_as_good_as_an_empty_one() -> None:
    assert converted(cells(None, "7"), T.INT).to_pylist() == [None, 7]  # type: ignore[union-attr]


def test_a_column_widens_no_further_than_its_values_need() -> None:
    assert fitting(cells("1", "2.5"), T.INT) is T.DECIMAL
    assert fitting(cells("1"), T.DATE) is T.TEXT
    assert fitting(cells("2021-01-02 03:04"), T.DATE) is T.TIMESTAMP
    assert fitting(cells("2021-01-02"), T.TIMESTAMP) is T.TIMESTAMP
    assert fitting(cells("12345678901234567"), T.DECIMAL) is T.TEXT


NUMERALS = st.one_of(
    st.integers(-(10**20), 10**20).map(str),
    st.floats(allow_nan=True, allow_infinity=True).map(repr),
    st.decimals(allow_nan=False, allow_infinity=False).map(str),
    st.from_regex(r"[-+]?0{0,3}[0-9]{0,18}\.?[0-9]{0,18}([eE][-+]?[0-9]{1,3})?", fullmatch=True),
)
CELLS = st.one_of(
    NUMERALS,
    st.dates().map(str),
    st.datetimes().map(str),
    st.sampled_from(["", "", "true", "false", "True", "NA", "nan", "-", "1-2", "0x10"]),
    st.from_regex(r"[-+0-9.eExX: T]{0,20}", fullmatch=True),
    st.text(max_size=5),
)


def told_again(value: object, kind: ColumnType) -> str:
    return "" if value is None else str(value).lower() if kind is T.BOOL else str(value)


@given(st.lists(CELLS, min_size=1, max_size=6))
def test_no_type_changes_what_was_written(written: list[str]) -> None:
    kind = proposed(cells(*written))
    array = converted(cells(*written), kind)
    assert array is not None
    for text, value in zip(written, array.to_pylist(), strict=True):
        if kind is T.DECIMAL:
            assert_says(text, value)
        elif kind is T.TIMESTAMP:
            assert value == (datetime.fromisoformat(text) if text else None)
        else:
            assert told_again(value, kind) == text


def assert_says(text: str, value: float | None) -> None:
    """Assert that a decimal has the value of its text, and that the text has no more digits."""
    if not text:
        assert value is None
        return
    assert value is not None
    assert math.isfinite(value)
    assert float(text) == value
    mantissa = re.split("[eE]", text)[0].lstrip("-").replace(".", "").lstrip("0")
    assert len(mantissa) <= 15
    assert value != 0 or not mantissa


@given(st.lists(st.integers(-(2**63), 2**63 - 1).map(str), min_size=1, max_size=50))
def test_every_64_bit_number_is_a_whole_number(written: list[str]) -> None:
    array = converted(cells(*written), T.INT)
    assert array is not None
    assert [str(value) for value in array.to_pylist()] == written


@given(st.lists(st.dates(), min_size=1, max_size=20))
def test_every_iso_day_is_a_date(days: list[date]) -> None:
    written = [day.isoformat() for day in days]
    assert proposed(cells(*written)) is T.DATE
    array = converted(cells(*written), T.DATE)
    assert array is not None
    assert array.to_pylist() == days


def test_a_forced_type_takes_what_it_can_and_leaves_the_rest_empty() -> None:
    assert forced(cells("007", " 5", "+3", "x", ""), T.INT).to_pylist() == [7, 5, 3, None, None]
    numbers = forced(cells("1.4995322367421071", "1e5", "1,5", "nan"), T.DECIMAL)
    assert numbers.to_pylist() == [1.4995322367421071, 1e5, None, None]
    answers = forced(cells("TRUE", "0", "yes"), T.BOOL)
    assert answers.to_pylist() == [True, False, None]
    days = forced(cells("2021-01-02", "2021-02-30", "x"), T.DATE)
    assert days.to_pylist() == [date(2021, 1, 2), None, None]


def test_too_large_a_number_for_a_forced_whole_number_is_left_empty_alone() -> None:
    array = forced(cells("1", "99999999999999999999", "2"), T.INT)
    assert array.to_pylist() == [1, None, 2]


def test_a_date_format_reads_what_follows_it_and_nothing_else() -> None:
    text = pa.array(["11/3/98", "2/30/98", "13/1/98", "11/03/1998", "", None])
    assert dates(text, "%m/%d/%y").to_pylist() == [date(1998, 11, 3), *[None] * 5]
    assert format_type("%m/%d/%y") is T.DATE


def test_a_four_digit_year_is_not_taken_from_two_digits() -> None:
    text = pa.array(["11/3/98", "11/3/1998"])
    assert dates(text, "%m/%d/%Y").to_pylist() == [None, date(1998, 11, 3)]


def test_a_date_format_with_a_clock_gives_moments() -> None:
    text = pa.array(["28.01.2018 10:11", "28.1.2018 9:05", "28.13.2018 10:11"])
    expected = [*map(datetime.fromisoformat, ("2018-01-28 10:11", "2018-01-28 09:05")), None]
    assert dates(text, "%d.%m.%Y %H:%M").to_pylist() == expected
