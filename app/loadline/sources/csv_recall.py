"""One row of a file again, found by its place, with the line that it begins in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from loadline.domain.errors import Place, SourceMissing
from loadline.sources.csv_content import refusals, state_of
from loadline.sources.csv_names import ROW_COLUMN
from loadline.sources.recall import Recalled, Wanted, row_of
from loadline.sources.source import ReadHints, Sink

if TYPE_CHECKING:
    from loadline.domain.plan import Partition
    from loadline.sources.csv_folder import CsvFolder


def recall_row(
    folder: CsvFolder, path: Path, wanted: Wanted, hints: ReadHints, sink: Sink
) -> Recalled:
    """Return a row of the file at `path`; raises `SourceError` and `StartOver`.

    The file is read up to it, as it was read then.
    """
    name = wanted.partition.name
    if not path.exists():
        raise SourceMissing(
            "The file is not there any more.",
            place=Place(name),
            advice="Put it back to see the whole record.",
        )
    with refusals(name):
        changed = bool(wanted.state) and state_of(path.stat()) != wanted.state
    own = ROW_COLUMN in wanted.fields  # by the job's wish, or the file has such a column itself
    spec = folder.spec if own else replace(folder.spec, row_column=True)
    # Only what is compared with what was kept needs its type; the rest is shown as it is written.
    numbered = type(folder)(spec).narrowed(tuple(wanted.fields))
    record = row_of(numbered.open(wanted.partition, hints, sink), wanted.row, name)
    line = None
    if numbered.spec.row_column:
        line = record.column(record.schema.get_field_index(ROW_COLUMN))[0].as_py()
    return Recalled(
        record if own else record.drop_columns([ROW_COLUMN]), name, line, changed=changed
    )


def row_at_line(
    folder: CsvFolder, partition: Partition, hints: ReadHints, sink: Sink, line: int
) -> int | None:
    """Return which row (from 0) of a file begins in `line`; None: none of those loaded does.

    The file is read up to it, as it was read then. Raises `SourceError` and `StartOver`.
    """
    if not (Path(folder.spec.path) / partition.name).exists():
        raise SourceMissing(
            "The file is not there any more.",
            place=Place(partition.name),
            advice="Put it back to find the row.",
        )
    numbered = type(folder)(replace(folder.spec, row_column=True))
    reader, before = numbered.open(partition, hints, sink), 0
    try:
        for batch in reader:
            lines = batch.column(batch.schema.get_field_index(ROW_COLUMN))
            found = lines.index(line).as_py()
            if found >= 0:
                return before + int(found)
            before += batch.num_rows
            if batch.num_rows and lines[-1].as_py() > line:
                break
    finally:
        reader.close()
    return None
