"""Reading ahead: the next batch is decoded in a thread while the last one is written."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
DEPTH = 2


def read_ahead(items: Iterator[T]) -> Iterator[T]:
    """Yield `items` in order, up to two of them taken ahead in another thread.

    Arrow lets other threads run while it reads. An error comes where its item would.
    """
    end: list[T] = []
    pool = ThreadPoolExecutor(1, thread_name_prefix="read-ahead")

    def some() -> list[T]:
        for item in items:
            return [item]
        return end

    waiting: deque[Future[list[T]]] = deque()
    try:
        waiting.extend(pool.submit(some) for _ in range(DEPTH))
        while got := waiting.popleft().result():
            waiting.append(pool.submit(some))
            yield got[0]
    finally:
        pool.shutdown(cancel_futures=True)
