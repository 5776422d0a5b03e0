"""The tolerant path: any file, however it is polluted, without losing a row.

A block of lines is cut by `csv_blocks`; what comes out strictly right is never touched by Python.
The odd rows are filled or parted here, told, and put back in their place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa

from loadline.domain.arrow import arrow_type
from loadline.domain.fixes import FIXED
from loadline.domain.jobs import ForcedDialect
from loadline.domain.plan import BATCH_ROWS, PROBLEMS_KEPT, Problem, ProblemKind, ReadAccount
from loadline.domain.schema import Column, ColumnType
from loadline.sources.csv_blocks import Cut, Cutter, Odd
from loadline.sources.csv_columns import FileColumns, Misfit
from loadline.sources.csv_content import Content, refusals
from loadline.sources.csv_dialect import SAMPLE_BYTES, Dialect, find_dialect
from loadline.sources.csv_fixes import Corrections
from loadline.sources.csv_header import begins_table, column_kinds, is_comment
from loadline.sources.csv_names import free_name
from loadline.sources.csv_positions import Positions, line_starts
from loadline.sources.csv_records import cut_lines, records
from loadline.sources.csv_splice import spliced
from loadline.sources.csv_stream import Block, Blocks, LineDecoder
from loadline.sources.csv_table_ends import begins_run, without_gap
from loadline.sources.csv_unlike import unlike_rows
from loadline.sources.source import ReadHints, Sink, StartOver

EXTRA = "_extra"
"""The column that keeps the cells of rows that are too long."""
_AHEAD_BYTES = 16_384
_AHEAD = 12


@dataclass(slots=True)
class Piece:
    """Rows of one block as text, the lines they begin in, and the extra cells of long ones."""

    texts: list[pa.StringArray]
    rows: int
    extra: dict[int, list[str]]
    _cut: Cut
    _odd: list[tuple[int, int]]
    _base: int
    _lines: Positions | None = None

    def lines(self) -> Positions:
        """Return the number of the line that each row begins in."""
        if self._lines is None:
            lines = np.empty(self.rows, np.int64)
            own = np.ones(self.rows, bool)
            for number, (before, line) in enumerate(self._odd):
                own[before + number] = False
                lines[before + number] = line
            lines[own] = self._cut.lines_of()[: int(own.sum())] + self._base
            self._lines = lines
        return self._lines


@dataclass(slots=True)
class _Table:
    """The table that is being read: the first of the file, or a later one."""

    number: int
    dialect: Dialect
    cutter: Cutter
    sample: list[list[str]] = field(default_factory=list)
    """First rows, to tell what their columns hold."""


class TolerantReader:
    """Reads one file; see `Reader`.

    Args:
        content: the opened file, not yet read from; closed with the reader.
        name: the file's name, for errors.
        dialect: how it is written.
        columns: what the columns of its first table become.
        hints: what a `StartOver` builds on; a type for ``_extra`` says that the column is needed.
        sink: takes problems and the rows of further tables.
    """

    def __init__(
        self,
        content: Content,
        name: str,
        dialect: Dialect,
        columns: FileColumns,
        hints: ReadHints,
        sink: Sink,
    ) -> None:
        self.dialect = dialect
        self._content = content
        self._name = name
        self._columns = columns
        self._hints = hints
        self._sink = sink
        self._blocks = Blocks(content, dialect)
        self._decode = LineDecoder(dialect.encoding)
        self._table = _table(1, dialect)
        self._extra_name = free_name(EXTRA, {c.name for c in columns.columns})
        self._extra = self._extra_name in dict(hints.types)
        self._rows = self._rejected = self._problem_count = self._blank_lines = 0
        self._problems: list[Problem] = []
        self._corrections = Corrections(hints.fixes, self._tell)
        self._ends_here = False
        self._header_left = dialect.header_records
        self._pieces = self._all_pieces()
        self._tell_above(dialect)
        self._first = self._prepared(next(self._pieces, None))

    @property
    def schema(self) -> pa.Schema:
        """The schema of the batches."""
        schema = self._columns.arrow
        return schema.append(_extra_field(self._extra_name)) if self._extra else schema

    @property
    def bytes_read(self) -> int:
        """Bytes on disk read so far."""
        return self._content.consumed

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        """Yield the batches once; raises `StartOver` and `SourceError`."""
        if self._first is not None:
            piece, arrays = self._first
            self._first = None
            yield from self._batches(piece, arrays)
        for piece in self._pieces:
            try:
                if piece.extra and not self._extra:
                    raise Misfit({})
                arrays = self._columns.typed(piece.texts, piece.lines, self._tell)
            except Misfit as misfit:
                self._columns.widen(misfit.kinds)
                yield from self.look_through(piece)
            yield from self._batches(piece, arrays)
        self._corrections.finish()
        if self._blank_lines:
            what = "blank lines between the rows"
            self._tell(Problem(ProblemKind.NOTE, what, "skipped", count=self._blank_lines))

    def account(self) -> ReadAccount:
        """Return the account, after the last batch; raises `SourceChanged`."""
        self._content.verify_unchanged()
        schema = self._columns.schema
        if self._extra:
            schema = (*schema, Column(self._extra_name, ColumnType.LIST))
        return ReadAccount(
            rows_read=self._rows + self._rejected,
            rejected=self._rejected,
            bytes_read=self._content.size,
            schema=schema,
            problems=tuple(self._problems),
            problem_count=self._problem_count,
            reader="tolerant",
            reason=self._hints.reason or self._table.dialect.why_not_fast,
            state=self._content.state,
            extra={FIXED: str(self._corrections.done)} if self._hints.fixes else {},
        )

    def close(self) -> None:
        """Close the file."""
        self._content.close()

    # Types

    def _prepared(self, piece: Piece | None) -> tuple[Piece, list[pa.Array]] | None:
        """Return the first piece with its columns; nothing is yielded yet, so types may change."""
        if piece is None:
            return None
        self._extra = self._extra or bool(piece.extra)
        self._columns.learn(piece.texts)
        while True:
            try:
                return piece, self._columns.typed(piece.texts, piece.lines, self._tell)
            except Misfit as misfit:
                self._columns.widen(misfit.kinds)

    def look_through(self, piece: Piece | None = None) -> Iterator[pa.RecordBatch]:
        """Widen by `piece` and the rest of the file, then raise `StartOver`.

        The empty batches only let the caller tell progress.
        """
        nothing = pa.RecordBatch.from_pylist([], schema=self.schema)
        if piece is None and self._first is not None:
            piece = self._first[0]
        while piece is not None:
            self._extra = self._extra or bool(piece.extra)
            self._columns.widen_by(piece.texts)
            yield nothing
            piece = next(self._pieces, None)
        raise StartOver(self._wider())

    def _wider(self) -> ReadHints:
        types = self._columns.types
        if self._extra:
            types = (*types, (self._extra_name, ColumnType.LIST))
        reason = self._hints.reason or self._table.dialect.why_not_fast
        return replace(self._hints, types=types, reader="tolerant", reason=reason)

    def _batches(self, piece: Piece, arrays: Sequence[pa.Array]) -> Iterator[pa.RecordBatch]:
        at = 0
        for batch in self._columns.batches(arrays, piece.rows, piece.lines):
            if self._extra:
                here = range(at, at + batch.num_rows)
                cells = [piece.extra.get(i) for i in here] if piece.extra else [None] * len(here)
                column = pa.array(cells, arrow_type(ColumnType.LIST))
                yield batch.append_column(_extra_field(self._extra_name), column)
            else:
                yield batch
            at += batch.num_rows

    # Blocks and tables

    def _all_pieces(self) -> Iterator[Piece]:
        while (block := self._next_block()) is not None:
            if block.rejected:
                self._reject(block)
            if self._ends_here:
                block = self._begin_table(block)
            if not self._table.dialect.names or not block.data:
                continue
            piece = self._piece(block)
            if self._table.number > 1:
                self._aside(piece)
                self._sink.alive(self.bytes_read)
            elif piece.rows:
                self._rows += piece.rows
                yield piece

    def _next_block(self) -> Block | None:
        where = f" after {self._rows:,} rows" if self._rows else ""
        with refusals(self._name, where):
            return self._blocks.next(self._table.cutter.open_from)

    def _piece(self, block: Block) -> Piece:
        """Return a block's rows; where another table begins, only those before it."""
        block = self._up_to_known_table(block)
        suspect = self._decode.suspect(block.data)
        cut = self._table.cutter.cut(block.data, self._decode, suspect=suspect)
        self._learn_kinds(cut)
        line = self._next_table(block, cut)
        line = self._unlike(block, cut, line)
        if line is not None:
            line = without_gap(block.data, line, self._table.cutter.grammar)
            block = self._shortened(block, line)
            cut = self._table.cutter.cut(block.data, self._decode, suspect=suspect)
        return self._repaired(block, cut)

    def _up_to_known_table(self, block: Block) -> Block:
        second = self._table.dialect.second_line
        if self._table.number > 1 or second is None:
            return block
        line = second + 1 - block.line
        if 0 <= line < block.lines:
            return self._shortened(block, line)
        return block

    def _shortened(self, block: Block, line: int) -> Block:
        """Leave the lines from `line` on to the next table."""
        at = int(line_starts(block.data)[line])
        self._blocks.push_back(block.data[at:])
        self._ends_here = True
        return replace(block, data=block.data[:at], lines=line)

    def _begin_table(self, block: Block) -> Block:
        """Find out how the next table is written; return the block without its header."""
        self._ends_here = False
        first, number = self._table.dialect, self._table.number + 1
        forced = ForcedDialect(
            delimiter=first.delimiter or None, quote=first.quote, escape=first.escape or None,
            encoding="utf-8", comment=first.comment,
        )  # fmt: skip
        sample = block.data[:SAMPLE_BYTES]
        dialect = find_dialect(sample, whole=len(sample) == len(block.data), forced=forced)
        swapped = self._table.cutter.swapped
        self._table = _table(number, dialect)
        self._table.cutter.swapped = swapped
        what = f"another table begins here, with {dialect.width} columns"
        raw = sample.partition(b"\n")[0].decode("utf-8", "replace")
        line = block.line + dialect.skip_lines
        done = "kept apart from the first"
        self._tell(Problem(ProblemKind.NOTE, what, done, line=line, raw=raw))
        at = int(line_starts(block.data)[min(dialect.data_line, block.lines)])
        byte = None if block.byte is None else block.byte + at
        return replace(block, data=block.data[at:], line=block.line + dialect.data_line, byte=byte)

    def _learn_kinds(self, cut: Cut) -> None:
        if not self._table.sample and cut.rows:
            rows = [column.slice(0, 40).to_pylist() for column in cut.table]
            self._table.sample = [list(row) for row in zip(*rows, strict=True)]

    def _next_table(self, block: Block, cut: Cut) -> int | None:
        """Return the line of the block with which another table begins, if one does."""
        width = self._table.cutter.width
        bounds: Positions | None = None
        blank_to = -1
        for number, odd in enumerate(cut.odd):
            record = odd.record
            after_blank = record.line == blank_to
            line = record.line
            if record.blank:
                line = blank_to = line + record.lines
            elif after_blank or not begins_run(cut.odd, number, width):
                continue
            bounds = line_starts(block.data) if bounds is None else bounds
            if line < len(bounds) - 1:
                data = block.data[int(bounds[line]) : int(bounds[line]) + _AHEAD_BYTES]
                if self._begins(data, blank=record.blank):
                    return line
        return None

    def _unlike(self, block: Block, cut: Cut, before: int | None) -> int | None:
        """Return the line with which a table of the same width begins, if it is the first."""
        watched = self._table.dialect.watched if cut.rows else ()
        for row in unlike_rows(cut.table, watched):
            line = int(cut.lines_of()[row])
            if before is not None and line >= before:
                break
            at = int(line_starts(block.data)[line])
            if self._begins(block.data[at : at + _AHEAD_BYTES], blank=False):
                return line
        return before

    def _begins(self, data: bytes, *, blank: bool) -> bool:
        if not self._table.sample or data[:1] in (b"\n", b"\r"):
            return False
        text, _ = self._decode(data.rpartition(b"\n")[0])
        lines = cut_lines(text, "\n")[:_AHEAD]
        cutter = self._table.cutter
        ahead = list(records(lines, cutter.grammar, 0))
        kinds = column_kinds(self._table.sample, cutter.width)
        return begins_table(ahead, cutter.width, kinds, self._table.dialect.names, blank)

    # Rows

    def _repaired(self, block: Block, cut: Cut) -> Piece:
        """Fill and part the odd rows, tell them, and put them in their places."""
        width = self._table.cutter.width
        rows: list[tuple[int, list[str | None]]] = []
        places: list[tuple[int, int]] = []
        extra: dict[int, list[str]] = {}
        bounds = self._bytes_of_lines(block) if cut.odd else None
        comment = self._table.cutter.comment
        for odd in cut.odd:
            record = odd.record
            if self._header_left and record.line == 0:
                self._header_left -= 1
                continue
            if width > 1 and record.blank:
                self._blank_lines += 1
                continue
            if comment and is_comment(record, comment):
                self._note(block, odd, "a comment line", "skipped")
                continue
            line = record.line + block.line
            corrected = self._corrections.of_record(line, record.raw, width)
            cells: list[str | None] = corrected or [*record.cells]
            size = len(cells)
            if size > width:
                extra[odd.before + len(rows)] = record.cells[width:]
                del cells[width:]
            elif size < width:
                cells += [None] * (width - size)
            if not corrected and (size != width or record.what or odd.bytes_odd):
                self._tell_odd(block, odd, width, bounds)
            rows.append((odd.before, cells))
            places.append((odd.before, line))
        texts = spliced(cut.table, cut.rows, rows)
        piece = Piece(texts, cut.rows + len(rows), extra, cut, places, block.line)
        if self._hints.fixes:
            piece.texts = self._corrections.of_rows(texts, piece.lines())
        return piece

    def _bytes_of_lines(self, block: Block) -> list[int] | None:
        if block.byte is None:
            return None
        found: list[int] = (line_starts(block.data) + block.byte).tolist()
        return found

    def _tell_odd(self, block: Block, odd: Odd, width: int, bounds: list[int] | None) -> None:
        record = odd.record
        what, done = record.what, record.done
        size = len(record.cells)
        if odd.bytes_odd:
            what = f"{what}; {odd.bytes_odd}" if what else odd.bytes_odd
            done = done or f"read as {self._decode.guess}"
        if size != width:
            wrong = f"the row has {size} of {width} cells"
            done = "the missing cells are left empty"
            if size > width:
                wrong = f"the row has {size} cells, {width} were expected"
                done = f"the extra cells are in {self._extra_name}"
            what = f"{what}; {wrong}" if what else wrong
        byte = None if bounds is None else bounds[record.line]
        line = record.line + block.line
        self._tell(Problem(ProblemKind.REPAIRED, what, done, line=line, byte=byte, raw=record.raw))

    def _note(self, block: Block, odd: Odd, what: str, done: str) -> None:
        line = odd.record.line + block.line
        self._tell(Problem(ProblemKind.NOTE, what, done, line=line, raw=odd.record.raw))

    def _tell_above(self, dialect: Dialect) -> None:
        if dialect.preamble:
            count = len(dialect.preamble)
            what = f"{count} line{'s' if count > 1 else ''} above the table"
            raw = "\n".join(dialect.preamble)
            self._tell(Problem(ProblemKind.NOTE, what, "kept out of the data", line=1, raw=raw))

    def _tell(self, problem: Problem) -> None:
        self._problem_count += problem.count
        if len(self._problems) < PROBLEMS_KEPT:
            self._problems.append(problem)
        self._sink.problem(problem)

    def _reject(self, block: Block) -> None:
        self._rejected += 1
        size = block.rejected >> 20
        self._tell(
            Problem(
                ProblemKind.REJECTED, f"a line of more than {size} MB", "left out",
                line=block.line - 1,
            )
        )  # fmt: skip

    def _aside(self, piece: Piece) -> None:
        names = list(self._table.dialect.names)
        batch = pa.RecordBatch.from_arrays(piece.texts, names=names)
        for start in range(0, batch.num_rows, BATCH_ROWS):
            self._sink.aside(self._table.number, batch.slice(start, BATCH_ROWS))


