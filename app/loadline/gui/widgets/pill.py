"""Small painted signs: state pills, icons, type chips and count badges."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from loadline.domain.schema import ColumnType
from loadline.gui.theme import SEMIBOLD, SMALL, Look, Theme, TypeLook, font, type_look
from loadline.gui.widgets.painting import draw_icon, rounded

_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class Pill(QWidget):
    """A state as icon and word on its soft colour, 24 high."""

    def __init__(
        self, theme: Theme, look: Look | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._look = look
        self.setFont(font(SMALL, SEMIBOLD, numbers=True))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setVisible(look is not None)
        if look:
            self.setAccessibleName(look.word)

    def text(self) -> str:
        """Return the word that is shown."""
        return self._look.word if self._look else ""

    def set_look(self, look: Look) -> None:
        """Show another state."""
        if look == self._look:
            return
        self._look = look
        self.setAccessibleName(look.word)
        self.setVisible(True)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return icon 16, gap 6, word, paddings 6 and 8."""
        return QSize(
            6 + 16 + 6 + QFontMetrics(self.font()).horizontalAdvance(self.text()) + 8,
            24,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the soft ground, the icon and the word."""
        if self._look is None:
            return
        painter = QPainter(self)
        tone = self._look.tone
        rounded(painter, QRectF(self.rect()), 6, self._theme.color(f"{tone}.soft"))
        draw_icon(painter, self._theme, self._look.icon, f"{tone}.text", 16, 6, 12)
        painter.setPen(self._theme.color(f"{tone}.text"))
        painter.drawText(QRectF(28, 0, self.width() - 28, 24), _MIDDLE, self._look.word)


class IconLabel(QWidget):
    """One icon in the colour of a role; repainted with the theme."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        role: str = "text2",
        size: int = 16,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._name, self._role, self._size = theme, name, role, size
        self.setFixedSize(size, size)

    def set_icon(self, name: str, role: str) -> None:
        """Show another icon."""
        self._name, self._role = name, role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon."""
        painter = QPainter(self)
        draw_icon(painter, self._theme, self._name, self._role, self._size, 0, self._size / 2)


def chip_width(look: TypeLook) -> int:
    """Return the width of a type chip with the type's word."""
    sign = QFontMetrics(font(SMALL, SEMIBOLD)).horizontalAdvance(look.sign) if look.sign else 12
    return 6 + sign + 5 + QFontMetrics(font(SMALL)).horizontalAdvance(look.word) + 6


def draw_chip(
    painter: QPainter,
    theme: Theme,
    look: TypeLook,
    rect: QRectF,
    *,
    differs: bool = False,
) -> None:
    """Draw a type chip into `rect` (20 high); `differs` marks types that files disagree on."""
    tone, text = ("failed.soft", "failed.text") if differs else ("hover", "text2")
    rounded(painter, rect, 6, theme.color(tone))
    x = rect.left() + 6
    painter.setPen(theme.color(text))
    if look.sign:
        painter.setFont(font(SMALL, SEMIBOLD))
        width = QFontMetrics(painter.font()).horizontalAdvance(look.sign)
        painter.drawText(QRectF(x, rect.top(), width + 1, rect.height()), _MIDDLE, look.sign)
    else:
        width = 12
        draw_icon(painter, theme, look.icon, text, 12, x, rect.center().y())
    painter.setFont(font(SMALL))
    area = QRectF(x + width + 5, rect.top(), rect.right() - x - width - 5, rect.height())
    painter.drawText(area, _MIDDLE, look.word)


class TypeChip(QWidget):
    """A column's type as icon and word on a neutral ground, 20 high."""

    def __init__(self, theme: Theme, kind: ColumnType, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._look = type_look(kind)
        self.setFixedSize(chip_width(self._look), 20)
        self.setAccessibleName(self._look.word)

    def set_type(self, kind: ColumnType) -> None:
        """Show another type."""
        self._look = type_look(kind)
        self.setFixedSize(chip_width(self._look), 20)
        self.setAccessibleName(self._look.word)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip."""
        draw_chip(QPainter(self), self._theme, self._look, QRectF(self.rect()))
