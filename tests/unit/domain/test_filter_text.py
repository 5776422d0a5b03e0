"""The short way to write a filter, as it is typed under a column's name."""

from __future__ import annotations

import pytest

from loadline.domain.errors import QueryError
from loadline.domain.filter_text import filter_text, parse_filter
from loadline.domain.query import Filter, FilterKind
from loadline.domain.schema import Column, ColumnType

SIZE = Column("size", ColumnType.INT)
STATE = Column("state", ColumnType.TEXT)
CONTAINS, EQUALS, RANGE = FilterKind.CONTAINS, FilterKind.EQUALS, FilterKind.RANGE


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1000", Filter(column="size", kind=EQUALS, value="1000")),
        ("≥ 1000", Filter(column="size", kind=RANGE, value="1000")),
        (">=1000", Filter(column="size", kind=RANGE, value="1000")),
        ("> 1000", Filter(column="size", kind=RANGE, value="1000", above=True)),
        ("< 20", Filter(column="size", kind=RANGE, high="20", below=True)),
        ("10..20", Filter(column="size", kind=RANGE, value="10", high="20")),
        ("10..", Filter(column="size", kind=RANGE, value="10")),
        ("..20", Filter(column="size", kind=RANGE, high="20")),
        ("≠ 5", Filter(column="size", kind=EQUALS, value="5", negate=True)),
        ("=", Filter(column="size", kind=FilterKind.EMPTY)),
        ("not empty", Filter(column="size", kind=FilterKind.EMPTY, negate=True)),
    ],
)
def test_a_condition_on_a_number_is_read_and_written_the_same(text: str, meant: Filter) -> None:
    assert parse_filter(SIZE, text) == meant
    assert parse_filter(SIZE, filter_text(meant)) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (" wi ", Filter(column="state", kind=CONTAINS, value="wi")),
        ("= WI", Filter(column="state", kind=EQUALS, value="WI")),
        ('"not wi"', Filter(column="state", kind=CONTAINS, value="not wi")),
        ("!wi", Filter(column="state", kind=CONTAINS, value="wi", negate=True)),
        ("not", Filter(column="state", kind=CONTAINS, value="not")),
        ("etc..", Filter(column="state", kind=CONTAINS, value="etc..")),
        ("a..f", Filter(column="state", kind=RANGE, value="a", high="f")),
    ],
)
def test_a_condition_on_text_is_read_and_written_the_same(text: str, meant: Filter) -> None:
    assert parse_filter(STATE, text) == meant
    assert parse_filter(STATE, filter_text(meant)) == meant


@pytest.mark.parametrize("text", ["many", "≥ many", "10..many", "not many"])
def test_what_is_no_number_is_refused_under_a_column_of_numbers(text: str) -> None:
    with pytest.raises(QueryError, match="many"):
        parse_filter(SIZE, text)


def test_nothing_written_is_no_filter() -> None:
    assert parse_filter(STATE, "  ") is None
