"""Fails a test that leaves a thread or a child process behind, and ends what it can of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import psutil
import pytest

GRACE_SECONDS = 2.0
_HOUSEKEEPER = "multiprocessing.resource_tracker"


def may_leave(request: pytest.FixtureRequest, kind: str) -> bool:
    """Return whether the test's marker ``leaves`` names `kind`."""
    return any(kind in marker.args for marker in request.node.iter_markers("leaves"))


@pytest.fixture(autouse=True)
def no_thread_is_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail when a thread that began during the test is alive after it."""
    before = set(threading.enumerate())
    yield
    if may_leave(request, "threads"):
        return
    deadline = time.monotonic() + GRACE_SECONDS
    started = set(threading.enumerate()) - before
    # Threads of Qt that ran Python code appear as dummies and never end.
    ours = [thread for thread in started if not isinstance(thread, threading._DummyThread)]
    for thread in ours:
        thread.join(max(0.0, deadline - time.monotonic()))
    names = sorted(thread.name for thread in ours if thread.is_alive())
    if names:
        pytest.fail(f"Threads left running: {', '.join(names)}")


@pytest.fixture(autouse=True)
def no_child_is_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail when a process that began during the test is alive after it, and kill it."""
    me = psutil.Process()
    before = set(me.children(recursive=True))
    yield
    if may_leave(request, "children"):
        return
    started = [child for child in set(me.children(recursive=True)) - before if not _keeps(child)]
    _ended, alive = psutil.wait_procs(started, timeout=GRACE_SECONDS) if started else ([], [])
    told = [_describe(child) for child in alive]
    for child in alive:
        child.kill()
    if told:
        pytest.fail("Child processes left running:\n" + "\n".join(told))


def _keeps(child: psutil.Process) -> bool:
    """Return whether this is Python's own helper process, which stays for the whole session."""
    return _HOUSEKEEPER in _describe(child)


def _describe(child: psutil.Process) -> str:
    try:
        return f"{child.pid} {' '.join(child.cmdline())}"
    except psutil.Error:
        return f"{child.pid} (gone)"
