"""Numbers, axes, shares and marks of the run's page, without a widget."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QDate

from loadline.domain.tasks import TaskRow, TaskState
from loadline.domain.throughput import Mark, MarkKind, Speed
from loadline.domain.timeline import Attempt, Outcome, Timeline
from loadline.gui.models import figures, time_axis
from loadline.gui.models.curve import Measure, curve_of, summary
from loadline.gui.models.mark_groups import group_marks
from loadline.gui.models.shares import LEAST, segments, shares_of
from loadline.gui.models.source_words import when_line
from loadline.gui.models.time_axis import Span
from loadline.gui.models.timeline_blocks import blocks_of, short_names, shortened


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (999, "999"), (26_433_389, "26.4 M"), (164_900, "165 k"), (2_000, "2 k")],
)
def test_a_short_count_has_few_characters(number: int, text: str) -> None:
    assert figures.short_count(number) == text


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 B"), (999, "999 B"), (12_100_000, "12.1 MB"), (5_880_000_000, "5.88 GB")],
)
def test_a_size_has_a_unit_after_a_space(size: int, text: str) -> None:
    assert figures.size(size) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(None, "\u2013"), (1.9, "1.9 s"), (21.0, "21 s"), (140.0, "2 min 20 s"), (7_500, "2 h 5 min")],
)
def test_a_duration_is_told_as_one_would_say_it(seconds: float | None, text: str) -> None:
    assert figures.duration(seconds) == text


def test_a_hundred_percent_is_only_said_when_nothing_is_missing() -> None:
    assert figures.percent(0.9999) == "99 %"
    assert figures.percent(1.0) == "100 %"


def test_the_minus_is_a_minus() -> None:
    assert figures.count(-1234) == "\u22121,234"


def test_an_ended_run_tells_its_day() -> None:
    started = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    assert when_line(started, 1.9, QDate(2026, 11, 21)).startswith("today ")
    assert when_line(started, 1.9, QDate(2026, 11, 22)).startswith("yesterday ")
    assert when_line(None, 1.9) == "took 1.9 s"


def test_time_axis_is_at_least_two_and_a_half_minutes_and_then_the_last_six() -> None:
    assert time_axis.recent(0.0) == Span(0.0, 150.0)
    assert time_axis.recent(151.0) == Span(0.0, 180.0)
    assert time_axis.recent(400.0) == Span(40.0, 400.0)


def test_labels_of_the_time_axis_stand_on_whole_steps() -> None:
    assert time_axis.ticks(Span(0, 150), 984) == [0, 30, 60, 90, 120, 150]
    assert time_axis.ticks(Span(40, 400), 984) == [60, 120, 180, 240, 300, 360]
    assert time_axis.ticks(Span(0, 7200), 984)[1] == 1800


@pytest.mark.parametrize(
    ("highest", "top"), [(324_000, 400_000), (0, 4), (9, 10), (1_000, 1_000), (190, 200)]
)
def test_the_value_axis_ends_on_a_round_number_above_the_curve(highest: float, top: float) -> None:
    assert time_axis.nice_top(highest)[0] == top


def row(index: int, state: TaskState, size: int, read: int = 0) -> TaskRow:
    return TaskRow(index, f"{index}.csv", size=size, state=state, bytes=read)


def test_progress_is_by_bytes_and_waits_for_none_of_the_ended() -> None:
    rows = [
        row(0, TaskState.DONE, 500, 500),
        row(1, TaskState.FAILED, 100),
        row(2, TaskState.RUNNING, 200, 50),
        row(3, TaskState.QUEUED, 200),
    ]
    shares = shares_of(rows)
    assert shares.progress == pytest.approx(0.65)
    assert shares.left == 350


def test_without_sizes_progress_is_by_tasks() -> None:
    shares = shares_of([row(0, TaskState.DONE, 0), row(1, TaskState.QUEUED, 0)])
    assert shares.progress == 0.5


def test_every_state_is_seen_in_the_bar_however_few_bytes_it_has() -> None:
    rows = [
        row(0, TaskState.DONE, 10_000_000, 10_000_000),
        row(1, TaskState.FAILED, 1),
        row(2, TaskState.RUNNING, 400, 100),
    ]
    pieces = segments(shares_of(rows), 800.0)
    assert [p.state for p in pieces] == [TaskState.DONE, TaskState.FAILED, TaskState.RUNNING]
    assert pieces[1].width == LEAST
    assert pieces[2].read == 0.25
    assert pieces[-1].left + pieces[-1].width == pytest.approx(800.0)


def marks(*told: tuple[float, MarkKind]) -> list[Mark]:
    return [Mark(at, kind, f"{kind.value} at {at:g}", n) for n, (at, kind) in enumerate(told)]


def test_marks_too_close_share_their_words_and_keep_their_icons() -> None:
    close = marks((10, MarkKind.RETRY), (12, MarkKind.RETRY), (60, MarkKind.WORKER))
    groups = group_marks(close, lambda at: at * 10, lambda words: 8 * len(words))
    assert [g.words for g in groups] == ["2 retries", "worker at 60"]
    assert [len(g.icons) for g in groups] == [2, 1]
    assert groups[0].tip() == "retry at 10\nretry at 12"


def test_marks_of_two_kinds_share_short_words_and_more_kinds_a_number() -> None:
    two = marks((10, MarkKind.LIMIT), (12, MarkKind.WORKER))
    three = [*two, *marks((14, MarkKind.RETRY))]

    def words(some: list[Mark]) -> list[str]:
        return [g.words for g in group_marks(some, lambda at: at, lambda text: 8 * len(text))]

    assert words(two) == ["limit, worker"]
    assert words(three) == ["3 events"]


def test_the_curve_tells_its_highest_value() -> None:
    speeds = [Speed(1.0, 1_000, 5e6, 10), Speed(2.0, 324_400, 6e6, 20)]
    assert curve_of(speeds, Measure.ROWS).peak == 324_400
    rows = summary(curve_of(speeds, Measure.ROWS), recent=False)
    assert rows == "average of 3 seconds, highest 324 k"
    assert summary(curve_of([], Measure.ROWS), recent=False) == "no measurement yet"


def test_attempts_too_short_to_draw_are_one_block_in_which_trouble_wins() -> None:
    timeline = Timeline()
    timeline._since = {1: 0.0}
    outcomes = [Outcome.DONE, Outcome.FAILED, Outcome.DONE]
    for n, outcome in enumerate(outcomes):
        timeline.ended.append(Attempt(n, 1, n * 0.1, n * 0.1 + 0.1, outcome))
    blocks = blocks_of(timeline, Span(0, 100), 1.0, left=0.0, width=1000.0)
    assert [(b.outcome, b.joined, b.attempt.index) for b in blocks] == [(Outcome.FAILED, 3, 1)]


def test_attempts_outside_the_span_are_not_drawn_and_open_ones_end_now() -> None:
    timeline = Timeline()
    timeline._since = {1: 0.0}
    timeline.ended.append(Attempt(0, 1, 0.0, 30.0, Outcome.DONE))
    timeline.open[1] = Attempt(1, 1, 60.0)
    blocks = blocks_of(timeline, Span(50, 150), 100.0, left=0.0, width=100.0)
    assert [(b.left, b.right) for b in blocks] == [(10.0, 50.0)]


def test_blocks_leave_out_what_all_names_share() -> None:
    rows = [TaskRow(n, f"orders-2022-{n:02}.csv") for n in range(1, 4)]
    shared = short_names(rows)
    assert [shortened(r.name, shared) for r in rows] == ["01", "02", "03"]
    assert shortened("one.csv", short_names([TaskRow(0, "one.csv")])) == "one"
