"""One schema for all parts of a collection, and which parts are read again for it."""

from __future__ import annotations

from loadline.domain.schema import Column, ColumnType, Schema
from loadline.sources.mongo_kinds import COLUMN, Kind
from loadline.sources.mongo_settle import settle


def part(**kinds: Kind) -> Schema:
    """Return the schema of a part; a double underscore stands for a dot."""
    return tuple(
        Column(name.replace("__", "."), COLUMN.get(kind, ColumnType.TEXT), form=kind.value)
        for name, kind in kinds.items()
    )


def again(*parts: Schema | None) -> dict[int, dict[str, ColumnType]]:
    """Return which parts are read again, and as what."""
    return {index: dict(hints.types) for index, hints in settle(parts).again}


def names(*parts: Schema | None) -> dict[str, ColumnType]:
    """Return the columns of all parts together, in order."""
    return {column.name: column.type for column in settle(parts).schema}


def test_columns_stand_in_the_order_of_their_first_appearance() -> None:
    parts = (part(a=Kind.INT, c=Kind.STRING), None, part(b=Kind.BOOL, a=Kind.INT))
    assert list(names(*parts)) == ["a", "c", "b"]
    assert again(*parts) == {}


def test_whole_numbers_beside_decimals_need_no_second_reading() -> None:
    parts = (part(v=Kind.INT), part(v=Kind.DECIMAL), part(v=Kind.EMPTY))
    assert names(*parts) == {"v": ColumnType.DECIMAL}
    assert again(*parts) == {}


def test_long_whole_numbers_beside_decimals_are_read_again_as_text() -> None:
    wide = (Column("v", ColumnType.INT, wide=True, form=Kind.INT.value),)
    parts = (wide, part(v=Kind.DECIMAL))
    assert names(*parts) == {"v": ColumnType.TEXT}
    assert again(*parts) == {0: {"v": ColumnType.TEXT}, 1: {"v": ColumnType.TEXT}}


def test_only_parts_that_would_tell_a_mixed_field_otherwise_are_read_again() -> None:
    parts = (part(v=Kind.INT), part(v=Kind.STRING), part(v=Kind.OID), part(w=Kind.INT))
    assert again(*parts) == {0: {"v": ColumnType.TEXT}, 2: {"v": ColumnType.TEXT}}


def test_lists_of_different_values_become_lists_of_texts() -> None:
    parts = (part(v=Kind.INTS), part(v=Kind.STRINGS), part(v=Kind.EMPTIES))
    assert names(*parts) == {"v": ColumnType.LIST}
    assert again(*parts) == {0: {"v": ColumnType.LIST}}


def test_a_sub_document_that_is_one_column_somewhere_is_one_everywhere() -> None:
    parts = (part(seen=Kind.WHOLE), part(seen__ann=Kind.INT, seen__bob=Kind.INT))
    assert names(*parts) == {"seen": ColumnType.TEXT}
    assert again(*parts) == {1: {"seen": ColumnType.TEXT}}


def test_keys_that_are_data_over_all_parts_become_one_column() -> None:
    parts = [part(**{f"seen__user{index}_{k}": Kind.INT for k in range(10)}) for index in range(20)]
    assert names(*parts) == {"seen": ColumnType.TEXT}
    assert len(again(*parts)) == 20


def test_a_field_that_is_null_where_it_is_no_document_is_no_column() -> None:
    parts = (part(a=Kind.EMPTY), part(a__b=Kind.INT))
    assert names(*parts) == {"a.b": ColumnType.INT}
