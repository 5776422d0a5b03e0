"""The fast path: a strictly written file as record batches, and the proof that nothing was changed.

Each chunk is parsed by pyarrow as columns of text. Two counts made apart from the parser must then
agree with it: the records, by line ends; and the bytes, where every byte of the chunk is a cell's,
a delimiter's, a quote's or a line end's. What does not add up goes to the tolerant path. Only then
are columns turned into types (`csv_types`), and a cell that does not fit widens its column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from loadline.domain.plan import PROBLEMS_KEPT, Problem, ReadAccount
from loadline.sources.csv_chunks import CHUNK_BYTES, LONGEST_RECORD, Chunk, Chunks, Irregular
from loadline.sources.csv_columns import FileColumns, Lines, Misfit
from loadline.sources.csv_content import Content, WrongEncoding, refusals
from loadline.sources.csv_dialect import Dialect
from loadline.sources.csv_tolerant import look_ahead
from loadline.sources.csv_unlike import unlike_rows
from loadline.sources.source import ReadHints, Sink, StartOver

RESTART_WITHIN = 1 / 8
"""A file of which less has been read starts over at once; else its rest is looked through first,
so that it is read twice at most."""
_PER_COLUMN = 2_048  # bytes of a chunk per column, so that wide files have enough rows in it
_LARGEST_CHUNK = 16 << 20
# Arrow would start a thread per file to watch for SIGINT, which workers leave to the program.
pa.enable_signal_handlers(False)

SMALL_CHUNK = 16 << 10
_NEVER = "\x1f"  # delimits nothing, where there is only one column
_WRONG_ROW = re.compile(r"Row #(\d+): Expected (\d+) columns, got (\d+)")


class FastReader:
    """Reads one file; see `Reader`.

    Args:
        content: the opened file, not yet read from; closed with the reader.
        dialect: how it is written; `dialect.fast`.
        columns: what its columns become.
        hints: what a `StartOver` builds on.
        sink: takes cells that do not fit a forced type.

    Raises `Irregular` where the first chunk shows that the file is not for this path.
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
        self._parser = TextParser(dialect)
        self._comment = dialect.comment.encode()
        self._line = dialect.data_line + 1
        self._rows_read = self._size = 0
        self._problems: list[Problem] = []
        self._problem_count = 0
        content.decode(dialect.encoding)
        self._chunks = iter(_chunks(content, dialect))
        self._first = self._next_piece() if dialect.names else None
        self._first_arrays: list[pa.Array] = []
        if self._first is not None:
            columns.learn(self._first.texts)
            self._first_arrays = self._fitted(self._first)

    @property
    def schema(self) -> pa.Schema:
        """The schema of the batches."""
        return self._columns.arrow

    @property
    def bytes_read(self) -> int:
        """Bytes on disk read so far."""
        return self._content.consumed

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        """Yield the batches once; raises `StartOver` and `SourceError`."""
        if self._first is None:
            return
        try:
            yield from self._all_batches(self._first)
        except Misfit as misfit:
            raise StartOver(replace(self._hints, types=self._columns.types)) from misfit
        except Irregular as irregular:
            types = self._columns.types
            hints = replace(self._hints, types=types, reader="tolerant", reason=str(irregular))
            if self._content.consumed < RESTART_WITHIN * self._content.size:
                raise StartOver(hints) from irregular
            again, line = self._content.again(), self._line
            if self.dialect.encoding == "utf-8" and not self.dialect.bom:
                end = self.dialect.line_end[-1].encode()
                line = 1 if again.seek_past(self.dialect.data_line, end, self._size) else line
            yield from look_ahead(again, self._name, self.dialect, self._columns, hints, line)

    def _all_batches(self, piece: Piece | None) -> Iterator[pa.RecordBatch]:
        arrays = self._first_arrays
        self._first, self._first_arrays = None, []
        while piece is not None:
            yield from self._columns.batches(arrays, piece.rows, piece.lines)
            piece = self._next_piece()
            if piece is None:
                return
            try:
                arrays = self._columns.typed(piece.texts, piece.lines, self._tell)
            except Misfit as misfit:
                self._look_through(misfit)
                raise

    def account(self) -> ReadAccount:
        """Return the account, after the last batch; raises `SourceChanged`."""
        self._content.verify_unchanged()
        return ReadAccount(
            rows_read=self._rows_read,
            rejected=0,
            bytes_read=self._content.size,
            schema=self._columns.schema,
            problems=tuple(self._problems),
            problem_count=self._problem_count,
            reader="fast",
            state=self._content.state,
        )

    def close(self) -> None:
        """Close the file."""
        self._content.close()

    def _next_piece(self) -> Piece | None:
        """Return the next piece of text, its counts proved; None at the end."""
        where = f" after {self._rows_read:,} rows" if self._rows_read else ""
        try:
            with refusals(self._name, where):
                chunk = next(self._chunks, None)
        except WrongEncoding as error:
            raise Irregular(str(error)) from error
        if chunk is None:
            return None
        if self._comment and self._has_comments(chunk):
            raise Irregular(f"comment lines after line {self._line:,}")
        piece = Piece(self._parser.texts(chunk, self._line), chunk, self._line)
        rows = self._parser.count_records(chunk, piece.texts, self._line)
        if unlike_rows(piece.texts, self.dialect.watched):
            raise Irregular(f"another table may begin after line {self._line:,}")
        self._rows_read += rows
        self._line += chunk.lines
        self._size += len(chunk.data)
        return piece

    def _has_comments(self, chunk: Chunk) -> bool:
        data = bytes(chunk.data)
        end = self.dialect.line_end.encode()
        return data.startswith(self._comment) or end + self._comment in data

    def _fitted(self, piece: Piece) -> list[pa.Array]:
        """Return the first piece's columns; nothing is yielded yet, so types may still change."""
        while True:
            try:
                return self._columns.typed(piece.texts, piece.lines, self._tell)
            except Misfit as misfit:
                self._columns.widen(misfit.kinds)

    def _look_through(self, misfit: Misfit) -> None:
        """Widen by the rest of the file, unless so little has been read that it is not worth it."""
        self._columns.widen(misfit.kinds)
        if self.bytes_read < self._content.size * RESTART_WITHIN:
            return
        while (piece := self._next_piece()) is not None:
            self._columns.widen_by(piece.texts)
            self._sink.alive(self.bytes_read)

    def _tell(self, problem: Problem) -> None:
        self._sink.problem(problem)
        self._problem_count += problem.count
        if len(self._problems) < PROBLEMS_KEPT:
            self._problems.append(problem)


