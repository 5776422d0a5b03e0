"""A block of whole lines as columns of text: quick where lines are regular, careful elsewhere.

The quotes of a block are checked all at once (each opens, closes or doubles as it may). Only
lines that fail go through `csv_records`; all others are cut by Arrow, which also tells the rows
that have another number of cells. What Python had to read is put back in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from loadline.sources.csv_positions import (
    CR,
    LF,
    Positions,
    count_lines,
    has_blank_line,
    line_starts,
    record_lines,
    regular,
    undecodable,
)
from loadline.sources.csv_records import Record, cut_lines, records
from loadline.sources.csv_rows import Flaw, Grammar, read_row, split_line
from loadline.sources.csv_splice import whole

_STAND_INS = (b"\x1f", b"\x1e", b"\x1d", b"\x1c", b"\x01", b"\x02")
Decode = Callable[[bytes], tuple[str, str]]
"""Bytes of a line to its text, and what was odd about the bytes (mostly nothing)."""


@dataclass(slots=True)
class Odd:
    """What Python has read: a record, and how many of Arrow's rows stand before it."""

    before: int
    record: Record
    bytes_odd: str = ""


@dataclass(slots=True)
class Cut:
    """A block cut into rows: Arrow's, and the odd ones between them.

    `lines_of` gives for each of Arrow's rows the index of its first line in the block.
    """

    table: list[pa.StringArray]
    rows: int
    odd: list[Odd]
    lines_of: Callable[[], Positions]


