"""Exports as an SQLite database with one table."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, Self

import pyarrow as pa

from loadline.domain.errors import Place
from loadline.store.conform import as_text
from loadline.store.writing import output_error

MOST_COLUMNS = 2_000
"""SQLite's own limit where it was built as usual (SQLITE_MAX_COLUMN)."""
_ROWS = 10_000
_FULL = 13  # SQLITE_FULL


class SqliteWriter:
    """One table; dates and times as ISO text, true and false as 1 and 0, bytes as BLOB.

    "Not a number", which SQLite would make null, is the text ``NaN``.
    """

    def __init__(self, path: Path, schema: pa.Schema, table: str) -> None:
        """Begin a new database at `path`."""
        self._path = path
        self._schema = schema
        self._table = quoted(table_name(table))
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        marks = ", ".join("?" * len(schema))
        self._insert = f"INSERT INTO {self._table} VALUES ({marks})"

    def __enter__(self) -> Self:
        """Make the table."""
        # The file is thrown away unless it becomes whole: no journal is needed.
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE"):
            self._connection.execute(f"PRAGMA {pragma}")
        columns = ", ".join(
            f"{quoted(name)} {_declared(field.type)}".strip()
            for name, field in zip(column_names(self._schema.names), self._schema, strict=True)
        )
        self._connection.execute(f"CREATE TABLE {self._table} ({columns})")
        self._connection.execute("BEGIN")
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Commit, unless something went wrong."""
        with closing(self._connection):
            if kind is None:
                self._told("COMMIT")

    def write(self, batch: pa.RecordBatch) -> None:
        """Add a batch; raises `DiskFull`."""
        for start in range(0, batch.num_rows, _ROWS):
            columns = [_values(column.slice(start, _ROWS)) for column in batch.columns]
            self._told(self._insert, zip(*columns, strict=True))

    def _told(self, statement: str, rows: Iterable[tuple[Any, ...]] | None = None) -> None:
        try:
            if rows is None:
                self._connection.execute(statement)
            else:
                self._connection.executemany(statement, rows)
        except sqlite3.OperationalError as error:
            full = getattr(error, "sqlite_errorcode", 0) & 0xFF == _FULL
            cause = OSError(28 if full else 5, str(error), str(Place(str(self._path))))
            raise output_error(cause, self._path) from error


def quoted(name: str) -> str:
    """Return a name as SQL takes it, whatever signs it has."""
    return '"{}"'.format(name.replace("\0", "").replace('"', '""'))


def table_name(wanted: str) -> str:
    """Return a table's name; those that SQLite keeps for itself get a line before them."""
    name = wanted.replace("\0", "").strip() or "rows"
    return f"_{name}" if name.lower().startswith("sqlite_") else name


def column_names(names: Iterable[str]) -> list[str]:
    """Return the names with ``_2``, ``_3`` … behind those that differ in letter case only."""
    taken: set[str] = set()
    told = []
    for name in names:
        plain = unique = name.replace("\0", "") or "column"
        number = 1
        while _folded(unique) in taken:
            number += 1
            unique = f"{plain}_{number}"
        taken.add(_folded(unique))
        told.append(unique)
    return told


def _folded(name: str) -> str:
    # SQLite compares names by their ASCII letters only.
    return "".join(sign.lower() if sign.isascii() else sign for sign in name)


def _declared(kind: pa.DataType) -> str:
    for is_it, word in (
        (pa.types.is_integer, "INTEGER"), (pa.types.is_floating, "REAL"),
        (pa.types.is_boolean, "BOOLEAN"), (pa.types.is_date, "DATE"),
        (pa.types.is_timestamp, "TIMESTAMP"), (pa.types.is_binary, "BLOB"),
        (pa.types.is_null, ""),
    ):  # fmt: skip
        if is_it(kind):
            return word
    return "TEXT"


def _values(column: pa.Array) -> list[Any]:
    kind = column.type
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind) or pa.types.is_nested(kind):
        column = as_text(column)
    values: list[Any] = column.to_pylist()
    if pa.types.is_floating(kind):
        return ["NaN" if v is not None and math.isnan(v) else v for v in values]
    return values
