"""Values as the text of a cell: the ISO way, lists as JSON, bytes as Base64."""

from __future__ import annotations

import base64

import pyarrow as pa
import pyarrow.compute as pc

from loadline.store.conform import as_text

_FORMULA = r"^[=+\-@\t\r]"
"""Cells that begin so are run by spreadsheets (OWASP, "CSV Injection")."""
FORMULA_STARTS = tuple("=+-@\t\r")


def as_cells(column: pa.Array) -> pa.Array:
    """Return the values of `column` as text; a null stays null."""
    if pa.types.is_string(column.type):
        return column
    if not pa.types.is_binary(column.type):
        return as_text(column)
    cells = (None if v is None else base64.b64encode(v).decode() for v in column.to_pylist())
    return pa.array(cells, pa.string())


def defused(column: pa.Array) -> pa.Array:
    """Return texts with a ``'`` before those that a spreadsheet would run as a formula."""
    runs = pc.match_substring_regex(column, pattern=_FORMULA)
    if not pc.any(runs).as_py():
        return column
    return pc.if_else(runs, pc.binary_join_element_wise("'", column, ""), column)
