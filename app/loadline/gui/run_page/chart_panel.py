"""The chart with its title line: what is measured, over which time, and the same as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from loadline.domain.receipt import RUN_ENDED
from loadline.domain.throughput import Speed
from loadline.gui.models import time_axis
from loadline.gui.models.curve import Curve, Measure, curve_of, spoken, summary
from loadline.gui.models.sample_model import SampleModel
from loadline.gui.models.time_axis import Span
from loadline.gui.run_page.run_like import RunLike
from loadline.gui.theme import BODY, SEMIBOLD, SMALL, Theme, font
from loadline.gui.widgets import Button, Segments, TableView, Text

if TYPE_CHECKING:
    from loadline.gui.run_page.chart import ThroughputChart

PLOT = 112
PLOT_HIGH = 170
TITLE = 32


class _Blank(QWidget):
    """Stands where the chart will be, until it is loaded."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the zero line alone."""
        painter = QPainter(self)
        left, width = time_axis.LEFT, self.width() - time_axis.LEFT - time_axis.RIGHT
        painter.fillRect(left, self.height() - 22, width, 1, self._theme.color("border2"))


class ChartPanel(QWidget):
    """Title line 32 over the plot; the plot comes with `load`, after the first paint."""

    mark_clicked = Signal(object)
    """The `Mark` that is clicked."""
    measure_changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("throughputChart")
        self._theme = theme
        self.chart: ThroughputChart | None = None
        self.span = Span()
        self.curve = Curve()
        self._title = Text(self.tr("Speed"))
        self._title.setFont(font(BODY, SEMIBOLD))
        self._summary = Text("", "secondary", size=SMALL, numbers=True)
        self.measure = Segments(
            theme, self.tr("What is measured"),
            [(Measure.ROWS, self.tr("Rows/s")), (Measure.BYTES, self.tr("MB/s")),
             (Measure.MEMORY, self.tr("Memory"))], small=True,
        )  # fmt: skip
        self.time = Segments(
            theme, self.tr("Which time"),
            [("recent", self.tr("Last 6 min")), ("whole", self.tr("Whole run"))], small=True,
        )  # fmt: skip
        name = self.tr("Show the numbers as a table")
        self.table_button = Button(theme, icon="table", variant="quiet", size="small", name=name)
        self.table_button.setCheckable(True)
        self._samples = SampleModel()
        self.table = TableView(theme, self.tr("Speed over time"))
        self.table.setModel(self._samples)
        self.table.set_widths([104, 120, 120, 120])
        self.table.horizontalHeader().setStretchLastSection(True)
        self._stack = QStackedWidget()
        self._stack.addWidget(_Blank(theme))
        self._stack.addWidget(self.table)
        self._lay_out()
        self.measure.chosen.connect(self.measure_changed)
        self.time.chosen.connect(self.measure_changed)
        self.table_button.toggled.connect(self._show_table)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(24, 4, 24, 4)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addWidget(self._summary, 1)
        row.addWidget(self.table_button)
        row.addWidget(self.time)
        row.addWidget(self.measure)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._stack, 1)
        self.set_high(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_high(self, high: bool) -> None:
        """Give the plot more height in a high window."""
        self.setFixedHeight(TITLE + 4 + (PLOT_HIGH if high else PLOT))

    def load(self) -> bool:
        """Import pyqtgraph and put the chart in its place; False when it is there already."""
        if self.chart is not None:
            return False
        from loadline.gui.run_page.chart import ThroughputChart

        self.chart = ThroughputChart(self._theme)
        self.chart.setAccessibleName(self.tr("Speed over time"))
        self.chart.mark_clicked.connect(self.mark_clicked)
        self._stack.insertWidget(0, self.chart)
        self._show_table(self.table_button.isChecked())
        return True

    def show_whole(self) -> None:
        """Show the whole run."""
        self.time.choose("whole")

    def show_run(self, run: RunLike) -> None:
        """Begin with the last six minutes; an ended run is shown as a whole."""
        self.time.choose("whole" if run.state in RUN_ENDED else "recent")
        self.refresh(run)

    def move_on(self, run: RunLike) -> None:
        """Move the time axis on, which the timeline shares."""
        recent = self.time.key() == "recent"
        self.span = self._span_of(run, run.elapsed(), recent=recent)

    def refresh(self, run: RunLike) -> None:
        """Draw the samples and marks of this moment: one `setData`."""
        self.move_on(run)
        speeds = self._speeds(run)
        recent = self.time.key() == "recent"
        self.curve = curve_of(speeds, Measure(self.measure.key()))
        memory = self.curve.measure is Measure.MEMORY
        self._title.setText(self.tr("Memory") if memory else self.tr("Speed"))
        told = recent and self.span.start > 0
        self._summary.setText(summary(self.curve, recent=told))
        if self.chart is not None and not self.table_button.isChecked():
            self.chart.draw(self.curve, self.span, run.throughput.marks)
            words = [mark.text for mark in run.throughput.marks[-3:]]
            self.chart.setAccessibleDescription(spoken(self.curve, words))
        elif self.table_button.isChecked():
            self._samples.show_samples(speeds, run.throughput.marks)

    def summary_text(self) -> str:
        """Return what stands beside the title."""
        return self._summary.text()

    def _speeds(self, run: RunLike) -> list[Speed]:
        whole = self.time.key() == "whole"
        return run.throughput.whole() if whole else run.throughput.recent()

    def _span_of(self, run: RunLike, now: float, *, recent: bool) -> Span:
        if recent:
            return time_axis.recent(now)
        return time_axis.ended(now) if run.state in RUN_ENDED else time_axis.whole(now)

    def _show_table(self, shown: bool) -> None:
        first = self._stack.widget(0)
        if first is not None:
            self._stack.setCurrentWidget(self.table if shown else first)
        self.measure_changed.emit()
