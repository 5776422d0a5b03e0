"""Column types and Arrow's types, each in terms of the other; pyarrow is loaded on first use.

=========  ==================  ===================================================
column     stored as           also known by
=========  ==================  ===================================================
empty      ``null``
int        ``int64``           narrower integers, ``uint32`` and below
decimal    ``float64``         ``float16``, ``float32``
bool       ``bool``
date       ``date32``
timestamp  ``timestamp[us]``   ``timestamp[s]``, ``timestamp[ms]``, ``date64``
empties    ``list<null>``
ints       ``list<int64>``     lists of narrower integers in any of Arrow's layouts
numbers    ``list<double>``    lists of narrower floats in any of Arrow's layouts
list       ``list<string>``    lists of text in any of Arrow's layouts
binary     ``binary``          its other layouts
text       ``string``          its other layouts, a dictionary of text, all else
=========  ==================  ===================================================

"All else" is what no other column type could hold without a change (``uint64``, zoned or
nanosecond timestamps, ``decimal128``, structs): it is told as text.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from loadline.domain.schema import Column, ColumnType, Schema

if TYPE_CHECKING:
    import pyarrow as pa

KEEPS_NULLS = {b"loadline.nulls": b"keep"}
"""Schema metadata of a part whose nulls mean "no value".

Without it (CSV) a null in a column narrower than text stands for an empty cell, and becomes the
empty text that was written when the column turns out to be text.
"""


_LISTS = {
    ColumnType.EMPTY: ColumnType.EMPTIES,
    ColumnType.INT: ColumnType.INTS,
    ColumnType.DECIMAL: ColumnType.NUMBERS,
}
"""The type of a list by that of its items; items of text are told apart from all else below."""


def arrow_type(kind: ColumnType) -> pa.DataType:
    """Return the Arrow type that a dataset's column of `kind` has."""
    return _stored()[kind]


def column_type(stored: pa.DataType) -> ColumnType:
    """Return the column type that values of Arrow type `stored` are of."""
    import pyarrow as pa

    if pa.types.is_dictionary(stored):
        return column_type(stored.value_type)
    if _is_list(stored):
        if _is_text(stored.value_type):
            return ColumnType.LIST
        return _LISTS.get(column_type(stored.value_type), ColumnType.TEXT)
    for kind, is_it in _tests():
        if is_it(stored):
            return kind
    return ColumnType.TEXT


def arrow_schema(schema: Schema) -> pa.Schema:
    """Return the Arrow schema of a dataset whose columns are `schema`, all nullable."""
    import pyarrow as pa

    return pa.schema([(column.name, arrow_type(column.type)) for column in schema])


def domain_schema(schema: pa.Schema) -> Schema:
    """Return the columns that an Arrow schema has, in its order."""
    return tuple(Column(field.name, column_type(field.type)) for field in schema)


@cache
def _stored() -> dict[ColumnType, pa.DataType]:
    import pyarrow as pa

    return {
        ColumnType.EMPTY: pa.null(),
        ColumnType.INT: pa.int64(),
        ColumnType.DECIMAL: pa.float64(),
        ColumnType.BOOL: pa.bool_(),
        ColumnType.DATE: pa.date32(),
        ColumnType.TIMESTAMP: pa.timestamp("us"),
        ColumnType.EMPTIES: pa.list_(pa.null()),
        ColumnType.INTS: pa.list_(pa.int64()),
        ColumnType.NUMBERS: pa.list_(pa.float64()),
        ColumnType.LIST: pa.list_(pa.string()),
        ColumnType.BINARY: pa.binary(),
        ColumnType.TEXT: pa.string(),
    }


@cache
def _tests() -> tuple[tuple[ColumnType, Callable[[pa.DataType], bool]], ...]:
    from pyarrow import types

    return (
        (ColumnType.EMPTY, types.is_null),
        (ColumnType.INT, lambda t: types.is_integer(t) and not types.is_uint64(t)),
        (ColumnType.DECIMAL, types.is_floating),
        (ColumnType.BOOL, types.is_boolean),
        (ColumnType.DATE, types.is_date32),
        (ColumnType.TIMESTAMP, _is_moment),
        (ColumnType.BINARY, _is_binary),
    )


def _is_moment(stored: pa.DataType) -> bool:
    from pyarrow import types

    if types.is_date64(stored):
        return True
    return bool(types.is_timestamp(stored) and stored.tz is None and stored.unit != "ns")


def _is_binary(stored: pa.DataType) -> bool:
    from pyarrow import types

    return bool(
        types.is_binary(stored)
        or types.is_large_binary(stored)
        or types.is_binary_view(stored)
        or types.is_fixed_size_binary(stored)
    )


def _is_text(stored: pa.DataType) -> bool:
    from pyarrow import types

    return bool(
        types.is_string(stored) or types.is_large_string(stored) or types.is_string_view(stored)
    )


def _is_list(stored: pa.DataType) -> bool:
    from pyarrow import types

    return bool(
        types.is_list(stored) or types.is_large_list(stored) or types.is_fixed_size_list(stored)
    )
