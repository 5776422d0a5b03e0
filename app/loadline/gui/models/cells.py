"""Values of a dataset as the text of a cell, made page by page off the window's thread."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from loadline.domain.schema import Column, ColumnType
from loadline.gui.models.figures import MINUS

if TYPE_CHECKING:
    import pyarrow as pa

LONGEST = 400
"""Characters of one cell that are shown; copying gives all of them."""
MOST_PLACES = 6
RUNNING = 20
"""From so many values on, values that count up by one are taken for running numbers."""
_LIKE_A_NAME = re.compile(
    r"(^|[_\W])(id|year|zip|code|key|nr|no|number|phone)$|(Id|ID|Year|Code|Key|Nr|No)$|^_row$"
)
_BREAKS = str.maketrans({"\r": None, "\n": "\u23ce", "\t": "\u21e5"})


@dataclass(frozen=True, slots=True)
class Style:
    """How one column's values are written; `places`: least decimals, `grouped`: 7,117."""

    type: ColumnType
    grouped: bool = False
    places: int = 0

    @property
    def right(self) -> bool:
        """Numbers stand on the right."""
        return self.type in (ColumnType.INT, ColumnType.DECIMAL)


@dataclass(frozen=True, slots=True)
class CellPage:
    """Rows `start` and on, by column; None is an empty cell (no value)."""

    start: int
    rows: int
    columns: tuple[tuple[str | None, ...], ...]

    def cell(self, row: int, column: int) -> str | None:
        """Return the text of a cell of this page, by the dataset's row."""
        return self.columns[column][row - self.start]


def style_of(column: Column, sample: Sequence[Any]) -> Style:
    """Return how to write `column`: as many places as the sample needs, no grouped keys."""
    if column.type is ColumnType.DECIMAL:
        places = max((_places(v) for v in sample if v is not None), default=0)
        return Style(column.type, not _like_a_name(column.name), min(places, MOST_PLACES))
    grouped = not _like_a_name(column.name)
    if column.type is ColumnType.INT and grouped:
        grouped = not _counts_up(sample)
    return Style(column.type, grouped)


def text_of(value: Any, style: Style) -> str | None:
    """Return the text of a value; None for an empty cell."""
    if value is None:
        return None
    match style.type:
        case ColumnType.INT:
            text = f"{value:,}" if style.grouped else str(value)
            return text.replace("-", MINUS)
        case ColumnType.DECIMAL:
            return _decimal(value, style)
        case ColumnType.BOOL:
            return "true" if value else "false"
        case ColumnType.TIMESTAMP:
            return str(value.isoformat(sep=" "))
        case ColumnType.LIST | ColumnType.EMPTIES | ColumnType.INTS | ColumnType.NUMBERS:
            return ", ".join("" if v is None else str(v) for v in value)[:LONGEST]
        case ColumnType.BINARY:
            return str(value[:LONGEST].hex(" "))
    text = str(value)
    return text[:LONGEST].translate(_BREAKS)


def plain(value: Any) -> str:
    """Return a value for the clipboard: ungrouped, whole, empty for no value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(plain(v) for v in value)
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


def page_of(table: pa.Table, start: int, styles: Sequence[Style]) -> CellPage:
    """Return the texts of all cells of `table`, whose first row is the dataset's row `start`."""
    columns = tuple(
        tuple(text_of(value, style) for value in column.to_pylist())
        for column, style in zip(table.columns, styles, strict=True)
    )
    return CellPage(start, table.num_rows, columns)


def column_with(table: pa.Table, text: str, case: bool) -> int:
    """Return the first column whose value in the first row has a text; 0 where none has."""
    wanted = text if case else text.lower()
    for place, column in enumerate(table.columns):
        cell = plain(column[0].as_py()) if len(column) else ""
        if wanted in (cell if case else cell.lower()):
            return place
    return 0


def rows_as_tsv(table: pa.Table, header: bool) -> str:
    """Return rows as lines of tab-separated cells, quoted as spreadsheets expect."""
    columns = [column.to_pylist() for column in table.columns]
    lines = ["\t".join(_quoted(name) for name in table.column_names)] if header else []
    rows = zip(*columns, strict=True)
    lines.extend("\t".join(_quoted(plain(value)) for value in row) for row in rows)
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    if any(c in text for c in '\t\n\r"'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _like_a_name(name: str) -> bool:
    return _LIKE_A_NAME.search(name) is not None


def _counts_up(sample: Sequence[Any]) -> bool:
    """Tell whether the values are running numbers: those are names, too."""
    pairs = pairwise(sample)
    return len(sample) >= RUNNING and all(
        a is not None and b is not None and b - a == 1 for a, b in pairs
    )


def _places(value: float) -> int:
    text = repr(value)
    return len(text.partition(".")[2]) if "." in text and "e" not in text else 0


def _decimal(value: float, style: Style) -> str:
    text = repr(value)
    if "e" in text or "n" in text:  # 1e+16, inf, nan
        return text.replace("-", MINUS)
    places = max(style.places, _places(value))
    return f"{value:{',' if style.grouped else ''}.{places}f}".replace("-", MINUS)
