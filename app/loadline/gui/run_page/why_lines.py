"""The lines of an explanation: a comparison with its points, and a rank without one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from loadline.domain.jobs import Comparison
from loadline.gui.models import score_words
from loadline.gui.theme import BODY, MEDIUM, SEMIBOLD, SMALL, Theme, font
from loadline.gui.widgets import draw_icon, rounded
from loadline.gui.widgets.swatch import draw_share
from loadline.scoring.explain import Points

HEIGHT = 63
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Found:
    """One comparison of one record; `length` is its weight as a share of the heaviest."""

    comparison: Comparison
    name: str
    points: Points
    reference: str
    record: str
    length: float


class WhyLine(QWidget):
    """What a comparison found, the points it gives, both values and a bar."""

    def __init__(self, theme: Theme, number: int, found: Found) -> None:
        super().__init__()
        self._theme, self._number, self._found = theme, number, found
        self.words = score_words.found(found.comparison, found.points.closeness)
        got, most = found.points.got, found.points.possible
        if most > 0.0:
            self.points = f"+{score_words.score_text(got)}"
            self.possible = self.tr("of {0}").format(score_words.score_text(most))
        else:
            self.points, self.possible = "", self.tr("does not count")
        self.setFixedHeight(HEIGHT)
        told = f"{found.comparison.field}: {self.words}, {self.points} {self.possible}"
        self.setAccessibleName(told)
        self.setToolTip(f"{found.comparison.field}\n{found.reference}\n{found.record}")

    def sizeHint(self) -> QSize:
        """Return the fixed height."""
        return QSize(200, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint three lines and the line below."""
        painter = QPainter(self)
        color = self._theme.color
        self._paint_head(painter)
        half = self.width() / 2
        painter.setFont(font(SMALL))
        for left, text, role in ((0.0, self._found.reference, "text2"),
                                 (half, self._found.record, "text")):  # fmt: skip
            painter.setPen(color(role))
            self._line(painter, QRectF(left, 27, half - 8, 16), text)
        track = self.width() * self._found.length
        rounded(painter, QRectF(0, 48, track, 6), 3, color("track"))
        points = self._found.points
        if points.possible > 0.0:
            full = track * points.got / points.possible
            draw_share(painter, self._theme, QRectF(0, 48, full, 6), self._number, 3)
        painter.fillRect(0, HEIGHT - 1, self.width(), 1, color("line"))

    def _paint_head(self, painter: QPainter) -> None:
        color = self._theme.color
        draw_share(painter, self._theme, QRectF(0, 12, 8, 8), self._number)
        small = font(SMALL, numbers=True)
        painter.setFont(small)
        painter.setPen(color("text2"))
        painter.drawText(QRectF(0, 8, self.width(), 16), _RIGHT, self.possible)
        right = self.width() - painter.fontMetrics().horizontalAdvance(self.possible) - 4
        painter.setFont(font(SMALL, SEMIBOLD, numbers=True))
        painter.setPen(color("text"))
        painter.drawText(QRectF(0, 8, right, 16), _RIGHT, self.points)
        right -= painter.fontMetrics().horizontalAdvance(self.points) + 8
        painter.setFont(font(BODY, SEMIBOLD))
        x = 14 + self._line(painter, QRectF(14, 8, right - 14, 16), self._found.name)
        painter.setFont(font(SMALL))
        painter.setPen(color("text2"))
        if right - x > 24:
            self._line(painter, QRectF(x + 8, 8, right - x - 8, 16), self.words)

    def _line(self, painter: QPainter, area: QRectF, text: str) -> float:
        """Draw one line, cut where it does not fit; return its width."""
        metrics = painter.fontMetrics()
        cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(area.adjusted(0, 0, 2, 0), _MIDDLE, cut)
        return metrics.horizontalAdvance(cut)


def rank_words(rank: int, without: int) -> str:
    """Return e.g. ``up to number 2``."""
    if without < rank:
        text = QCoreApplication.translate("WithoutLine", "up to number {0}")
    elif without > rank:
        text = QCoreApplication.translate("WithoutLine", "down to number {0}")
    else:
        text = QCoreApplication.translate("WithoutLine", "stays number {0}")
    return text.format(without)


class WithoutLine(QWidget):
    """The rank of a record if one comparison did not count; 22 high."""

    def __init__(self, theme: Theme, field: str, rank: int, without: int) -> None:
        super().__init__()
        self._theme = theme
        self.words = rank_words(rank, without)
        self._name = self.tr("Without {0}").format(field)
        change = (without > rank) - (without < rank)
        self._icon = {-1: "arrow-up", 0: "minus", 1: "arrow-down"}[change]
        self._role = {-1: "done.text", 0: "text2", 1: "waiting.text"}[change]
        self.setFixedHeight(22)
        self.setAccessibleName(f"{self._name}: {self.words}")

    def sizeHint(self) -> QSize:
        """Return the fixed height."""
        return QSize(160, 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint name, icon and words."""
        painter = QPainter(self)
        color = self._theme.color
        painter.setFont(font(SMALL, MEDIUM))
        painter.setPen(color(self._role))
        painter.drawText(QRectF(0, 0, self.width(), 22), _RIGHT, self.words)
        x = self.width() - painter.fontMetrics().horizontalAdvance(self.words) - 18
        draw_icon(painter, self._theme, self._icon, self._role, 12, x, 11)
        painter.setFont(font(SMALL))
        painter.setPen(color("text2"))
        name = painter.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, x - 8)
        painter.drawText(QRectF(0, 0, x, 22), _MIDDLE, name)
