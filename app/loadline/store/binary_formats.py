"""Exports as Parquet and Feather."""

from __future__ import annotations

from typing import BinaryIO, Self

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import ipc, parquet

from loadline.domain.plan import BATCH_ROWS

GROUP_ROWS = 2 * BATCH_ROWS
"""Most rows of a Parquet row group; groups half as large took a tenth more time."""
GROUP_BYTES = 64 << 20
"""A row group may be smaller, never larger than about this."""
_LOOKED_AT = 8_192
_PAGE_VALUES = 16_384


class ParquetWriter:
    """Parquet with row groups of at most 131,072 rows.

    Columns whose first values repeat get a dictionary; for others one costs time and room (a
    table with five such columns: 1.9 times as long, a quarter more bytes).
    """

    def __init__(self, file: BinaryIO, schema: pa.Schema) -> None:
        self._file = file
        self._schema = schema
        self._writer: parquet.ParquetWriter | None = None
        self._batches: list[pa.RecordBatch] = []
        self._rows = self._bytes = 0

    def __enter__(self) -> Self:
        """Give the writer."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Write the last group and the footer."""
        if kind is None:
            self._write_group()
            self._opened().close()
        elif self._writer is not None:
            self._writer.is_open = False  # or it would write a footer to a file that is given up

    def write(self, batch: pa.RecordBatch) -> None:
        """Add a batch."""
        if self._rows + batch.num_rows > GROUP_ROWS:
            self._write_group()
        self._batches.append(batch)
        self._rows += batch.num_rows
        self._bytes += batch.nbytes
        if self._bytes > GROUP_BYTES:
            self._write_group()

    def _write_group(self) -> None:
        if self._rows:
            table = pa.Table.from_batches(self._batches, self._schema)
            self._opened().write_table(table, row_group_size=GROUP_ROWS)
        self._batches.clear()
        self._rows = self._bytes = 0

    def _opened(self) -> parquet.ParquetWriter:
        if self._writer is None:
            repeat = [
                field.name
                for place, field in enumerate(self._schema)
                if not self._batches or _repeats(self._batches[0].column(place))
            ]
            self._writer = parquet.ParquetWriter(
                self._file,
                self._schema,
                compression="zstd",
                compression_level=1,
                use_dictionary=repeat or False,
                write_batch_size=_PAGE_VALUES,
            )
        return self._writer


def _repeats(column: pa.Array) -> bool:
    if pa.types.is_nested(column.type) or pa.types.is_null(column.type):
        return False
    first = column.slice(0, _LOOKED_AT)
    return bool(2 * pc.count_distinct(first, mode="all").as_py() <= len(first))


class FeatherWriter:
    """Feather (version 2), which is the Arrow IPC file format, with lz4."""

    def __init__(self, file: BinaryIO, schema: pa.Schema) -> None:
        self._writer = ipc.new_file(
            file, schema, options=ipc.IpcWriteOptions(compression="lz4", use_threads=False)
        )

    def __enter__(self) -> Self:
        """Give the writer."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Write the footer."""
        if kind is None:
            self._writer.close()

    def write(self, batch: pa.RecordBatch) -> None:
        """Add a batch."""
        self._writer.write_batch(batch)
