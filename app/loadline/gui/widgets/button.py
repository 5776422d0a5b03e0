"""Push buttons: primary, plain, danger and quiet, in three heights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from loadline.gui.theme import BODY, MEDIUM, SECTION, SEMIBOLD, Theme, font
from loadline.gui.widgets.focus import FocusRing
from loadline.gui.widgets.painting import rounded

Variant = Literal["primary", "plain", "danger", "quiet"]
ButtonSize = Literal["small", "normal", "big"]


@dataclass(frozen=True, slots=True)
class _Measure:
    height: int
    padding: int
    gap: int
    icon: int


_MEASURES = {
    "small": _Measure(28, 10, 8, 14),
    "normal": _Measure(32, 12, 8, 16),
    "big": _Measure(40, 16, 8, 20),
}
_RADIUS = 6


class Button(FocusRing, QPushButton):
    """A push button that paints itself from the tokens; without text it is a square.

    `icon` is a Lucide name. Where there is no text, give `name`: it becomes the accessible
    name and the tooltip.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        icon: str = "",
        variant: Variant = "plain",
        size: ButtonSize = "normal",
        *,
        name: str = "",
        chevron: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._icon = icon
        self._variant: Variant = variant
        self._measure = _MEASURES[size]
        self._chevron = chevron
        self.setFixedHeight(self._measure.height)
        big = size == "big"
        self.setFont(font(SECTION if big else BODY, SEMIBOLD if big else MEDIUM))
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        if name:
            self.setToolTip(name)
        self.setAccessibleName(name or text.replace("&", ""))

    def set_look(self, text: str, icon: str, variant: Variant | None = None) -> None:
        """Change text, icon and variant together, e.g. Pause into Resume."""
        self._icon = icon
        self._variant = variant or self._variant
        self.setText(text)
        self.setAccessibleName(text.replace("&", ""))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the width of icon, gap and text between the paddings."""
        m = self._measure
        if not self.text() and not self._chevron:
            return QSize(m.height, m.height)
        width = m.padding * 2 + sum(self._parts()) + m.gap * (len(self._parts()) - 1)
        return QSize(width, m.height)

    def minimumSizeHint(self) -> QSize:
        """Return the same: no label is cut."""
        return self.sizeHint()

    def _parts(self) -> list[int]:
        icon = [self._measure.icon] if self._icon else []
        text = [self._text_width()] if self.text() else []
        return icon + text + ([14] if self._chevron else [])

    def _text_width(self) -> int:
        metrics = QFontMetrics(self.font())
        return metrics.size(Qt.TextFlag.TextShowMnemonic, self.text()).width()

    def _roles(self) -> tuple[str | None, str | None, str, str]:
        """Return the roles of background, border, icon and text."""
        over = self.underMouse() or self.isDown()
        if self._variant == "primary":
            return "accenth" if over else "accent", None, "onaccent", "onaccent"
        back = "hover" if over else ("surface" if self._variant != "quiet" else None)
        border = None if self._variant == "quiet" else "border2"
        if self._variant == "danger":
            return back, border, "failed.text", "failed.text"
        quiet = self._variant == "quiet"
        return back, border, "text2" if quiet else "text", "text2" if quiet else "text"

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint background, border or focus ring, icon and text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        back, border, icon_role, text_role = self._roles()
        if not self.isEnabled():
            back, border = None, None if self._variant == "quiet" else "border"
        rect = QRectF(self.rect())
        color = self._theme.color
        rounded(painter, rect, _RADIUS, color(back) if back else None,
                color(border) if border else None)  # fmt: skip
        if self.ring:
            # On the accent itself the ring is cut out of the fill, or it could not be seen.
            inset = 3.0 if self._variant == "primary" else 1.0
            ring = color("onaccent" if self._variant == "primary" else "accent")
            width = 1.0 if self._variant == "primary" else 2.0
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(ring, width))
            painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), 5, 5)
        self._paint_content(painter, icon_role, text_role)

    def _paint_content(self, painter: QPainter, icon_role: str, text_role: str) -> None:
        m = self._measure
        parts = self._parts()
        x = (self.width() - sum(parts) - m.gap * max(0, len(parts) - 1)) / 2
        if self._icon:
            role = icon_role if self.isEnabled() else "border2"
            self._paint_icon(painter, self._icon, role, m.icon, x)
            x += m.icon + m.gap
        if self.text():
            color = QColor(self._theme.color(text_role if self.isEnabled() else "text3"))
            color.setAlphaF(1.0 if self.isEnabled() else 0.6)
            painter.setPen(color)
            width = self._text_width()
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic
            painter.drawText(QRectF(round(x), 0, width + 2, self.height()), flags, self.text())
            x += width + m.gap
        if self._chevron:
            self._paint_icon(painter, "chevron-down", icon_role, 14, x)

    def _paint_icon(self, painter: QPainter, name: str, role: str, size: int, x: float) -> None:
        ratio = self.devicePixelRatioF()
        picture = self._theme.pixmap(name, role, size, ratio)
        painter.drawPixmap(QPointF(round(x), (self.height() - size) // 2), picture)
