"""The end that a system asks for: a log-out, a shutdown, Ctrl+C in a terminal."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

_ASKED = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def ended_by_signals(end: Callable[[], None]) -> Iterator[None]:
    """Call `end` on the loop when the system asks the program to end, instead of dying."""
    loop = asyncio.get_running_loop()
    with suppress(NotImplementedError):  # Windows closes the window instead
        for number in _ASKED:
            loop.add_signal_handler(number, end)
    try:
        yield
    finally:
        with suppress(NotImplementedError):
            for number in _ASKED:
                loop.remove_signal_handler(number)
