"""A switch of a few words, of which exactly one is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QWidget,
)

from loadline.gui.theme import BODY, MEDIUM, SEMIBOLD, SMALL, Theme, font
from loadline.gui.widgets.focus import FocusRing
from loadline.gui.widgets.painting import rounded


class _Segment(FocusRing, QAbstractButton):
    def __init__(self, theme: Theme, text: str, *, small: bool) -> None:
        super().__init__()
        self._theme = theme
        self._size = SMALL if small else BODY
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the width of the word in its heavier weight, so that nothing moves."""
        small = self._size == SMALL
        metrics = QFontMetrics(font(SMALL if small else BODY, SEMIBOLD, numbers=True))
        width = metrics.horizontalAdvance(self.text()) + (16 if small else 24)
        return QSize(width, 24 if small else 32)

    def minimumSizeHint(self) -> QSize:
        """Return the same: no label is cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the word; the frame paints the grounds."""
        painter = QPainter(self)
        chosen = self.isChecked()
        weight = SEMIBOLD if chosen else MEDIUM
        painter.setFont(font(SMALL if self._size == SMALL else BODY, weight, numbers=True))
        role = "accent" if chosen else "text" if self.underMouse() else "text2"
        painter.setPen(self._theme.color(role))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class Segments(QWidget):
    """Words side by side in one frame; `chosen` is emitted with the key of the new one."""

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        options: Sequence[tuple[str, str]],
        *,
        small: bool = False,
        equal: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._equal = equal
        self._small = small
        self._keys: list[str] = []
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(1)
        self.setAccessibleName(name)
        across = QSizePolicy.Policy.Minimum if equal else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        for key, text in options:
            self.add(key, text)
        self._group.idToggled.connect(self._toggled)

    def add(self, key: str, text: str) -> None:
        """Add a word at the right; the first one added is chosen."""
        button = _Segment(self._theme, text, small=self._small)
        self._keys.append(key)
        self._group.addButton(button, len(self._keys) - 1)
        self._row.addWidget(button, 1 if self._equal else 0)
        if len(self._keys) == 1:
            button.setChecked(True)

    def count(self) -> int:
        """Return how many words there are."""
        return len(self._keys)

    def key(self) -> str:
        """Return the key of the chosen word."""
        return self._keys[self._group.checkedId()]

    def choose(self, key: str) -> None:
        """Choose a word by its key."""
        self._group.button(self._keys.index(key)).setChecked(True)

    def button(self, key: str) -> QAbstractButton:
        """Return the button of a word, e.g. for a tooltip."""
        return self._group.button(self._keys.index(key))

    def set_text(self, key: str, text: str) -> None:
        """Change a word."""
        button = self.button(key)
        if button.text() != text:
            button.setText(text)
            button.setAccessibleName(text)
            button.updateGeometry()

    def _toggled(self, number: int, on: bool) -> None:
        self.update()
        if on:
            self.chosen.emit(self._keys[number])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame, the chosen ground, the lines between and the focus."""
        painter = QPainter(self)
        color = self._theme.color
        frame = QRectF(self.rect())
        rounded(painter, frame, 6, color("surface"))
        buttons = self._group.buttons()
        for button in buttons:
            if button.isChecked():
                painter.save()
                path = QPainterPath()
                path.addRoundedRect(frame.adjusted(1, 1, -1, -1), 5, 5)
                painter.setClipPath(path)
                painter.fillRect(button.geometry(), color("accentsoft"))
                painter.restore()
        for button in buttons[1:]:
            painter.fillRect(button.x() - 1, 1, 1, self.height() - 2, color("border"))
        rounded(painter, frame, 6, None, color("border2"))
        self._paint_focus(painter, buttons)

    def _paint_focus(self, painter: QPainter, buttons: Sequence[QAbstractButton]) -> None:
        for button in buttons:
            if isinstance(button, _Segment) and button.ring:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(self._theme.color("accent"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                rect = QRectF(button.geometry()).adjusted(1, 1, -1, -1)
                painter.drawRoundedRect(rect, 5, 5)
