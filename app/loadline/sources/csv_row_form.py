"""One row of a file for a person to correct: what stands there, and what it becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from loadline.domain.jobs import CsvFolderSource
from loadline.domain.schema import Column, ColumnType
from loadline.sources.csv_rows import Flaw, Grammar, split_line

_LINES = 40
_STEP = 1 << 20


@dataclass(frozen=True, slots=True)
class Checked:
    """A row as a person wrote it: its cells, what is to be said of each, and of the whole."""

    cells: tuple[str, ...]
    remarks: tuple[str, ...]
    """One per cell, empty where nothing is to be said."""
    wrong: str
    """Why the row cannot be read so; empty when it can."""


@dataclass(frozen=True, slots=True)
class RowForm:
    """How a file's rows are written, which columns they have, and the row that stands there."""

    columns: tuple[Column, ...]
    grammar: Grammar
    text: str

    def check(self, text: str) -> Checked:
        """Return what `text` becomes, by the file's dialect and the columns' types."""
        cells, flaw = split_line(text, self.grammar)
        if flaw is Flaw.OPEN:
            return Checked(tuple(cells), ("",) * len(cells), "A quote is opened and not closed.")
        if "\n" in text and self.grammar.quote not in text:
            return Checked(tuple(cells), ("",) * len(cells), "Only one row can stand here.")
        wanted = len(self.columns)
        wrong = ""
        if len(cells) != wanted:
            wrong = f"The row has {_cells(len(cells))}, {wanted:,} are needed."
        remarks = [_remark(cell, column) for cell, column in zip(cells, self.columns, strict=False)]
        remarks += [""] * (len(cells) - len(remarks))
        return Checked(tuple(cells), tuple(remarks), wrong)


def row_form(
    path: Path, name: str, spec: CsvFolderSource, names: Sequence[str], line: int
) -> RowForm:
    """Return how a file is written and the row that begins in `line`; raises `SourceError`.

    `names` of its columns in the dataset go with their types as text; see `with_types`. May block.
    """
    from loadline.sources.csv_content import Content
    from loadline.sources.csv_open import dialect_of
    from loadline.sources.csv_records import records

    content = Content(path, name)
    try:
        dialect = dialect_of(content, name, spec)
        end = "\r" if dialect.line_end == "\r" else "\n"
        lines = _lines_from(content, line, end.encode())
    finally:
        content.close()
    found = next(records(lines, dialect.grammar, dialect.width), None)
    wanted = names or dialect.names
    columns = tuple(Column(column, ColumnType.TEXT) for column in wanted[: dialect.width])
    return RowForm(columns, dialect.grammar, found.raw if found else "")


def _lines_from(content: object, line: int, end: bytes) -> list[str]:
    """Return some lines from number `line` (from 1) on, with their ends."""
    buffer, rest, before = bytearray(_STEP), b"", 0
    while size := content.readinto(memoryview(buffer)):  # type: ignore[attr-defined]
        data = rest + bytes(buffer[:size])
        ends = data.count(end)
        if before + ends >= line - 1 + _LINES or size < _STEP:
            rest = data
            if before + ends >= line - 1 + _LINES:
                break
            continue
        if before + ends < line - 1:
            before += ends
            rest = data[data.rfind(end) + 1 :]
        else:
            rest = data
    found = rest.split(end)[line - 1 - before :][:_LINES]
    return [(one + end).decode("utf-8", "replace") for one in found]


def _remark(cell: str, column: Column) -> str:
    if not cell or column.type in (ColumnType.TEXT, ColumnType.EMPTY):
        return ""
    import pyarrow as pa

    from loadline.sources.csv_types import Cells, fitting

    kind = fitting(Cells(pa.array([cell], pa.string())), column.type)
    if kind is column.type:
        return ""
    return f"the column holds {_WORDS.get(column.type, column.type.value)}: it becomes {_AS[kind]}"


_WORDS = {
    ColumnType.INT: "whole numbers",
    ColumnType.DECIMAL: "numbers",
    ColumnType.BOOL: "true and false",
    ColumnType.DATE: "dates",
    ColumnType.TIMESTAMP: "times",
}
_AS = {kind: _WORDS.get(kind, "text") for kind in ColumnType}


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count:,} cells"
