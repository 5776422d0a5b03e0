"""What the values of a field are, and how two kinds become one without changing a value.

==========  ===========  ==============================================================
kind        column       values
==========  ===========  ==============================================================
empty       empty        nothing, or null only
int         int          32 and 64 bit whole numbers
decimal     decimal      doubles; whole numbers beside them, where a double holds them
bool        bool
timestamp   timestamp    dates of the years 1 to 9999
binary      binary       bytes of the general subtype
empties     empties      arrays without an element
ints        ints         arrays of whole numbers
numbers     numbers      arrays of numbers
strings     list         arrays of strings
items       list         all other arrays; each element as in a mixed field
string      text
oid         text         ObjectIds, in 24 hexadecimal digits
digits      text         Decimal128, in all its digits
uuid        text         UUIDs of subtype 4
mixed       text         all else, and fields of several kinds
whole       text         sub-documents whose keys are data, as they are
==========  ===========  ==============================================================

In a *mixed* field a string stands as it is and everything else in canonical extended JSON, so that
the number 5 and the text "5" stay apart.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import partial, reduce
from typing import Any

import bson
import pyarrow as pa
import pyarrow.compute as pc
from bson import json_util
from bson.binary import Binary
from bson.codec_options import CodecOptions, DatetimeConversion
from bson.datetime_ms import DatetimeMS
from bson.decimal128 import Decimal128
from bson.int64 import Int64
from bson.objectid import ObjectId

from loadline.domain.schema import ColumnType


class Kind(StrEnum):
    """What the values of one field are."""

    EMPTY = "empty"
    INT = "int"
    DECIMAL = "decimal"
    BOOL = "bool"
    TIMESTAMP = "timestamp"
    BINARY = "binary"
    EMPTIES = "empties"
    INTS = "ints"
    NUMBERS = "numbers"
    STRINGS = "strings"
    ITEMS = "items"
    STRING = "string"
    OID = "oid"
    DIGITS = "digits"
    UUID = "uuid"
    MIXED = "mixed"
    WHOLE = "whole"


_TYPES: dict[type, Kind] = {
    type(None): Kind.EMPTY,
    int: Kind.INT,
    Int64: Kind.INT,
    float: Kind.DECIMAL,
    bool: Kind.BOOL,
    str: Kind.STRING,
    ObjectId: Kind.OID,
    DatetimeMS: Kind.TIMESTAMP,
    Decimal128: Kind.DIGITS,
    bytes: Kind.BINARY,
}
COLUMN: dict[Kind, ColumnType] = {
    Kind.EMPTY: ColumnType.EMPTY,
    Kind.INT: ColumnType.INT,
    Kind.DECIMAL: ColumnType.DECIMAL,
    Kind.BOOL: ColumnType.BOOL,
    Kind.TIMESTAMP: ColumnType.TIMESTAMP,
    Kind.BINARY: ColumnType.BINARY,
    Kind.EMPTIES: ColumnType.EMPTIES,
    Kind.INTS: ColumnType.INTS,
    Kind.NUMBERS: ColumnType.NUMBERS,
    Kind.STRINGS: ColumnType.LIST,
    Kind.ITEMS: ColumnType.LIST,
}
"""The column type of a kind; every other one is text."""

_ARRAYS = (Kind.EMPTIES, Kind.INTS, Kind.NUMBERS, Kind.STRINGS, Kind.ITEMS)
MOST_EXACT = 1 << 53
"""A double holds every whole number up to this."""
FIRST_MOMENT, LAST_MOMENT = -62_135_596_800_000, 253_402_300_799_999
"""Milliseconds of the years 1 to 9999, which is what Python's dates can tell."""
CODEC: CodecOptions[dict[str, Any]] = CodecOptions(
    datetime_conversion=DatetimeConversion.DATETIME_MS
)
"""Decodes every value into one that tells it exactly: dates of any year, 64 bits as such."""
_CANONICAL = json_util.CANONICAL_JSON_OPTIONS
_UUID_SUBTYPE, _UUID_BYTES = 4, 16


def join(a: Kind, b: Kind) -> Kind:
    """Return the kind that values of both kinds are of together."""
    if a is b or b is Kind.EMPTY:
        return a
    if a is Kind.EMPTY:
        return b
    pair = {a, b}
    if pair == {Kind.INT, Kind.DECIMAL}:
        return Kind.DECIMAL
    if Kind.WHOLE in pair:
        return Kind.WHOLE
    if a in _ARRAYS and b in _ARRAYS:
        if Kind.EMPTIES in pair:
            return b if a is Kind.EMPTIES else a
        return Kind.NUMBERS if pair == {Kind.INTS, Kind.NUMBERS} else Kind.ITEMS
    return Kind.MIXED


def joined(kinds: Iterable[Kind]) -> Kind:
    """Return the kind of all of them together."""
    return reduce(join, kinds, Kind.EMPTY)


