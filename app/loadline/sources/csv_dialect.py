"""How a CSV file is written, found from its first bytes."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from loadline.domain.jobs import ForcedDialect
from loadline.sources.csv_delimiter import Found, delimiter_name, find_grammar
from loadline.sources.csv_encoding import Encoding, find_encoding
from loadline.sources.csv_header import (
    Layout,
    find_layout,
    is_comment,
    joined_names,
    second_table,
    value_columns,
)
from loadline.sources.csv_records import (
    LineEnds,
    Record,
    bare,
    cut_lines,
    line_ends,
    quoted_columns,
    records,
    usual_width,
)
from loadline.sources.csv_rows import Grammar

SAMPLE_BYTES = 256 * 1024
"""Decompressed bytes of a file that are enough to find its dialect."""
_LOOK_AT = 32 * 1024
"""Of which the structure is found in these characters; the rest only tells the encoding."""

_LEAST_LINES = 3
"""Lines that are looked at however long they are."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one file is written. Lines are physical lines of the decompressed content."""

    compression: str | None = None
    """``gz`` ``bz2`` ``xz`` ``zst`` ``zip`` or None; `find_dialect` leaves it to the caller."""
    encoding: str = "utf-8"
    """Python's name of the codec, without a BOM variant: ``utf-8``, ``utf-16-le``, ``cp1252``."""
    bom: bool = False
    """The content begins with a byte order mark, which is not part of the first cell."""
    delimiter: str = ","
    """One or more characters; empty when there is only one column and nothing delimits."""
    quote: str = '"'
    """The quote character; empty when nothing is quoted."""
    escape: str = ""
    """``\\`` where a backslash escapes; empty: a quote in a quoted cell is doubled."""
    line_end: str = "\n"
    """The prevailing line end."""
    mixed_line_ends: bool = False
    skip_lines: int = 0
    """Lines above the header: preamble, blank and comment lines."""
    comment: str = ""
    """What a comment line begins with; empty: there are none."""
    header_rows: int = 1
    data_line: int = 1
    """Lines above the first data row: `skip_lines`, the header rows, blank or comment lines."""
    header_records: int = 0
    """Records at the start of the first data line that belong to the header, where an unusual
    line end parts them; mostly none."""
    names: tuple[str, ...] = ()
    """Final column names, not empty and unique; no name at all: the file holds no table."""
    blank_after_delimiter: bool = False
    """Blanks that follow a delimiter are not part of the cell."""
    confident: bool = True
    evidence: str = ""
    """What speaks for it: ``delimiter `;`: 9 columns in 84 of 84 rows``."""
    preamble: tuple[str, ...] = ()
    """The texts of the lines above the header that are neither blank nor comments."""
    fast: bool = True
    """A strict parser (pyarrow) can read the sample as it is, from `data_line` on."""
    why_not_fast: str = ""
    """Why not, in plain words: ``a second table begins in line 90``."""

    second_line: int | None = None
    """Index of the line in which a second table begins, where the sample shows one."""
    watched: tuple[int, ...] = ()
    """Columns of values in which a word would begin another table."""
    habits: frozenset[int] = frozenset()
    """Columns whose cells are quoted as a rule."""

    @property
    def grammar(self) -> Grammar:
        """What structures a line."""
        return Grammar(self.delimiter, self.quote, self.escape, self.blank_after_delimiter)

    @property
    def width(self) -> int:
        """How many columns the file has."""
        return len(self.names)

    @property
    def double_quote(self) -> bool:
        """A quote inside a quoted cell is written twice."""
        return bool(self.quote) and not self.escape


def find_dialect(
    sample: bytes, *, whole: bool, name: str = "", forced: ForcedDialect | None = None
) -> Dialect:
    """Find how a file is written.

    Args:
        sample: its first bytes, decompressed; `SAMPLE_BYTES` are enough.
        whole: the sample is the whole file.
        name: the file's name; nothing is concluded from it so far.
        forced: what a person forces; the rest is found to fit.
    """
    del name
    forced = forced or ForcedDialect()
    encoding = _encoding(sample, whole, forced.encoding)
    text = _text(sample, encoding)
    size = _size_to_look_at(text)
    whole = whole and len(text) <= size
    text = text[:size]
    ends = line_ends(text)
    lines = cut_lines(text, ends.prevailing)
    if not whole and len(lines) > 1:
        lines.pop()
    above = min(forced.skip_lines or 0, len(lines))
    found = _plain(lines, forced) or find_grammar(
        lines[above:], delimiter=forced.delimiter, quote=forced.quote, escape=_escape(forced)
    )
    return _assembled(_Sample(lines, above, ends, encoding, whole), found, forced)


