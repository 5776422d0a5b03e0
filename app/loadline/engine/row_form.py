"""A row of a run's source as a form that a person can correct."""

from __future__ import annotations

from dataclasses import replace

from loadline.domain.errors import RunError
from loadline.domain.schema import Schema
from loadline.engine.record import Record
from loadline.engine.scored import ScoredSource
from loadline.sources.csv_folder import CsvFolder
from loadline.sources.csv_row_form import RowForm


def row_form_of(record: Record, index: int, line: int, schema: Schema) -> RowForm:
    """Return the row in `line` of task `index` with the types that its columns have in `schema`.

    Blocks; raises `RunError` where the source is no folder of CSV files, and `SourceError`.
    """
    source = record.source
    if isinstance(source, ScoredSource):
        source = source.source
    if not isinstance(source, CsvFolder) or record.plan is None:
        raise RunError("Only rows of CSV files can be fixed here.")
    form = source.row_form(record.plan.partitions[index], line)
    types = {column.name: column.type for column in schema}
    columns = tuple(replace(c, type=types.get(c.name, c.type)) for c in form.columns)
    return replace(form, columns=columns)
