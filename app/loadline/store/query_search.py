"""Finding a text in any cell of a row; columns whose values cannot have it are not read."""

from __future__ import annotations

import re
from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from loadline.domain.errors import QueryError
from loadline.domain.query import Filter, FilterKind, Find
from loadline.domain.schema import Column, ColumnType, Schema
from loadline.store.query_filters import mask_of

_POSSIBLE = {
    ColumnType.INT: re.compile(r"[-0-9]+"),
    ColumnType.DECIMAL: re.compile(r"[-+.0-9einfa]+", re.IGNORECASE),
    ColumnType.BOOL: re.compile(r"[truefals]+", re.IGNORECASE),
    ColumnType.DATE: re.compile(r"[-0-9]+"),
    ColumnType.TIMESTAMP: re.compile(r"[-0-9:. ]+"),
}
"""All that a value of the type can be written with."""


def finder(schema: Schema, find: Find) -> tuple[list[str], Callable[[pa.Table], pa.ChunkedArray]]:
    """Return the columns to read, and what tells for each row whether it has the text.

    Raises `QueryError` for a column that is not there.
    """
    names = {column.name for column in schema}
    for name in find.columns:
        if name not in names:
            raise QueryError(f"There is no column {name}.")
    looked = [c for c in schema if _might(c, find)]
    masks = [(column.name, mask_of(column, _contains(column, find))) for column in looked]

    def has_it(table: pa.Table) -> pa.ChunkedArray:
        found = pa.chunked_array([pa.repeat(False, table.num_rows)])
        for name, mask in masks:
            found = pc.or_(found, mask(table.column(name)))
        return found

    return [name for name, _ in masks], has_it


def _might(column: Column, find: Find) -> bool:
    if not find.text or (find.columns and column.name not in find.columns):
        return False
    if column.type is ColumnType.EMPTY:
        return False
    possible = _POSSIBLE.get(column.type)
    return possible is None or possible.fullmatch(find.text) is not None


def _contains(column: Column, find: Find) -> Filter:
    return Filter(column=column.name, kind=FilterKind.CONTAINS, value=find.text, case=find.case)
