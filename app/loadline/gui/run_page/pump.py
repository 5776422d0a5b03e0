"""The page's two clocks: one for tables, one for charts; both stand still when nothing can change.

Nothing here scales with the rate of events: every tick drains what has gathered.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

TABLE_MS = 33
CHART_MS = 500


class Pump(QObject):
    """Calls `fast` 30 times and `slow` twice a second while it runs."""

    def __init__(self, fast: Callable[[], None], slow: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._fast = self._timer(TABLE_MS, fast)
        self._slow = self._timer(CHART_MS, slow)

    @property
    def running(self) -> bool:
        """Whether the clocks tick."""
        return self._fast.isActive()

    def run(self, wanted: bool) -> None:
        """Start or stop both clocks."""
        if wanted == self.running:
            return
        for timer in (self._fast, self._slow):
            if wanted:
                timer.start()
            else:
                timer.stop()

    def _timer(self, interval: int, call: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval)
        timer.setTimerType(Qt.TimerType.CoarseTimer)
        timer.timeout.connect(call)
        return timer
