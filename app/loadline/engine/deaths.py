"""Whose fault it is when workers die: the task's that they had, or something else's.

A task that takes its worker down (a crash in a library, more memory than there is) would do so for
ever; so a death uses up one of the task's tries. But where workers die under several tasks,
something ends them from outside (a person, the system short of memory, a tool that tidies up), and
no task is to blame: then the tries that the policy allows are left alone, up to
`MOST_WITHOUT_BLAME` deaths of one task, so that several bad tasks come to an end, too.
"""

from __future__ import annotations

from collections import Counter

MOST_WITHOUT_BLAME = 10
"""Deaths of one task's workers that may be laid to something else."""


class Deaths:
    """Counts the workers that died, by the task that each had."""

    def __init__(self) -> None:
        self._under: Counter[int] = Counter()

    def blames(self, index: int) -> bool:
        """Note that a worker died under task `index`; return whether a try of it is used up."""
        self._under[index] += 1
        alone = len(self._under) == 1
        return alone or self._under[index] > MOST_WITHOUT_BLAME

    def under(self, index: int) -> int:
        """Return how many workers have died under task `index`."""
        return self._under[index]
