"""Progress of a run on stderr: a live bar on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Self

from loadline.domain.tasks import COMPLETE, TaskState

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from loadline.engine.run import Run

LIVE_SECONDS = 0.2
PLAIN_SECONDS = 10.0


class Progress:
    """Shows one run while the ``with`` block lasts, and a last line after it."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._bar = _bar() if sys.stderr.isatty() else None
        self._timer: asyncio.TimerHandle | None = None

    def __enter__(self) -> Self:
        """Begin to show."""
        if self._bar is not None:
            self._bar.start()
            self._bar.add_task("", total=None)
        self._schedule()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop, and leave a line that says how it ended."""
        if self._timer is not None:
            self._timer.cancel()
        if self._bar is not None:
            self._bar.stop()
        sys.stderr.write(f"{describe(self._run)}\n")
        sys.stderr.flush()

    def _schedule(self) -> None:
        every = PLAIN_SECONDS if self._bar is None else LIVE_SECONDS
        self._timer = asyncio.get_running_loop().call_later(every, self._tick)

    def _tick(self) -> None:
        line = describe(self._run)
        if self._bar is None:
            sys.stderr.write(f"{line}\n")
            sys.stderr.flush()
        else:
            board = self._run.board
            task = self._bar.task_ids[0]
            self._bar.update(
                task,
                description=line,
                total=board.size or None,
                completed=board.bytes_read,
            )
        self._schedule()


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )


def describe(run: Run) -> str:
    """Return one line: state, tasks, rows, and speed, or how it ended."""
    board = run.board
    complete = sum(board.counts[state] for state in COMPLETE)
    parts = [
        f"{run.name}: {run.state.value}",
        f"{complete:,} of {len(board.rows):,} done",
        f"{board.rows_loaded:,} rows",
    ]
    failed = board.counts[TaskState.FAILED]
    if failed:
        parts.append(f"{failed:,} failed")
    if run.receipt is None:
        parts.append(f"{run.throughput.now().rows:,.0f} rows/s")
    else:
        parts.append("balanced" if run.receipt.balanced else "not balanced")
        parts.append(f"{run.receipt.seconds:,.1f} s")
    return ", ".join(parts)
