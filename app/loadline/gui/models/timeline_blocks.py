"""The timeline in pixels: blocks of attempts by lane, those too small to see joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from loadline.domain.tasks import TaskRow
from loadline.domain.timeline import Attempt, Outcome, Timeline
from loadline.gui.models.time_axis import Span

LEAST = 4.0
"""Attempts are joined while their block is narrower than this, in pixels."""
_QUIET = frozenset({Outcome.DONE, Outcome.RUNNING})


@dataclass(frozen=True, slots=True)
class Block:
    """One or more attempts in a lane, from `left` to `right` pixels."""

    lane: int
    left: float
    right: float
    outcome: Outcome
    attempt: Attempt
    """The one that is told: the latest that went wrong, or else the latest."""
    joined: int = 1


def blocks_of(timeline: Timeline, span: Span, now: float, left: float, width: float) -> list[Block]:
    """Return the blocks inside `span`; what would be narrower than `LEAST` is joined.

    Where blocks are joined, trouble wins: a failure among a hundred done files stays in sight.
    """
    lanes = {worker: lane for lane, worker in enumerate(timeline.workers)}
    out: list[Block] = []
    growing: dict[int, _Growing] = {}
    scale = width / span.seconds
    first, last = span.start, span.end
    for attempt in (*timeline.ended, *timeline.open.values()):
        end = now if attempt.end is None else attempt.end
        start = attempt.start
        if end < first or start > last:
            continue
        x0 = left + (max(start, first) - first) * scale
        x1 = left + (min(end, last) - first) * scale
        lane = lanes[attempt.worker]
        block = growing.get(lane)
        if block is not None and x1 - block.left < LEAST:
            block.take(attempt, x1)
            continue
        if block is not None:
            out.append(block.block(lane))
        growing[lane] = _Growing(attempt, x0, x1)
    return out + [block.block(lane) for lane, block in growing.items()]


def block_of(
    timeline: Timeline, attempt: Attempt, span: Span, now: float, left: float, width: float
) -> Block | None:
    """Return one attempt as a block of its own; None when it is out of sight."""
    end = now if attempt.end is None else attempt.end
    if end < span.start or attempt.start > span.end:
        return None
    lane = timeline.workers.index(attempt.worker)
    x0 = span.x(max(attempt.start, span.start), left, width)
    x1 = max(x0 + 1.0, span.x(min(end, span.end), left, width))
    return Block(lane, x0, x1, attempt.outcome, attempt)


class _Growing:
    """A block while attempts are joined to it."""

    __slots__ = ("attempt", "joined", "left", "right")

    def __init__(self, attempt: Attempt, left: float, right: float) -> None:
        self.attempt = attempt
        self.left = left
        self.right = right
        self.joined = 1

    def take(self, attempt: Attempt, right: float) -> None:
        """Join one more attempt."""
        if attempt.outcome not in _QUIET or self.attempt.outcome in _QUIET:
            self.attempt = attempt
        self.right = max(self.right, right)
        self.joined += 1

    def block(self, lane: int) -> Block:
        """Return the block as it is."""
        right = max(self.left + 1.0, self.right)
        return Block(lane, self.left, right, self.attempt.outcome, self.attempt, self.joined)


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
