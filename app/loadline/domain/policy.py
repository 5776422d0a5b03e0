"""How a run behaves: cap, rate, deadlines, retries, what to do on failure."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

BACKOFF_FIRST = 0.5  # seconds
BACKOFF_MOST = 10.0  # seconds
CANCEL_GRACE = 3.0  # seconds between asking a worker to stop and ending it
SOURCE_DOWN_AFTER = 5  # connection failures in a row
SOURCE_GIVE_UP = 600.0  # seconds without an answer
MOST_AT_ONCE = 64

OnFailure = Literal["continue", "stop"]


class Policy(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The policy table of a job file (see DESIGN §11)."""

    concurrency: Annotated[int, Meta(ge=0, le=MOST_AT_ONCE)] = 0
    """Tasks at once; 0 chooses workers + 2."""
    rate: Annotated[float, Meta(ge=0)] = 0.0
    """Starts per second; 0 is off."""
    deadline: Annotated[float, Meta(ge=0)] = 300.0
    """Seconds without progress per attempt; 0 is off."""
    job_deadline: Annotated[float, Meta(ge=0)] = 0.0
    """Seconds for the whole run; 0 is off."""
    retries: Annotated[int, Meta(ge=0, le=100)] = 2
    """Further attempts after one that failed with an error that can pass."""
    on_failure: OnFailure = "continue"


def backoff(attempt: int, chance: float) -> float:
    """Return the seconds to wait after failed attempt number `attempt` (from 1).

    Full jitter: ``chance × min(10 s, 0.5 s × 2^(attempt - 1))`` with `chance` in 0..1
    (AWS Architecture Blog, "Exponential Backoff And Jitter", 2015).
    """
    return chance * min(BACKOFF_MOST, BACKOFF_FIRST * 2.0 ** min(attempt - 1, 10))
