"""Where a row of a result stands in its source: the file and the line, read again up to it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from loadline.domain.errors import Place, RunError
from loadline.domain.fixes import by_partition
from loadline.domain.jobs import CsvFolderSource
from loadline.domain.plan import Report
from loadline.engine.scored import ScoredSource
from loadline.engine.whole_record import RecordSpec, recalled
from loadline.sources.recall import Recalling, Wanted
from loadline.sources.source import ReadHints, Source

if TYPE_CHECKING:
    from loadline.engine.run import Run


@dataclass(frozen=True, slots=True)
class PlaceSpec:
    """Which record is looked for, and the file it is in, where it is in one."""

    record: RecordSpec
    path: Path | None


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """A place in a source. `line` is from 1; `changed`: the file is no longer what was read."""

    name: str
    line: int | None
    path: Path | None
    changed: bool


def place_spec(run: Run, source: Source, index: int, row: int) -> PlaceSpec:
    """Return how row number `row` (from 0) of a partition is found in what `run` has read.

    Raises `RunError` where that is not known any more.
    """
    partition, result = run.partition(index), run.results.get(index)
    scored = isinstance(source, ScoredSource)
    inner = source.source if isinstance(source, ScoredSource) else source
    if partition is None or result is None or not isinstance(inner, Recalling):
        raise RunError("It is not known where this row comes from.", place=Place(run.name))
    if isinstance(source, ScoredSource):
        partition = source.partition_of_source(partition)
    account = result.account
    hints = ReadHints(
        types=() if scored else tuple((column.name, column.type) for column in account.schema),
        reader="tolerant" if account.reader == "tolerant" else "",
        reason=account.reason,
        fixes=by_partition(run.fixes).get(index, ()),
    )
    wanted = Wanted(partition, row, {}, (), account.state)
    given = run.job.source
    folder = Path(given.path) if isinstance(given, CsvFolderSource) else None
    path = None if folder is None else folder / partition.name
    return PlaceSpec(RecordSpec(inner, wanted, hints), path)


def source_place(spec: PlaceSpec, report: Report) -> SourcePlace:
    """Look a record up; in a worker. Raises `SourceError` where it is gone."""
    found = recalled(spec.record, report)
    return SourcePlace(found.source, found.line, spec.path, found.changed)
