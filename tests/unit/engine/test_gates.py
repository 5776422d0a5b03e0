"""The pure parts of the hand-out: order, rate, cap, source health, retry."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loadline.domain.errors import Failure
from loadline.domain.policy import MOST_AT_ONCE, SOURCE_DOWN_AFTER, SOURCE_GIVE_UP, Policy
from loadline.engine.health import SourceHealth
from loadline.engine.limits import StartRate, cap_in_force
from loadline.engine.machine import Machine, measure
from loadline.engine.order import Order
from loadline.engine.retry import retry_after

PASSES = Failure("SourceUnreachable", "No answer.", transient=True)
STAYS = Failure("SourceDamaged", "Cut off.")


@given(st.lists(st.integers(0, 50), unique=True))
def test_tasks_come_out_in_the_order_of_their_indexes(indexes: list[int]) -> None:
    order = Order()
    order.add(indexes)
    assert [order.take() for _ in indexes] == sorted(indexes)
    assert order.first() is None


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("add"), st.integers(0, 5), st.just(0.0)),
            st.tuples(st.just("later"), st.integers(0, 5), st.floats(0.0, 20.0)),
            st.tuples(st.just("remove"), st.integers(0, 5), st.just(0.0)),
            st.tuples(st.just("take"), st.just(0), st.just(0.0)),
            st.tuples(st.just("time"), st.just(0), st.floats(0.0, 10.0)),
        ),
        max_size=60,
    )
)
def test_the_order_does_what_a_plain_table_of_tasks_would(
    steps: list[tuple[str, int, float]],
) -> None:
    order, now = Order(), 0.0
    due: dict[int, float] = {}
    for what, index, value in steps:
        match what:
            case "add" if index not in due:
                order.add([index])
                due[index] = now
            case "later" if index not in due:
                order.add_later(index, now + value)
                due[index] = now + value
            case "remove":
                order.remove(index)
                due.pop(index, None)
            case "take":
                order.come_due(now)
                ready = [i for i, when in due.items() if when <= now]
                assert order.first() == min(ready, default=None)
                if ready:
                    due.pop(order.take())
            case "time":
                now += value
        assert len(order) == len(due)
        assert all((i in order) == (i in due) for i in range(6))


def test_a_task_that_is_taken_out_and_waits_for_later_is_not_ready_before() -> None:
    order = Order()
    order.add([3])
    order.remove(3)
    order.add_later(3, 10.0)
    assert order.first() is None
    assert order.next_due() == 10.0
    assert order.come_due(10.0) == [3]
    assert order.take() == 3
    with pytest.raises(IndexError):
        order.take()


@given(st.floats(0.1, 1_000.0), st.lists(st.floats(0.0, 5.0), max_size=50))
def test_starts_are_never_closer_than_the_rate_allows(rate: float, gaps: list[float]) -> None:
    limit, now, starts = StartRate(rate), 0.0, []
    for gap in gaps:
        now = max(now + gap, limit.next_at())
        limit.start(now)
        starts.append(now)
    assert all(later - earlier >= 1.0 / rate - 1e-9 for earlier, later in pairwise(starts))


def test_a_rate_that_is_raised_gives_no_burst() -> None:
    limit = StartRate(1.0)
    limit.start(100.0)
    limit.per_second = 10.0
    assert limit.next_at() == pytest.approx(100.1)


def test_without_a_rate_nothing_waits() -> None:
    limit = StartRate(0.0)
    limit.start(5.0)
    assert limit.next_at() < 0.0


def test_the_cap_is_the_workers_and_two_unless_it_is_set() -> None:
    assert cap_in_force(0, 4) == 6
    assert cap_in_force(3, 8) == 3
    assert cap_in_force(0, 1_000) == MOST_AT_ONCE
    assert cap_in_force(0, 0) == 2


def test_an_outage_begins_with_the_fifth_failure_in_a_row_and_ends_with_an_answer() -> None:
    health = SourceHealth()
    begins = [health.no_answer(index, 1.0) for index in range(SOURCE_DOWN_AFTER + 2)]
    assert begins == [False] * (SOURCE_DOWN_AFTER - 1) + [True, False, False]
    assert health.down_since == 1.0
    assert [health.answered(), health.answered()] == [True, False]
    assert health.down_since is None


def test_an_answer_in_between_begins_the_row_anew() -> None:
    health = SourceHealth()
    for _ in range(20):
        for index in range(SOURCE_DOWN_AFTER - 1):
            assert not health.no_answer(index, 1.0)
        health.answered()
    assert not health.down


def test_during_an_outage_one_probe_goes_out_at_a_time_ever_more_slowly() -> None:
    health = SourceHealth()
    now, waits = 0.0, []
    for index in range(SOURCE_DOWN_AFTER):
        health.no_answer(index, now)
    for index in range(7):
        waits.append(health.next_at() - now)
        now = health.next_at()
        health.probe = index
        assert health.next_at() == float("inf")
        health.no_answer(index, now)
    assert waits == [0.5, 1.0, 2.0, 4.0, 8.0, 10.0, 10.0]


def test_an_outage_is_given_up_after_ten_minutes() -> None:
    health = SourceHealth()
    for index in range(SOURCE_DOWN_AFTER):
        health.no_answer(index, 100.0)
    assert not health.given_up(100.0 + SOURCE_GIVE_UP - 0.1)
    assert health.given_up(health.gives_up_at)


def test_only_what_can_pass_is_tried_again_and_only_so_often() -> None:
    policy = Policy(retries=2)
    assert retry_after(STAYS, 1, policy, 0.5) is None
    assert retry_after(PASSES, 1, policy, 0.5) == 0.25
    assert retry_after(PASSES, 2, policy, 1.0) == 1.0
    assert retry_after(PASSES, 3, policy, 1.0) is None
    assert retry_after(PASSES, 1, Policy(retries=0), 1.0) is None


def test_memory_is_low_under_a_tenth_and_under_a_gibibyte() -> None:
    assert Machine(free=700 << 20, total=8 << 30, held=0).low
    assert not Machine(free=1 << 30, total=8 << 30, held=0).low
    assert not Machine(free=2 << 30, total=64 << 30, held=0).low


def test_measuring_the_machine_gives_plausible_figures() -> None:
    machine = measure()
    assert 0 < machine.free < machine.total
    assert 1 << 20 < machine.held < machine.total
