"""Columns that may be the same under two names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process

_LEAST_ALIKE = 86.0
"""Of 100, by `rapidfuzz.fuzz.ratio`; ``pollster`` and ``polster`` have 93."""
_SHORTEST = 5
"""Shorter names differ too easily by one letter."""
_MOST = 600
"""More columns than this are compared by case and blanks only."""


def renamed(names: Sequence[str], files: Sequence[set[str]]) -> dict[str, str]:
    """Return which column may be another one: name → the name that more files have.

    Two names are taken for one column when they differ only by case, blanks and signs, or are
    spelt closely, and no file has both.
    """
    at = {name: {i for i, there in enumerate(files) if name in there} for name in names}
    alike: dict[str, str] = {}
    for first, second in _pairs(names):
        if at[first] & at[second] or first in alike or second in alike:
            continue
        more, fewer = (first, second) if len(at[first]) >= len(at[second]) else (second, first)
        if more not in alike.values() or not any(
            at[other] & at[fewer] for other, known in alike.items() if known == more
        ):
            alike[fewer] = more
    return alike


def _pairs(names: Sequence[str]) -> list[tuple[str, str]]:
    """Return the pairs of names that are alike, in order of appearance."""
    bare = [_bare(name) for name in names]
    groups: dict[str, list[int]] = {}
    for number, name in enumerate(bare):
        groups.setdefault(name, []).append(number)
    pairs = [(group[0], other) for group in groups.values() for other in group[1:]]
    if len(names) <= _MOST:
        pairs += _close(bare)
    return [(names[a], names[b]) for a, b in sorted(pairs)]


def _close(bare: Sequence[str]) -> list[tuple[int, int]]:
    scores = process.cdist(bare, bare, scorer=fuzz.ratio, score_cutoff=_LEAST_ALIKE)
    return [
        (a, b)
        for a, b in zip(*(index.tolist() for index in scores.nonzero()), strict=True)
        if a < b and bare[a] != bare[b] and _may_be_one(bare[a], bare[b])
    ]


def _may_be_one(a: str, b: str) -> bool:
    """Tell whether two names are long enough and have the same numbers in them."""
    if min(len(a), len(b)) < _SHORTEST:
        return False
    return re.findall(r"\d+", a) == re.findall(r"\d+", b)


def _bare(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum()) or name
