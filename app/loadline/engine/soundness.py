"""What is wrong with a run's folder, in sentences, as far as a quick look tells."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from loadline.domain.errors import Failure
from loadline.domain.receipt import Receipt, RunState
from loadline.domain.tasks import TaskState
from loadline.store.replay import Replayed
from loadline.store.run_folder import RunFolder

PART_LOST = Failure(
    "RunError",
    "Its result is damaged or no longer there.",
    advice="It can be read again from its source.",
)
MOST_NAMED = 3


def lost_parts(name_of: Callable[[int], str], lost: Sequence[int]) -> str:
    """Return the sentence that names the tasks `lost`, of which there is one at least."""
    names = ", ".join(name_of(index) for index in lost[:MOST_NAMED])
    more = f" and {len(lost) - MOST_NAMED:,} more" if len(lost) > MOST_NAMED else ""
    return f"The results of {names}{more} are damaged or no longer there."


def without_parts(receipt: Receipt, lost: Collection[int]) -> Receipt:
    """Return the receipt as it is true when the parts `lost` can no longer be read."""
    lines = tuple(
        replace(line, state=TaskState.FAILED, verified=False, error=PART_LOST)
        if line.index in lost
        else line
        for line in receipt.lines
    )
    state = RunState.PROBLEMS if lost and receipt.state is RunState.DONE else receipt.state
    return replace(receipt, lines=lines, state=state)


def damage_of(
    folder: RunFolder, journal: Replayed, name_of: Callable[[int], str], lost: Sequence[int]
) -> tuple[str, ...]:
    """Return what is damaged in `folder`; `lost` are tasks whose parts are not what was told."""
    told = []
    if not journal.entries:
        told.append("The run's journal is missing or empty: all of it must be read again.")
    elif journal.damage:
        lines = ", ".join(f"{found.line:,}" for found in journal.damage[:MOST_NAMED])
        more = " and more" if len(journal.damage) > MOST_NAMED else ""
        told.append(f"The run's journal cannot be read in line {lines}{more}.")
    if lost:
        told.append(lost_parts(name_of, lost))
    if journal.end is not None and journal.results() and not folder.dataset.is_file():
        told.append("The list of the result's parts is missing.")
    return tuple(told)
