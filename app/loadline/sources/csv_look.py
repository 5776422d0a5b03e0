"""A look at one file before the start: a sample of its rows and what they show."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass, field
from itertools import islice

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from loadline.domain.errors import Failure, LoadlineError
from loadline.domain.jobs import CsvFolderSource
from loadline.domain.plan import Problem
from loadline.domain.schema import ColumnType
from loadline.sources.csv_dialect import Dialect
from loadline.sources.csv_files import FoundFile
from loadline.sources.csv_folder import forced_dialect, printable
from loadline.sources.csv_open import open_file
from loadline.sources.csv_shapes import CELLS, Shape, shape_of
from loadline.sources.csv_types import Cells, fitting, is_wide
from loadline.sources.source import ReadHints, StartOver

SAMPLE_ROWS = 10_000
SHOWN_ROWS = 100
COUNTED_BYTES = 4 << 20
"""Files up to this size are counted to their end while there is time."""
_KEPT = 4_000  # looks
_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class LookedColumn:
    """A column of one file: its name as written there and what its values are."""

    name: str
    type: ColumnType
    wide: bool = False
    shape: Shape | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a file has shown."""

    dialect: Dialect | None = None
    columns: tuple[LookedColumn, ...] = ()
    first: tuple[tuple[str | None, ...], ...] = ()
    rows: int = 0
    exact: bool = False
    problems: tuple[str, ...] = ()
    failure: Failure | None = None


@dataclass
class _Noticed:
    """A `Sink` that keeps sentences about what is odd."""

    sentences: list[str] = field(default_factory=list)

    def problem(self, problem: Problem) -> None:
        if len(self.sentences) < _PROBLEMS:
            where = f"Line {problem.line:,}: " if problem.line is not None else ""
            what = problem.what if where else problem.what[:1].upper() + problem.what[1:]
            done = f"; {problem.done}" if problem.done else ""
            times = f" ({problem.count:,} times)" if problem.count > 1 else ""
            self.sentences.append(f"{where}{what}{done}{times}.")

    def aside(self, number: int, batch: pa.RecordBatch) -> None:
        """Let go of a further table, which has been told as a problem already."""

    def alive(self, bytes_read: int) -> None:
        """Go on: a look is short."""


_looks: OrderedDict[tuple[str, str, bytes], Look] = OrderedDict()


def known_look(file: FoundFile, spec: CsvFolderSource) -> Look | None:
    """Return an earlier look at the same state of the file under the same wishes."""
    return _looks.get(_key(file, spec))


def look(file: FoundFile, spec: CsvFolderSource, until: float) -> Look:
    """Look at a file; rows are counted to the end while ``time.monotonic() < until``."""
    key = _key(file, spec)
    found = _looks.get(key)
    may_count = file.size <= COUNTED_BYTES and time.monotonic() < until
    if found is None or (may_count and not found.exact and not found.failure):
        found = _looks[key] = _fresh(file, spec, until)
    _looks.move_to_end(key)
    while len(_looks) > _KEPT:
        _looks.popitem(last=False)
    return found


def _key(file: FoundFile, spec: CsvFolderSource) -> tuple[str, str, bytes]:
    return str(file.path), file.state, msgspec.json.encode(forced_dialect(spec, file.name))


def _fresh(file: FoundFile, spec: CsvFolderSource, until: float) -> Look:
    as_text = CsvFolderSource(
        path=spec.path, types="text", dialect=spec.dialect, file_dialects=spec.file_dialects
    )
    name = printable(file.name)
    try:
        sample = _Sample(file, name, as_text)
        sample.read(until)
    except LoadlineError as error:
        return Look(failure=error.failure)
    return Look(
        dialect=sample.dialect,
        columns=sample.columns(),
        first=sample.first_rows(),
        rows=sample.total,
        exact=sample.exact,
        problems=tuple(sample.noticed.sentences),
    )


class _Sample:
    """The first rows of a file as text, and how many there are in all."""

    def __init__(self, file: FoundFile, name: str, spec: CsvFolderSource) -> None:
        self._file = file
        self._name = name
        self._spec = spec
        self._begin()

    def _begin(self) -> None:
        self.noticed = _Noticed()
        self.batches: list[pa.RecordBatch] = []
        self.schema = pa.schema([])
        self.dialect: Dialect | None = None
        self.total = 0
        self.exact = False

    def read(self, until: float) -> None:
        """Read the sample, starting over as the reader wishes; raises `SourceError`."""
        hints: ReadHints | None = ReadHints()
        while hints is not None:
            self._begin()
            try:
                self._pass(hints, until)
                hints = None
            except StartOver as again:
                hints = again.hints

    def _pass(self, hints: ReadHints, until: float) -> None:
        reader = open_file(self._file.path, self._name, self._spec, None, hints, self.noticed)
        try:
            read, known = 0, 0
            for batch in reader:
                if read < SAMPLE_ROWS:
                    self.batches.append(batch.slice(0, SAMPLE_ROWS - read))
                # Several batches come of the same bytes: only when these are through is it
                # known how many rows they hold.
                consumed = reader.bytes_read
                if consumed != known:
                    if read >= SAMPLE_ROWS and not self._may_count(until):
                        self.total = round(read * max(1.0, self._file.size / known))
                        return
                    known = consumed
                read += batch.num_rows
            self.total, self.exact = reader.account().rows_read, True
        finally:
            self.schema, self.dialect = reader.schema, reader.dialect
            reader.close()

    def _may_count(self, until: float) -> bool:
        return self._file.size <= COUNTED_BYTES and time.monotonic() < until

    def columns(self) -> tuple[LookedColumn, ...]:
        """Return what the columns of the sample hold."""
        return tuple(self._column(number, field) for number, field in enumerate(self.schema))

    def _column(self, number: int, field: pa.Field) -> LookedColumn:
        if field.type != pa.string():
            return LookedColumn(field.name, ColumnType.LIST)
        kind, wide = ColumnType.EMPTY, False
        for batch in self.batches:
            if kind is ColumnType.TEXT:
                break
            cells = Cells(batch.column(number))
            kind = fitting(cells, kind)
            wide = wide or (kind is ColumnType.INT and is_wide(cells))
        shape = shape_of(self._values(number)) if kind is ColumnType.TEXT else None
        return LookedColumn(field.name, kind, wide, shape)

    def _values(self, number: int) -> list[str]:
        for batch in self.batches:
            text = batch.column(number)
            filled = text.filter(pc.greater(pc.binary_length(text), 0))
            if len(filled):
                # Long numbers are what is odd among others: they are looked for in all cells.
                odd = filled.filter(pc.greater(pc.binary_length(filled), 16)).slice(0, 5)
                values: list[str] = filled.slice(0, CELLS).to_pylist() + odd.to_pylist()
                return values
        return []

    def first_rows(self) -> tuple[tuple[str | None, ...], ...]:
        """Return the first rows as text."""
        rows: list[tuple[str | None, ...]] = []
        for batch in self.batches:
            wanted = batch.slice(0, SHOWN_ROWS - len(rows))
            columns = [[_shown(value) for value in column.to_pylist()] for column in wanted]
            rows.extend(islice(zip(*columns, strict=True), SHOWN_ROWS))
            if len(rows) >= SHOWN_ROWS:
                break
        return tuple(rows)


def _shown(value: object) -> str | None:
    if isinstance(value, list):
        return ", ".join(str(cell) for cell in value)
    return None if value is None else str(value)
