"""Where a comparison's values come from: one field, or latitude and longitude from two."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from loadline.domain.jobs import Comparison

if TYPE_CHECKING:
    import pyarrow as pa


def fields_of(comparison: Comparison) -> tuple[str, ...]:
    """Return the record's fields that a comparison reads."""
    return (comparison.field, *filter(None, (comparison.longitude,)))


def reference_fields(comparison: Comparison) -> tuple[str, ...]:
    """Return the reference's fields that a comparison reads."""
    own = comparison.against or comparison.field
    return (own, *filter(None, (comparison.longitude,)))


def reference_value(comparison: Comparison, reference: Mapping[str, Any]) -> Any:
    """Return the reference's value: of two fields [longitude, latitude], None if one is missing."""
    found = [reference.get(name) for name in reference_fields(comparison)]
    if not comparison.longitude:
        return found[0]
    return None if any(value in (None, "") for value in found) else found[::-1]


def record_value(comparison: Comparison, fields: Mapping[str, Any]) -> Any:
    """Return a record's value as `reference_value` does for the reference."""
    found = [fields.get(name) for name in fields_of(comparison)]
    return found[::-1] if comparison.longitude else found[0]


def as_written(comparison: Comparison, value: Any) -> Any:
    """Return a value as people write it: latitude first, None where there is neither."""
    if not comparison.longitude or value is None:
        return value
    return None if all(part is None for part in value) else value[::-1]


def is_there(comparison: Comparison, names: Collection[str]) -> bool:
    """Tell whether records with the fields `names` have what a comparison reads."""
    return all(name in names for name in fields_of(comparison))


def column_of(comparison: Comparison, batch: pa.RecordBatch) -> pa.Array:
    """Return the values (n,): of two fields lists of longitude and latitude, null if one is none.

    A value that is there and not a number is kept as one that nothing is compared with.
    """
    import numpy as np
    import pyarrow as pa

    from loadline.scoring.values import numbers

    columns = [batch.column(batch.schema.get_field_index(n)) for n in fields_of(comparison)]
    if not comparison.longitude:
        return columns[0]
    latitude, longitude = (numbers(column).data for column in columns)
    pairs = np.column_stack([longitude, latitude]).ravel()
    empty = columns[0].is_null().to_numpy(zero_copy_only=False)
    empty |= columns[1].is_null().to_numpy(zero_copy_only=False)
    offsets = pa.array(np.arange(0, len(pairs) + 1, 2), pa.int32())
    return pa.ListArray.from_arrays(offsets, pa.array(pairs), mask=pa.array(empty))
