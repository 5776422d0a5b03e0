"""What a run says about itself, in one plain line."""

from __future__ import annotations

from collections.abc import Sequence

from loadline.domain.board import Board
from loadline.domain.jobs import Job, MongoSource
from loadline.domain.receipt import Receipt, RunState
from loadline.domain.tasks import COMPLETE, TaskState, WaitReason
from loadline.engine.dispatcher import Hold
from loadline.engine.health import Outage

PLANNING = "Finding out what there is to read"
CHECKING_KEPT = "Checking what an earlier try left"
SETTLING = "Fitting the parts together"
SEALING = "Closing the result"
RELOADING = "Reading again the files with rows fixed by hand"
RECOUNTING = "Counting what is in the source now"

_HELD = {
    WaitReason.MEMORY: "Memory is low: waiting for running work to end",
    WaitReason.RATE: "Reading, held back by the starts per second",
}


def at_work(
    job: Job, state: RunState, board: Board, hold: Hold | None, outage: Outage | None
) -> str:
    """Return the line of a run whose tasks are being read, held or stopped."""
    running = board.counts[TaskState.RUNNING]
    stopping = board.counts[TaskState.CANCELLING]
    if state is RunState.CANCELLING:
        return f"Cancelling: {_workers(stopping)} stopping" if stopping else "Cancelling"
    if state is RunState.PAUSED:
        return f"Paused: {running:,} still running" if running else "Paused"
    if outage is not None:
        return not_answering(job, outage)
    return _HELD.get(hold.reason, "Reading") if hold else "Reading"


def not_answering(job: Job, outage: Outage) -> str:
    """Return e.g. ``Database not answering for 12 s, trying again in 4 s``."""
    what = "Database" if isinstance(job.source, MongoSource) else "Source"
    now = outage.again is None or outage.again < 1.0
    again = "trying again now" if now else f"trying again in {outage.again:.0f} s"
    return f"{what} not answering for {outage.seconds:.0f} s, {again}"


def reading_again(count: int, columns: Sequence[tuple[str, str]]) -> str:
    """Return e.g. ``Reading 2 files again: zip is text in other files``."""
    files = "1 file" if count == 1 else f"{count:,} files"
    told = ", ".join(f"{name} is {kind}" for name, kind in columns[:3])
    more = f" and {len(columns) - 3:,} more columns differ" if len(columns) > 3 else ""
    return f"Reading {files} again: {told}{more} in other files"


def reading_damaged(count: int) -> str:
    """Return the line while damaged parts are made anew."""
    return f"Reading again: {_parts(count)} damaged on the disk"


def were_damaged(count: int) -> tuple[str, ...]:
    """Return the notes about `count` parts that were damaged and have been made anew."""
    if not count:
        return ()
    told = "1 part was" if count == 1 else f"{count:,} parts were"
    return (f"{told} damaged on the disk, and read again.",)


def fixed_by_hand(count: int) -> tuple[str, ...]:
    """Return the notes about rows that a person has corrected."""
    if not count:
        return ()
    return ("1 row was fixed by hand." if count == 1 else f"{count:,} rows were fixed by hand.",)


def checking(count: int) -> str:
    """Return the line while finished parts are checked."""
    return f"Checking {_parts(count)}"


def writing(name: str, share: float) -> str:
    """Return the line while the result is exported."""
    return f"Writing {name}: {100.0 * share:.0f} %"


WRITING_WAITS = "The database for the result does not answer; waiting for it"


def ended(receipt: Receipt) -> str:
    """Return the line of a run that has ended."""
    if receipt.error is not None:
        return receipt.error.sentence
    if receipt.state is RunState.DONE:
        return f"{receipt.rows:,} rows, all accounted for"
    failed = sum(line.state is TaskState.FAILED for line in receipt.lines)
    if failed:
        return f"{failed:,} of {len(receipt.lines):,} failed"
    undone = sum(line.state not in COMPLETE for line in receipt.lines)
    return f"{undone:,} of {len(receipt.lines):,} not done" if undone else "Not all adds up"


def _workers(count: int) -> str:
    return "1 worker" if count == 1 else f"{count:,} workers"


def _parts(count: int) -> str:
    return "1 part" if count == 1 else f"{count:,} parts"
