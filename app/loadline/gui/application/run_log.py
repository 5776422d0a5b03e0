"""Notes in the log what runs do: begin, what disturbs them, how they end. No names of files."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence

from loadline.domain.throughput import MarkKind
from loadline.gui.run_page.run_like import RunLike
from loadline.store.log_file import frames_of

log = logging.getLogger("loadline.run")
FAILURES = 10
"""How many failed tasks of a run are named."""
_LOUD = frozenset({MarkKind.WORKER, MarkKind.SOURCE})


class RunLog:
    """`look` is called about once a second with the live runs."""

    def __init__(self) -> None:
        self._live: dict[str, RunLike] = {}
        self._marks: dict[str, int] = {}

    def look(self, live: Sequence[RunLike]) -> None:
        """Note what has changed since the last look."""
        now = {run.name: run for run in live}
        for name, run in now.items():
            if name not in self._live:
                self._begun(run)
        for name, run in (self._live | now).items():
            self._disturbed(run)
            if name not in now:
                self._ended(run)
        self._live = now

    def _begun(self, run: RunLike) -> None:
        self._marks[run.name] = len(run.throughput.marks)
        kind = type(run.job.source).__name__
        log.info("%s begins: %s, %s at once", run.name, kind, run.cap)

    def _disturbed(self, run: RunLike) -> None:
        seen = self._marks.get(run.name, 0)
        for mark in run.throughput.marks[seen : seen + FAILURES]:
            level = logging.WARNING if mark.kind in _LOUD else logging.INFO
            log.log(level, "%s, second %.0f: %s", run.name, mark.at, mark.text)
        self._marks[run.name] = len(run.throughput.marks)

    def _ended(self, run: RunLike) -> None:
        self._marks.pop(run.name, None)
        states = Counter(row.state.value for row in run.board.rows)
        told = ", ".join(f"{number} {state}" for state, number in states.items())
        text = "%s ended after %.1f s: %s (%s)"
        level = logging.ERROR if run.failure is not None else logging.INFO
        log.log(level, text, run.name, run.elapsed(), run.state.value, told)
        if run.failure is not None:
            log.error("%s: %s: %s", run.name, run.failure.kind, run.failure.sentence)
        errors = [(row.index, row.error) for row in run.board.rows if row.error is not None]
        for index, error in errors[:FAILURES]:
            line = f", line {error.place.line}" if error.place and error.place.line else ""
            frames = frames_of(error.cause)
            told = f"{error.kind}{line}: {error.sentence}" + (f"\n{frames}" if frames else "")
            log.warning("%s, task %d: %s", run.name, index, told)
