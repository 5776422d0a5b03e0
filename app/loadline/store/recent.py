"""What was looked at last: open parts and decoded batches, bounded in number and bytes."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

import pyarrow as pa

from loadline.store.part_reader import PartReader

OPEN_PARTS = 32
DECODED = 8
DECODED_BYTES = 96 << 20

_Part = tuple[Path, tuple[str, ...]]


class Recent:
    """Gives rows out of parts. Not for two threads at once."""

    def __init__(self) -> None:
        self._open: OrderedDict[_Part, PartReader] = OrderedDict()
        self._decoded: OrderedDict[tuple[_Part, int], pa.RecordBatch] = OrderedDict()
        self._bytes = 0

    def rest(self, path: Path, schema: pa.Schema, row: int, most: int) -> pa.RecordBatch:
        """Return up to `most` rows from `row` of a part on, as far as its record batch goes.

        Empty beyond the part's end. Raises `RunError`.
        """
        part = (path, tuple(schema.names))
        reader = self._reader(part, schema)
        if row >= reader.rows:
            return pa.RecordBatch.from_pylist([], schema)
        number = reader.find(row)
        batch = self._batch(part, reader, number)
        return batch.slice(row - reader.start(number), most)

    def clear(self) -> None:
        """Let everything go."""
        for reader in self._open.values():
            reader.close()
        self._open.clear()
        self._decoded.clear()
        self._bytes = 0

    def _reader(self, part: _Part, schema: pa.Schema) -> PartReader:
        if part not in self._open:
            self._open[part] = PartReader(part[0], schema)
            if len(self._open) > OPEN_PARTS:
                self._open.popitem(last=False)[1].close()
        self._open.move_to_end(part)
        return self._open[part]

    def _batch(self, part: _Part, reader: PartReader, number: int) -> pa.RecordBatch:
        key = (part, number)
        if key not in self._decoded:
            batch = self._decoded[key] = reader.read(number)
            self._bytes += batch.nbytes
            while len(self._decoded) > 1 and (
                len(self._decoded) > DECODED or self._bytes > DECODED_BYTES
            ):
                self._bytes -= self._decoded.popitem(last=False)[1].nbytes
        self._decoded.move_to_end(key)
        return self._decoded[key]
