"""Waiting for a state, with a deadline, where nothing announces it."""

from __future__ import annotations

import time
from collections.abc import Callable

import psutil


def until(true: Callable[[], object], what: str, seconds: float = 10.0) -> None:
    """Return as soon as `true()` holds; fails the test with `what` after `seconds`."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise AssertionError(f"{what}: not within {seconds:g} s")
        time.sleep(0.005)


def alive(pid: int) -> bool:
    """Whether the process runs; a zombie does not once its last thread has ended."""
    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE or process.num_threads() > 1
    except psutil.NoSuchProcess:
        return False
