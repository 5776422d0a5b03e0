"""One growing dictionary per encoded column, as an Arrow file demands it."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc


class Dictionaries:
    """Makes the batches of one part use the same dictionaries.

    An Arrow IPC file holds one dictionary per column, to which values can be added but which
    cannot be replaced (Arrow columnar format, "IPC File Format"); readers may make a new one for
    every batch. The usual case, the very same dictionary again, costs one comparison.
    """

    def __init__(self, schema: pa.Schema) -> None:
        self._known: dict[int, pa.Array | None] = {
            number: None
            for number, field in enumerate(schema)
            if pa.types.is_dictionary(field.type)
        }

    def unified(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return `batch` with dictionaries that only add to those of the batches before."""
        for number, known in self._known.items():
            column = batch.column(number)
            if known is None or known.equals(column.dictionary):
                self._known[number] = column.dictionary
                continue
            new = pc.is_in(column.dictionary, value_set=known)
            added = column.dictionary.filter(pc.invert(new))
            grown = self._known[number] = pa.concat_arrays([known, added])
            places = pc.index_in(column.dictionary, value_set=grown)
            indices = places.take(column.indices).cast(column.type.index_type)
            encoded = pa.DictionaryArray.from_arrays(indices, grown)
            batch = batch.set_column(number, batch.schema.field(number), encoded)
        return batch
