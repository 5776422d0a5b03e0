"""Text in the roles of the type scale: titles, section titles, field labels, big numbers."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from loadline.gui.theme import (
    BODY,
    MEDIUM,
    SECTION,
    SEMIBOLD,
    SMALL,
    TITLE,
    Theme,
    font,
)
from loadline.gui.theme.fonts import Size


class Title(QLabel):
    """A page's title, 20/600."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setFont(font(TITLE, SEMIBOLD))
        self.setTextFormat(Qt.TextFormat.PlainText)


class SectionTitle(QLabel):
    """A section's title, 15/600."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setFont(font(SECTION, SEMIBOLD))
        self.setTextFormat(Qt.TextFormat.PlainText)


class Text(QLabel):
    """Plain text; `role` is empty, ``secondary``, ``hint``, ``failed`` or ``accent``."""

    def __init__(
        self,
        text: str = "",
        role: str = "",
        *,
        size: Size = BODY,
        strong: bool = False,
        wrap: bool = False,
        numbers: bool = False,
    ) -> None:
        super().__init__(text)
        self.setFont(font(size, MEDIUM, numbers=numbers) if strong else font(size, numbers=numbers))
        self.setProperty("role", role)
        self.setWordWrap(wrap)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def set_role(self, role: str) -> None:
        """Change the colour's role."""
        if self.property("role") != role:
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)


class FieldLabel(QLabel):
    """The label of a field, 12/500; its mnemonic leads to `buddy`."""

    def __init__(self, text: str, buddy: QWidget | None = None) -> None:
        super().__init__(text)
        self.setFont(font(SMALL, MEDIUM))
        self.setProperty("role", "secondary")
        if buddy is not None:
            self.setBuddy(buddy)
            plain = text.replace("&", "")
            target = buddy.focusProxy() or buddy
            if not target.accessibleName():
                target.setAccessibleName(plain)


class ElidedLabel(QLabel):
    """Text that is cut with an ellipsis where it does not fit, and then told by its tooltip.

    With `set_whole` it is shown whole or not at all: a note of which half says nothing.
    """

    def __init__(
        self,
        text: str = "",
        role: str = "",
        *,
        size: Size = BODY,
        strong: bool = False,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__(text)
        self._mode = mode
        self._whole = False
        self.setFont(font(size, SEMIBOLD if strong else font().weight()))
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_whole(self, *, whole: bool) -> None:
        """Show nothing, rather than a part, where the text does not fit."""
        if whole != self._whole:
            self._whole = whole
            self.update()

    def shown_text(self) -> str:
        """Return what fits, as it is painted."""
        text = self.text()
        shown = QFontMetrics(self.font()).elidedText(text, self._mode, self.width())
        return "" if self._whole and shown != text else shown

    def minimumSizeHint(self) -> QSize:
        """Return no width: it may be cut."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much of the text as fits."""
        painter = QPainter(self)
        shown = self.shown_text()
        self.setToolTip(self.text() if shown != self.text() else "")
        painter.setPen(self.palette().color(self.foregroundRole()))
        flags = self.alignment() | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), flags, shown)


class BigNumber(QWidget):
    """A label 12 over a number 20/600 with a quiet unit behind it."""

    def __init__(self, theme: Theme, label: str) -> None:
        super().__init__()
        self._theme = theme
        self._number = ""
        self._unit = ""
        self._label = Text(label, "secondary", size=SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 28)
        column.setSpacing(0)
        column.addWidget(self._label)
        self.setAccessibleName(label)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_label(self, label: str) -> None:
        """Change the words over the number."""
        if self._label.text() != label:
            self._label.setText(label)
            self.setAccessibleName(label)
            self.setMinimumWidth(max(self.minimumWidth(), self._wide()))

    def set_number(self, number: str, unit: str = "") -> None:
        """Show a number as text and its unit; the widget grows but never shrinks."""
        if (number, unit) == (self._number, self._unit):
            return
        self._number, self._unit = number, unit
        self.setAccessibleDescription(f"{number} {unit}".strip())
        width = self._wide()
        if width > self.minimumWidth():
            self.setMinimumWidth(width)
        self.update()

    def text(self) -> str:
        """Return number and unit as shown."""
        return f"{self._number} {self._unit}".strip()

    def _wide(self) -> int:
        big = QFontMetrics(font(TITLE, SEMIBOLD, numbers=True)).horizontalAdvance(self._number)
        unit = QFontMetrics(font(BODY, MEDIUM, numbers=True)).horizontalAdvance(self._unit)
        return max(self._label.sizeHint().width(), big + (unit + 4 if self._unit else 0) + 1)

    def sizeHint(self) -> QSize:
        """Return 16 for the label, 4 between and 24 for the number."""
        return QSize(max(self._wide(), self.minimumWidth()), 44)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the number on the line's base, the unit behind it."""
        painter = QPainter(self)
        big = font(TITLE, SEMIBOLD, numbers=True)
        base = self.height() - 6
        painter.setFont(big)
        painter.setPen(self._theme.color("text"))
        painter.drawText(0, base, self._number)
        if self._unit:
            x = QFontMetrics(big).horizontalAdvance(self._number) + 4
            painter.setFont(font(BODY, MEDIUM, numbers=True))
            painter.setPen(self._theme.color("text2"))
            painter.drawText(x, base, self._unit)


class Rule(QFrame):
    """A line of 1 px between panes."""

    def __init__(self, *, vertical: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "rule")
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
