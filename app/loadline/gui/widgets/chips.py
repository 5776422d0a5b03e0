"""Filter chips: a state, its word and how many there are; also the legend of the progress bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from loadline.gui.models import figures
from loadline.gui.theme import MEDIUM, SEMIBOLD, SMALL, Look, Theme, font
from loadline.gui.widgets.focus import FocusRing
from loadline.gui.widgets.painting import draw_icon, rounded


class FilterChip(FocusRing, QAbstractButton):
    """A checkable chip 28 high; `look` gives icon and word (an empty icon is left out)."""

    def __init__(self, theme: Theme, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._look = look
        self._count = ""
        self.setText(look.word)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(look.word)

    def set_count(self, count: int) -> None:
        """Show how many there are."""
        text = figures.count(count)
        if text == self._count:
            return
        wider = len(text) != len(self._count)
        self._count = text
        self.setAccessibleName(f"{self._look.word} {text}")
        if wider:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return paddings 10, icon 16, word and count with gaps of 6."""
        width = 10 + self._word_width() + 10
        if self._look.icon:
            width += 16 + 6
        if self._count:
            width += 6 + self._metrics_count().horizontalAdvance(self._count)
        return QSize(width, 28)

    def _word_width(self) -> int:
        return QFontMetrics(font(SMALL, MEDIUM)).horizontalAdvance(self._look.word)

    def _metrics_count(self) -> QFontMetrics:
        return QFontMetrics(font(SMALL, SEMIBOLD, numbers=True))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, border, icon, word and count."""
        painter = QPainter(self)
        color = self._theme.color
        chosen = self.isChecked()
        ground = "accentsoft" if chosen else "hover" if self.underMouse() else "surface"
        border = color("accent" if chosen or self.ring else "border")
        width = 2 if self.ring else 1
        rounded(painter, QRectF(self.rect()), 6, color(ground), border, width)
        x = 10
        if self._look.icon:
            draw_icon(
                painter,
                self._theme,
                self._look.icon,
                f"{self._look.tone}.text",
                16,
                x,
                14,
            )
            x += 22
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font(SMALL, MEDIUM))
        painter.setPen(color("accent" if chosen else "text2"))
        painter.drawText(QRectF(x, 0, self.width(), 28), middle, self._look.word)
        painter.setFont(font(SMALL, SEMIBOLD, numbers=True))
        painter.setPen(color("accent" if chosen else "text"))
        x += self._word_width() + 6
        painter.drawText(QRectF(x, 0, self.width(), 28), middle, self._count)