class Nowhere:
    """A sink for rows that are only looked at."""

    def problem(self, problem: Problem) -> None:
        """Forget a problem."""

    def aside(self, number: int, batch: pa.RecordBatch) -> None:
        """Forget rows of a further table."""

    def alive(self, bytes_read: int) -> None:
        """Nobody waits for a sign of life."""


def look_ahead(
    content: Content, name: str, dialect: Dialect, columns: FileColumns, hints: ReadHints, line: int
) -> Iterator[pa.RecordBatch]:
    """Look through a file from `line` on for the types that its rest needs, then raise `StartOver`.

    So a file that turns out odd near its end is read twice and not three times. `content` is
    closed at the end; the empty batches only let the caller tell progress.
    """
    rest = replace(dialect, data_line=line - 1, preamble=())
    try:
        reader = TolerantReader(content, name, rest, columns, hints, Nowhere())
        yield from reader.look_through()
    finally:
        content.close()


def _table(number: int, dialect: Dialect) -> _Table:
    cutter = Cutter(
        dialect.grammar, dialect.width, dialect.comment, dialect.habits, dialect.line_end == "\r"
    )
    return _Table(number, dialect, cutter)


def _extra_field(name: str) -> pa.Field:
    return pa.field(name, arrow_type(ColumnType.LIST))
