"""What the New job page shows before the start: how files are written, where they differ."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from loadline.domain.jobs import CsvFolderSource
from loadline.domain.plan import Report
from loadline.domain.survey import (
    FoundDialect,
    Hint,
    Preview,
    Survey,
    SurveyedColumn,
    SurveyedFile,
)
from loadline.sources.csv_drift import Drift, File, drift_of, file_of
from loadline.sources.csv_files import FoundFile, find_files
from loadline.sources.csv_folder import forced_dialect, printable
from loadline.sources.csv_hints import hints_of
from loadline.sources.csv_look import Look, known_look, look
from loadline.sources.csv_names import ROW_COLUMN, SOURCE_COLUMN
from loadline.sources.csv_words import dialect_in_words

LOOK_SECONDS = 1.2
"""How long new files are looked at; files looked at before cost nothing."""
COUNT_SECONDS = 1.0
"""How long rows are counted to the end of a file instead of estimated."""
AGAIN_SECONDS = 0.15
"""How long further files are looked at when many are known already."""
PREVIEW_SECONDS = 0.15
"""How long other files are looked at for the types of a preview."""
_ENOUGH = 40  # known files that show a folder well
_BYTES_PER_SECOND = 150e6  # of one worker
_START_SECONDS = 0.4


def survey_folder(spec: CsvFolderSource, report: Report) -> Survey:
    """Look at the files of a folder; raises `SourceError` where there is nothing to look at.

    A large folder is looked at for a second or so, at files spread over it; the rows of the
    others are estimated by their size.
    """
    found = find_files(spec).files
    looks = _looks(found, spec, report, LOOK_SECONDS)
    files = _files(found, looks, spec)
    drift = drift_of(files, spec)
    at = {file.name: number for number, file in enumerate(files)}
    per_byte = _rows_per_byte(found, looks)
    hints = hints_of(drift, files)
    if len(looks) < len(found):
        told = f"Looked into {len(looks):,} of {len(found):,} files, spread over the folder."
        hints = (Hint(told), *hints)
    return Survey(
        files=tuple(
            _surveyed(file, looks.get(number), drift, at, spec, per_byte)
            for number, file in enumerate(found)
        ),
        columns=tuple(column.told for column in drift.columns),
        hints=hints,
        shared_columns=drift.shared,
        all_columns=drift.every,
        seconds=_seconds(found),
        extra=_extra(spec, len(found)),
    )


def preview_file(spec: CsvFolderSource, name: str, report: Report) -> Preview:
    """Return the first rows of a file with the types of the result; raises `SourceError`."""
    found = find_files(spec).files
    number = next((i for i, file in enumerate(found) if printable(file.name) == name), 0)
    file = found[number]
    own = look(file, spec, time.monotonic() + PREVIEW_SECONDS)
    looks = _looks(found, spec, report, PREVIEW_SECONDS) | {number: own}
    drift = drift_of(_files(found, looks, spec), spec)
    settled = {column.name: column.told for column in drift.columns}
    with_source = SOURCE_COLUMN in _extra(spec, len(found))
    columns = tuple(
        settled.get(name, SurveyedColumn(name, column.type))
        for name, column in file_of(name, own, spec, with_source).columns.items()
    )
    return Preview(printable(file.name), columns, own.first, own.problems)


def suggested_name(spec: CsvFolderSource) -> str:
    """Return a name for the job and its result: the folder's."""
    return Path(spec.path).absolute().name or "Files"


def _looks(
    found: Sequence[FoundFile], spec: CsvFolderSource, report: Report, seconds: float
) -> dict[int, Look]:
    """Look at as many files as time allows, those spread over the folder first."""
    began = time.monotonic()
    looks: dict[int, Look] = {}
    for number, file in enumerate(found):
        known = known_look(file, spec)
        if known is not None:
            looks[number] = known
    if len(looks) >= _ENOUGH:
        seconds = min(seconds, AGAIN_SECONDS)
    for number in _spread(len(found)):
        if time.monotonic() - began > seconds and looks:
            break
        looks[number] = look(found[number], spec, began + min(seconds, COUNT_SECONDS))
        report(0, 0)
    return looks


def _spread(count: int) -> Iterator[int]:
    """Yield 0 … count - 1 so that those yielded so far are always spread evenly."""
    bits = max(count - 1, 1).bit_length()
    yield from (0, count - 1)[: min(count, 2)]
    for number in range(1 << bits):
        place = int(f"{number:0{bits}b}"[::-1], 2)
        if 0 < place < count - 1:
            yield place


def _files(found: Sequence[FoundFile], looks: dict[int, Look], spec: CsvFolderSource) -> list[File]:
    with_source = SOURCE_COLUMN in _extra(spec, len(found))
    return [
        file_of(printable(found[number].name), looks[number], spec, with_source)
        for number in sorted(looks)
        if looks[number].failure is None
    ]


def _surveyed(
    file: FoundFile,
    seen: Look | None,
    drift: Drift,
    at: dict[str, int],
    spec: CsvFolderSource,
    per_byte: float | None,
) -> SurveyedFile:
    name = printable(file.name)
    if seen is None:
        rows = None if per_byte is None else round(file.size * per_byte)
        return SurveyedFile(name, file.size, rows)
    if seen.failure is not None:
        return SurveyedFile(name, file.size, failure=seen.failure)
    dialect: FoundDialect | None = None
    if seen.dialect is not None:
        dialect = dialect_in_words(seen, forced_dialect(spec, file.name))
    number = at[name]
    return SurveyedFile(
        name=name,
        size=file.size,
        rows=seen.rows,
        rows_exact=seen.exact,
        dialect=dialect,
        cells=tuple(column.cells[number] for column in drift.columns),
        problems=seen.problems,
    )


def _rows_per_byte(found: Sequence[FoundFile], looks: dict[int, Look]) -> float | None:
    size = sum(found[number].size for number in looks)
    return sum(seen.rows for seen in looks.values()) / size if size else None


def _seconds(found: Sequence[FoundFile]) -> float:
    workers = min(os.cpu_count() or 1, len(found))
    return _START_SECONDS + sum(file.size for file in found) / _BYTES_PER_SECOND / workers


def _extra(spec: CsvFolderSource, count: int) -> tuple[str, ...]:
    with_source = count > 1 if spec.source_column is None else spec.source_column
    return (SOURCE_COLUMN,) * with_source + (ROW_COLUMN,) * spec.row_column
