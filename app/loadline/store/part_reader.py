"""Reading a part: any of its batches, by number or in order, with the dataset's schema."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import pyarrow as pa
from pyarrow import ipc

from loadline.domain.errors import Place, RunError
from loadline.store.conform import Conformer
from loadline.store.part_index import batch_rows

WHOLE = 1 << 20
"""Bytes up to which a part is read at once: opening a file takes pyarrow twice as long."""


class PartReader:
    """An open part file. Not for two threads at once.

    Read with plain reads and not mapped into memory: a file on a network drive that goes away is
    an error then, not the end of the process.
    """

    def __init__(self, path: Path, wanted: pa.Schema) -> None:
        """Open the part at `path`; raises `RunError` when it is damaged or not there."""
        self._path = path
        try:
            content = path.read_bytes() if path.stat().st_size <= WHOLE else None
            self._starts = [0, *accumulate(batch_rows(path, content))]
            self._file = pa.OSFile(str(path), "rb") if content is None else pa.BufferReader(content)
            self._ipc = ipc.open_file(self._file, options=ipc.IpcReadOptions(use_threads=False))
            full = self._ipc.schema
            names = set(wanted.names)
            fields = [place for place, name in enumerate(full.names) if name in names]
            if len(fields) < len(full):
                # No field at all cannot be asked for; one is enough to count rows.
                options = ipc.IpcReadOptions(included_fields=fields or [0], use_threads=False)
                self._ipc = ipc.open_file(self._file, options=options)
        except (OSError, pa.ArrowException) as error:
            raise self._damaged(error) from error
        self._conformer = Conformer(_kept(full, fields), wanted, path.name)

    @property
    def rows(self) -> int:
        """Rows of the part."""
        return self._starts[-1]

    @property
    def batches(self) -> int:
        """Record batches of the part."""
        return len(self._starts) - 1

    def find(self, row: int) -> int:
        """Return the number of the batch that holds `row`."""
        return bisect_right(self._starts, row) - 1

    def start(self, batch: int) -> int:
        """Return the number of the first row of a batch."""
        return self._starts[batch]

    def read(self, batch: int) -> pa.RecordBatch:
        """Return a batch with the wanted schema; raises `RunError`."""
        try:
            return self._conformer.conformed(self._ipc.get_batch(batch))
        except (OSError, pa.ArrowException) as error:
            raise self._damaged(error) from error

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        """Yield all batches in order."""
        for batch in range(self.batches):
            yield self.read(batch)

    def close(self) -> None:
        """Let the file go."""
        self._file.close()

    def _damaged(self, error: Exception) -> RunError:
        return RunError(
            "This part is damaged.",
            place=Place(self._path.name),
            cause=str(error),
            advice="Retry: the part is read again.",
        )


def _kept(schema: pa.Schema, fields: list[int]) -> pa.Schema:
    return pa.schema([schema.field(place) for place in fields], metadata=schema.metadata)
