"""Where one table of a file ends and another may begin."""

from __future__ import annotations

from collections.abc import Sequence

from loadline.sources.csv_blocks import Odd
from loadline.sources.csv_header import header_like
from loadline.sources.csv_positions import line_starts
from loadline.sources.csv_rows import Grammar


def without_gap(data: bytes, line: int, grammar: Grammar) -> int:
    """Return the first of the lines above `line` that hold nothing but delimiters."""
    bounds = line_starts(data)
    structure = (grammar.delimiter + grammar.quote + " \r\n").encode()
    while line and not data[bounds[line - 1] : bounds[line]].strip(structure):
        line -= 1
    return line


def begins_run(odd: Sequence[Odd], at: int, width: int) -> bool:
    """Tell whether a row and the next line's have the same other width, and it names columns."""
    record = odd[at].record
    if len(record.cells) == width or at + 1 >= len(odd):
        return False
    below = odd[at + 1].record
    follows = below.line == record.line + record.lines
    return follows and len(below.cells) == len(record.cells) and header_like(record.cells)
