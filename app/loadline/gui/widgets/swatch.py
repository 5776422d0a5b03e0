"""The colours of a scorecard's comparisons: swatches, and the striped ones from the sixth on."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from loadline.gui.theme import Theme, qcolor
from loadline.gui.widgets.painting import rounded

STRIPE = 2


def comparison_color(theme: Theme, number: int) -> QColor:
    """Return the colour of comparison `number` (from 0); they begin again after the fifth."""
    colors = theme.tokens.comparisons
    return qcolor(colors[number % len(colors)])


def draw_share(
    painter: QPainter, theme: Theme, rect: QRectF, number: int, radius: float = 2
) -> None:
    """Draw a block in a comparison's colour; from the sixth on with a stripe through it."""
    if rect.width() <= 0:
        return
    rounded(painter, rect, min(radius, rect.width() / 2), comparison_color(theme, number))
    if number >= len(theme.tokens.comparisons):
        middle = round(rect.center().y()) - STRIPE / 2
        stripe = QRectF(rect.left(), middle, rect.width(), STRIPE)
        painter.fillRect(stripe, theme.color("surface"))


class Swatch(QWidget):
    """A square of 12 px in the colour of a comparison."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme = theme
        self._number = number
        self.setFixedSize(12, 12)

    def set_number(self, number: int) -> None:
        """Take the colour of another comparison."""
        self._number = number
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the square."""
        draw_share(QPainter(self), self._theme, QRectF(self.rect()), self._number)
