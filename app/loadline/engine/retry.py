"""Whether a failed attempt is tried again, and when."""

from __future__ import annotations

from loadline.domain.errors import Failure
from loadline.domain.policy import Policy, backoff

ENDS_THE_RUN = frozenset({"DiskFull", "OutputRefused", "WorkersUnavailable", "RunError"})
"""Failures that every other task would meet too: the run stops, whatever the policy says."""


def retry_after(failure: Failure, tries: int, policy: Policy, chance: float) -> float | None:
    """Return the seconds until the next try after `tries` failed ones, or None for no other.

    `chance` is a random number in 0..1 that spreads the retries of many tasks.
    """
    if not failure.transient or tries > policy.retries:
        return None
    return backoff(tries, chance)
