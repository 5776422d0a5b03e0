"""Which task is next: always the lowest index that is ready; retries come back when due."""

from __future__ import annotations

from collections.abc import Iterable, KeysView
from heapq import heapify, heappop, heappush


class Order:
    """Tasks that are to be handed out, each at most once.

    Taking out is lazy, so 10,000 cancels cost nothing here: an entry counts only while the task
    still has the stamp that was current when it was added.
    """

    def __init__(self) -> None:
        self._ready: list[tuple[int, int]] = []
        self._later: list[tuple[float, int, int]] = []
        self._stamps: dict[int, int] = {}
        self._stamp = 0

    def __len__(self) -> int:
        """Return how many tasks are to be handed out, now or later."""
        return len(self._stamps)

    def __contains__(self, index: object) -> bool:
        """Tell whether task `index` is to be handed out."""
        return index in self._stamps

    def waiting(self) -> KeysView[int]:
        """Return all tasks that are to be handed out."""
        return self._stamps.keys()

    def clear(self) -> None:
        """Take all tasks out."""
        self._stamps.clear()

    def add(self, indexes: Iterable[int]) -> None:
        """Add tasks that are ready now."""
        self._ready.extend((index, self._stamped(index)) for index in indexes)
        heapify(self._ready)

    def add_later(self, index: int, due: float) -> None:
        """Add a task that is ready from `due`, in the clock's seconds."""
        heappush(self._later, (due, index, self._stamped(index)))

    def remove(self, index: int) -> None:
        """Take a task out, if it is in."""
        self._stamps.pop(index, None)

    def come_due(self, now: float) -> list[int]:
        """Make the retries ready whose time has come, and return them."""
        due = []
        while self.next_due() <= now:
            _, index, stamp = heappop(self._later)
            heappush(self._ready, (index, stamp))
            due.append(index)
        return due

    def first(self) -> int | None:
        """Return the lowest index that is ready, or None."""
        while self._ready and self._stamps.get(self._ready[0][0]) != self._ready[0][1]:
            heappop(self._ready)
        return self._ready[0][0] if self._ready else None

    def take(self) -> int:
        """Remove and return the lowest index that is ready; raises `IndexError`."""
        index = self.first()
        if index is None:
            raise IndexError("no task is ready")
        heappop(self._ready)
        self.remove(index)
        return index

    def next_due(self) -> float:
        """Return when the next retry is due; infinite when there is none."""
        while self._later and self._stamps.get(self._later[0][1]) != self._later[0][2]:
            heappop(self._later)
        return self._later[0][0] if self._later else float("inf")

    def _stamped(self, index: int) -> int:
        self._stamp += 1
        self._stamps[index] = self._stamp
        return self._stamp
