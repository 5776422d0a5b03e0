"""The run's progress bar: its bytes by state, 8 high, in one paint event."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from loadline.domain.tasks import TaskState
from loadline.gui.models import figures
from loadline.gui.models.shares import Segment, Shares, segments
from loadline.gui.theme import Theme, state_look

HEIGHT = 8
RADIUS = 4
HATCH_ALPHA = 90


class RunProgress(QWidget):
    """Done, kept, failed, cancelled, waiting, running and queued side by side."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("runProgress")
        self.setAccessibleName(self.tr("Progress of the run"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._shares = Shares({})
        theme.changed.connect(self.update)

    def set_shares(self, shares: Shares) -> None:
        """Show another spread of bytes over states."""
        if shares == self._shares:
            return
        self._shares = shares
        self.setAccessibleDescription(figures.percent(shares.progress))
        self.setToolTip(self._legend())
        self.update()

    def sizeHint(self) -> QSize:
        """Return 8 px of height."""
        return QSize(200, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint all segments, clipped to the bar's round ends."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        painter.setClipPath(outline)
        pieces = segments(self._shares, self.width())
        if not pieces:
            painter.fillRect(self.rect(), self._theme.color("track"))
        for piece in pieces:
            self._paint(painter, piece)

    def _paint(self, painter: QPainter, piece: Segment) -> None:
        color = self._theme.color
        left, right = round(piece.left), round(piece.left + piece.width)
        area = QRectF(left, 0, right - left, HEIGHT)
        if piece.state is TaskState.QUEUED:
            painter.fillRect(area, color("track"))
            return
        fill = color(f"{piece.state.value}.fill")
        if piece.state is not TaskState.RUNNING:
            painter.fillRect(area, fill)
            if piece.state is TaskState.KEPT:
                hatch = QColor(color("surface"))
                hatch.setAlpha(HATCH_ALPHA)
                painter.fillRect(area, QBrush(hatch, Qt.BrushStyle.BDiagPattern))
            return
        painter.fillRect(area, color("running.soft"))
        painter.fillRect(QRectF(left, 0, round(area.width() * piece.read), HEIGHT), fill)
        painter.setPen(QPen(fill, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.drawRect(area.adjusted(0, 0, -1, -1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _legend(self) -> str:
        total = self._shares.total or 1
        lines = [
            f"{state_look(state).word}: {figures.percent(weight / total)}"
            for state, weight in self._shares.weights.items()
            if weight
        ]
        return "\n".join(lines)
