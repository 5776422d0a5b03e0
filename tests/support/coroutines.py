"""Runs coroutine tests, each on a loop of its own, and looks at how the loop was left.

A test fails when it takes longer than its ``time_limit``, when an exception reached nobody but
the loop's handler, or when a task that it left cannot be cancelled. In a test on the window's
loop wait for futures and events, never with `qtbot.waitSignal`: that is a loop within the loop.
"""

from __future__ import annotations

import asyncio
import gc
import inspect
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.time_limit import seconds_for

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

WINDOW_TESTS = Path(__file__).resolve().parents[1] / "gui"
CANCEL_SECONDS = 2.0
_QT_FIXTURES = {"qapp", "qtbot", "qt_loop"}


def pytest_itemcollected(item: pytest.Item) -> None:
    """Give every coroutine test its loop."""
    if isinstance(item, pytest.Function) and inspect.iscoroutinefunction(item.obj):
        item.fixturenames.append("qt_loop" if _wants_qt(item) else "plain_loop")


def _wants_qt(item: pytest.Function) -> bool:
    return (
        item.get_closest_marker("qt_loop") is not None
        or not _QT_FIXTURES.isdisjoint(item.fixturenames)
        or item.path.is_relative_to(WINDOW_TESTS)
    )


@pytest.fixture
def plain_loop() -> Iterator[asyncio.AbstractEventLoop]:
    """Return a new asyncio loop."""
    loop = asyncio.new_event_loop()
    yield loop
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()


@pytest.fixture
def qt_loop(qapp: QApplication) -> Iterator[asyncio.AbstractEventLoop]:
    """Return a new loop of the window's own kind."""
    from loadline.gui.loop import Loop

    loop = Loop(qapp)
    yield loop
    loop.close()


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a coroutine test to its end; leave all others to pytest."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    values: dict[str, Any] = pyfuncitem.funcargs
    loop = values.get("qt_loop") or values["plain_loop"]
    wanted = inspect.signature(pyfuncitem.obj).parameters
    test = pyfuncitem.obj(**{name: values[name] for name in wanted})
    run(loop, test, seconds_for(pyfuncitem))
    return True


def run(loop: asyncio.AbstractEventLoop, test: Coroutine[Any, Any, None], seconds: float) -> None:
    """Run `test` on `loop` and fail it for what it leaves unhandled."""
    unhandled: list[dict[str, Any]] = []
    loop.set_exception_handler(lambda _loop, context: unhandled.append(context))
    try:
        loop.run_until_complete(_limited(test, seconds))
    finally:
        left = loop.run_until_complete(_cancel_what_is_left())
        loop.run_until_complete(loop.shutdown_asyncgens())
    gc.collect(1)  # a failed task tells that nobody asked only when it is collected
    if unhandled:
        _fail_for(unhandled)
    if left:
        pytest.fail(f"Tasks that do not end when cancelled: {left}")


async def _limited(test: Coroutine[Any, Any, None], seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds) as limit:
            await test
    except TimeoutError:
        if not limit.expired():
            raise
        pytest.fail(f"The test took longer than its limit of {seconds:g} s.")


async def _cancel_what_is_left() -> list[str]:
    """Cancel every other task, and name those that go on regardless."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    if not tasks:
        return []
    for task in tasks:
        task.cancel()
    _ended, going_on = await asyncio.wait(tasks, timeout=CANCEL_SECONDS)
    return [str(task.get_coro()) for task in going_on]


def _fail_for(unhandled: list[dict[str, Any]]) -> None:
    first = unhandled[0]
    told = "\n".join(f"{context['message']}: {context.get('exception')!r}" for context in unhandled)
    raise AssertionError(f"Unhandled on the loop:\n{told}") from first.get("exception")
