"""Which row of a result is the one that a problem was found in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loadline.domain.errors import Place, RunError, SourceChanged
from loadline.domain.plan import Report
from loadline.engine.source_place import place_spec
from loadline.engine.whole_record import Heard, RecordSpec
from loadline.engine.worker import Restarts
from loadline.sources.csv_folder import CsvFolder
from loadline.sources.csv_recall import row_at_line
from loadline.sources.source import Source, StartOver

if TYPE_CHECKING:
    from loadline.engine.run import Run


@dataclass(frozen=True, slots=True)
class LineSpec:
    """A line of a file that a run has read, and how many rows of the file it has loaded."""

    record: RecordSpec
    line: int
    rows: int


def line_spec(run: Run, source: Source, index: int, line: int) -> LineSpec:
    """Return how the row is found that begins in `line` of task `index`.

    Raises `RunError` where that is not known any more.
    """
    record, result = place_spec(run, source, index, 0).record, run.results.get(index)
    if result is None or not isinstance(record.source, CsvFolder):
        raise RunError("Only rows of files have lines.", place=Place(run.name))
    return LineSpec(record, line, result.rows)


def problem_row(spec: LineSpec, report: Report) -> int | None:
    """Return the row (from 0) of the file's part; None: it was not loaded. In a worker.

    Raises `SourceError`, also where the file has become another one.
    """
    folder, wanted = spec.record.source, spec.record.wanted
    assert isinstance(folder, CsvFolder)
    hints, restarts = spec.record.hints, Restarts(wanted.partition)
    while True:
        try:
            row = row_at_line(folder, wanted.partition, hints, Heard(report), spec.line)
        except StartOver as asked:
            restarts.count(hints, asked.hints)
            hints = asked.hints
            continue
        if row is not None and row >= spec.rows:
            raise SourceChanged(
                "The file has changed since it was read.", place=Place(wanted.partition.name)
            )
        return row
