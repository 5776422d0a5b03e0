"""Why a hit has its score: points per comparison, and what the rank would be without one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from loadline.domain.jobs import Score
from loadline.scoring.ranking import Hit

_STAND_IN = {"zero": 0.0, "half": 0.5}


@dataclass(frozen=True, slots=True)
class Points:
    """What one comparison gives a hit: `got` of `possible`; closeness None where missing."""

    got: float
    possible: float
    closeness: float | None


def points_of(score: Score, hit: Hit) -> tuple[Points, ...]:
    """Return the points per comparison, in the order of the scorecard; they sum to the score."""
    counted = [_counted(score, closeness) for closeness in hit.closeness]
    total = sum(c.weight for c, s in zip(score.compare, counted, strict=True) if s is not None)
    return tuple(
        Points(share, c.weight / total if s is not None and total > 0.0 else 0.0, closeness)
        for c, s, share, closeness in zip(
            score.compare, counted, hit.shares, hit.closeness, strict=True
        )
    )


def score_without(score: Score, hit: Hit, left_out: int) -> float | None:
    """Return a hit's score if one comparison did not count; None where nothing else does."""
    got = total = 0.0
    for number, comparison in enumerate(score.compare):
        closeness = _counted(score, hit.closeness[number])
        if number != left_out and closeness is not None:
            got += comparison.weight * closeness
            total += comparison.weight
    return got / total if total > 0.0 else None


def rank_without(score: Score, hits: Sequence[Hit], place: int, left_out: int) -> int | None:
    """Return the rank (1 is best) of ``hits[place]`` among `hits` alone, one comparison left out.

    Records that are not among `hits` might overtake it; they are not looked at.
    """
    own = score_without(score, hits[place], left_out)
    if own is None:
        return None
    others = (
        (score_without(score, hit, left_out), number)
        for number, hit in enumerate(hits)
        if number != place
    )
    return 1 + sum(
        s is not None and (s > own + 1e-12 or (abs(s - own) <= 1e-12 and number < place))
        for s, number in others
    )


def _counted(score: Score, closeness: float | None) -> float | None:
    return _STAND_IN.get(score.missing) if closeness is None else closeness
