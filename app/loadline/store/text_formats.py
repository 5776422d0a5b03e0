"""Exports as CSV and JSON Lines."""

from __future__ import annotations

import codecs
import io
import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, BinaryIO, Self

import msgspec
import pyarrow as pa
from pyarrow import csv

from loadline.domain.errors import OutputRefused
from loadline.store.text_cells import FORMULA_STARTS, as_cells, defused

if TYPE_CHECKING:
    from loadline.store.export import ExportOptions

_JSON_ROWS = 4_096
THREADS = max(1, min(4, os.cpu_count() or 1))


class CsvWriter:
    """CSV as RFC 4180 has it, lines ended by LF: text in quotes, empty text ``""``, null nothing.

    Dates and times the ISO way with a blank between, lists as JSON, bytes as Base64. Batches are
    put into words by several threads and written in their order.
    """

    def __init__(self, file: BinaryIO, schema: pa.Schema, options: ExportOptions) -> None:
        self._defuse = options.defuse
        self._written = pa.schema(
            [
                (self._safe_name(field.name), pa.string() if _is_told(field.type) else field.type)
                for field in schema
            ]
        )
        self._sink = _recoded(file, options.encoding)
        self._delimiter = options.delimiter
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="csv")
        self._waiting: deque[Future[pa.Buffer]] = deque()
        self._sink.write(self._lines(self._written.empty_table(), header=True))

    def __enter__(self) -> Self:
        """Give the writer."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Write what is left."""
        try:
            while kind is None and self._waiting:
                self._sink.write(self._waiting.popleft().result())
        finally:
            self._threads.shutdown(cancel_futures=True)

    def write(self, batch: pa.RecordBatch) -> None:
        """Add a batch; raises `OutputRefused` for a sign that the encoding does not have."""
        self._waiting.append(self._threads.submit(self._in_words, batch))
        if len(self._waiting) > THREADS:
            self._sink.write(self._waiting.popleft().result())

    def _in_words(self, batch: pa.RecordBatch) -> pa.Buffer:
        columns = [self._told(column) for column in batch.columns]
        return self._lines(pa.RecordBatch.from_arrays(columns, schema=self._written))

    def _lines(self, rows: pa.RecordBatch | pa.Table, *, header: bool = False) -> pa.Buffer:
        sink = pa.BufferOutputStream()
        how = csv.WriteOptions(include_header=header, delimiter=self._delimiter)
        csv.write_csv(rows, sink, how)
        return sink.getvalue()

    def _told(self, column: pa.Array) -> pa.Array:
        if _is_told(column.type):
            return as_cells(column)
        if self._defuse and pa.types.is_string(column.type):
            return defused(column)
        return column

    def _safe_name(self, name: str) -> str:
        return f"'{name}" if self._defuse and name.startswith(FORMULA_STARTS) else name


class JsonLinesWriter:
    """One JSON object per line; lists as arrays, bytes as Base64 text.

    Dates and times as in CSV, the ISO way with a blank between.

    Decimals that are no number (NaN, infinity) become null, as JSON has none.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._encode = msgspec.json.Encoder().encode_lines

    def __enter__(self) -> Self:
        """Give the writer."""
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is left to write."""

    def write(self, batch: pa.RecordBatch) -> None:
        """Add a batch."""
        names = batch.schema.names
        columns = [
            as_cells(column) if _is_time(column.type) else column for column in batch.columns
        ]
        for start in range(0, batch.num_rows, _JSON_ROWS):
            cells = [column.slice(start, _JSON_ROWS).to_pylist() for column in columns]
            rows = [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]
            self._file.write(self._encode(rows))


def _is_time(kind: pa.DataType) -> bool:
    # As text: Python's own dates end in the year 9999.
    return bool(pa.types.is_timestamp(kind) or pa.types.is_date(kind))


def _is_told(kind: pa.DataType) -> bool:
    """Tell whether the CSV writer has no own way to write values of this type as it should."""
    return bool(pa.types.is_timestamp(kind) or pa.types.is_nested(kind) or pa.types.is_binary(kind))


class _Recoder(io.RawIOBase):
    """Takes UTF-8 and writes another encoding."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self._file = file
        self._name = encoding
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._encoder = codecs.getincrementalencoder(encoding)()

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]
        """Write UTF-8 bytes in the other encoding; raises `OutputRefused`."""
        text = self._decoder.decode(bytes(content))
        try:
            self._file.write(self._encoder.encode(text))
        except UnicodeEncodeError as error:
            raise OutputRefused(
                f"The sign {text[error.start]} does not exist in the encoding {self._name}.",
                cause=str(error),
                advice="Choose UTF-8.",
            ) from error
        return len(content)


def _recoded(file: BinaryIO, encoding: str) -> BinaryIO | _Recoder:
    try:
        plain = codecs.lookup(encoding).name == "utf-8"
    except LookupError as error:
        raise OutputRefused(
            f"The encoding {encoding} is not known.", advice="Choose UTF-8."
        ) from error
    return file if plain else _Recoder(file, encoding)
