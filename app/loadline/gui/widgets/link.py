"""A link: accent text without a frame."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from loadline.gui.theme import MEDIUM, Theme, font
from loadline.gui.widgets.focus import FocusRing
from loadline.gui.widgets.painting import draw_icon, rounded


class LinkButton(FocusRing, QAbstractButton):
    """A button that reads as a link; `icon` stands before the word, `after` behind it."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        icon: str = "",
        *,
        after: str = "",
        role: str = "accent",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._icon, self._after, self._role = theme, icon, after, role
        self.setText(text)
        self.setFont(font(weight=MEDIUM))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def setText(self, text: str) -> None:
        """Change the word."""
        super().setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def set_icon(self, icon: str) -> None:
        """Change the icon before the word."""
        self._icon = icon
        self.update()

    def sizeHint(self) -> QSize:
        """Return the word, its icons with gaps of 6, and 4 for the focus ring."""
        width = QFontMetrics(self.font()).horizontalAdvance(self.text())
        width += 20 * (bool(self._icon) + bool(self._after))
        return QSize(width + 8, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint icon, word and focus ring."""
        painter = QPainter(self)
        role = self._role if self.isEnabled() else "text3"
        x = 4
        if self._icon:
            draw_icon(painter, self._theme, self._icon, role, 14, x, 12)
            x += 20
        shown = font(weight=MEDIUM)
        if self.underMouse() and self.isEnabled():
            shown = type(shown)(shown)
            shown.setUnderline(True)
        painter.setFont(shown)
        painter.setPen(self._theme.color(role))
        width = QFontMetrics(shown).horizontalAdvance(self.text())
        painter.drawText(QRectF(x, 0, width + 1, 24), Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._after:
            draw_icon(painter, self._theme, self._after, role, 14, x + width + 6, 12)
        if self.ring:
            rounded(painter, QRectF(self.rect()), 4, None, self._theme.color("accent"), 2)
