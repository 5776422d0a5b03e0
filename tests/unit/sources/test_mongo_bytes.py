"""Every type of the BSON specification, from bytes made by hand: no encoder of ours is trusted.

https://bsonspec.org/spec.html, the deprecated types included.
"""

from __future__ import annotations

import math
import struct
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from loadline.domain.schema import ColumnType as Column
from loadline.sources.mongo_elements import elements
from loadline.sources.mongo_preview import shown
from tests.support.mongo_reading import read_raw

if TYPE_CHECKING:
    import pyarrow as pa

OID = bytes.fromhex("59a47286cfa9a3a73e51e72c")
OID_TEXT = OID.hex()
UUID = bytes(range(16))
BEFORE = datetime.fromisoformat("1969-12-31T23:59:59.999")


def int32(number: int) -> bytes:
    return struct.pack("<i", number)


def text(value: str) -> bytes:
    return int32(len(value.encode()) + 1) + value.encode() + b"\0"


def document(*parts: bytes) -> bytes:
    body = b"".join(parts)
    return int32(len(body) + 5) + body + b"\0"


def element(kind: int, value: bytes, name: str = "v") -> bytes:
    return bytes([kind]) + name.encode() + b"\0" + value


def binary(subtype: int, value: bytes) -> bytes:
    return int32(len(value)) + bytes([subtype]) + value


def table_of(*parts: bytes) -> tuple[pa.Table, dict[str, Column]]:
    """Return one document of these elements as the reader tells it."""
    table, account = read_raw([document(*parts)])
    assert (account.rows_read, account.rejected, account.problem_count) == (1, 0, 0)
    return table, {column.name: column.type for column in account.schema}


INNER = document(element(0x10, int32(1), "x"))
DECIMAL128 = bytes.fromhex("18000000000000000000000000003a30")  # 24 × 10^-3
VALUES: dict[str, tuple[int, bytes, Column, Any]] = {
    "double": (0x01, struct.pack("<d", 0.1), Column.DECIMAL, 0.1),
    "string": (0x02, text("é\0😀"), Column.TEXT, "é\0😀"),
    "empty array": (0x04, document(), Column.EMPTIES, []),
    "array": (0x04, document(element(0x10, int32(7), "0")), Column.INTS, [7]),
    "array of documents": (
        0x04, document(element(0x03, INNER, "0")), Column.LIST, ['{"x": {"$numberInt": "1"}}'],
    ),
    "binary": (0x05, binary(0, b"\0\xff"), Column.BINARY, b"\0\xff"),
    "function": (
        0x05, binary(1, b"f"), Column.TEXT, '{"$binary": {"base64": "Zg==", "subType": "01"}}',
    ),
    "old binary": (
        0x05, binary(2, int32(1) + b"f"), Column.TEXT,
        '{"$binary": {"base64": "Zg==", "subType": "02"}}',
    ),
    "old UUID": (
        0x05, binary(3, UUID), Column.TEXT,
        '{"$binary": {"base64": "AAECAwQFBgcICQoLDA0ODw==", "subType": "03"}}',
    ),
    "UUID": (0x05, binary(4, UUID), Column.TEXT, "00010203-0405-0607-0809-0a0b0c0d0e0f"),
    "MD5": (
        0x05, binary(5, UUID), Column.TEXT,
        '{"$binary": {"base64": "AAECAwQFBgcICQoLDA0ODw==", "subType": "05"}}',
    ),
    "user's own binary": (
        0x05, binary(0x80, b"f"), Column.TEXT,
        '{"$binary": {"base64": "Zg==", "subType": "80"}}',
    ),
    "undefined": (0x06, b"", Column.EMPTY, None),
    "ObjectId": (0x07, OID, Column.TEXT, OID_TEXT),
    "false": (0x08, b"\0", Column.BOOL, False),
    "true": (0x08, b"\1", Column.BOOL, True),
    "date": (
        0x09, struct.pack("<q", -1), Column.TIMESTAMP, BEFORE,
    ),
    "date of no calendar": (
        0x09, struct.pack("<q", 2**63 - 1), Column.TEXT,
        '{"$date": {"$numberLong": "9223372036854775807"}}',
    ),
    "null": (0x0A, b"", Column.EMPTY, None),
    "pattern": (
        0x0B, b"^a.*\0im\0", Column.TEXT,
        '{"$regularExpression": {"pattern": "^a.*", "options": "im"}}',
    ),
    "DBPointer": (
        0x0C, text("shop") + OID, Column.TEXT,
        '{"$ref": "shop", "$id": {"$oid": "' + OID_TEXT + '"}}',
    ),
    "code": (0x0D, text("f()"), Column.TEXT, '{"$code": "f()"}'),
    "symbol": (0x0E, text("ab"), Column.TEXT, "ab"),
    "code with scope": (
        0x0F, int32(4 + 8 + len(INNER)) + text("f()") + INNER, Column.TEXT,
        '{"$code": "f()", "$scope": {"x": {"$numberInt": "1"}}}',
    ),
    "int32": (0x10, int32(-(2**31)), Column.INT, -(2**31)),
    "timestamp": (
        0x11, struct.pack("<II", 6, 2**32 - 1), Column.TEXT,
        '{"$timestamp": {"t": 4294967295, "i": 6}}',
    ),
    "int64": (0x12, struct.pack("<q", 2**63 - 1), Column.INT, 2**63 - 1),
    "decimal128": (0x13, DECIMAL128, Column.TEXT, "0.024"),
    "smallest key": (0xFF, b"", Column.TEXT, '{"$minKey": 1}'),
    "largest key": (0x7F, b"", Column.TEXT, '{"$maxKey": 1}'),
}  # fmt: skip


