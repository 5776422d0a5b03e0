"""Every type of BSON comes out with its value unchanged."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Any
from uuid import UUID

import bson
import pytest
from bson import json_util
from bson.binary import Binary
from bson.code import Code
from bson.datetime_ms import DatetimeMS
from bson.dbref import DBRef
from bson.decimal128 import Decimal128
from bson.int64 import Int64
from bson.max_key import MaxKey
from bson.min_key import MinKey
from bson.objectid import ObjectId
from bson.regex import Regex
from bson.timestamp import Timestamp

from loadline.domain.plan import ProblemKind
from loadline.domain.schema import ColumnType
from loadline.sources.mongo_kinds import CODEC
from loadline.sources.source import ReadHints
from tests.support.mongo_reading import Heard, read, read_raw

OID = ObjectId("59a47286cfa9a3a73e51e72c")
LATE = DatetimeMS(9_000_000_000_000_000)


def column(values: list[Any], name: str = "v") -> tuple[ColumnType, list[Any]]:
    """Return the type and the values of a field that holds `values`."""
    table, account = read([{"_id": n, "v": value} for n, value in enumerate(values)])
    return {c.name: c.type for c in account.schema}[name], table[name].to_pylist()


@pytest.mark.parametrize(
    ("value", "kind", "told"),
    [
        (5, ColumnType.INT, 5),
        (Int64(2**62 + 1), ColumnType.INT, 2**62 + 1),
        (1.5, ColumnType.DECIMAL, 1.5),
        (math.inf, ColumnType.DECIMAL, math.inf),
        (True, ColumnType.BOOL, True),
        ("é😀", ColumnType.TEXT, "é😀"),
        ("", ColumnType.TEXT, ""),
        (OID, ColumnType.TEXT, str(OID)),
        (Decimal128("1.50"), ColumnType.TEXT, "1.50"),
        (b"\x00\xff", ColumnType.BINARY, b"\x00\xff"),
        (Binary.from_uuid(UUID(int=5)), ColumnType.TEXT, str(UUID(int=5))),
        (
            DatetimeMS(226117231000),
            ColumnType.TIMESTAMP,
            datetime.fromisoformat("1977-03-02T02:20:31"),
        ),
        (
            DatetimeMS(-62_135_596_800_000),
            ColumnType.TIMESTAMP,
            datetime.fromisoformat("0001-01-01"),
        ),
        ([1, 2], ColumnType.INTS, [1, 2]),
        ([1.5, 2], ColumnType.NUMBERS, [1.5, 2.0]),
        (["a", None], ColumnType.LIST, ["a", None]),
        ([OID], ColumnType.LIST, [str(OID)]),
        ({}, ColumnType.TEXT, "{}"),
    ],
)
def test_a_value_stands_in_the_column_type_that_holds_it(
    value: Any, kind: ColumnType, told: Any
) -> None:
    assert column([value, None]) == (kind, [told, None])


@pytest.mark.parametrize(
    "value",
    [
        Binary(b"x", 5),
        Regex("a.*", "i"),
        Code("f()"),
        Code("f()", {"a": 1}),
        DBRef("shop", OID),
        Timestamp(5, 6),
        MinKey(),
        MaxKey(),
        LATE,
        DatetimeMS(-(2**63)),
    ],
)
def test_what_no_column_type_holds_is_told_in_canonical_extended_json(value: Any) -> None:
    kind, (told,) = column([value])
    assert kind is ColumnType.TEXT
    options = json_util.JSONOptions(datetime_conversion=CODEC.datetime_conversion)
    assert json_util.loads(told, json_options=options) == value


def test_not_a_number_and_minus_zero_stay_what_they_are() -> None:
    _, (nan, zero) = column([math.nan, -0.0])
    assert math.isnan(nan)
    assert math.copysign(1.0, zero) == -1.0


def test_whole_numbers_beside_decimals_become_decimals_where_that_changes_nothing() -> None:
    assert column([1, 2.5]) == (ColumnType.DECIMAL, [1.0, 2.5])


def test_a_long_whole_number_beside_decimals_keeps_all_its_digits() -> None:
    kind, told = column([Int64(2**60 + 1), 2.5])
    assert kind is ColumnType.TEXT
    assert told == ['{"$numberLong": "1152921504606846977"}', '{"$numberDouble": "2.5"}']


def test_a_number_and_the_same_digits_as_text_stay_apart() -> None:
    assert column([5, "5"]) == (ColumnType.TEXT, ['{"$numberInt": "5"}', "5"])


def test_a_mixed_list_stays_a_list() -> None:
    assert column([[1, "a"], []]) == (ColumnType.LIST, [['{"$numberInt": "1"}', "a"], []])


def test_a_field_that_is_sometimes_a_document_keeps_its_other_values() -> None:
    table, _ = read([{"_id": 1, "a": {"b": 2}}, {"_id": 2, "a": 7}, {"_id": 3, "a": None}])
    assert table["a.b"].to_pylist() == [2, None, None]
    assert table["a"].to_pylist() == [None, 7, None]


def test_names_with_dots_dollars_emoji_and_no_letters_at_all_become_columns() -> None:
    doc = {"_id": 1, "a.b": 1, "a": {"b": 2}, "$x": 3, "": 4, "😀": 5, "n": {"": 6}}
    table, _ = read([doc])
    row = table.to_pylist()[0]
    assert row == {"_id": 1, "a\\.b": 1, "a.b": 2, "$x": 3, "": 4, "😀": 5, "n.": 6}


def test_an_id_made_of_several_fields_stays_one_value() -> None:
    table, _ = read([{"_id": {"a": 1, "b": "x"}}])
    assert table.to_pylist() == [{"_id": '{"a": {"$numberInt": "1"}, "b": "x"}'}]


def test_keys_that_are_data_stay_one_column() -> None:
    docs = [{"_id": n, "seen": {f"user{n}": n, "all": 1}} for n in range(200)]
    table, account = read(docs)
    assert [c.name for c in account.schema] == ["_id", "seen"]
    told = [json_util.loads(text) for text in table["seen"].to_pylist()]
    assert told == [doc["seen"] for doc in docs]


def test_many_keys_that_every_document_has_are_columns() -> None:
    table, _ = read([{"_id": n, "m": {f"k{k}": k for k in range(100)}} for n in range(3)])
    assert table.num_columns == 101


def test_documents_with_thousands_of_different_fields_keep_their_common_ones() -> None:
    docs = [{"_id": n, "name": "x", **{f"f{n}_{k}": k for k in range(50)}} for n in range(400)]
    table, account = read(docs)
    assert [c.name for c in account.schema] == ["_id", "name", "_extra"]
    rest = json_util.loads(table["_extra"][7].as_py())
    assert rest == {f"f7_{k}": k for k in range(50)}


def test_a_hint_has_numbers_read_as_they_stand_in_a_mixed_field() -> None:
    hints = ReadHints(types=(("v", ColumnType.TEXT),))
    table, _ = read([{"_id": 1, "v": 5}], hints)
    assert table["v"].to_pylist() == ['{"$numberInt": "5"}']


def test_text_that_is_not_utf_8_is_loaded_and_told() -> None:
    raw = bson.encode({"_id": 7, "s": "caf?"}).replace(b"?", b"\xe9")
    sink = Heard()
    table, account = read_raw([bson.encode({"_id": 6, "s": "tea"}) + raw], sink=sink)
    assert table["s"].to_pylist() == ["tea", "caf\\xe9"]
    assert (account.rows_read, account.rejected) == (2, 0)
    assert [(p.kind, p.record) for p in sink.problems] == [(ProblemKind.REPAIRED, "7")]


def test_a_document_that_cannot_be_read_is_rejected_and_counted() -> None:
    broken = bytearray(bson.encode({"_id": 7, "s": 1.5}))
    broken[4] = 0x42
    sink = Heard()
    table, account = read_raw([bson.encode({"_id": 6}) + bytes(broken)], sink=sink)
    assert table.num_rows == 1
    assert (account.rows_read, account.rejected) == (2, 1)
    assert [p.kind for p in sink.problems] == [ProblemKind.REJECTED]


def test_more_than_fits_in_memory_is_read_from_a_temporary_file_in_order() -> None:
    docs = [{"_id": n, "text": "x" * 100_000, "late": n or "zero"} for n in range(200)]
    table, account = read(docs, each=20)
    assert table["_id"].to_pylist() == list(range(200))
    assert account.rows_read == 200
    assert table["late"][0].as_py() == "zero"


def test_a_document_of_16_megabytes_is_loaded() -> None:
    table, _ = read([{"_id": 1, "b": b"x" * (16 << 20)}, {"_id": 2}], each=1)
    assert len(table["b"][0].as_py()) == 16 << 20


def test_a_list_of_40_000_documents_is_loaded_as_one_of_two_would_be() -> None:
    def doc(number: int, size: int) -> dict[str, Any]:
        some = [{"name": f"Ann {n}", "at": {"x": n, "y": [0.5, OID]}} for n in range(size)]
        return {"_id": number, "before": 1, "people": some, "in": {"deep": some}, "after": "x"}

    large, _ = read([doc(1, 40_000)])
    small, _ = read([doc(1, 2)])
    assert large.column_names == small.column_names
    assert large.schema == small.schema
    for name in ("people", "in.deep"):
        told = large[name][0].as_py()
        assert (len(told), told[:2]) == (40_000, small[name][0].as_py())
    assert large.select(["_id", "before", "after"]) == small.select(["_id", "before", "after"])


def test_a_long_list_of_documents_in_a_mixed_field_and_in_one_that_stays_whole() -> None:
    some = [{"n": n, "text": "x" * 100} for n in range(20_000)]
    table, _ = read([{"_id": 1, "v": some}, {"_id": 2, "v": 5}])
    assert json_util.loads(table["v"][0].as_py()) == some
    docs = [{"_id": n, "seen": {f"key{n}": n, "all": some}} for n in range(70)]
    whole, _ = read(docs[:1] + [{**doc, "seen": {f"key{n}": n}} for n, doc in enumerate(docs)])
    assert json_util.loads(whole["seen"][0].as_py()) == docs[0]["seen"]


def test_text_that_is_not_utf_8_deep_in_a_long_list_is_told() -> None:
    some = [{"n": n, "text": "x" * 100} for n in range(20_000)]
    raw = bson.encode({"_id": 7, "v": [*some, {"n": 1, "text": "caf?"}]}).replace(b"?", b"\xe9")
    sink = Heard()
    table, account = read_raw([raw], sink=sink)
    assert table["v"][0].as_py()[-1] == '{"n": {"$numberInt": "1"}, "text": "caf\\\\xe9"}'
    assert [(p.kind, p.record) for p in sink.problems] == [(ProblemKind.REPAIRED, "7")]
    assert account.rows_read == 1
