"""The Timeline tab: legend, how busy the workers were, and the timeline itself."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from loadline.domain.timeline import Outcome
from loadline.gui.models import figures, timeline_zoom
from loadline.gui.models.time_axis import Span
from loadline.gui.run_page.run_like import RunLike
from loadline.gui.run_page.timeline_paint import FILLS
from loadline.gui.run_page.timeline_view import TimelineView
from loadline.gui.theme import SMALL, Theme, font
from loadline.gui.widgets import Button, Text, rounded

BACKWARD = Qt.BrushStyle.BDiagPattern


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
        self._shown: list[Outcome] = []
        self._held = False
        self.setAccessibleName(self.tr("Legend"))
        theme.changed.connect(self.update)

    def tell(self, outcomes: Collection[Outcome], *, held: bool) -> None:
        """Explain these outcomes, and gaps in which something was held back."""
        shown = [outcome for outcome in self._words if outcome in outcomes]
        if (shown, held) != (self._shown, self._held):
            self._shown, self._held = shown, held
            self.update()

    def sizeHint(self) -> QSize:
        """Return 24 px of height."""
        return QSize(500, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint swatches and words."""
        painter = QPainter(self)
        painter.setFont(font(SMALL))
        x = 0
        for outcome in self._shown:
            swatch = QRectF(x, 6, 12, 12)
            rounded(painter, swatch, 2, self._theme.color(FILLS[outcome][0]))
            x = self._word(painter, x, self._words[outcome])
        if self._held:
            swatch = QRectF(x, 6, 12, 12)
            rounded(painter, swatch, 2, self._theme.color("waiting.soft"))
            painter.fillRect(swatch, QBrush(self._theme.color("waiting.fill"), BACKWARD))
            x = self._word(painter, x, self.tr("Held back"))
        painter.fillRect(x, 12, 12, 1, self._theme.color("text3"))
        self._word(painter, x, self.tr("Idle"))

    def _word(self, painter: QPainter, x: int, word: str) -> int:
        """Draw the words of a swatch at `x` and return where the next one begins."""
        painter.setPen(self._theme.color("text2"))
        place = QRectF(x + 18, 0, 300, 24)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, word)
        return x + 18 + QFontMetrics(painter.font()).horizontalAdvance(word) + 16


class TimelineTab(QWidget):
    """Legend over the lanes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.view = TimelineView(theme)
        self._busy = Text("", "secondary", size=SMALL, numbers=True)
        row = QHBoxLayout()
        row.setContentsMargins(24, 4, 24, 2)
        self.legend = Legend(theme)
        row.addWidget(self.legend, 1)
        row.addWidget(self._busy)
        row.setSpacing(4)
        row.addSpacing(8)
        self.farther = self._button("zoom-out", self.tr("Look from farther (−)"))
        self.nearer = self._button("zoom-in", self.tr("Look nearer (+)"))
        self.all = self._button("maximize-2", self.tr("Show all (0)"))
        for button in (self.farther, self.nearer, self.all):
            row.addWidget(button)
        self.farther.clicked.connect(self._look_from_farther)
        self.nearer.clicked.connect(self._look_nearer)
        self.all.clicked.connect(self.view.fit)
        self.view.zoom_changed.connect(self._zoom_changed)
        self._zoom_changed()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.view, 1)

    def _button(self, icon: str, name: str) -> Button:
        return Button(self._theme, icon=icon, variant="quiet", size="small", name=name)

    def _look_nearer(self) -> None:
        self.view.zoom(timeline_zoom.KEY_STEP)

    def _look_from_farther(self) -> None:
        self.view.zoom(1.0 / timeline_zoom.KEY_STEP)

    def _zoom_changed(self) -> None:
        self.farther.setEnabled(self.view.zoomed)
        self.all.setEnabled(self.view.zoomed)

    def refresh(self, run: RunLike, span: Span) -> None:
        """Show the attempts of this moment."""
        self.view.refresh(run, span)
        timeline = run.board.timeline
        held = any(gap.reason is not None for gap in self.view.gaps())
        self.legend.tell(timeline.outcomes(), held=held)
        if not timeline.workers:
            self._busy.setText("")
            return
        busy = figures.percent(timeline.busy(run.elapsed()))
        self._busy.setText(self.tr("Workers were busy {0} of the time").format(busy))
