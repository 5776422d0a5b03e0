"""A dataset for measuring queries: ten million rows of every kind of column, made once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from loadline.domain.arrow import domain_schema
from loadline.store.part_ref import PartRef
from loadline.store.query_scan import RowsSpec
from tests.support.parts import part

PART_ROWS = 500_000


def table(number: int, rows: int = PART_ROWS) -> pa.RecordBatch:
    """Return the rows of one part."""
    chance = np.random.default_rng(number)
    words = np.array(["alpha", "Beta", "gamma", "delta"])
    cities = np.array([f"{name} {n}" for n in range(250) for name in words])
    noise = chance.normal(size=rows)
    holes = chance.random(rows) < 0.2
    moments = 1_600_000_000_000_000 + chance.integers(0, 10**9, rows) * 1_000
    unlike = np.where(chance.random(rows) < 0.05, np.nan, noise)
    return pa.record_batch(
        {
            "number": chance.integers(-(1 << 40), 1 << 40, rows),
            "count": chance.integers(0, 10_000, rows),
            "noise": noise,
            "price": np.round(chance.random(rows) * 1_000, 2),
            "holes": pa.array(unlike, mask=holes),
            "flag": chance.random(rows) < 0.5,
            "kind": words[chance.integers(0, 4, rows)],
            "city": cities[chance.integers(0, len(cities), rows)],
            "text": pa.array([f"customer {n}" for n in chance.permutation(rows) * 20 + number]),
            "moment": pa.array(moments).cast(pa.timestamp("us")),
        }
    )


def made(folder: Path, rows: int) -> RowsSpec:
    """Write `rows` rows into `folder` as parts."""
    parts: list[PartRef] = []
    for index in range(-(-rows // PART_ROWS)):
        batch = table(index, min(PART_ROWS, rows - index * PART_ROWS))
        cut = [batch.slice(start, 65_536) for start in range(0, batch.num_rows, 65_536)]
        parts.append(part(folder, index, *cut))
    return RowsSpec(folder, tuple(parts), domain_schema(batch.schema))


def files(spec: RowsSpec) -> Sequence[str]:
    """Return the paths of the parts in order."""
    from loadline.store.part_ref import PARTS

    return [str(spec.folder / PARTS / one.file) for one in spec.parts]
