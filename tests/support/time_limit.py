"""Ends a test that takes longer than its marker ``time_limit(seconds)`` allows.

An alarm interrupts Python code of the main thread; where there is no alarm (Windows) only
coroutine tests are limited, by their runner.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

DEFAULT_SECONDS = 20.0
COROUTINE_GRACE = 5.0
"""Seconds that a coroutine test has on top, to be ended by its runner and to clean up."""


def seconds_for(item: pytest.Item) -> float:
    """Return the time limit of a test."""
    marker = item.get_closest_marker("time_limit")
    return float(marker.args[0]) if marker else DEFAULT_SECONDS


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Fail the code inside when it takes longer than `seconds`."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        pytest.fail(f"The test took longer than its limit of {seconds:g} s.")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Run the test under its alarm."""
    with alarm(seconds_for(item) + COROUTINE_GRACE * _is_coroutine(item)):
        return (yield)


def _is_coroutine(item: pytest.Item) -> bool:
    import inspect

    return inspect.iscoroutinefunction(getattr(item, "obj", None))
