"""Types that become one, without changing what was written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from loadline.domain.schema import Column, ColumnType, Schema, common, loses_text, union, widen

T = ColumnType
types = st.sampled_from(list(ColumnType))
columns = st.builds(Column, st.sampled_from("abcde"), types)
schemas = st.lists(columns, max_size=5, unique_by=lambda c: c.name).map(tuple)


@given(types, types)
def test_widening_does_not_depend_on_the_order_of_two(a: ColumnType, b: ColumnType) -> None:
    assert widen(a, b) is widen(b, a)


@given(types, types, types)
def test_widening_does_not_depend_on_the_order_of_three(
    a: ColumnType, b: ColumnType, c: ColumnType
) -> None:
    assert widen(widen(a, b), c) is widen(a, widen(b, c))


@given(types)
def test_a_type_is_as_wide_as_itself_and_fits_between_empty_and_text(a: ColumnType) -> None:
    assert widen(a, a) is a
    assert widen(T.EMPTY, a) is a
    assert widen(a, T.TEXT) is T.TEXT


def test_the_chains_of_the_design_hold() -> None:
    assert widen(T.INT, T.DECIMAL) is T.DECIMAL
    assert widen(T.DATE, T.TIMESTAMP) is T.TIMESTAMP
    assert widen(T.INT, T.DATE) is T.TEXT
    assert widen(T.BOOL, T.INT) is T.TEXT


@given(types)
def test_what_keeps_its_type_loses_nothing(a: ColumnType) -> None:
    assert not loses_text(a, a) or a is T.EMPTY


def test_a_decimal_cannot_become_the_text_that_it_was() -> None:
    assert loses_text(T.DECIMAL, T.TEXT)
    assert loses_text(T.TIMESTAMP, T.TEXT)
    assert not loses_text(T.INT, T.TEXT)
    assert not loses_text(T.INT, T.DECIMAL)


@given(st.lists(schemas))
def test_the_union_has_every_column_once_in_order_of_appearance(listed: list[Schema]) -> None:
    names = [column.name for column in union(listed)]
    assert names == list(dict.fromkeys(c.name for schema in listed for c in schema))


@given(st.lists(schemas))
def test_the_union_is_as_wide_as_every_part(listed: list[Schema]) -> None:
    whole = {c.name: c.type for c in union(listed)}
    for schema in listed:
        for column in schema:
            assert widen(whole[column.name], column.type) is whole[column.name]
    assert union([union(listed)]) == union(listed)


@given(st.lists(schemas, min_size=1))
def test_common_columns_are_those_of_every_part_with_the_types_of_the_union(
    listed: list[Schema],
) -> None:
    shared = set.intersection(*({c.name for c in schema} for schema in listed))
    assert {c.name for c in common(listed)} == shared
    assert set(common(listed)) <= set(union(listed))


def test_nothing_has_no_columns() -> None:
    assert union([]) == ()
    assert common([]) == ()
