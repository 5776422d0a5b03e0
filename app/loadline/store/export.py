"""Writing a dataset to one file in the format that its name's suffix says.

Streams batch by batch in source order, so memory does not grow with the data. The file has the
suffix ``.partial`` until it is whole; whatever goes wrong, it is gone and an earlier file is as
it was.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from loadline.domain.errors import OutputExists, OutputRefused, Place
from loadline.domain.plan import Report
from loadline.store.dataset import Dataset
from loadline.store.writing import sync_folder, writing

SUFFIXES = (".parquet", ".csv", ".feather", ".jsonl")


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What a person may choose; all but `columns` is for CSV."""

    columns: tuple[str, ...] | None = None
    """None: all."""
    delimiter: str = ","
    encoding: str = "utf-8"
    """Any that Python knows; ``utf-8-sig`` is UTF-8 with the mark that Excel wants."""
    defuse: bool = False
    """Put a ``'`` before text cells that a spreadsheet would run as a formula."""


@dataclass(frozen=True, slots=True)
class ExportSpec:
    """An export as work for a worker."""

    run_folder: Path
    path: Path
    overwrite: bool = False
    options: ExportOptions = ExportOptions()


def export_run(spec: ExportSpec, report: Report) -> int:
    """Write the sealed dataset of a run to one file; return its bytes. See `export`."""
    dataset = Dataset.open(spec.run_folder)
    return export(dataset, spec.path, overwrite=spec.overwrite, report=report, options=spec.options)


def export(
    dataset: Dataset,
    path: Path,
    *,
    overwrite: bool = False,
    report: Report | None = None,
    options: ExportOptions | None = None,
) -> int:
    """Write `dataset` to `path` and return the bytes written.

    `report` is told the rows and bytes written so far, and may raise `Cancelled`. Raises
    `OutputExists`, `OutputRefused`, `DiskFull`, and `RunError` when a part is damaged.
    """
    options = options or ExportOptions()
    check_target(path, overwrite=overwrite)
    partial = path.with_name(f"{path.name}.partial")
    try:
        with writing(partial), partial.open("wb") as file:
            _write(dataset, path.suffix.lower(), file, report, options)
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        check_target(path, overwrite=overwrite)  # somebody may have put one there meanwhile
        with writing(path):
            partial.replace(path)
            sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
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
    dataset: Dataset, suffix: str, file: BinaryIO, report: Report | None, options: ExportOptions
) -> None:
    from loadline.store.formats import writer_for

    rows = 0
    with writer_for(suffix, file, dataset.arrow_schema(options.columns), options) as writer:
        for batch in dataset.batches(options.columns):
            if report is not None:
                report(rows, file.tell())
            writer.write(batch)
            rows += batch.num_rows
    if report is not None:
        report(rows, file.tell())
