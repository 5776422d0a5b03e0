"""The gaps between the blocks of a timeline, named by what the run waited for meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from loadline.domain.tasks import WaitReason
from loadline.domain.timeline import Outcome, Timeline
from loadline.gui.models.time_axis import Span
from loadline.gui.models.timeline_blocks import Block

LEAST = 4
"""Narrower gaps, in pixels, are left empty."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of a lane without an attempt; `reason` None: idle, nothing held it back."""

    lane: int
    left: float
    right: float
    reason: WaitReason | None = None


def gaps_of(
    timeline: Timeline, blocks: Sequence[Block], span: Span, now: float, left: float, width: float
) -> list[Gap]:
    """Return the gaps inside `span`, lane by lane; what held back is told pixel by pixel."""
    by_pixel = _reasons(timeline, span, now, int(width))
    lanes: list[list[Block]] = [[] for _ in timeline.workers]
    for block in blocks:
        lanes[block.lane].append(block)
    end = min(left + width, span.x(now, left, width))
    out: list[Gap] = []
    for lane, worker in enumerate(timeline.workers):
        begin = max(left, span.x(timeline.since(worker), left, width))
        for start, stop in _empty(lanes[lane], begin, end):
            first, last = max(0, round(start - left)), min(len(by_pixel), round(stop - left))
            at = left + first
            for reason, run in groupby(by_pixel[first:last]):
                length = len(list(run))
                if length >= LEAST:
                    out.append(Gap(lane, at, at + length, reason))
                at += length
    return out


def _empty(blocks: list[Block], begin: float, end: float) -> list[tuple[float, float]]:
    """Return where a lane has no block; nothing follows an attempt that its worker's end broke."""
    found: list[tuple[float, float]] = []
    at = begin
    ordered = sorted(blocks, key=lambda block: block.left)
    for block in ordered:
        if block.left - at >= LEAST:
            found.append((at, block.left))
        at = max(at, block.right)
    if end - at >= LEAST and not (ordered and ordered[-1].outcome is Outcome.STOPPED):
        found.append((at, end))
    return found


def _reasons(timeline: Timeline, span: Span, now: float, width: int) -> list[WaitReason | None]:
    """Return for each pixel what held back most then."""
    found: list[WaitReason | None] = [None] * width
    for wait in timeline.waits.all():
        end = now if wait.end is None else wait.end
        if end < span.start or wait.start > span.end:
            continue
        first = max(0, round(span.x(wait.start, 0.0, width)))
        last = min(width, round(span.x(end, 0.0, width)))
        if last > first:
            found[first:last] = [wait.reason] * (last - first)
    return found
