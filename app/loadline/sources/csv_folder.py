"""A folder of CSV files as a source: one partition per file, one schema for all."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_to_bytes

from loadline.domain.errors import Place, SourceDamaged
from loadline.domain.jobs import CsvFolderSource, ForcedDialect
from loadline.domain.plan import Partition, Plan, Report
from loadline.domain.schema import Column, ColumnType, Schema, common, loses_text, union
from loadline.sources.csv_names import ROW_COLUMN, SOURCE_COLUMN
from loadline.sources.source import Reader, ReadHints, Settled, Sink

if TYPE_CHECKING:
    from loadline.sources.csv_row_form import RowForm
    from loadline.sources.recall import Recalled, Wanted

_SEVERAL = "several"
"""Ends a partition's key where the folder has more files: ``sub/a%20b.csv?several``."""
_ALONE = "alone"


@dataclass(frozen=True)
class CsvFolder:
    """A `Source`; frozen and picklable, it holds nothing but its description."""

    spec: CsvFolderSource
    only: tuple[str, ...] | None = None
    """The columns that are needed; None: all."""

    def narrowed(self, fields: Sequence[str]) -> CsvFolder:
        """Return the same folder; only the columns `fields`, and those that name a row, are typed.

        All columns are there, and every cell is counted: only finding types is left out.
        """
        return replace(self, only=("_id", SOURCE_COLUMN, ROW_COLUMN, *fields))

    def plan(self, report: Report) -> Plan:
        """List the matching files in order; raises `SourceMissing` and `SourceRefused`."""
        from loadline.sources.csv_files import find_files

        found = find_files(self.spec)
        report(0, 0)
        company = _SEVERAL if len(found.files) > 1 else _ALONE
        partitions = tuple(
            Partition(
                index=index,
                name=printable(file.name),
                key=f"{quote(os.fsencode(file.name))}?{company}",
                size=file.size,
                state=file.state,
            )
            for index, file in enumerate(found.files)
        )
        return Plan(partitions, found.notes, self._columns_of_first(partitions))

    def open(self, partition: Partition, hints: ReadHints, sink: Sink) -> Reader:
        """Begin to read a file, on the fast path where it is written strictly enough."""
        from loadline.sources.csv_open import open_file

        name = partition.name
        hints = replace(hints, only=self.only)
        source = name if self._with_source(partition.key.endswith(_SEVERAL)) else None
        return open_file(self._path(partition), name, self.spec, source, hints, sink)

    def settle(self, schemas: Sequence[Schema | None]) -> Settled:
        """Settle one schema by the job's rule for columns; names parts to read again."""
        there = [schema for schema in schemas if schema is not None]
        if self.spec.columns == "union":
            schema = _added_last(union(there))
        else:
            # A file without any column says nothing about which columns there are.
            schema = _added_last(common([own for own in there if _own(own)] or there))
        wanted = {column.name: column.type for column in schema}
        again = []
        for index, own in enumerate(schemas):
            lost = tuple(
                (c.name, wanted[c.name])
                for c in own or ()
                if c.name in wanted and _is_lost(c.type, wanted[c.name])
            )
            if lost:
                again.append((index, ReadHints(types=lost)))
        return Settled(schema, tuple(again))

    def recall(self, wanted: Wanted, hints: ReadHints, sink: Sink) -> Recalled:
        """Read one row again, with the line that it begins in."""
        from loadline.sources.csv_recall import recall_row

        return recall_row(self, self._path(wanted.partition), wanted, hints, sink)

    def row_form(self, partition: Partition, line: int) -> RowForm:
        """Return the row that begins in `line` of a file, to be corrected by a person.

        May block; raises `SourceError`.
        """
        from loadline.sources.csv_names import dataset_names
        from loadline.sources.csv_open import look_at
        from loadline.sources.csv_row_form import row_form

        path, spec = self._path(partition), self.spec
        with_source = self._with_source(partition.key.endswith(_SEVERAL))
        dialect = look_at(path, partition.name, spec)
        names = dataset_names(dialect.names, spec.column_names, with_source, spec.row_column)
        return row_form(path, partition.name, spec, names, line)

    def _path(self, partition: Partition) -> Path:
        written = partition.key.partition("?")[0]
        return Path(self.spec.path) / os.fsdecode(unquote_to_bytes(written))

    def _with_source(self, several: bool) -> bool:
        wanted = self.spec.source_column
        return several if wanted is None else wanted

    def _columns_of_first(self, partitions: Sequence[Partition]) -> tuple[str, ...]:
        """Return the columns that all files must have, where the job says *same or stop*."""
        if self.spec.columns != "same":
            return ()
        from loadline.sources.csv_names import dataset_names
        from loadline.sources.csv_open import look_at

        first = partitions[0]
        dialect = look_at(self._path(first), first.name, self.spec)
        with_source = self._with_source(len(partitions) > 1)
        return dataset_names(
            dialect.names, self.spec.column_names, with_source, self.spec.row_column
        )


def printable(name: str) -> str:
    """Return a file's name with a mark in place of bytes that are no text."""
    return os.fsencode(name).decode("utf-8", "replace")


def _own(schema: Schema) -> list[Column]:
    return [c for c in schema if c.name not in (SOURCE_COLUMN, ROW_COLUMN)]


def _added_last(schema: Schema) -> Schema:
    """Put the columns that the program adds behind those of the files."""
    added = [c for c in schema if c.name in (SOURCE_COLUMN, ROW_COLUMN)]
    return (*_own(schema), *added)


def _is_lost(stored: ColumnType, wanted: ColumnType) -> bool:
    # A dataset tells a null of a typed column as an empty text, so this needs no second reading.
    return stored is not ColumnType.EMPTY and loses_text(stored, wanted)


def forced_dialect(spec: CsvFolderSource, name: str) -> ForcedDialect:
    """Return what is forced for one file: its own wishes before those for the folder."""
    own = spec.file_dialects.get(name)
    if own is None:
        return spec.dialect
    merged = {
        field: getattr(spec.dialect, field) if value is None else value
        for field in ForcedDialect.__struct_fields__
        for value in [getattr(own, field)]
    }
    return ForcedDialect(**merged)


def columns_differ(name: str, found: Sequence[str], wanted: Sequence[str]) -> SourceDamaged | None:
    """Return the error for a file that does not have the wanted columns, None when it has."""
    missing = [column for column in wanted if column not in set(found)]
    extra = [column for column in found if column not in set(wanted)]
    if not missing and not extra:
        return None
    told = []
    if missing:
        told.append("missing: " + _some(missing))
    if extra:
        told.append("not expected: " + _some(extra))
    return SourceDamaged(
        f"The columns are not the same as in the first file ({'; '.join(told)}).",
        place=Place(name),
        advice="Leave the file out, or load all columns.",
    )


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - 5:,} more" if len(names) > 5 else ""
    return ", ".join(names[:5]) + more
