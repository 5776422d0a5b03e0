"""The formats of an export: each takes record batches and writes them to a file.

A database is no stream of bytes and has its own way (`loadline.store.sqlite_format`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO, Protocol, Self

from loadline.store.binary_formats import FeatherWriter, ParquetWriter
from loadline.store.text_formats import CsvWriter, JsonLinesWriter
from loadline.store.xlsx_format import ExcelWriter

if TYPE_CHECKING:
    import pyarrow as pa

    from loadline.store.export import ExportOptions


class Writer(Protocol):
    """Writes batches of one schema; the file is whole when the ``with`` block has ended well."""

    def __enter__(self) -> Self:
        """Give the writer."""

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Write what is left, unless something went wrong."""

    def write(self, batch: pa.RecordBatch) -> None:
        """Add a batch."""


Tell = Callable[[], None]
_FORMATS: dict[str, Callable[[BinaryIO, pa.Schema, ExportOptions, Tell | None], Writer]] = {
    ".parquet": lambda file, schema, *_: ParquetWriter(file, schema),
    ".feather": lambda file, schema, *_: FeatherWriter(file, schema),
    ".csv": lambda file, schema, options, _: CsvWriter(file, schema, options),
    ".jsonl": lambda file, *_: JsonLinesWriter(file),
    ".xlsx": lambda file, schema, _, tell: ExcelWriter(file, schema, tell),
}


def writer_for(
    suffix: str,
    file: BinaryIO,
    schema: pa.Schema,
    options: ExportOptions,
    tell: Tell | None = None,
) -> Writer:
    """Return the writer for a suffix; raises `KeyError` for one that is not known.

    One that writes much at its end calls `tell` meanwhile, which may raise `Cancelled`.
    """
    return _FORMATS[suffix](file, schema, options, tell)
