"""The timeline is zoomed and moved, names its gaps, and leads to tasks and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest

from loadline.domain import events as ev
from loadline.domain.tasks import WaitReason
from loadline.domain.throughput import Mark, MarkKind
from loadline.domain.timeline import Outcome
from loadline.gui.models import time_axis, timeline_zoom
from loadline.gui.models.time_axis import LEFT, Span
from loadline.gui.models.timeline_gaps import gaps_of
from loadline.gui.run_page.time_labels import label
from tests.support.run_pages import NewPage, new_page, recorded
from tests.support.scripted_run import ScriptedRun, shop_orders

if TYPE_CHECKING:
    from loadline.gui.run_page.page import RunPage
    from loadline.gui.run_page.timeline_view import TimelineView

__all__ = ["new_page", "recorded"]
LEFT_BUTTON = Qt.MouseButton.LeftButton


@pytest.fixture
def run() -> ScriptedRun:
    """Return a run that was paused from 60 to 120 s."""
    run = shop_orders(4)
    run.plan()
    run.advance(60.0)
    held = next(row.index for row in run.board.rows if row.state == "queued")
    run.board.handle(ev.TaskWaiting(held, run.now, WaitReason.PAUSED))
    run.pause()
    run.advance(60.0)
    run.board.handle(ev.TaskQueued(held, run.now))
    run.proceed()
    run.advance(60.0)
    return run


def timeline_of(page: RunPage) -> TimelineView:
    page.tabs.show_page(page.timeline)
    return page.timeline.view


def turn_wheel(view: TimelineView, notches: int, x: float, shift: bool = False) -> None:
    place = QPointF(x, 10.0)
    event = QWheelEvent(
        place, QPointF(view.viewport().mapToGlobal(place)), QPoint(), QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    view.wheelEvent(event)


def test_a_gap_is_named_by_what_held_everything_back(new_page: NewPage, run: ScriptedRun) -> None:
    view = timeline_of(new_page(run))
    named = [gap for gap in view.gaps() if gap.reason is WaitReason.PAUSED]
    assert {gap.lane for gap in named} == {0, 1, 2, 3}
    gap = named[0]
    middle = (gap.lane + 0.5) * view.lane_height()
    told = view.tip_at(QPointF((gap.left + gap.right) / 2, middle))
    assert told.startswith("Paused\nWorker 1")


def test_a_worker_that_waits_for_nothing_is_idle(run: ScriptedRun) -> None:
    timeline = run.board.timeline
    run.run_to_end()
    after = Span(run.now, run.now + 30.0)
    gaps = gaps_of(timeline, [], after, run.now + 20.0, 0.0, 300.0)
    assert [(gap.lane, gap.reason, gap.right) for gap in gaps] == [(n, None, 200) for n in range(4)]


def test_the_wheel_looks_nearer_around_the_mouse(new_page: NewPage, run: ScriptedRun) -> None:
    view = timeline_of(new_page(run))
    before = view.span
    x = LEFT + 300.0
    at = before.at(x, LEFT, view._width())
    turn_wheel(view, 4, x)
    assert view.zoomed
    assert view.span.seconds == pytest.approx(before.seconds / timeline_zoom.STEP**4)
    assert view.span.at(x, LEFT, view._width()) == pytest.approx(at)
    turn_wheel(view, -9, x)
    assert view.span == before


def test_the_keyboard_zooms_moves_and_shows_all_again(new_page: NewPage, run: ScriptedRun) -> None:
    page = new_page(run)
    view = timeline_of(page)
    assert not page.timeline.all.isEnabled()
    QTest.keyClick(view, Qt.Key.Key_Plus)
    QTest.keyClick(view, Qt.Key.Key_Plus)
    near = view.span
    assert near.seconds < page.chart.span.seconds / 2
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert view.span.start > near.start
    assert page.timeline.all.isEnabled()
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.span == page.chart.span


def test_dragging_moves_it_and_selects_nothing(new_page: NewPage, run: ScriptedRun) -> None:
    page = new_page(run)
    view = timeline_of(page)
    view.zoom(4.0)
    before, chosen = view.span, page.tasks.table.current_task()
    port = view.viewport()
    QTest.mousePress(port, LEFT_BUTTON, pos=QPoint(500, 10))
    QTest.mouseMove(port, QPoint(440, 10))
    QTest.mouseMove(port, QPoint(400, 10))
    QTest.mouseRelease(port, LEFT_BUTTON, pos=QPoint(400, 10))
    moved = view.span.start - before.start
    assert moved == pytest.approx(100 / view._width() * before.seconds, rel=0.02)
    assert page.tasks.table.current_task() == chosen


def test_the_task_chosen_in_the_table_has_all_its_tries_framed(
    new_page: NewPage, run: ScriptedRun
) -> None:
    page = new_page(run)
    view = timeline_of(page)
    page.show_task(5)  # its first worker died
    outcomes = [block.outcome for block in view.chosen()]
    assert len(outcomes) == 2
    assert outcomes[0] is Outcome.STOPPED


def test_a_task_out_of_sight_is_brought_into_sight_from_its_menu(
    new_page: NewPage, run: ScriptedRun
) -> None:
    page = new_page(run)
    view = timeline_of(page)
    view.zoom(8.0, 170.0)
    page.tabs.show_page(page.results)
    page.show_task(0)
    task = page.tasks.table.current_task()
    assert task is not None
    menu = page.tasks.table.menu_for(task)
    next(a for a in menu.actions() if a.text() == "Show in Timeline").trigger()
    menu.close()
    assert page.tabs.current() is page.timeline
    assert [block.attempt.index for block in view.chosen()] == [0]


def test_a_mark_on_the_chart_leads_to_its_moment_in_the_timeline(
    new_page: NewPage, run: ScriptedRun
) -> None:
    page = new_page(run)
    view = timeline_of(page)
    view.zoom(8.0, 170.0)
    assert view.span.start > 60.0
    page.tabs.show_page(page.results)
    page.chart.mark_clicked.emit(Mark(60.0, MarkKind.PAUSED, "Paused"))
    assert page.tabs.current() is page.timeline
    assert view.span.start <= 60.0 <= view.span.end


def test_labels_have_as_many_digits_as_a_near_look_needs() -> None:
    near = Span(61.0, 62.0)
    step = time_axis.tick_step(near, 900.0)
    assert [label(at, step) for at in time_axis.ticks(near, 900.0)][:3] == [
        "1:01.0",
        "1:01.1",
        "1:01.2",
    ]
    assert label(61.25, 0.05) == "1:01.25"
    assert label(90.0, 30.0) == "1:30"


def test_looking_never_leaves_the_run() -> None:
    whole = Span(0.0, 100.0)
    near = timeline_zoom.zoomed(whole, whole, 10.0, 99.0)
    assert near is not None
    assert near.end <= 100.0
    assert timeline_zoom.moved(near, whole, 500.0).end == 100.0
    assert timeline_zoom.moved(near, whole, -500.0).start == 0.0
    nearest = timeline_zoom.zoomed(near, whole, 1e9, 95.0)
    assert nearest is not None
    assert nearest.seconds == pytest.approx(timeline_zoom.NEAREST)
    assert timeline_zoom.zoomed(near, whole, 0.01, 95.0) is None
