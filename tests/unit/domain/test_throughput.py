"""Rows and bytes over time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loadline.domain.throughput import (
    LONGEST_SHOWN,
    RECENT_SECONDS,
    WHOLE_POINTS,
    Sample,
    Throughput,
)


def steady(count: int, *, rows: int = 100, size: int = 1_000, every: float = 0.5) -> Throughput:
    throughput = Throughput()
    for i in range(count):
        throughput.add(Sample(i * every, i * rows, i * size))
    return throughput


def test_a_steady_run_has_a_steady_speed_everywhere() -> None:
    throughput = steady(100)
    for speed in [*throughput.recent(), *throughput.whole(), throughput.now()]:
        assert speed.rows == pytest.approx(200.0)
        assert speed.bytes == pytest.approx(2_000.0)


def test_the_recent_curve_holds_six_minutes_and_the_whole_curve_the_whole_run() -> None:
    throughput = steady(20_000)
    recent, whole = throughput.recent(), throughput.whole()
    assert recent[-1].at - recent[0].at <= RECENT_SECONDS
    assert len(whole) <= WHOLE_POINTS
    assert whole[0].at < 60.0
    assert whole[-1].at > 0.98 * 20_000 * 0.5
    assert len(whole) > WHOLE_POINTS / 3


@given(st.lists(st.tuples(st.floats(0.001, 100.0), st.integers(-50, 500)), min_size=2))
def test_speeds_are_never_negative_and_go_forward(steps: list[tuple[float, int]]) -> None:
    throughput, at, rows = Throughput(), 0.0, 0
    for gap, more in steps:
        at, rows = at + gap, max(0, rows + more)
        throughput.add(Sample(at, rows, rows * 10))
    for curve in (throughput.recent(), throughput.whole()):
        assert all(speed.rows >= 0.0 and speed.bytes >= 0.0 for speed in curve)
        assert [s.at for s in curve] == sorted({s.at for s in curve})
    assert throughput.now().rows >= 0.0


def test_a_moment_that_is_not_later_is_ignored() -> None:
    throughput = steady(3)
    throughput.add(Sample(1.0, 999_999, 999_999))
    throughput.add(Sample(0.2, 999_999, 999_999))
    assert throughput.now().rows == pytest.approx(200.0)


def test_the_time_left_follows_the_latest_speed() -> None:
    assert steady(50).seconds_left(20_000) == pytest.approx(10.0)


def test_no_time_left_is_told_without_a_speed_or_above_a_day() -> None:
    assert Throughput().seconds_left(100) is None
    assert steady(50, size=0).seconds_left(100) is None
    assert steady(50).seconds_left(int(2_001 * LONGEST_SHOWN)) is None


def test_the_speed_now_is_a_mean_over_the_last_seconds_only() -> None:
    throughput = steady(100)
    last = Sample(49.5, 9_900, 99_000)
    for i in range(1, 41):
        throughput.add(Sample(last.at + i * 0.5, last.rows + i * 500, last.bytes))
    assert throughput.now().rows == pytest.approx(1_000.0)
    assert throughput.now().bytes == 0.0


def test_one_sample_gives_no_curve() -> None:
    throughput = steady(1)
    assert throughput.recent() == []
    assert throughput.now().rows == 0.0