@dataclass(frozen=True, slots=True)
class _Sample:
    lines: Sequence[str]
    above: int
    ends: LineEnds
    encoding: Encoding
    whole: bool

    def row_ends(self, rows: Sequence[Record]) -> Counter[str]:
        """Count how rows end; line ends inside quoted cells say nothing."""
        if not self.ends.mixed:
            return Counter({self.ends.prevailing: 1})
        last = (self.lines[self.above + row.line + row.lines - 1] for row in rows)
        ends = Counter(line[len(bare(line)) :] for line in last)
        del ends[""]
        return ends or Counter({self.ends.prevailing: 1})


def _escape(forced: ForcedDialect) -> str | None:
    return "" if forced.escape is not None and forced.escape == forced.quote else forced.escape


def _encoding(sample: bytes, whole: bool, forced: str | None) -> Encoding:
    if forced is None:
        return find_encoding(sample, whole=whole)
    found = find_encoding(sample[:4], whole=False)
    marked = found.bom if found.name.split("-")[0] == forced.lower().split("-")[0] else 0
    return Encoding(forced, marked, True, f"encoding {forced}: chosen")


def _text(sample: bytes, encoding: Encoding) -> str:
    text = sample[encoding.bom :].decode(encoding.name, "replace")
    return text.removeprefix("\ufeff")


def _size_to_look_at(text: str) -> int:
    """Return how many characters show the structure: more where lines are very long."""
    at = 0
    for _ in range(_LEAST_LINES):
        at = text.find("\n", at) + 1
        if not at:
            return len(text)
    return max(at, _LOOK_AT)


def _plain(lines: Sequence[str], forced: ForcedDialect) -> Found | None:
    """Return the grammar of a file without any trap, quickly; None where a closer look is due."""
    if forced != ForcedDialect() or len(lines) < 3:
        return None
    first = lines[0]
    present = [c for c in ",;\t|" if c in first]
    if len(present) != 1 or first[0] in "#%!":
        return None
    (char,) = present
    text = "".join(lines)
    traps = ("\\", "'", f'"{char} "', "\n\n", "\r\n\r\n")
    if char * 2 in first or f"{char} " in first or any(trap in text for trap in traps):
        return None
    if "\r" in text.replace("\r\n", "\n"):
        return None
    try:
        widths = {len(row) for row in csv.reader(lines, delimiter=char, strict=True)}
    except csv.Error:
        return None
    if len(widths) != 1 or _rivals(lines[:20], char):
        return None
    return Found(Grammar(char), 1.0, widths.pop())


def _rivals(lines: Sequence[str], char: str) -> bool:
    """Tell whether another delimiter stands equally often in each of the lines after the first."""
    return any(
        other != char
        and all(line.count(other) for line in lines[1:])
        and all(a.count(other) == b.count(other) for a, b in pairwise(lines[1:]))
        for other in ",;\t|"
    )