class Piece:
    """A chunk as columns of text."""

    __slots__ = ("_chunk_lines", "_line", "_lines", "rows", "texts")

    def __init__(self, texts: list[pa.StringArray], chunk: Chunk, line: int) -> None:
        self.texts = texts
        self.rows = len(texts[0])
        self._line = line
        self._chunk_lines = chunk.lines
        self._lines: Lines | None = None

    def lines(self) -> Lines:
        """Return the line that each row begins in."""
        if self._lines is None:
            taken = np.ones(self.rows, np.int64)
            if self._chunk_lines != self.rows:
                for text in self.texts:
                    ends = pc.count_substring_regex(text, "\r\n|\n|\r")
                    taken += ends.to_numpy(zero_copy_only=False)
            self._lines = self._line + np.cumsum(taken) - taken
        return self._lines


class TextParser:
    """Parses chunks of one file as columns of text and proves the result by counting."""

    def __init__(self, dialect: Dialect) -> None:
        self._width = dialect.width
        self._delimiter = dialect.delimiter
        self._quote = dialect.quote
        self._line_end = dialect.line_end
        keys = [str(number) for number in range(self._width)]
        self._read = pacsv.ReadOptions(
            use_threads=False, column_names=keys, block_size=2 * LONGEST_RECORD
        )
        self._delimiter = dialect.delimiter or _NEVER
        # Where there is no quote, and where all is ASCII, there is less to look for.
        self._parse = {
            quoted: pacsv.ParseOptions(
                delimiter=self._delimiter, quote_char=quoted and (dialect.quote or False)
            )
            for quoted in (True, False)
        }
        self._convert = {
            plain: pacsv.ConvertOptions(
                column_types=dict.fromkeys(keys, pa.string()),
                null_values=[],
                strings_can_be_null=False,
                check_utf8=not plain,
            )
            for plain in (True, False)
        }

    def texts(self, chunk: Chunk, line: int) -> list[pa.StringArray]:
        """Return the chunk's columns; raises `Irregular`."""
        if len(chunk.data) <= SMALL_CHUNK and self._delimiter and not chunk.quotes:
            split = self._split(chunk)
            if split is not None:
                return split
        source = pa.BufferReader(pa.py_buffer(chunk.data))
        try:
            table = pacsv.read_csv(
                source, self._read, self._parse[chunk.quotes > 0], self._convert[chunk.plain]
            )
        except pa.ArrowInvalid as error:
            raise Irregular(self._in_words(str(error), chunk, line)) from error
        if not table.num_rows:
            raise Irregular(f"only blank lines from line {line:,} on")
        return [column.chunk(0) for column in table.itercolumns()]

    def _split(self, chunk: Chunk) -> list[pa.StringArray] | None:
        """Return a small plain chunk's columns, or None where it is for the parser to say why.

        The parser starts a thread per call, which takes longer than a file of some rows does.
        """
        try:
            text = bytes(chunk.data).decode()
        except UnicodeDecodeError:
            return None
        *lines, rest = text.split(self._line_end)
        ends = text.count("\r") + text.count("\n")
        if rest or not lines or ends != len(lines) * len(self._line_end):
            return None
        rows = [line.split(self._delimiter) for line in lines]
        if any(len(row) != self._width for row in rows):
            return None
        return [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]

    def count_records(self, chunk: Chunk, texts: Sequence[pa.StringArray], line: int) -> int:
        """Return how many records the chunk's bytes say there are.

        Raises `Irregular` unless they are as many as were parsed, and every byte is accounted for.
        """
        rows = len(texts[0])
        cells = sum(_bytes(text).size for text in texts)
        quotes = chunk.quotes
        lines = chunk.lines
        if quotes:
            quotes -= sum(_count(text, self._quote) for text in texts)
            lines -= sum(_count(text, self._line_end[-1]) for text in texts)
        between = rows * (self._width - 1 + len(self._line_end))
        if lines != rows or cells + quotes + between != len(chunk.data):
            raise Irregular(f"blank lines or other line ends in or after line {line:,}")
        return lines

    def _in_words(self, message: str, chunk: Chunk, line: int) -> str:
        wrong = _WRONG_ROW.search(message)
        if wrong:
            row, expected, got = map(int, wrong.groups())
            cells = "1 cell" if got == 1 else f"{got:,} cells"
            where = f"line {line + row - 1:,}"
            if chunk.quotes:
                where = f"a line after line {line:,}"
            return f"{where} has {cells} instead of {expected:,}"
        if "UTF8" in message:
            return f"bytes that are not UTF-8 after line {line:,}"
        return f"the lines after {line:,} are not a plain table"


def _bytes(text: pa.StringArray) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    _, ends, data = text.buffers()
    if data is None:
        return np.empty(0, np.uint8)
    first, last = np.frombuffer(ends, np.int32)[[text.offset, text.offset + len(text)]]
    return np.frombuffer(data, np.uint8, int(last - first), int(first))


def _count(text: pa.StringArray, character: str) -> int:
    return int(np.count_nonzero(_bytes(text) == ord(character)))


def _chunks(content: Content, dialect: Dialect) -> Chunks:
    size = min(max(CHUNK_BYTES, dialect.width * _PER_COLUMN), _LARGEST_CHUNK)
    if content.packed is None and "16" not in dialect.encoding and "32" not in dialect.encoding:
        size = min(size, content.size + 1_024)
    return Chunks(
        content,
        line_end=dialect.line_end,
        quote=dialect.quote,
        delimiter=dialect.delimiter,
        skip_lines=dialect.data_line,
        size=size,
    )
