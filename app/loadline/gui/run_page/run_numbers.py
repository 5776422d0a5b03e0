"""The row of big numbers: progress, rows, speed, time left."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from loadline.domain.receipt import RunState
from loadline.gui.models import figures
from loadline.gui.models.shares import Shares
from loadline.gui.run_page.run_like import RunLike
from loadline.gui.theme import Theme
from loadline.gui.widgets import BigNumber

GAP = 40
GAP_NARROW = 24
NARROW = 1000
_STILL = frozenset({RunState.PLANNING, RunState.PAUSED, RunState.FINISHING})


class RunNumbers(QWidget):
    """Seven numbers side by side, 40 apart."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.progress = BigNumber(theme, self.tr("Progress"))
        self.rows = BigNumber(theme, self.tr("Rows so far"))
        self.rate = BigNumber(theme, self.tr("Rows per second"))
        self.speed = BigNumber(theme, self.tr("Speed"))
        self.read = BigNumber(theme, self.tr("Read"))
        self.left = BigNumber(theme, self.tr("Time left"))
        self.clock = BigNumber(theme, self.tr("Running for"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        for number in self._all():
            self._row.addWidget(number)
        self._row.addStretch(1)

    def set_narrow(self, narrow: bool) -> None:
        """Stand closer where the window is small."""
        self._row.setSpacing(GAP_NARROW if narrow else GAP)

    def show_run(self, run: RunLike, shares: Shares) -> None:
        """Show the numbers of this moment."""
        scores = run.job.score is not None
        self.rows.set_label(self.tr("Scored so far") if scores else self.tr("Rows so far"))
        self.rate.set_label(self.tr("Records per second") if scores else self.tr("Rows per second"))
        for number in (self.speed, self.read):
            number.setVisible(not scores)
        now = run.throughput.now()
        board = run.board
        self.progress.set_number(figures.percent(shares.progress))
        self.rows.set_number(figures.count(board.rows_loaded))
        self.rate.set_number(figures.count(figures.leading(now.rows, 4)))
        self.speed.set_number(*_per_second(now.bytes))
        figure, unit = figures.size_parts(board.size)
        read = figures.size_in(board.bytes_read, unit)
        self.read.set_number(read, self.tr("of {0} {1}").format(figure, unit))
        still = run.state in _STILL
        left = None if still else run.throughput.seconds_left(shares.left)
        self.left.set_number(figures.time_left(left) if shares.total else figures.NONE)
        self.clock.set_number(figures.clock(run.elapsed()))

    def _all(self) -> tuple[BigNumber, ...]:
        return (
            self.progress, self.rows, self.rate, self.speed, self.read, self.left, self.clock,
        )  # fmt: skip


def _per_second(speed: float) -> tuple[str, str]:
    figure, unit = figures.size_parts(speed)
    return figure, f"{unit}/s"
