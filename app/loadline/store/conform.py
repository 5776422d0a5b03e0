"""Giving the batches of a part the dataset's schema, without changing what was written.

* A column that the part does not have is null.
* A column that the part has, empty or narrower than text, where the dataset says text: each value
  is told as it was written (an int in digits, a date the ISO way), and a null is the empty text
  that stood in the cell; unless the part's schema says that its nulls are "no value"
  (`loadline.domain.arrow.KEEPS_NULLS`), then they stay null.
* A narrower number or date becomes a wider one, or an error if that would change a value.
* An encoded column (a dictionary) is decoded.

Decimals, booleans, timestamps and lists that must be text are read again before a dataset is
sealed (`loadline.domain.schema.loses_text`). Until then, and for other sources, they are told in
their canonical form.
"""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from loadline.domain.arrow import KEEPS_NULLS
from loadline.domain.errors import Place, RunError

Columns = pa.RecordBatch | pa.Table


class Conformer:
    """Turns batches of one part's schema into batches of the dataset's schema."""

    def __init__(self, part: pa.Schema, wanted: pa.Schema, name: str) -> None:
        """Prepare for the part called `name`; columns of the part that are not wanted are left."""
        self._wanted = wanted
        self._name = name
        self._keeps_nulls = (part.metadata or {}).items() >= KEEPS_NULLS.items()
        self._as_is = part.names == wanted.names and part.types == wanted.types
        places = {column: place for place, column in reversed(list(enumerate(part.names)))}
        self._places = [places.get(column) for column in wanted.names]

    def conformed(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return `batch` with the wanted schema; raises `RunError` when a value does not fit."""
        if self._as_is:
            return pa.RecordBatch.from_arrays(batch.columns, schema=self._wanted)
        columns = [
            self._column(batch, place, field)
            for place, field in zip(self._places, self._wanted, strict=True)
        ]
        if not columns:
            return batch.select([])
        return pa.RecordBatch.from_arrays(columns, schema=self._wanted)

    def _column(self, batch: pa.RecordBatch, place: int | None, field: pa.Field) -> pa.Array:
        if place is None:
            return pa.nulls(batch.num_rows, field.type)
        column = batch.column(place)
        if column.type == field.type:
            return column
        try:
            return self._cast(column, field.type)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            raise RunError(
                f"Column {field.name} of a part does not fit the dataset.",
                place=Place(self._name),
                cause=str(error),
                advice="Retry: the part is read again.",
            ) from error

    def _cast(self, column: pa.Array, wanted: pa.DataType) -> pa.Array:
        if pa.types.is_dictionary(column.type):
            column = column.dictionary_decode()
        was_text = _is_text(column.type)
        if not pa.types.is_string(wanted) or was_text:
            return column.cast(wanted)
        text = as_text(column)
        return text if self._keeps_nulls else text.fill_null("")


def as_text(column: pa.Array) -> pa.Array:
    """Return the values of `column` as text, in one canonical form per type.

    Whole seconds without a fraction, lists as JSON, bytes as UTF-8 (`pa.ArrowInvalid` where they
    are not).
    """
    kind = column.type
    if pa.types.is_timestamp(kind):
        return _moments(column)
    if pa.types.is_nested(kind):
        return pa.array([_json(value) for value in column.to_pylist()], pa.string())
    return column.cast(pa.string())


def _moments(column: pa.Array) -> pa.Array:
    text = column.cast(pa.string())
    whole = pc.ends_with(text, pattern=".000000")
    if not pc.any(whole).as_py():
        return text
    return pc.if_else(whole, pc.utf8_slice_codeunits(text, 0, -7), text)


def _json(value: Any) -> str | None:
    if value is None:
        return None
    return json.dumps(value, ensure_ascii=False, default=str)


def _is_text(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    )
