"""Writing a dataset to one file in the format that its name's suffix says.

Streams batch by batch in source order, so memory does not grow with the data. The file has the
suffix ``.partial`` until it is whole; whatever goes wrong, it is gone and an earlier file is as
it was. What would go wrong is told before, as far as it can be known.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from loadline.domain.errors import JobError, OutputExists, OutputRefused, Place
from loadline.domain.jobs import Output, Sheets
from loadline.domain.plan import Report
from loadline.store.dataset import Dataset
from loadline.store.partial import discard, partial_of
from loadline.store.writing import sync_folder, writing

if TYPE_CHECKING:
    import pyarrow as pa

    from loadline.store.export_rows import ExportRows
    from loadline.store.formats import Writer

DATABASES = (".sqlite", ".db")
EXCEL = ".xlsx"
SUFFIXES = (".parquet", ".csv", ".feather", ".jsonl", EXCEL, *DATABASES)


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What a person may choose; delimiter, encoding and `defuse` are for CSV."""

    columns: tuple[str, ...] | None = None
    """None: all."""
    delimiter: str = ","
    encoding: str = "utf-8"
    """Any that Python knows; ``utf-8-sig`` is UTF-8 with the mark that Excel wants."""
    defuse: bool = False
    """Put a ``'`` before text cells that a spreadsheet would run as a formula."""
    sheets: Sheets = "refuse"
    """More rows than an Excel sheet takes: an error, further sheets, or only the first rows."""


@dataclass(frozen=True, slots=True)
class ExportSpec:
    """An export as work for a worker."""

    run_folder: Path
    path: Path
    overwrite: bool = False
    options: ExportOptions | None = None
    """None: as the run's job says."""
    view: Path | None = None
    """A file of row numbers (`loadline.domain.query.View`); None: all rows."""
    as_shown: bool = True
    """In the order of the view; else in that of the source."""


def export_run(spec: ExportSpec, report: Report) -> int:
    """Write the sealed dataset of a run to one file; return its bytes. See `export`."""
    dataset = Dataset.open(spec.run_folder)
    return export(
        dataset,
        spec.path,
        overwrite=spec.overwrite,
        report=report,
        options=spec.options or _wanted_by_job(spec.run_folder),
        view=spec.view,
        as_shown=spec.as_shown,
    )


def _wanted_by_job(run_folder: Path) -> ExportOptions:
    from loadline.store.run_folder import RunFolder

    try:
        output = RunFolder(run_folder).job().output or Output()
    except JobError:  # a damaged one; what was read can be exported all the same
        output = Output()
    return ExportOptions(
        delimiter=output.csv.delimiter,
        encoding=output.csv.encoding,
        defuse=output.csv.safe,
        sheets=output.sheets,
    )


def export(
    dataset: Dataset,
    path: Path,
    *,
    overwrite: bool = False,
    report: Report | None = None,
    options: ExportOptions | None = None,
    view: Path | None = None,
    as_shown: bool = True,
) -> int:
    """Write `dataset`, or the rows of a view of it, to `path` and return the bytes written.

    The rows of a view are in its order or, without `as_shown`, in that of the source.

    `report` is told the rows and bytes written so far, and may raise `Cancelled`. Raises
    `OutputExists`, `OutputRefused`, `DiskFull`, and `RunError` when a part is damaged.
    """
    from loadline.store.export_limits import check_content
    from loadline.store.export_rows import ExportRows

    options = options or ExportOptions()
    check_target(path, overwrite=overwrite)
    rows = ExportRows(dataset, view, as_shown=as_shown)
    check_content(rows, path, options, report)
    partial = partial_of(path)
    try:
        with writing(partial):
            partial.open("wb").close()  # a database would be added to what is left there
            _write(rows, path, partial, report, options)
            size = partial.stat().st_size
        check_target(path, overwrite=overwrite)  # somebody may have put one there meanwhile
        with writing(path):
            partial.replace(path)
            sync_folder(path.parent)
    except BaseException:
        discard(path)
        raise
    return size


def check_target(path: Path, *, overwrite: bool) -> None:
    """Raise the `OutputError` for which nothing could be written to `path`, if there is one."""
    place = Place(str(path))
    if path.suffix.lower() not in SUFFIXES:
        raise OutputRefused(
            f"The suffix {path.suffix or 'of this file'} does not say a format.",
            place=place,
            advice=f"Use one of {', '.join(SUFFIXES)}.",
        )
    if path.is_dir():
        raise OutputRefused("This is a folder.", place=place, advice="Give a file's name.")
    if not path.parent.is_dir():
        raise OutputRefused(
            "The folder to write into is not there.",
            place=Place(str(path.parent)),
            advice="Make the folder, or choose another one.",
        )
    if path.exists() and not overwrite:
        raise OutputExists(
            "The file is there already.",
            place=place,
            advice="Choose another name, or allow it to be replaced.",
        )


def _write(
    rows: ExportRows, path: Path, partial: Path, report: Report | None, options: ExportOptions
) -> None:
    from loadline.store.ahead import read_ahead
    from loadline.store.export_limits import rows_to_write

    schema = rows.dataset.arrow_schema(options.columns)
    done = 0

    def tell() -> None:
        if report is not None:
            report(done, partial.stat().st_size)

    with _opened(path, partial, schema, options, tell) as writer:
        for batch in read_ahead(rows.batches(options.columns, rows_to_write(rows, path, options))):
            tell()
            writer.write(batch)
            done += batch.num_rows
    tell()


@contextmanager
def _opened(
    path: Path, partial: Path, schema: pa.Schema, options: ExportOptions, tell: Callable[[], None]
) -> Iterator[Writer]:
    """Give the writer for `path`'s suffix; what it wrote is on the disk at the end.

    `tell` is called while much is written at once, and may raise `Cancelled`.
    """
    from loadline.store.formats import writer_for

    suffix = path.suffix.lower()
    if suffix in DATABASES:
        from loadline.store.sqlite_format import SqliteWriter

        with SqliteWriter(partial, schema, path.stem) as database:
            yield database
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        return
    with partial.open("wb") as file:
        with writer_for(suffix, file, schema, options, tell) as writer:
            yield writer
        file.flush()
        os.fsync(file.fileno())
