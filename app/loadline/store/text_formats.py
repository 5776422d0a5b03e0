"""Exports as CSV and JSON Lines."""

from __future__ import annotations

import base64
import codecs
import io
from typing import TYPE_CHECKING, BinaryIO, Self

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from loadline.domain.errors import OutputRefused
from loadline.store.conform import as_text

if TYPE_CHECKING:
    from loadline.store.export import ExportOptions

_JSON_ROWS = 4_096
_FORMULA = r"^[=+\-@\t\r]"
"""Cells that begin so are run by spreadsheets (OWASP, "CSV Injection")."""


class CsvWriter:
    """CSV as RFC 4180 has it, lines ended by LF: text in quotes, empty text ``""``, null nothing.

    Dates and times the ISO way with a blank between, lists as JSON, bytes as Base64.
    """

    def __init__(self, file: BinaryIO, schema: pa.Schema, options: ExportOptions) -> None:
        self._defuse = options.defuse
        self._written = pa.schema(
            [
                (self._safe_name(field.name), pa.string() if _is_told(field.type) else field.type)
                for field in schema
            ]
        )
        sink = _recoded(file, options.encoding)
        self._sink = sink
        self._writer = csv.CSVWriter(
            sink, self._written, write_options=csv.WriteOptions(delimiter=options.delimiter)
        )

    def __enter__(self) -> Self:
        """Give the writer."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Write what is left."""
        if kind is None:
            self._writer.close()

    def write(self, batch: pa.RecordBatch) -> None:
        """Add a batch; raises `OutputRefused` for a sign that the encoding does not have."""
        columns = [self._told(column) for column in batch.columns]
        self._writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=self._written))

    def _told(self, column: pa.Array) -> pa.Array:
        if _is_told(column.type):
            return _as_cells(column)
        if self._defuse and pa.types.is_string(column.type):
            runs = pc.match_substring_regex(column, pattern=_FORMULA)
            if pc.any(runs).as_py():
                return pc.if_else(runs, pc.binary_join_element_wise("'", column, ""), column)
        return column

    def _safe_name(self, name: str) -> str:
        return f"'{name}" if self._defuse and name.startswith(tuple("=+-@\t\r")) else name


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
            _as_cells(column) if _is_time(column.type) else column for column in batch.columns
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


def _as_cells(column: pa.Array) -> pa.Array:
    if not pa.types.is_binary(column.type):
        return as_text(column)
    cells = (None if v is None else base64.b64encode(v).decode() for v in column.to_pylist())
    return pa.array(cells, pa.string())


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
