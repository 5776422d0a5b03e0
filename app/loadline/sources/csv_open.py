"""Opens one file of a folder: looks how it is written and chooses the path that reads it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from loadline.domain.jobs import CsvFolderSource
from loadline.sources.csv_chunks import Irregular
from loadline.sources.csv_columns import FileColumns
from loadline.sources.csv_content import Content, refusals
from loadline.sources.csv_dialect import SAMPLE_BYTES, Dialect, find_dialect
from loadline.sources.csv_fixes import WHY_TOLERANT
from loadline.sources.csv_folder import columns_differ, forced_dialect
from loadline.sources.csv_reader import FastReader
from loadline.sources.csv_tolerant import TolerantReader
from loadline.sources.csv_twin import Twins
from loadline.sources.source import ReadHints, Sink

FIRST_LOOK = 8 * 1024
"""Bytes that show how a plain file is written."""

LONGEST_LOOK = 8 << 20
"""Bytes that are looked at where lines are very long."""


def sample_of(content: Content, name: str, size: int = SAMPLE_BYTES) -> tuple[bytes, bool]:
    """Read the first `size` decompressed bytes; tell whether they are all."""
    head = bytearray(size if content.packed else min(size, content.size + 1))
    with refusals(name):
        got = content.readinto(memoryview(head))
    return bytes(head[:got]), got < len(head)


def look_at(path: Path, name: str, spec: CsvFolderSource) -> Dialect:
    """Return how a file is written; raises `SourceError`."""
    content = Content(path, name)
    try:
        return dialect_of(content, name, spec)
    finally:
        content.close()


def dialect_of(content: Content, name: str, spec: CsvFolderSource) -> Dialect:
    """Return how an opened file is written, and go back to its start."""
    forced = forced_dialect(spec, name)
    for size in (FIRST_LOOK, SAMPLE_BYTES, LONGEST_LOOK):
        sample, whole = sample_of(content, name, size)
        content.rewind(sample)
        enough = whole or size == LONGEST_LOOK or _has_lines(sample, size)
        if not enough:
            continue
        twin = _twins.find(sample, forced) if whole else None
        if twin is not None:
            return replace(twin, compression=content.packed)
        found = find_dialect(sample, whole=whole, name=name, forced=forced)
        if whole or size > FIRST_LOOK or (found.confident and not why_not_fast(found)):
            break
    _twins.learn(sample, forced, found)
    return replace(found, compression=content.packed)


_twins = Twins()


def _has_lines(sample: bytes, size: int) -> bool:
    """Tell whether the sample has enough lines for its size to show the structure."""
    least = 20 if size == FIRST_LOOK else 3
    return max(sample.count(b"\n"), sample.count(b"\r")) >= least


def open_file(
    path: Path,
    name: str,
    spec: CsvFolderSource,
    source: str | None,
    hints: ReadHints,
    sink: Sink,
) -> FastReader | TolerantReader:
    """Begin to read a file, on the fast path where it is written strictly enough.

    Args:
        path: where it is.
        name: what it is called.
        spec: how its folder is read.
        source: what `_source` says; None: there is no such column.
        hints: what is known; `hints.reader` may rule the fast path out.
        sink: takes what is not a record of the dataset.
    """
    content = Content(path, name)
    try:
        dialect = dialect_of(content, name, spec)
        if hints.reader != "tolerant" and (why := why_not_fast(dialect)):
            hints = replace(hints, reader="tolerant", reason=why)
        if hints.fixes:
            hints = replace(hints, reader="tolerant", reason=hints.reason or WHY_TOLERANT)
        columns = _columns_of(dialect, name, spec, source, hints)
        if hints.reader != "tolerant":
            try:
                return FastReader(content, name, dialect, columns, hints, sink)
            except Irregular as irregular:
                hints = replace(hints, reader="tolerant", reason=str(irregular))
            content.verify_unchanged()
            content.close()
            content = content.again()
            columns = _columns_of(dialect, name, spec, source, hints)
        return TolerantReader(content, name, dialect, columns, hints, sink)
    except BaseException:
        content.close()
        raise


def _columns_of(
    dialect: Dialect, name: str, spec: CsvFolderSource, source: str | None, hints: ReadHints
) -> FileColumns:
    """Return what the columns become, nothing learnt yet; raises `SourceDamaged`."""
    columns = FileColumns.of(dialect.names, spec, hints.types, source, hints.only)
    check_columns(name, columns, hints)
    return columns


def check_columns(name: str, columns: FileColumns, hints: ReadHints) -> None:
    """Raise `SourceDamaged` where the job wants the same columns in every file."""
    if hints.columns:
        error = columns_differ(name, [c.name for c in columns.columns], hints.columns)
        if error is not None:
            raise error


def why_not_fast(dialect: Dialect) -> str:
    """Return why the strict parser cannot read a file, empty when it can."""
    if not dialect.fast:
        return dialect.why_not_fast or "not a plain table"
    if len(dialect.delimiter.encode()) > 1:
        return "the delimiter is longer than one character"
    if len(dialect.quote.encode()) > 1:
        return "the quote is not a plain character"
    if dialect.escape:
        return "characters are escaped by a backslash"
    if dialect.blank_after_delimiter:
        return "blanks follow the delimiters"
    return ""
