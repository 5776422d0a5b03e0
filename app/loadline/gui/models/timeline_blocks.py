"""The timeline in pixels: blocks of attempts by lane, those too small to see joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from loadline.domain.tasks import TaskRow
from loadline.domain.timeline import Attempt, Outcome, Timeline
from loadline.gui.models.time_axis import Span

_QUIET = frozenset({Outcome.DONE, Outcome.RUNNING})


@dataclass(frozen=True, slots=True)
class Block:
    """One or more attempts in a lane, from `left` to `right` pixels."""

    lane: int
    left: float
    right: float
    outcome: Outcome
    attempt: Attempt
    """The latest of them."""
    joined: int = 1


def blocks_of(timeline: Timeline, span: Span, now: float, left: float, width: float) -> list[Block]:
    """Return the blocks inside `span`; neighbours within a pixel are one, trouble wins."""
    lanes = {worker: lane for lane, worker in enumerate(timeline.workers)}
    latest: dict[int, Block] = {}
    out: list[Block] = []
    for attempt in (*timeline.ended, *timeline.open.values()):
        end = now if attempt.end is None else attempt.end
        if end < span.start or attempt.start > span.end:
            continue
        lane = lanes[attempt.worker]
        x0 = span.x(max(attempt.start, span.start), left, width)
        x1 = max(x0 + 1.0, span.x(min(end, span.end), left, width))
        before = latest.get(lane)
        block = Block(lane, x0, x1, attempt.outcome, attempt)
        if before is not None and x1 - before.left < 2.0:
            block = _join(before, block)
        elif before is not None:
            out.append(before)
        latest[lane] = block
    return out + list(latest.values())


def _join(a: Block, b: Block) -> Block:
    worst = a if a.outcome not in _QUIET and b.outcome in _QUIET else b
    return Block(
        b.lane, a.left, max(a.right, b.right), worst.outcome, worst.attempt, a.joined + b.joined
    )


def short_names(rows: Sequence[TaskRow]) -> tuple[int, int]:
    """Return how many characters all names share at their beginning and at their end."""
    names = [row.name for row in rows]
    if len(names) < 2:
        return 0, 0
    prefix = _shared(names)
    while prefix and prefix[-1].isalnum():  # cut between words, not inside them
        prefix = prefix[:-1]
    suffix = _shared([name[::-1] for name in names])[::-1]
    suffix = suffix[suffix.find(".") :] if "." in suffix else ""
    return len(prefix), len(suffix)


def _shared(names: Sequence[str]) -> str:
    """Return the beginning that all names share."""
    low, high = min(names), max(names)
    pairs = enumerate(zip(low, high, strict=False))
    end = next((n for n, (a, b) in pairs if a != b), min(len(low), len(high)))
    return low[:end]


def shortened(name: str, shared: tuple[int, int]) -> str:
    """Return `name` without what all names share."""
    text = name[shared[0] : len(name) - shared[1]]
    return text.split(".", 1)[0] if not shared[1] and "." in text else text or name
