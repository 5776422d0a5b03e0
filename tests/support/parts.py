"""Parts of a run, written as workers write them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from loadline.domain.arrow import domain_schema
from loadline.domain.plan import PartResult, ReadAccount
from loadline.store.part import PartWriter, WrittenPart
from loadline.store.part_ref import PARTS, PartRef


def write_part(
    folder: Path, index: int, *batches: pa.RecordBatch, attempt: int = 1, aside: int = 0
) -> WrittenPart:
    """Write a part into the run folder `folder`."""
    (folder / PARTS).mkdir(exist_ok=True)
    writer = PartWriter(folder / PARTS, index, attempt, batches[0].schema, aside=aside)
    for batch in batches:
        writer.write(batch)
    return writer.finish()


def part(folder: Path, index: int, *batches: pa.RecordBatch) -> PartRef:
    """Write a part and refer to it."""
    written = write_part(folder, index, *batches)
    return PartRef(index, f"{index}.csv", written.rows, written.file)


def numbers(start: int, count: int, name: str = "n") -> pa.RecordBatch:
    """Return a batch with one column of numbers that count up."""
    return pa.record_batch({name: pa.array(range(start, start + count), pa.int64())})


def result(written: WrittenPart, index: int, schema: pa.Schema) -> PartResult:
    """Return the line that an attempt returns for a part without problems."""
    account = ReadAccount(written.rows, 0, 100, domain_schema(schema))
    return PartResult(
        index, account, written.rows, written.bytes, written.checksum, 0.5, written.file
    )


def values(table: pa.Table | Sequence[pa.RecordBatch]) -> list[dict[str, object]]:
    """Return the rows as Python values."""
    whole = table if isinstance(table, pa.Table) else pa.Table.from_batches(table)
    rows: list[dict[str, object]] = whole.to_pylist()
    return rows
