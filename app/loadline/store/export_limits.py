"""What an export cannot take, told before anything is written: rows, columns, texts, room."""

from __future__ import annotations

import io
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from loadline.domain.errors import DiskFull, OutputRefused, Place
from loadline.store.export import DATABASES, EXCEL, ExportOptions
from loadline.store.writing import writing

if TYPE_CHECKING:
    from loadline.domain.plan import Report
    from loadline.store.export_rows import ExportRows

SAMPLE_ROWS = 8_192
SURELY = 0.7
"""Share of an estimate that is needed in any case; below it a lack of room is certain."""


def rows_to_write(rows: ExportRows, path: Path, options: ExportOptions) -> int:
    """Return how many of the rows are written."""
    from loadline.store.xlsx_format import MOST_ROWS

    if path.suffix.lower() == EXCEL and options.sheets == "first":
        return min(rows.num_rows, MOST_ROWS)
    return rows.num_rows


def check_content(
    rows: ExportRows, path: Path, options: ExportOptions, report: Report | None = None
) -> None:
    """Raise `OutputRefused` for what the format cannot hold, `DiskFull` where room is short."""
    suffix = path.suffix.lower()
    if suffix == EXCEL:
        _check_excel(rows, path, options, report)
    elif suffix in DATABASES:
        _check_columns(rows, path, options, _most_columns(), "An SQLite table")
    check_room(path.parent, needed_bytes(rows, suffix, options))


def check_room(folder: Path, size: int) -> None:
    """Raise `DiskFull` when `size` bytes, estimated, cannot find room in `folder`."""
    with writing(folder):
        free = shutil.disk_usage(folder).free
    if size * SURELY > free:
        raise DiskFull(
            f"There is not enough room: about {_megabytes(size)} are needed, "
            f"{_megabytes(free)} are free.",
            place=Place(str(folder)),
            advice="Make room, or choose another folder.",
        )


def estimated_bytes(rows: ExportRows, suffix: str, options: ExportOptions) -> int:
    """Return about how large the file will be, from writing a few thousand rows."""
    return _scaled(rows, *_sample(rows, suffix, options), io.BytesIO.tell)


def needed_bytes(rows: ExportRows, suffix: str, options: ExportOptions) -> int:
    """Return about how much room is taken at most while the file is written."""
    from loadline.store.xlsx_format import MOST_ROWS, unpacked_bytes

    sink, sampled = _sample(rows, suffix, options)
    if suffix != EXCEL:
        return _scaled(rows, sink, sampled, io.BytesIO.tell)
    cells = _scaled(rows, sink, sampled, unpacked_bytes)
    sheets = -(-rows.num_rows // MOST_ROWS) or 1
    return cells + cells // sheets  # a sheet is copied once before all are packed


def _scaled(
    rows: ExportRows, sink: io.BytesIO, sampled: int, size: Callable[[io.BytesIO], int]
) -> int:
    return size(sink) * rows.num_rows // sampled if sampled else size(sink)


def _sample(rows: ExportRows, suffix: str, options: ExportOptions) -> tuple[io.BytesIO, int]:
    """Return a few thousand rows in the format, and how many they are."""
    from loadline.store.formats import writer_for

    # A database takes about the room of its values as text.
    told = ".csv" if suffix in DATABASES else suffix
    sink = io.BytesIO()
    sampled = 0
    schema = rows.dataset.arrow_schema(options.columns)
    with writer_for(told, sink, schema, ExportOptions(columns=options.columns)) as writer:
        for batch in rows.batches(options.columns, SAMPLE_ROWS):
            writer.write(batch)
            sampled += batch.num_rows
    return sink, sampled


def _check_excel(
    rows: ExportRows, path: Path, options: ExportOptions, report: Report | None
) -> None:
    from loadline.store.xlsx_format import MOST_COLUMNS, MOST_ROWS

    _check_columns(rows, path, options, MOST_COLUMNS, "An Excel sheet")
    if rows.num_rows > MOST_ROWS and options.sheets == "refuse":
        raise OutputRefused(
            f"An Excel sheet takes {MOST_ROWS:,} rows, these are {rows.num_rows:,}.",
            place=Place(str(path)),
            advice="Choose several sheets, only the first rows, or another format.",
        )
    _check_texts(rows, path, options, report)


def _check_texts(
    rows: ExportRows, path: Path, options: ExportOptions, report: Report | None
) -> None:
    from loadline.store.xlsx_cells import MOST_TEXT, longest

    row = 0
    for batch in rows.batches(options.columns, rows_to_write(rows, path, options)):
        if report is not None:
            report(0, 0)  # looking is no progress, but may be stopped
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            most = longest(column)
            if most > MOST_TEXT:
                raise OutputRefused(
                    f"An Excel cell takes {MOST_TEXT:,} characters; in column {name}, "
                    f"from row {row + 1:,} on, there is one of {most:,}.",
                    place=Place(str(path)),
                    advice="Leave the column out, or choose another format.",
                )
        row += batch.num_rows


def _check_columns(
    rows: ExportRows, path: Path, options: ExportOptions, most: int, what: str
) -> None:
    count = len(rows.dataset.columns if options.columns is None else options.columns)
    if count > most:
        raise OutputRefused(
            f"{what} takes {most:,} columns, these are {count:,}.",
            place=Place(str(path)),
            advice="Choose fewer columns, or another format.",
        )
    if not count and what.startswith("An SQLite"):
        raise OutputRefused(
            "An SQLite table needs at least one column, and there is none.",
            place=Place(str(path)),
            advice="Choose another format.",
        )


def _most_columns() -> int:
    connection = sqlite3.connect(":memory:")
    try:
        return min(
            connection.getlimit(sqlite3.SQLITE_LIMIT_COLUMN),
            connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER),
        )
    finally:
        connection.close()


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"