@pytest.mark.parametrize("name", list(VALUES))
def test_a_value_of_every_type_is_loaded_unchanged(name: str) -> None:
    kind, raw, column, told = VALUES[name]
    table, types = table_of(element(0x10, int32(1), "_id"), element(kind, raw))
    assert types["v"] is column
    assert table["v"].to_pylist() == [told]
    assert type(table["v"][0].as_py()) is type(told)


@pytest.mark.parametrize("name", list(VALUES))
def test_a_value_of_every_type_is_shown_and_passed_over_by_its_size(name: str) -> None:
    kind, raw, _, _ = VALUES[name]
    whole = document(element(kind, raw), element(0x10, int32(5), "behind"))
    seen = shown(whole)
    assert [node.name for node in seen.trees[0]] == ["v", "behind"]
    assert seen.trees[0][1].value == "5"
    places = [(found, whole[begin:stop]) for found, begin, stop in elements(whole)]
    assert places[0] == (b"v", element(kind, raw))
    assert places[1][0] == b"behind"


def test_a_document_of_all_types_beside_text_keeps_numbers_and_text_apart() -> None:
    parts = [element(kind, raw, f"f{at}") for at, (kind, raw, _, _) in enumerate(VALUES.values())]
    table, types = table_of(element(0x02, text("k"), "_id"), *parts)
    told = table.to_pylist()[0]
    assert types == {"_id": Column.TEXT} | {
        f"f{at}": column for at, (_, _, column, _) in enumerate(VALUES.values())
    }
    assert told == {"_id": "k"} | {
        f"f{at}": value for at, (*_, value) in enumerate(VALUES.values())
    }


def test_doubles_that_are_no_numbers_keep_their_sign() -> None:
    for number in (math.inf, -math.inf, -0.0):
        table, _ = table_of(element(0x01, struct.pack("<d", number)))
        found = table["v"][0].as_py()
        assert (found, math.copysign(1.0, found)) == (number, math.copysign(1.0, number))
    table, _ = table_of(element(0x01, struct.pack("<d", math.nan)))
    assert math.isnan(table["v"][0].as_py())


def test_field_names_are_what_they_are() -> None:
    names = ["", ".", "a.b", "a..b", "$set", "😀", "a b", "ä\t"]
    table, _ = table_of(*(element(0x10, int32(at), name) for at, name in enumerate(names)))
    assert table.column_names == names
    assert list(table.to_pylist()[0].values()) == list(range(len(names)))
