"""The receipt of a run, drawn up from its board and the lines of its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from loadline.domain.errors import Failure
from loadline.domain.plan import PartResult
from loadline.domain.receipt import Receipt, ReceiptLine, RunState
from loadline.domain.schema import Schema
from loadline.domain.tasks import COMPLETE, TaskRow
from loadline.engine.facts import Facts
from loadline.engine.record import Record
from loadline.scoring.ranking import Hit


@dataclass(frozen=True, slots=True)
class Finished:
    """How far finishing came: `verified` parts have the checksum that was told of them."""

    schema: Schema = ()
    verified: frozenset[int] = frozenset()
    unsettled: Mapping[int, Failure] = field(default_factory=dict)
    """Parts that should have been read again with other types, and could not be."""
    output: str = ""
    failure: Failure | None = None
    """Why the result could not be written where the job wants it, or what does not add up."""
    notes: tuple[str, ...] = ()
    """What the source says of the whole account."""
    hits: tuple[Hit, ...] = ()
    """The rankings of many references, one after the other."""
    tallies: bool = True
    """The source's own count is what was read."""


def receipt_of(
    record: Record, facts: Facts, finished: Finished | None, failure: Failure | None
) -> Receipt:
    """Draw up the receipt; `finished` None: the run was stopped, by `failure` or on request."""
    lines = tuple(
        line_of(row, record.results.get(row.index), finished or Finished())
        for row in facts.board.rows
    )
    done = finished or Finished()
    return Receipt(
        run=record.folder.name,
        state=end_state(lines, finished, failure),
        lines=lines,
        schema=done.schema,
        seconds=facts.now(),
        run_folder=str(record.folder.path),
        output=done.output,
        error=failure,
        tallies=done.tallies,
        notes=(*(record.plan.notes if record.plan else ()), *done.notes),
        extra=_extra(record, done),
    )


def _extra(record: Record, finished: Finished) -> dict[str, object]:
    if record.job.kind != "score":
        return {}
    if finished.hits:
        from loadline.engine.ranked import told_hits

        return {"top": told_hits(record.job, finished.hits)}
    from loadline.engine.ranked import top_of

    return {"top": top_of(record.job, record.results.values())}


def line_of(row: TaskRow, result: PartResult | None, finished: Finished) -> ReceiptLine:
    """Return one task's account."""
    if row.state not in COMPLETE or result is None:
        return ReceiptLine(
            row.index, row.name, row.state, size=row.size, attempts=row.attempt,
            seconds=row.seconds(row.ended or 0.0) or 0.0, error=row.error,
        )  # fmt: skip
    account = result.account
    unsettled = finished.unsettled.get(row.index)
    return ReceiptLine(
        index=row.index,
        name=row.name,
        state=row.state,
        rows_read=account.rows_read,
        rows=result.rows,
        rejected=account.rejected,
        bytes=account.bytes_read,
        size=row.size,
        part=result.part,
        part_bytes=result.part_bytes,
        checksum=result.checksum,
        verified=row.index in finished.verified and unsettled is None,
        attempts=row.attempt,
        seconds=result.seconds,
        problems=account.problem_count,
        reader=account.reader,
        reason=account.reason,
        error=unsettled,
    )


def end_state(
    lines: tuple[ReceiptLine, ...], finished: Finished | None, failure: Failure | None
) -> RunState:
    """Return how a run has ended; `finished` None: it was stopped, by `failure` or on request."""
    if finished is None:
        return RunState.CANCELLED if failure is None else RunState.FAILED
    if not any(line.state in COMPLETE for line in lines):
        failed = any(line.error for line in lines)
        return RunState.FAILED if failed else RunState.CANCELLED
    if failure is None and all(line.balanced for line in lines):
        return RunState.DONE
    return RunState.PROBLEMS
