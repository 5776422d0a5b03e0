"""Writing a part: Arrow IPC file, lz4, under a temporary name until it is whole.

What it costs: a part of 10 rows takes 0.2 ms with its checksum on a quiet disk (making and naming
the file is most of it; in a folder of a file system that is full of files, up to 1 ms). An fsync
would add 0.2 to 1.2 ms here and 5 to 30 ms on a spinning disk, which for 10,000 small files is the
whole run. So a part is not synced when it is finished, but before the dataset is sealed: large
ones where they are verified, small ones all at once (`loadline.store.writing.sync_files`). Nothing
is lost by that: a killed program loses no written byte, and a part that a power cut tore no longer
has the checksum that the journal tells, so it is found and read again.

Batches are passed on as they come when they are of a sensible size. Small ones are joined and huge
ones are cut, so that a page of any part can be shown from one small batch.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from pyarrow import ipc

from loadline.domain.plan import BATCH_ROWS
from loadline.store.checksum import file_checksum
from loadline.store.dictionaries import Dictionaries
from loadline.store.part_ref import stem, temporary
from loadline.store.writing import LARGE, begin_sync, writing

SMALL_ROWS = 16_384
SMALL_BYTES = 1 << 20
"""Batches with fewer rows and fewer bytes are joined."""
JOINED_BYTES = 4 << 20
MOST_BYTES = 32 << 20
"""Batches with more bytes are cut, down to single rows."""


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """A finished part; `file` is its name in the folder, empty when there was nothing to write."""

    rows: int
    bytes: int
    checksum: str
    file: str


_BUFFER = 64 << 10


class PartWriter:
    """Writes the part of one partition; ends with `finish` or `discard`.

    Rows come out in the order in which they are written. Raises `OutputError` where the disk does
    not take them. Not for two threads at once.
    """

    def __init__(
        self, folder: Path, index: int, attempt: int | str, schema: pa.Schema, *, aside: int = 0
    ) -> None:
        """Begin a part in `folder`; `aside` is the number of a second, third … table, or 0."""
        self.rows = 0
        self._schema = schema
        self._path = folder / f"{stem(index, aside)}.arrow"
        self._temporary = folder / temporary(index, attempt, aside)
        self._small: list[pa.RecordBatch] = []
        self._small_rows = self._small_bytes = 0
        self._dictionaries = Dictionaries(schema)
        with writing(self._temporary):
            # Arrow writes in pieces of a few bytes; a small part is then one system call.
            self._file = pa.BufferedOutputStream(pa.OSFile(str(self._temporary), "wb"), _BUFFER)
            try:
                self._ipc = ipc.new_file(self._file, schema, options=_options())
            except BaseException:
                self.discard()
                raise

    def write(self, batch: pa.RecordBatch) -> None:
        """Add the rows of a batch that has the part's schema."""
        self.rows += batch.num_rows
        batch = self._dictionaries.unified(batch)
        if batch.num_rows < SMALL_ROWS and batch.nbytes < SMALL_BYTES:
            self._join(batch)
        elif batch.num_rows:
            self._write_joined()
            self._write_cut(batch)

    def finish(self) -> WrittenPart:
        """Put the part in place of an earlier one, if there is one, and return its facts."""
        with writing(self._temporary):
            try:
                self._write_joined()
                self._ipc.close()
                self._file.close()
                if not self.rows and not len(self._schema):
                    self._temporary.unlink()
                    self._path.unlink(missing_ok=True)
                    return WrittenPart(0, 0, "", "")
                checksum, size = file_checksum(self._temporary)
                self._temporary.replace(self._path)
                if size >= LARGE:
                    begin_sync(self._path)
            except BaseException:
                self.discard()
                raise
        return WrittenPart(self.rows, size, checksum, self._path.name)

    def discard(self) -> None:
        """Remove what has been written; harmless after `finish`."""
        self._small.clear()
        self._file.close()
        self._temporary.unlink(missing_ok=True)

    def _join(self, batch: pa.RecordBatch) -> None:
        if batch.num_rows + self._small_rows > BATCH_ROWS:
            self._write_joined()
        self._small.append(batch)
        self._small_rows += batch.num_rows
        self._small_bytes += batch.nbytes
        if self._small_rows >= BATCH_ROWS or self._small_bytes >= JOINED_BYTES:
            self._write_joined()

    def _write_joined(self) -> None:
        small, self._small = self._small, []
        rows, self._small_rows, self._small_bytes = self._small_rows, 0, 0
        if rows:
            self._write(small[0] if len(small) == 1 else pa.concat_batches(small))

    def _write_cut(self, batch: pa.RecordBatch) -> None:
        step = BATCH_ROWS
        if batch.nbytes > MOST_BYTES:
            step = max(1, min(step, batch.num_rows * MOST_BYTES // batch.nbytes))
        for start in range(0, batch.num_rows, step):
            self._write(batch.slice(start, step))

    def _write(self, batch: pa.RecordBatch) -> None:
        with writing(self._temporary):
            self._ipc.write_batch(batch)


def _options() -> ipc.IpcWriteOptions:
    # One thread: the workers are what runs side by side.
    return ipc.IpcWriteOptions(compression="lz4", use_threads=False, emit_dictionary_deltas=True)
