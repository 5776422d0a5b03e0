"""Exports as Parquet and Feather."""

from __future__ import annotations

from typing import BinaryIO, Self

import pyarrow as pa
from pyarrow import ipc, parquet

from loadline.domain.plan import BATCH_ROWS

GROUP_BYTES = 64 << 20
"""A Parquet row group of 65,536 rows may be smaller, never larger than about this."""


class ParquetWriter:
    """Parquet with row groups of at most 65,536 rows, so that a page can be read cheaply."""

    def __init__(self, file: BinaryIO, schema: pa.Schema) -> None:
        self._schema = schema
        self._writer = parquet.ParquetWriter(file, schema, compression="zstd", compression_level=1)
        self._batches: list[pa.RecordBatch] = []
        self._rows = self._bytes = 0

    def __enter__(self) -> Self:
        """Give the writer."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Write the last group and the footer."""
        if kind is None:
            self._write_group()
            self._writer.close()
        else:
            self._writer.is_open = False  # or it would write a footer to a file that is given up

    def write(self, batch: pa.RecordBatch) -> None:
        """Add a batch."""
        if self._rows + batch.num_rows > BATCH_ROWS:
            self._write_group()
        self._batches.append(batch)
        self._rows += batch.num_rows
        self._bytes += batch.nbytes
        if self._bytes > GROUP_BYTES:
            self._write_group()

    def _write_group(self) -> None:
        if self._rows:
            self._writer.write_table(
                pa.Table.from_batches(self._batches, self._schema), row_group_size=BATCH_ROWS
            )
        self._batches.clear()
        self._rows = self._bytes = 0


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
