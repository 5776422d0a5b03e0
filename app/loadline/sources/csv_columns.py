"""One file's columns of text as record batches of the dataset: names, types, where it came from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from loadline.domain.arrow import arrow_type
from loadline.domain.jobs import CsvFolderSource
from loadline.domain.plan import BATCH_ROWS, Problem, ProblemKind
from loadline.domain.schema import Column, ColumnType, Schema, widen
from loadline.sources.csv_dates import dates, format_type
from loadline.sources.csv_names import ROW_COLUMN, SOURCE_COLUMN, dataset_names
from loadline.sources.csv_types import SAMPLE, Cells, fitting, forced, is_wide, narrowest
from loadline.sources.csv_types import converted as exact

TellProblem = Callable[[Problem], None]
Lines = npt.NDArray[np.int64]
LinesOf = Callable[[], Lines]
"""Gives the line in the file that each row of a piece begins in."""

_IN_WORDS = {
    ColumnType.INT: "a whole number",
    ColumnType.DECIMAL: "a number",
    ColumnType.BOOL: "true or false",
    ColumnType.DATE: "a date",
    ColumnType.TIMESTAMP: "a date with a time",
}
_TOLD_PER_PIECE = 20
"""Cells of one column and piece that are told one by one."""


class Misfit(Exception):  # the reader starts over, or goes on with the wider types
    """Cells do not fit the types so far; `kinds` are types that they fit."""

    def __init__(self, kinds: Mapping[int, ColumnType]) -> None:
        super().__init__(kinds)
        self.kinds = dict(kinds)


@dataclass(slots=True)
class FileColumn:
    """A column of one file.

    Attributes:
        name: as it stands in the dataset.
        kind: the type so far.
        forced: the type that a person has forced; it does not widen.
        format: the date format that a person has forced.
        wide: whole numbers that a decimal could not hold were met.
    """

    name: str
    kind: ColumnType = ColumnType.EMPTY
    forced: ColumnType | None = None
    format: str = ""
    wide: bool = False


@dataclass(slots=True)
class FileColumns:
    """All columns of one file, and how pieces of text become batches.

    Attributes:
        columns: in the file's order.
        source: what `_source` says; None: there is no such column.
        with_rows: `_row` is wanted.
    """

    columns: list[FileColumn]
    source: str | None = None
    with_rows: bool = False
    _zeros: pa.Int32Array = field(default_factory=lambda: pa.array([], pa.int32()))
    _arrow: pa.Schema | None = None
    _learned: dict[int, tuple[pa.StringArray, Cells, pa.Array]] = field(default_factory=dict)
    """Columns of a small piece as they were when their types were learned."""

    @classmethod
    def of(
        cls,
        names: Sequence[str],
        spec: CsvFolderSource,
        least: Sequence[tuple[str, ColumnType]],
        source: str | None,
        only: Collection[str] | None = None,
    ) -> FileColumns:
        """Return the columns called `names` in a file; `least` are types known to be needed.

        Where `only` names columns, others than those and the first stay the text that they are,
        unless their type is forced: what does not fit that is still told.
        """
        final = dataset_names(names, spec.column_names, source is not None, spec.row_column)
        known = dict(least)
        first = next((n for n in final if n not in ("_id", SOURCE_COLUMN, ROW_COLUMN)), "")
        columns = []
        for name, written in zip(final, names, strict=True):
            column = FileColumn(name, known.get(name, ColumnType.EMPTY))
            column.format = spec.date_formats.get(name) or spec.date_formats.get(written, "")
            wanted = spec.column_types.get(name) or spec.column_types.get(written)
            if wanted:
                column.kind = column.forced = ColumnType(wanted)
            elif column.format:
                column.kind = column.forced = format_type(column.format)
            elif spec.types == "text":
                column.kind = column.forced = ColumnType.TEXT
            elif only is not None and column.name not in only and column.name != first:
                column.kind = ColumnType.TEXT
            columns.append(column)
        return cls(columns, source, spec.row_column)

    @property
    def arrow(self) -> pa.Schema:
        """The schema of the batches."""
        if self._arrow is None:
            self._arrow = self._arrow_now()
        return self._arrow

    def _arrow_now(self) -> pa.Schema:
        fields = [pa.field(c.name, arrow_type(c.kind)) for c in self.columns]
        if self.source is not None:
            fields.append(pa.field(SOURCE_COLUMN, pa.dictionary(pa.int32(), pa.string())))
        if self.with_rows:
            fields.append(pa.field(ROW_COLUMN, pa.int64()))
        return pa.schema(fields)

    @property
    def schema(self) -> Schema:
        """The same in the words of the dataset."""
        found = [Column(c.name, c.kind, wide=c.wide) for c in self.columns]
        if self.source is not None:
            found.append(Column(SOURCE_COLUMN, ColumnType.TEXT))
        if self.with_rows:
            found.append(Column(ROW_COLUMN, ColumnType.INT))
        return tuple(found)

    @property
    def types(self) -> tuple[tuple[str, ColumnType], ...]:
        """The types so far, as hints for a fresh start."""
        return tuple(
            (c.name, c.kind)
            for c in self.columns
            if c.kind is not ColumnType.EMPTY and c.forced is None
        )

    def learn(self, texts: Sequence[pa.StringArray]) -> None:
        """Propose types from the first rows of a piece."""
        self._arrow = None
        self._learned = {}
        for number, (column, text) in enumerate(zip(self.columns, texts, strict=True)):
            if column.forced is not None or column.kind is ColumnType.TEXT:
                continue
            whole = len(text) <= SAMPLE
            cells = Cells(text if whole else text.slice(0, SAMPLE))
            kind, array = narrowest(cells)
            column.kind = widen(column.kind, kind)
            if whole and column.kind is kind:
                self._learned[number] = text, cells, array

    def widen(self, kinds: Mapping[int, ColumnType]) -> None:
        """Take the types that a `Misfit` named."""
        self._arrow = None
        for number, kind in kinds.items():
            self.columns[number].kind = kind

    def widen_by(self, texts: Sequence[pa.StringArray]) -> None:
        """Widen whatever a piece of text does not fit."""
        for column, text in zip(self.columns, texts, strict=True):
            if column.forced is None and column.kind is not ColumnType.TEXT:
                cells = Cells(text)
                if exact(cells, column.kind) is None:
                    column.kind = fitting(cells, column.kind)
        self._arrow = None

    def typed(
        self, texts: Sequence[pa.StringArray], lines: LinesOf, tell: TellProblem
    ) -> list[pa.Array]:
        """Return the columns in their types; raises `Misfit` when a cell does not fit.

        What does not fit a forced type becomes null, and `tell` is told.
        """
        arrays: list[pa.Array] = []
        misfits: dict[int, ColumnType] = {}
        for number, (column, text) in enumerate(zip(self.columns, texts, strict=True)):
            if column.kind is ColumnType.TEXT or column.forced is not None:
                arrays.append(text)
                continue
            cells, array = self._cells(number, text)
            arrays.append(array)
            if array is None:
                misfits[number] = fitting(cells, column.kind)
            elif column.kind is ColumnType.INT and not column.wide:
                column.wide = is_wide(cells)
        if misfits:
            raise Misfit(misfits)
        for number, column in enumerate(self.columns):
            if column.forced not in (None, ColumnType.TEXT):
                arrays[number] = self._forced(column, texts[number], lines, tell)
        return arrays

    def _cells(self, number: int, text: pa.StringArray) -> tuple[Cells, pa.Array | None]:
        """Return a column's cells, and the column in its type unless a cell does not fit."""
        learned = self._learned.pop(number, None)
        if learned is not None and learned[0] is text:
            return learned[1:]
        cells = Cells(text)
        return cells, exact(cells, self.columns[number].kind)

    def batches(
        self, arrays: Sequence[pa.Array], rows: int, lines: LinesOf
    ) -> Iterator[pa.RecordBatch]:
        """Yield typed columns as batches of at most `BATCH_ROWS` rows, in order."""
        everything = list(arrays)
        if self.source is not None:
            everything.append(self._source_of(rows))
        if self.with_rows:
            everything.append(pa.array(lines(), pa.int64()))
        batch = pa.RecordBatch.from_arrays(everything, schema=self.arrow)
        if rows <= BATCH_ROWS:
            yield batch
            return
        for start in range(0, rows, BATCH_ROWS):
            yield batch.slice(start, BATCH_ROWS)

    def _source_of(self, rows: int) -> pa.DictionaryArray:
        if len(self._zeros) < rows:
            self._zeros = pa.array(np.zeros(max(rows, 1024), np.int32))
        return pa.DictionaryArray.from_arrays(
            self._zeros.slice(0, rows), pa.array([self.source], pa.string())
        )

    def _forced(
        self, column: FileColumn, text: pa.StringArray, lines: LinesOf, tell: TellProblem
    ) -> pa.Array:
        kind = column.forced or ColumnType.TEXT
        array = dates(text, column.format) if column.format else forced(Cells(text), kind)
        if column.format and array.type != arrow_type(kind):
            array = pc.cast(array, arrow_type(kind))
        if array.null_count:
            self._tell_lost(column, text, array, lines, tell)
        return array

    def _tell_lost(
        self,
        column: FileColumn,
        text: pa.StringArray,
        array: pa.Array,
        lines: LinesOf,
        tell: TellProblem,
    ) -> None:
        filled = pc.greater(pc.fill_null(pc.binary_length(text), 0), 0)
        lost = np.flatnonzero(pc.and_(pc.is_null(array), filled).to_numpy(zero_copy_only=False))
        kind = column.forced or ColumnType.TEXT
        what = f"{column.name} is not {_IN_WORDS[kind]}"
        if column.format:
            what += f" written as {column.format}"
        for row in lost[:_TOLD_PER_PIECE].tolist():
            raw = str(text[row].as_py())
            tell(Problem(ProblemKind.REPAIRED, what, "Left empty", line=int(lines()[row]), raw=raw))
        if len(lost) > _TOLD_PER_PIECE:
            row = int(lost[_TOLD_PER_PIECE])
            tell(
                Problem(
                    ProblemKind.REPAIRED,
                    what,
                    "Left empty",
                    line=int(lines()[row]),
                    raw=str(text[row].as_py()),
                    count=len(lost) - _TOLD_PER_PIECE,
                )
            )
