"""The Timeline tab: legend, how busy the workers were, and the timeline itself."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from loadline.domain.timeline import Outcome
from loadline.gui.models import figures
from loadline.gui.models.time_axis import Span
from loadline.gui.run_page.run_like import RunLike
from loadline.gui.run_page.timeline_view import FILLS, TimelineView
from loadline.gui.theme import SMALL, Theme, font
from loadline.gui.widgets import Text, rounded


class Legend(QWidget):
    """Swatches with words, for what has happened so far."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._words = {
            Outcome.DONE: self.tr("Done"),
            Outcome.RUNNING: self.tr("Running"),
            Outcome.RETRIED: self.tr("Broken off, tried again"),
            Outcome.STOPPED: self.tr("Worker stopped"),
            Outcome.FAILED: self.tr("Failed"),
            Outcome.CANCELLED: self.tr("Cancelled"),
        }
        self.setAccessibleName(self.tr("Legend"))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return 24 px of height."""
        return QSize(500, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint swatches and words."""
        painter = QPainter(self)
        painter.setFont(font(SMALL))
        metrics = QFontMetrics(painter.font())
        middle = Qt.AlignmentFlag.AlignVCenter
        x = 0
        for outcome, word in self._words.items():
            rounded(painter, QRectF(x, 6, 12, 12), 2, self._theme.color(FILLS[outcome][0]))
            painter.setPen(self._theme.color("text2"))
            painter.drawText(QRectF(x + 18, 0, 300, 24), middle, word)
            x += 18 + metrics.horizontalAdvance(word) + 16
        painter.fillRect(x, 12, 12, 1, self._theme.color("text3"))
        painter.drawText(QRectF(x + 18, 0, 200, 24), middle, self.tr("Idle"))


class TimelineTab(QWidget):
    """Legend over the lanes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.view = TimelineView(theme)
        self._busy = Text("", "secondary", size=SMALL, numbers=True)
        row = QHBoxLayout()
        row.setContentsMargins(24, 4, 24, 2)
        row.addWidget(Legend(theme), 1)
        row.addWidget(self._busy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.view, 1)

    def refresh(self, run: RunLike, span: Span) -> None:
        """Show the attempts of this moment."""
        self.view.refresh(run, span)
        timeline = run.board.timeline
        if not timeline.workers:
            self._busy.setText("")
            return
        busy = figures.percent(timeline.busy(run.elapsed()))
        self._busy.setText(self.tr("Workers were busy {0} of the time").format(busy))
