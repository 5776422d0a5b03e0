"""Where the facts of a run go: the board, the marks on the chart, the journal."""

from __future__ import annotations

from collections.abc import Callable

from loadline.domain.board import Board
from loadline.domain.errors import Failure
from loadline.domain.events import TaskEvent, TaskWaiting
from loadline.domain.tasks import TaskRow, WaitReason
from loadline.domain.throughput import Mark, MarkKind, Throughput
from loadline.engine.clock import Clock


class Facts:
    """Board and throughput of one run, and its clock: seconds since the start while it is live.

    The clock stands still between the end of a run and *Retry unfinished*.
    """

    def __init__(self, clock: Clock) -> None:
        self.board = Board()
        self.throughput = Throughput()
        self.keep_mark: Callable[[Mark], None] | None = None
        self._clock = clock
        self._before = 0.0
        self._since: float | None = None

    def now(self) -> float:
        """Return the run's seconds so far."""
        running = 0.0 if self._since is None else self._clock.now() - self._since
        return self._before + running

    def moment(self, when: float) -> float:
        """Return the clock's moment `when` in the run's seconds."""
        return when - self._clock.now() + self.now()

    def start_clock(self) -> None:
        """Count seconds from now on."""
        if self._since is None:
            self._since = self._clock.now()

    def stop_clock(self) -> None:
        """Stop counting seconds."""
        self._before, self._since = self.now(), None

    def set_clock(self, seconds: float) -> None:
        """Let a run that does not run have taken `seconds` so far."""
        self._before, self._since = seconds, None

    def tell(self, event: TaskEvent) -> TaskRow:
        """Put an event on the board."""
        return self.board.handle(event)

    def wait(
        self,
        index: int,
        reason: WaitReason,
        until: float | None = None,
        error: Failure | None = None,
    ) -> None:
        """Tell why task `index` waits, unless the board says so already.

        `until` is the clock's moment at which the wait ends.
        """
        shown = None if until is None else self.moment(until)
        row = self.board.rows[index]
        if error is None and row.reason is reason and row.until is None and shown is None:
            return
        self.tell(TaskWaiting(index, self.now(), reason, shown, error))

    def mark(self, kind: MarkKind, text: str, index: int | None = None) -> None:
        """Put a mark on the chart."""
        mark = Mark(self.now(), kind, text, index)
        self.throughput.marks.append(mark)
        if self.keep_mark is not None:
            self.keep_mark(mark)