@dataclass(slots=True)
class Cutter:
    """Cuts blocks by one grammar into `width` columns."""

    grammar: Grammar
    width: int
    comment: str = ""
    habits: frozenset[int] = frozenset()
    swapped: bool = False
    """LF and CR have changed places, because CR ends the lines."""
    _quote: bytes = field(init=False)
    _names: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self._quote = self.grammar.quote.encode()
        self._names = [str(i) for i in range(self.width)]

    def cut(self, block: bytes, decode: Decode, *, suspect: bool) -> Cut:
        """Cut a block of whole lines; `suspect` when some of its bytes are not UTF-8."""
        if not suspect and not self._needs_lines(block):
            ready = self._ready(block)
            cut = None if ready is None else self._by_arrow(block, *ready, decode)
            if cut is not None:
                return cut
        return self._by_lines(block, decode)

    def open_from(self, block: bytes) -> int:
        """Return where the record begins that the block's end cuts off, or its size."""
        quote = self._quote
        if len(quote) != 1 or quote not in block:
            return len(block)
        view = np.frombuffer(self._without_escapes(block), np.uint8)
        if np.count_nonzero(view == quote[0]) % 2 == 0:
            return len(block)
        return block.rfind(b"\n", 0, block.rfind(quote)) + 1

    def _needs_lines(self, block: bytes) -> bool:
        grammar = self.grammar
        mark = self.comment.encode()
        if mark and (block.startswith(mark) or b"\n" + mark in block):
            return True
        if grammar.escape and grammar.escape.encode() in self._without_escapes(block):
            return True  # an escape that takes no meaning away is text; Arrow would drop it
        if len(self._quote) > 1 and self._quote in block:
            return True
        return b"\r" in block and block.count(b"\r") != block.count(b"\r\n")

    def _ready(self, block: bytes) -> tuple[bytes, bytes] | None:
        """Return the block as Arrow can cut it, and the delimiter in it; None if it cannot."""
        delimiter = self._simple()
        if delimiter is None:
            delimiter = next((s for s in _STAND_INS if s not in block), None)
            if delimiter is None:
                return None
            block = self._with_stand_in(block, delimiter)
        if self._quote and self._quote in block:
            shown = self._without_escapes(block)
            if not regular(shown, self._quote, delimiter):
                return None
        return block, delimiter

    def _without_escapes(self, block: bytes) -> bytes:
        """Return the block with what is escaped made plain, byte for byte."""
        escape = self.grammar.escape.encode()
        if not escape or escape not in block:
            return block
        block = block.replace(escape * 2, b"xx")
        if self._quote:
            block = block.replace(escape + self._quote, b"xx")
        delimiter = self._simple()
        return block.replace(escape + delimiter, b"xx") if delimiter else block

    def _simple(self) -> bytes | None:
        text = self.grammar.delimiter
        return (
            text.encode() if len(text) == 1 and text.isascii() and not self.grammar.blanks else None
        )

    def _with_stand_in(self, block: bytes, stand_in: bytes) -> bytes:
        if not self.grammar.delimiter:
            return block
        if not self._quote or self._quote not in block:
            return self._replaced(block, stand_in)
        pieces = block.split(self._quote)
        mark = next((s for s in _STAND_INS if s != stand_in and s not in block), None)
        if mark is None:
            pieces[::2] = [self._replaced(piece, stand_in) for piece in pieces[::2]]
        else:
            outside = mark.join(pieces[::2])
            pieces[::2] = self._replaced(outside, stand_in).split(mark)
        return self._quote.join(pieces)

    def _replaced(self, block: bytes, stand_in: bytes) -> bytes:
        delimiter = self.grammar.delimiter.encode()
        if not self.grammar.blanks:
            return block.replace(delimiter, stand_in)
        if delimiter == b" ":
            block = re.sub(rb"(?m)^ +| +(?=\r?$)", b"", block)
        return re.sub(re.escape(delimiter) + rb" *", stand_in, block)

    def _by_arrow(self, block: bytes, ready: bytes, delimiter: bytes, decode: Decode) -> Cut | None:
        """Cut a block with regular quotes; None when blank lines turn up."""
        columns, rows, odd = self._arrow(ready, delimiter)
        if rows + len(odd) != count_lines(block):
            if self.width > 1 and has_blank_line(block):
                return None
            if self.swapped:
                columns = [pc.replace_substring(c, "\n", "\r") for c in columns]

        def starts() -> Positions:
            return record_lines(self._without_escapes(ready), self._quote)

        if not odd:
            return Cut(columns, rows, [], starts)
        bounds = line_starts(block)
        firsts = np.append(starts(), len(bounds) - 1)
        every = np.ones(len(firsts) - 1, bool)
        every[odd] = False
        places = zip(
            np.asarray(odd) - np.arange(len(odd)), firsts[odd].tolist(),
            bounds[firsts[odd]].tolist(), bounds[firsts[np.asarray(odd) + 1]].tolist(),
            strict=True,
        )  # fmt: skip
        found: list[Odd] = []
        for before, line, start, end in places:
            self._carefully(block[start:end], line, int(before), decode, found)
        return Cut(columns, rows, found, lambda: firsts[:-1][every])

    def _carefully(
        self, data: bytes, line: int, before: int, decode: Decode, found: list[Odd]
    ) -> None:
        """Read lines that are one record, or what looks like one."""
        text, bytes_odd = decode(data)
        raw = text[:-2] if text.endswith("\r\n") else text[:-1]
        if not self.swapped and "\r" not in raw and "\n" not in raw and text.endswith("\n"):
            row = read_row(raw, self.grammar, self.width, self.habits)
            record = Record(line, 1, row.cells, raw, row.what, row.done)
            found.append(Odd(before, record, bytes_odd))
            return
        lines = self._lines(text)
        found += [
            Odd(before, _moved(record, line), bytes_odd)
            for record in records(lines, self.grammar, self.width, self.habits)
        ]

    def _lines(self, text: str) -> list[str]:
        if self.swapped:
            return cut_lines(text.translate({10: 13, 13: 10}), "\r")
        return cut_lines(text, "\n")

    def _arrow(self, block: bytes, delimiter: bytes) -> tuple[list[pa.StringArray], int, list[int]]:
        """Return the columns, the number of rows and the numbers of those left out."""
        left_out: list[int] = []

        def leave_out(row: arrow_csv.InvalidRow) -> str:
            left_out.append(row.number - 1)
            return "skip"

        if not block:
            return [pa.array([], pa.string())] * self.width, 0, []
        table = arrow_csv.read_csv(
            pa.BufferReader(block),
            arrow_csv.ReadOptions(
                use_threads=False, block_size=len(block) + 1, column_names=self._names
            ),
            arrow_csv.ParseOptions(
                delimiter=delimiter.decode(),
                quote_char=self.grammar.quote if len(self._quote) == 1 else False,
                double_quote=not self.grammar.escape,
                escape_char=self.grammar.escape or False,
                newlines_in_values=True,
                ignore_empty_lines=self.width > 1,
                invalid_row_handler=leave_out,
            ),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(self._names, pa.string()),
                strings_can_be_null=False,
                check_utf8=False,
            ),
        )
        return [whole(column) for column in table.columns], table.num_rows, left_out

    def _by_lines(self, block: bytes, decode: Decode) -> Cut:
        """Cut a block line by line: regular lines by Arrow, the others with care."""
        bounds = line_starts(block)
        flagged = np.flatnonzero(self._flags(block, bounds))
        kept: list[bytes] = []
        odd: list[Odd] = []
        lines: list[Positions] = []
        at = before = place = 0
        total = len(bounds) - 1
        while place < len(flagged):
            line = int(flagged[place])
            if line < at:
                place += 1
                continue
            before += line - at
            kept.append(block[bounds[at] : bounds[line]])
            lines.append(np.arange(at, line))
            stop = self._reach(block, bounds, flagged, place, total)
            for one in self._joined(block, bounds, line, stop, before, decode):
                odd.append(one)
                at = one.record.line + one.record.lines
            place += 1
        kept.append(block[bounds[at] :])
        lines.append(np.arange(at, total))
        return self._merged(b"".join(kept), np.concatenate(lines), odd, block, bounds, decode)

    def _reach(
        self, block: bytes, bounds: Positions, flagged: Positions, place: int, total: int
    ) -> int:
        """Return the line before which a record that begins in a flagged line must end."""
        line = int(flagged[place])
        if not self._quote and not self.grammar.escape:
            return line + 1
        text = block[bounds[line] : bounds[line + 1]]
        if self._quote not in text and not (
            self.grammar.escape and self.grammar.escape.encode() in text
        ):
            return line + 1
        return min(total, line + 2_000)

    def _joined(
        self, block: bytes, bounds: Positions, line: int, stop: int, before: int, decode: Decode
    ) -> list[Odd]:
        """Return the record or records of one flagged line and those that it goes on in."""
        size = 8
        while True:
            end = min(stop, line + size)
            text, bytes_odd = decode(block[bounds[line] : bounds[end]])
            lines = self._lines(text)
            first = [
                Odd(before, _moved(record, line), bytes_odd)
                for record in records(lines, self.grammar, self.width, self.habits, stop=1)
            ]
            single = first[0].record.lines == 1 if first else True
            if not single or end >= stop or not self._may_go_on(lines):
                return first
            size *= 8

    def _may_go_on(self, lines: Sequence[str]) -> bool:
        """Tell whether the first line's open cell could still be closed by later lines."""
        escape = self.grammar.escape
        if escape and lines[0].rstrip("\r\n").endswith(escape):
            return len(lines) < 64
        return split_line("".join(lines), self.grammar)[1] is Flaw.OPEN

    def _merged(
        self,
        clean: bytes,
        lines: Positions,
        odd: list[Odd],
        block: bytes,
        bounds: Positions,
        decode: Decode,
    ) -> Cut:
        delimiter = self._simple()
        ready = clean
        if delimiter is None:
            delimiter = next((s for s in _STAND_INS if s not in clean), b"\x1f")
            ready = self._with_stand_in(clean, delimiter)
        columns, rows, left_out = self._arrow(ready, delimiter)
        if not left_out:
            return Cut(columns, rows, odd, lambda: lines)
        every = np.ones(len(lines), bool)
        every[left_out] = False
        merged: list[Odd] = []
        rest = iter([*odd, None])
        following = next(rest)
        for skipped, number in enumerate(left_out):
            while following is not None and following.before <= number:
                merged.append(
                    Odd(following.before - skipped, following.record, following.bytes_odd)
                )
                following = next(rest)
            line = int(lines[number])
            data = block[bounds[line] : bounds[line + 1]]
            self._carefully(data, line, number - skipped, decode, merged)
        while following is not None:
            merged.append(_earlier(following, len(left_out)))
            following = next(rest)
        return Cut(columns, rows, merged, lambda: lines[every])

    def _flags(self, block: bytes, bounds: Positions) -> npt.NDArray[np.bool_]:
        """Tell which lines are not regular by themselves."""
        view = np.frombuffer(block, np.uint8)
        starts = bounds[:-1]
        flags = np.zeros(len(starts), bool)
        plain = self._without_escapes(block)
        self._flag_quotes(plain, np.frombuffer(plain, np.uint8), bounds, flags)
        mark = self.comment.encode()
        if mark:
            flags |= np.array([block.startswith(mark, int(s)) for s in starts])
        if b"\r" in block:
            where = np.flatnonzero(view == CR)
            where = where[view[np.minimum(where + 1, len(view) - 1)] != LF]
            flags[np.searchsorted(starts, where, "right") - 1] = True
        escape = self.grammar.escape.encode()
        if escape and escape in plain:
            where = np.flatnonzero(np.frombuffer(plain, np.uint8) == escape[0])
            flags[np.searchsorted(starts, where, "right") - 1] = True
        if self.width > 1:
            sizes = np.diff(bounds)
            flags |= (sizes < 2) | ((sizes == 2) & (view[starts] == CR))
        if not block.isascii():
            flags |= undecodable(block, bounds)
        return flags

    def _flag_quotes(
        self, block: bytes, view: npt.NDArray[np.uint8], bounds: Positions, flags: Positions
    ) -> None:
        if not self._quote or self._quote not in block:
            return
        where = np.flatnonzero(view == self._quote[0])
        line = np.searchsorted(bounds, where, "right") - 1
        simple = self._simple()
        if len(self._quote) > 1 or simple is None:
            flags[line] = True
            return
        first = np.searchsorted(where, bounds[:-1])
        nth = np.arange(len(where)) - first[line]
        counts = np.bincount(line, minlength=len(flags))
        flags |= counts % 2 == 1
        beside = np.zeros(256, bool)
        beside[[simple[0], LF, CR, self._quote[0]]] = True
        before = np.where(where > 0, view[where - 1], LF)
        after = np.where(where + 1 < len(view), view[np.minimum(where + 1, len(view) - 1)], LF)
        wrong = np.where(nth % 2 == 0, ~beside[before], ~beside[after])
        flags[line[wrong]] = True
        begins = np.zeros(len(flags), bool)
        begins[line[beside[before]]] = True
        if self.habits:
            begins[line[beside[after]]] = True
        # Marks inside cells that nobody quoted are plain text, where the row is whole.
        parts = np.diff(np.searchsorted(np.flatnonzero(view == simple[0]), bounds)) + 1
        flags[~begins & (counts > 0) & (parts == self.width)] = False


def _earlier(odd: Odd, by: int) -> Odd:
    return Odd(odd.before - by, odd.record, odd.bytes_odd)


def _moved(record: Record, by: int) -> Record:
    return Record(
        record.line + by, record.lines, record.cells, record.raw, record.what, record.done
    )
