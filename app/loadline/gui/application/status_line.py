"""What the status bar says: what runs at the left, machine and safety at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from loadline.gui.frame.status import StatusItem
from loadline.gui.models import figures

if TYPE_CHECKING:
    from loadline.engine.backends.local_pool import LocalPool
    from loadline.engine.run import Run
    from loadline.gui.main_window import MainWindow


class StatusLine(QObject):
    """Fills the window's status bar; `tell` is called about once a second."""

    def __init__(self, window: MainWindow, pool: LocalPool) -> None:
        super().__init__(window)
        self._window = window
        self._pool = pool

    def tell(
        self,
        runs: Sequence[Run],
        left: Sequence[StatusItem] | None,
        safety: StatusItem | None = None,
    ) -> None:
        """Show these live runs, or `left` where nothing runs; `safety` in place of the machine."""
        if runs:
            shown = self._active(runs)
        else:
            shown = list(
                left or [StatusItem(self.tr("No run active"), "circle-check", "done.text")]
            )
        right = [safety] if safety is not None and not runs else self._machine(runs)
        self._window.tell_status(shown, right)

    def _active(self, runs: Sequence[Run]) -> list[StatusItem]:
        speeds = [run.throughput.now() for run in runs]
        words = self.tr("1 run active") if len(runs) == 1 else self.tr("{0} runs active")
        rows = sum(speed.rows for speed in speeds)
        size = sum(speed.bytes for speed in speeds)
        return [
            StatusItem(words.format(len(runs)), "circle-play", "running.text"),
            StatusItem(self.tr("{0} rows/s").format(figures.count(round(rows)))),
            StatusItem(self.tr("{0}/s").format(figures.size(round(size)))),
        ]

    def _machine(self, runs: Sequence[Run]) -> list[StatusItem]:
        import psutil

        status = self._pool.status()
        if runs:
            words = self.tr("{0} of {1} workers busy").format(status.busy, status.workers)
        else:
            words = self.tr("{0} workers ready").format(status.workers)
        free = figures.size(psutil.virtual_memory().available)
        items = [
            StatusItem(words, "cpu"),
            StatusItem(self.tr("{0} memory free").format(free), "memory-stick"),
        ]
        if runs:
            items.append(StatusItem(self.tr("All finished files are safe on disk"), "save"))
        return items
