"""Writing the dataset of a run, or a view of it, into a MongoDB collection, in a worker.

Every row becomes a document, ``_id`` its own or else its number in the dataset, so that writing
twice gives the same. Column ``a.b`` becomes field ``b`` of a document ``a``, the way back of
reading, unless there is a column ``a`` as well. Times are UTC; those finer than a millisecond,
which BSON does not have, make their whole column text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loadline.domain.browsing import Server
from loadline.domain.plan import Report

if TYPE_CHECKING:
    import pyarrow as pa

    from loadline.sources.mongo_content import Content
    from loadline.store.export_rows import ExportRows


@dataclass(frozen=True, slots=True)
class CollectionSpec:
    """An export as work for a worker; it holds a password and is never written down."""

    run_folder: Path
    server: Server = field(repr=False)
    database: str
    collection: str
    overwrite: bool = False
    view: Path | None = None
    as_shown: bool = True
    """In the order of the view; else in that of the source."""


def export_to_collection(spec: CollectionSpec, report: Report) -> int:
    """Write a run's rows; return how many.

    `report` is told the rows, and may raise `Cancelled`. Raises `OutputExists`, `OutputRefused`,
    `SourceError`, and `RunError` when a part is damaged.
    """
    from loadline.sources.mongo_write import CollectionWriter
    from loadline.store.dataset import Dataset
    from loadline.store.export_rows import ExportRows

    rows = ExportRows(Dataset.open(spec.run_folder), spec.view, as_shown=spec.as_shown)
    fine = _finer_than_bson(rows, report)
    done = 0
    with CollectionWriter(
        spec.server, spec.database, spec.collection, overwrite=spec.overwrite
    ) as writer:
        for piece in _pieces(rows):
            report(done, 0)
            writer.write(_documents(piece, done + 1, fine))
            done += piece.num_rows
        report(done, 0)
    return done


def content_of_rows(spec: CollectionSpec, report: Report) -> Content:
    """Return what a collection would hold with a run's rows, without a question to the server."""
    from loadline.sources.mongo_content import Content
    from loadline.store.dataset import Dataset
    from loadline.store.export_rows import ExportRows

    rows = ExportRows(Dataset.open(spec.run_folder), spec.view, as_shown=spec.as_shown)
    fine = _finer_than_bson(rows, report)
    content = Content()
    for piece in _pieces(rows):
        report(0, 0)
        content = content.with_all(_documents(piece, content.documents + 1, fine))
    return content


def _pieces(rows: ExportRows) -> Iterator[pa.RecordBatch]:
    from loadline.store.ahead import read_ahead

    for batch in read_ahead(rows.batches()):
        for start in range(0, batch.num_rows, _ROWS):
            yield batch.slice(start, _ROWS)


_ROWS = 5_000
_MICROSECONDS = 1_000


def _finer_than_bson(rows: ExportRows, report: Report) -> frozenset[str]:
    """Return the columns of times that milliseconds would change."""
    import pyarrow as pa
    import pyarrow.compute as pc

    schema = rows.dataset.arrow_schema()
    times = [name for name in schema.names if pa.types.is_timestamp(schema.field(name).type)]
    fine: set[str] = set()
    for batch in rows.batches(times) if times else ():
        report(0, 0)
        for name in times:
            value = batch.column(name).cast(pa.int64())
            whole = pc.multiply(pc.divide(value, _MICROSECONDS), _MICROSECONDS)
            if pc.any(pc.not_equal(whole, value)).as_py():
                fine.add(name)
    return frozenset(fine)


def _documents(batch: pa.RecordBatch, first: int, fine: frozenset[str]) -> Iterator[dict[str, Any]]:
    names = batch.schema.names
    columns = [_values(batch.column(name), name in fine) for name in names]
    numbered = "_id" not in names
    put = [_putter(name, ["_id", *names] if numbered else names) for name in names]
    for number, row in zip(count(first), zip(*columns, strict=True), strict=False):
        document: dict[str, Any] = {"_id": number} if numbered else {}
        for place, value in zip(put, row, strict=True):
            place(document, value)
        yield document


def _values(column: pa.Array, fine: bool) -> list[Any]:
    import pyarrow as pa
    from bson import Int64

    from loadline.store.conform import as_text

    kind = column.type
    if fine:
        column = as_text(column)
    elif pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return _moments(column)
    values: list[Any] = column.to_pylist()
    if pa.types.is_integer(kind):
        return [None if value is None else Int64(value) for value in values]
    return values


def _moments(column: pa.Array) -> list[Any]:
    import pyarrow as pa
    from bson.datetime_ms import DatetimeMS

    millis = column.cast(pa.timestamp("ms")).cast(pa.int64()).to_pylist()
    return [None if value is None else DatetimeMS(value) for value in millis]


def _putter(name: str, names: list[str]) -> Callable[[dict[str, Any], Any], None]:
    """Return what puts a value into its field, in a document of its own where the name says so."""
    *above, last = name.split(".")
    heads = {".".join(above[:n]) for n in range(1, len(above) + 1)}
    below = any(other.startswith(f"{name}.") for other in names)
    if not all((*above, last)) or below or heads & set(names):
        return lambda document, value: document.__setitem__(name, value)

    def put(document: dict[str, Any], value: Any) -> None:
        for key in above:
            document = document.setdefault(key, {})
        document[last] = value

    return put
