"""News from other threads, brought to the event loop's thread with few wake-ups."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

MOST_PER_TURN = 200
"""News handled before the loop gets a turn: some milliseconds of work."""

T = TypeVar("T")


class Inbox(Generic[T]):
    """Collects news from any thread and hands it over, in order, on the loop's thread."""

    def __init__(self, handle: Callable[[T], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._handle = handle
        self._news: deque[T] = deque()
        self._called = False

    def put(self, news: T) -> None:
        """Add one piece of news; callable from any thread."""
        self._news.append(news)
        if not self._called:
            # Two threads may both get here: the second call finds nothing to do.
            self._called = True
            self._loop.call_soon_threadsafe(self._deliver)

    def _deliver(self) -> None:
        # Cleared before reading: what is put from now on calls again.
        self._called = False
        for _ in range(min(len(self._news), MOST_PER_TURN)):
            self._handle(self._news.popleft())
        if self._news and not self._called:
            self._called = True
            self._loop.call_soon(self._deliver)
