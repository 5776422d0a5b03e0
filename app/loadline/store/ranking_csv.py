"""The ranking as a spreadsheet: a line per hit, best first."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loadline.store.writing import write_whole


@dataclass(frozen=True, slots=True)
class RankedRow:
    """One line: the score, what each comparison adds to it, and the record's fields."""

    score: float
    points: tuple[float, ...]
    fields: dict[str, Any]


def write_ranking(
    rows: Sequence[RankedRow], comparisons: Sequence[str], path: Path, *, defuse: bool = True
) -> None:
    """Write `rows` to `path` as UTF-8 with a byte order mark; raises `OutputError`.

    With `defuse`, texts that a spreadsheet would run as a formula get an apostrophe.
    """
    fields = list(dict.fromkeys(name for row in rows for name in row.fields))
    text = io.StringIO()
    writer = csv.writer(text)
    head = ["rank", "score", *(f"points: {name}" for name in comparisons), *fields]
    writer.writerow([_cell(name, defuse=defuse) for name in head])
    for rank, row in enumerate(rows, start=1):
        cells = [_cell(row.fields.get(name), defuse=defuse) for name in fields]
        writer.writerow([rank, row.score, *row.points, *cells])
    write_whole(path, text.getvalue().encode("utf-8-sig"))


def _cell(value: Any, *, defuse: bool) -> Any:
    if defuse and isinstance(value, str) and value[:1] in tuple("=+-@\t\r"):
        return f"'{value}"
    return value
