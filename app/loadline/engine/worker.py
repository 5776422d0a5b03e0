"""What a worker process does for a task: read one partition into one part.

Top-level functions that take one picklable spec each. They leave either a finished part or, with
whatever error, nothing.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from loadline.domain.errors import Place, SourceChanged, SourceDamaged
from loadline.domain.fixes import FIXED, FIXES, Fix, token
from loadline.domain.plan import Partition, PartResult, Plan, ReadAccount, Report
from loadline.sources.source import Countable, ReadHints, Recounted, Source, StartOver

if TYPE_CHECKING:
    from loadline.engine.outputs import Outputs
    from loadline.sources.source import Reader

MOST_RESTARTS = 3
"""Times that one column may change its type, or the reader its way, before it is an error."""


@dataclass(frozen=True, slots=True)
class ReadSpec:
    """One attempt at one partition; `folder` is the run folder, `serial` names the attempt."""

    source: Source
    partition: Partition
    hints: ReadHints
    folder: Path
    serial: int


def plan_source(source: Source, report: Report) -> Plan:
    """List the partitions of `source`."""
    return source.plan(report)


@dataclass(frozen=True, slots=True)
class RecountSpec:
    """What has been read of a source that can count its records."""

    source: Countable
    plan: Plan
    rows_read: int


def recount_source(spec: RecountSpec, report: Report) -> Recounted:
    """Count the records of a source again, after the end."""
    return spec.source.recount(spec.plan, spec.rows_read)


def read_partition(spec: ReadSpec, report: Report) -> PartResult:
    """Read one partition into its part and return the account of it.

    Raises what the source and the store raise, `SourceChanged` for a partition that is another
    one at its end, and `Cancelled`.
    """
    began = time.perf_counter()
    hints, restarts = spec.hints, Restarts(spec.partition)
    while True:
        try:
            return _read_once(spec, hints, report, began)
        except StartOver as wanted:
            restarts.count(hints, wanted.hints)
            hints = wanted.hints


class Restarts:
    """Sees to it that starting over comes to an end."""

    def __init__(self, partition: Partition) -> None:
        self._partition = partition
        self._counts: dict[str, int] = {}

    def count(self, before: ReadHints, after: ReadHints) -> None:
        """Note what made a reader start over; raises `SourceDamaged` when it is too often."""
        old = dict(before.types)
        changed = [name for name, kind in after.types if old.get(name) is not kind]
        for what in changed or [""]:
            self._counts[what] = self._counts.get(what, 0) + 1
            if self._counts[what] > MOST_RESTARTS:
                raise SourceDamaged(
                    f"The type of column {what} cannot be found."
                    if what
                    else "No way of reading this is right to its end.",
                    place=Place(self._partition.name),
                    cause=f"It was begun again {MOST_RESTARTS} times.",
                    advice="Set the column's type to text." if what else "",
                )


def _read_once(spec: ReadSpec, hints: ReadHints, report: Report, began: float) -> PartResult:
    from loadline.engine.outputs import Outputs

    with ExitStack() as cleanup:
        outputs = Outputs(spec.folder, spec.partition.index, spec.serial, report)
        cleanup.callback(outputs.discard)
        reader = spec.source.open(spec.partition, hints, outputs)
        cleanup.callback(reader.close)
        _pump(reader, outputs, report)
        account = _with_fixes(reader.account(), spec.hints.fixes)
        _check_unchanged(spec.partition, account.state)
        written = outputs.finish()
    return PartResult(
        index=spec.partition.index,
        account=account,
        rows=written.rows,
        part_bytes=written.bytes,
        checksum=written.checksum,
        seconds=time.perf_counter() - began,
        part=written.file,
        asides=outputs.asides,
    )


def _with_fixes(account: ReadAccount, fixes: tuple[Fix, ...]) -> ReadAccount:
    """Note which corrections a part was read with."""
    if not fixes:
        return account
    extra = {FIXED: str(len(fixes)), **account.extra, FIXES: token(fixes)}
    return replace(account, extra=extra)


def _pump(reader: Reader, outputs: Outputs, report: Report) -> None:
    rows = 0
    report(rows, 0)  # a stop that came meanwhile is heard before the first batch, too
    for batch in reader:
        outputs.write(batch)
        rows += batch.num_rows
        report(rows, reader.bytes_read)
    outputs.begin(reader.schema)


def _check_unchanged(partition: Partition, state: str) -> None:
    if partition.state and state and state != partition.state:
        raise SourceChanged(
            "It changed while it was read.",
            place=Place(partition.name),
            cause=f"planned: {partition.state}; read: {state}",
            advice="When it is complete, retry what is unfinished.",
        )
