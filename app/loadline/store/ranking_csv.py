"""The ranking as a spreadsheet: a line per hit, best first."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from loadline.store.writing import write_whole


def write_lines(lines: Sequence[dict[str, Any]], path: Path, *, defuse: bool = True) -> None:
    """Write lines that all have the same names to `path`; raises `OutputError`.

    As UTF-8 with a byte order mark. With `defuse`, texts that a spreadsheet would run as a formula
    get an apostrophe.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_cell(name, defuse=defuse) for name in (lines[0] if lines else ())])
    for line in lines:
        writer.writerow([_cell(value, defuse=defuse) for value in line.values()])
    write_whole(path, text.getvalue().encode("utf-8-sig"))


def _cell(value: Any, *, defuse: bool) -> Any:
    if defuse and isinstance(value, str) and value[:1] in tuple("=+-@\t\r"):
        return f"'{value}"
    return value
