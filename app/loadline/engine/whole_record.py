"""The whole record of a hit: all its fields, read again from where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loadline.domain.errors import Place, RunError, SourceChanged
from loadline.domain.fixes import by_partition
from loadline.domain.plan import Problem, Report
from loadline.engine.scored import ScoredSource, plain_value
from loadline.engine.worker import Restarts
from loadline.scoring.ranking import Hit
from loadline.sources.recall import Recalled, Recalling, Wanted
from loadline.sources.source import ReadHints, Source, StartOver

if TYPE_CHECKING:
    import pyarrow as pa

    from loadline.engine.run import Run

LONGEST = 2_000
"""Characters of a text, or entries of a list, that are shown."""


@dataclass(frozen=True, slots=True)
class RecordSpec:
    """Which record is wanted, from which source."""

    source: Recalling
    wanted: Wanted
    hints: ReadHints


@dataclass(frozen=True, slots=True)
class WholeRecord:
    """A record as it stands in its source now."""

    fields: tuple[tuple[str, Any], ...]
    """All its fields in the order of the source, with values as JSON holds them."""
    source: str
    """The file, the collection or the earlier run."""
    line: int | None = None
    row: int | None = None
    changed: tuple[str, ...] = ()
    """Fields that are no longer what they were when the record was scored."""
    source_changed: bool = False
    """The file is no longer what was read, although this record says the same."""


def record_spec(run: Run, source: Source, hit: Hit) -> RecordSpec:
    """Return how the record of a hit of `run`, which reads `source`, is found.

    Raises `RunError` where the run does not know any more where it was.
    """
    partition, result = run.partition(hit.partition), run.results.get(hit.partition)
    if not isinstance(source, ScoredSource) or partition is None or result is None:
        raise RunError("It is not known any more where this record is.", place=Place(run.name))
    if not isinstance(source.source, Recalling):
        raise RunError("This source does not give single records.", place=Place(run.name))
    account = result.account
    kept = tuple(column for column in account.schema if column.name in hit.fields)
    wanted = Wanted(source.partition_of_source(partition), hit.row, hit.fields, kept, account.state)
    hints = ReadHints(
        types=tuple((column.name, column.type) for column in kept),
        reader="tolerant" if account.reader == "tolerant" else "",
        reason=account.reason,
        fixes=by_partition(run.fixes).get(hit.partition, ()),
    )
    return RecordSpec(source.source, wanted, hints)


def whole_record(spec: RecordSpec, report: Report) -> WholeRecord:
    """Read a record again; in a worker.

    Raises `SourceError` where it is gone, or where another record has its place now.
    """
    return _told(recalled(spec, report), spec.wanted)


def recalled(spec: RecordSpec, report: Report) -> Recalled:
    """Return what stands in a record's place; in a worker. Raises `SourceError` where none does."""
    hints, restarts = spec.hints, Restarts(spec.wanted.partition)
    while True:
        try:
            found = spec.source.recall(spec.wanted, hints, Heard(report))
        except StartOver as wanted:
            restarts.count(hints, wanted.hints)
            hints = wanted.hints
        else:
            return found


def _told(found: Recalled, wanted: Wanted) -> WholeRecord:
    row = found.record.to_pylist()[0]
    fields = tuple((name, plain_value(value)) for name, value in row.items())
    changed = _changed(dict(fields), wanted.fields)
    if changed and not found.by_key:
        raise SourceChanged(
            "Another record is in its place now: the source has changed since it was scored.",
            place=Place(found.source, line=found.line),
            cause=f"Different: {', '.join(changed)}.",
        )
    shown = tuple((name, _cut(value)) for name, value in fields)
    return WholeRecord(shown, found.source, found.line, found.row, changed, found.changed)


def _changed(now: Mapping[str, Any], then: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name for name, value in then.items() if not _same(now.get(name), value))


def _same(now: Any, then: Any) -> bool:
    """Tell whether a value is what was kept of it; JSON keeps no NaN, and a list in its texts."""
    if now == then or str(now) == str(then):
        return True
    return then is None and isinstance(now, float) and not (float("-inf") < now < float("inf"))


def _cut(value: Any) -> Any:
    if isinstance(value, str | list) and len(value) > LONGEST:
        return f"{value[:LONGEST]}…" if isinstance(value, str) else [*value[:LONGEST], "…"]
    return value


class Heard:
    """A sink for a single record: what is odd about others has been told by the run."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def problem(self, problem: Problem) -> None:
        """Leave it at that."""

    def aside(self, number: int, batch: pa.RecordBatch) -> None:
        """Leave it at that."""

    def alive(self, bytes_read: int) -> None:
        """Hear whether the record is still wanted."""
        self._report(0, bytes_read)
