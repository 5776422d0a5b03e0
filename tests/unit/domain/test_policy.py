"""Limits in a job file, and the wait between tries."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loadline.domain.policy import BACKOFF_MOST, Policy, backoff


def test_the_defaults_are_those_of_the_design() -> None:
    policy = Policy()
    assert (policy.concurrency, policy.rate, policy.deadline) == (0, 0.0, 300.0)
    assert (policy.job_deadline, policy.retries, policy.on_failure) == (0.0, 2, "continue")


@given(st.integers(1, 60), st.floats(0.0, 1.0))
def test_a_wait_is_never_negative_nor_longer_than_ten_seconds(attempt: int, chance: float) -> None:
    assert 0.0 <= backoff(attempt, chance) <= BACKOFF_MOST


def test_the_longest_wait_doubles_from_half_a_second() -> None:
    assert [backoff(n, 1.0) for n in range(1, 7)] == [0.5, 1.0, 2.0, 4.0, 8.0, 10.0]


def test_a_hundredth_try_can_still_be_waited_for() -> None:
    assert backoff(2_000, 1.0) == BACKOFF_MOST


@pytest.mark.parametrize(
    "wrong",
    [
        {"concurrency": -1},
        {"concurrency": 65},
        {"rate": -0.5},
        {"retries": 101},
        {"on_failure": "panic"},
        {"typo": 1},
        {"deadline": "soon"},
    ],
)
def test_values_out_of_range_and_unknown_keys_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(wrong, Policy)
