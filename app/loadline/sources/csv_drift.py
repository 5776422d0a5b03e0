"""Where the files of a folder differ: one cell for each column and file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from loadline.domain.jobs import CsvFolderSource
from loadline.domain.schema import Column, ColumnType, Schema, common, union
from loadline.domain.survey import DriftCell, Presence, SurveyedColumn
from loadline.sources.csv_dates import format_type
from loadline.sources.csv_look import Look, LookedColumn
from loadline.sources.csv_names import dataset_names
from loadline.sources.csv_renamed import renamed

TYPE_WORDS = {
    ColumnType.INT: "whole numbers",
    ColumnType.DECIMAL: "decimals",
    ColumnType.BOOL: "true and false",
    ColumnType.DATE: "dates",
    ColumnType.TIMESTAMP: "dates with times",
    ColumnType.LIST: "lists",
    ColumnType.TEXT: "text",
    ColumnType.EMPTY: "nothing",
    ColumnType.BINARY: "bytes",
}


@dataclass(frozen=True, slots=True)
class File:
    """A looked-at file with its columns under their names in the dataset."""

    name: str
    columns: Mapping[str, LookedColumn]

    @property
    def schema(self) -> Schema:
        """Its columns in order."""
        return tuple(Column(name, c.type, wide=c.wide) for name, c in self.columns.items())


@dataclass(frozen=True, slots=True)
class DriftColumn:
    """One column in all files; `there` and `cells` stand in the order of the files."""

    name: str
    type: ColumnType
    forced: bool
    there: tuple[LookedColumn | None, ...]
    cells: tuple[DriftCell, ...]

    @property
    def told(self) -> SurveyedColumn:
        """The column as a survey tells it."""
        differs = any(cell.presence is not Presence.THERE for cell in self.cells)
        return SurveyedColumn(self.name, self.type, differs, self.forced)


@dataclass(frozen=True, slots=True)
class Drift:
    """The grid.

    Attributes:
        columns: those of the result under the job's rule for columns.
        alike: columns that may be others: name → the name that more files have.
        shared: how many columns every file has.
        every: how many columns there are in all files.
    """

    columns: tuple[DriftColumn, ...]
    alike: Mapping[str, str]
    shared: int
    every: int


def file_of(name: str, look: Look, spec: CsvFolderSource, with_source: bool) -> File:
    """Return a file with its columns under their names in the dataset."""
    written = [column.name for column in look.columns]
    final = dataset_names(written, spec.column_names, with_source, spec.row_column)
    return File(name, dict(zip(final, look.columns, strict=True)))


def drift_of(files: Sequence[File], spec: CsvFolderSource) -> Drift:
    """Compare the columns of files."""
    schemas = [file.schema for file in files if file.columns]
    every, shared = union(schemas), common(schemas)
    alike = renamed([column.name for column in every], [set(file.columns) for file in files])
    wanted = every
    if spec.columns == "common":
        wanted = shared
    elif spec.columns == "same" and schemas:
        first = {column.name for column in schemas[0]}
        wanted = tuple(column for column in every if column.name in first)
    columns = tuple(_column(column, files, spec, alike) for column in wanted)
    return Drift(columns, alike, len(shared), len(every))


def forced_type(name: str, held: Iterable[LookedColumn], spec: CsvFolderSource) -> str:
    """Return the type that a person has forced for a column, empty where none is."""
    for known in (name, *(column.name for column in held)):
        if known in spec.column_types:
            return spec.column_types[known]
        if known in spec.date_formats:
            return format_type(spec.date_formats[known])
    return ""


def _column(
    column: Column, files: Sequence[File], spec: CsvFolderSource, alike: Mapping[str, str]
) -> DriftColumn:
    there = tuple(file.columns.get(column.name) for file in files)
    held = [found for found in there if found is not None]
    forced = forced_type(column.name, held, spec)
    kind = ColumnType(forced) if forced else column.type
    if spec.types == "text" and not forced:
        kind = ColumnType.TEXT
    settled = bool(forced) or spec.types == "text"
    usual = _Usual(column.name, held, typed=not settled)
    others = [other for other, known in alike.items() if known == column.name]
    cells = tuple(
        usual.cell(found) if found else _missing(file, others)
        for file, found in zip(files, there, strict=True)
    )
    return DriftColumn(column.name, kind, bool(forced), there, cells)


def _missing(file: File, others: Sequence[str]) -> DriftCell:
    """Return the cell of a file without the column; it may stand there under another name."""
    for other in others:
        if other in file.columns:
            found = file.columns[other]
            note = f"This file calls it “{found.name}”, it seems. Click to join the two."
            return DriftCell(Presence.WRITTEN_DIFFERENTLY, found.type, found.name, note)
    return DriftCell(Presence.MISSING)


class _Usual:
    """What a column is in most files, against which each file is held."""

    def __init__(self, name: str, held: Sequence[LookedColumn], *, typed: bool) -> None:
        self._name = name
        types = Counter(c.type for c in held if c.type is not ColumnType.EMPTY)
        shapes = Counter(c.shape.key for c in held if c.shape is not None)
        self._type = types.most_common(1)[0][0] if types and typed else None
        self._shape = shapes.most_common(1)[0][0] if shapes else None
        examples = {c.shape.key: c.shape.example for c in held if c.shape is not None}
        self._example = examples.get(self._shape or "", "")

    def cell(self, found: LookedColumn) -> DriftCell:
        """Return how the column stands in a file that has it."""
        kind, name, shape = found.type, found.name, found.shape
        if self._type is not None and kind not in (self._type, ColumnType.EMPTY):
            here, there = TYPE_WORDS[kind], TYPE_WORDS[self._type]
            why = f" It has {shape.words} ({shape.example})." if shape else ""
            note = f"This file has {here}, most have {there}.{why}"
            return DriftCell(Presence.OTHER_TYPE, kind, name, note)
        if shape is not None and shape.key != self._shape:
            note = f"Written like {shape.example}, in most files like {self._example}."
            return DriftCell(Presence.WRITTEN_DIFFERENTLY, kind, name, note)
        note = "" if name == self._name else f"This file calls it “{name}”."
        return DriftCell(Presence.THERE, kind, name, note)