def _assembled(sample: _Sample, found: Found, forced: ForcedDialect) -> Dialect:
    grammar, lines = found.grammar, sample.lines[sample.above :]
    rough = list(records(lines, grammar))
    width = table_width(rough)
    habits = quoted_columns(lines, grammar, width)
    rows = rough
    if any(r.what or len(r.cells) != width for r in rough):
        rows = list(records(lines, grammar, width, habits))
    layout = find_layout(rows, width, header_rows=forced.header_rows, comment=forced.comment)
    header = _rows_of(rows[layout.header : layout.data], layout)
    names = joined_names([r.cells for r in header], width) if rows and width else ()
    if not any(not r.blank for r in rows):
        names = ()
    second = second_table(rows, layout.data, width, layout.comment, names)
    table = _rows_of(rows[layout.data : second], layout)
    why = _why_not_fast(sample, grammar, table, layout, width, rows, second)
    return Dialect(
        encoding=sample.encoding.name,
        bom=sample.encoding.bom > 0,
        delimiter=grammar.delimiter,
        quote=grammar.quote,
        escape=grammar.escape,
        line_end=sample.row_ends(rows).most_common(1)[0][0],
        mixed_line_ends=len(sample.row_ends(rows)) > 1,
        skip_lines=sample.above + _line_of(rows, layout.header, len(lines)),
        comment=layout.comment,
        header_rows=len(header),
        data_line=sample.above + _line_of(rows, layout.data, len(lines)),
        header_records=_shared(rows, layout.data),
        names=names,
        blank_after_delimiter=grammar.blanks,
        confident=found.score >= 0.4 and sample.encoding.sure,
        evidence=_evidence(grammar, header + table, width, sample),
        preamble=tuple(r.raw for r in _rows_of(rows[: layout.header], layout)),
        fast=not why,
        why_not_fast=why,
        second_line=None if second is None else sample.above + rows[second].line,
        watched=value_columns([r.cells for r in table], width),
        habits=habits,
    )


def _rows_of(rows: Sequence[Record], layout: Layout) -> list[Record]:
    return [r for r in rows if not r.blank and not is_comment(r, layout.comment)]


def _line_of(rows: Sequence[Record], at: int, lines: int) -> int:
    return rows[at].line if at < len(rows) else lines


def _shared(rows: Sequence[Record], data: int) -> int:
    """Return how many records stand in the first data record's line before it."""
    if data >= len(rows):
        return 0
    return sum(r.line == rows[data].line for r in rows[max(0, data - 10) : data])


def table_width(rows: Sequence[Record]) -> int:
    """Return the width of the first table: the usual one, or that of a table above it."""
    width = usual_width(rows)
    starts = (i for i, r in enumerate(rows) if len(r.cells) == width and not r.blank)
    first = next(starts, 0)
    filled = [r for r in rows[:first] if not r.blank]
    earlier = usual_width(filled)
    same = sum(len(r.cells) == earlier for r in filled)
    if width > 1 and earlier > 1 and same >= 3 and same >= 0.7 * len(filled):
        return table_width(rows[:first])
    return width


def _why_not_fast(
    sample: _Sample,
    grammar: Grammar,
    table: Sequence[Record],
    layout: Layout,
    width: int,
    rows: Sequence[Record],
    second: int | None,
) -> str:
    first = sample.above + 1
    if second is not None:
        return f"a second table begins in line {rows[second].line + first}"
    if len(grammar.delimiter) != 1:
        return (
            f"the delimiter is {delimiter_name(grammar.delimiter)}"
            if grammar.delimiter
            else ("there is only one column")
        )
    if grammar.blanks:
        return "blanks follow the delimiters"
    if not (grammar.delimiter + grammar.quote).isascii():
        return "the delimiter or quote is not an ASCII character"
    if len(sample.row_ends(rows)) > 1:
        return "line ends are mixed"
    for record in table:
        if record.what:
            return f"line {record.line + first}: {record.what}"
        if len(record.cells) != width:
            return f"line {record.line + first} has {len(record.cells)} of {width} cells"
    last = max((i for i, r in enumerate(rows) if not r.blank), default=0)
    for record in rows[layout.data : last]:
        if record.blank:
            return f"line {record.line + first} is blank"
        if is_comment(record, layout.comment):
            return f"line {record.line + first} is a comment"
    return ""


def _evidence(grammar: Grammar, rows: Sequence[Record], width: int, sample: _Sample) -> str:
    if not rows:
        return "nothing but blank lines" if sample.lines else "the file is empty"
    right = sum(len(r.cells) == width and not r.what for r in rows)
    of = f"{right:,} of {len(rows):,} rows" + ("" if sample.whole else " of the sample")
    if not grammar.delimiter:
        return f"one column in {of}"
    blank = " and blanks" if grammar.blanks else ""
    many = f"{width} columns" if width != 1 else "1 column"
    return f"delimiter {delimiter_name(grammar.delimiter)}{blank}: {many} in {of}"