def kind_of(values: Sequence[Any], types: set[type]) -> Kind:
    """Return the kind of `values`, which are of `types`."""
    if list in types:
        if types <= {list, type(None)}:
            return _kind_of_arrays(values)
        return Kind.MIXED
    if types - {type(None)} == {Binary}:
        return Kind.UUID if all(map(_is_uuid, values)) else Kind.MIXED
    return joined(_TYPES.get(one, Kind.MIXED) for one in types)


def _kind_of_arrays(values: Sequence[Any]) -> Kind:
    types: set[type] = set()
    for value in values:
        if value:
            types.update(map(type, value))
    if not types:
        return Kind.EMPTIES
    if types == {type(None)}:
        return Kind.STRINGS
    inner = joined(_TYPES.get(one, Kind.MIXED) for one in types)
    if inner is Kind.DECIMAL and (int in types or Int64 in types):
        exact = all(_is_exact(item) for value in values if value for item in value)
        return Kind.NUMBERS if exact else Kind.ITEMS
    arrays = {Kind.INT: Kind.INTS, Kind.DECIMAL: Kind.NUMBERS, Kind.STRING: Kind.STRINGS}
    return arrays.get(inner, Kind.ITEMS)


def _is_exact(item: Any) -> bool:
    return not isinstance(item, int) or -MOST_EXACT <= item <= MOST_EXACT


def _is_uuid(value: Any) -> bool:
    if value is None:
        return True
    return bool(value.subtype == _UUID_SUBTYPE and len(value) == _UUID_BYTES)


class Packed:
    """A sub-document that is decoded whenever it is told (see `loadline.sources.mongo_packed`)."""

    __slots__ = ("raw",)

    def __init__(self, raw: bytes) -> None:
        self.raw = raw


def json_of(value: Any) -> str:
    """Return `value` in canonical extended JSON."""
    if type(value) is Packed:
        value = bson.decode(value.raw, CODEC)
    return json_util.dumps(value, json_options=_CANONICAL, ensure_ascii=False, default=_opened)


def _opened(packed: Packed) -> Any:
    """Return what a sub-document in the middle of another value stands for, ready for JSON."""
    return json.loads(json_of(packed))


def text_of(value: Any) -> str | None:
    """Return a value of a mixed field as text."""
    if value is None or type(value) is str:
        return value
    return json_of(value)


def array_of(values: Sequence[Any], kind: Kind) -> pa.Array | None:
    """Return `values` as the Arrow array of `kind`, or None where a value does not fit it.

    That is a date outside the years 1 to 9999, and a long whole number beside doubles.
    """
    return _BUILDERS[kind](values)


def is_wide(array: pa.Array) -> bool:
    """Tell whether whole numbers stand in `array` that a double cannot hold exactly."""
    low, high = pc.min_max(array).values()
    return bool(low.is_valid and (low.as_py() < -MOST_EXACT or high.as_py() > MOST_EXACT))


def _plain(arrow: pa.DataType, values: Sequence[Any]) -> pa.Array:
    return pa.array(values, arrow)


def _doubles(values: Sequence[Any]) -> pa.Array | None:
    try:
        return pa.array(values, pa.float64())
    except pa.ArrowInvalid:  # a whole number of more than 53 bits
        return None


def _moments(values: Sequence[Any]) -> pa.Array | None:
    ticks = pa.array([None if value is None else int(value) for value in values], pa.int64())
    low, high = (value.as_py() for value in pc.min_max(ticks).values())
    if low is not None and (low < FIRST_MOMENT or high > LAST_MOMENT):
        return None
    return ticks.cast(pa.timestamp("ms")).cast(pa.timestamp("us"))


def _texts(text: Callable[[Any], str | None], values: Sequence[Any]) -> pa.Array:
    return pa.array([None if value is None else text(value) for value in values], pa.string())


def _items(values: Sequence[Any]) -> pa.Array:
    return pa.array(
        [None if value is None else [_item(item) for item in value] for value in values],
        pa.list_(pa.string()),
    )


def _item(item: Any) -> str | None:
    return str(item) if type(item) is ObjectId else text_of(item)


_BUILDERS: dict[Kind, Callable[[Sequence[Any]], pa.Array | None]] = {
    Kind.EMPTY: partial(_plain, pa.null()),
    Kind.INT: partial(_plain, pa.int64()),
    Kind.DECIMAL: _doubles,
    Kind.BOOL: partial(_plain, pa.bool_()),
    Kind.TIMESTAMP: _moments,
    Kind.BINARY: partial(_plain, pa.binary()),
    Kind.EMPTIES: partial(_plain, pa.list_(pa.null())),
    Kind.INTS: partial(_plain, pa.list_(pa.int64())),
    Kind.NUMBERS: partial(_plain, pa.list_(pa.float64())),
    Kind.STRINGS: partial(_plain, pa.list_(pa.string())),
    Kind.ITEMS: _items,
    Kind.STRING: partial(_plain, pa.string()),
    Kind.OID: partial(_texts, str),
    Kind.DIGITS: partial(_texts, str),
    Kind.UUID: partial(_texts, lambda value: str(value.as_uuid())),
    Kind.MIXED: partial(_texts, text_of),
    Kind.WHOLE: partial(_texts, text_of),
}
