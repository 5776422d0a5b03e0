"""A line edit in which the place of a mistake can be underlined."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QInputMethodEvent, QTextCharFormat

from loadline.gui.theme import Theme
from loadline.gui.widgets.fields import LineEdit


class MarkedEdit(LineEdit):
    """`mark` underlines some characters until the text is edited; the text stays as it is."""

    def __init__(
        self, theme: Theme, name: str, *, icon: str = "", placeholder: str = "", small: bool = False
    ) -> None:
        self._marked: tuple[int, int] | None = None
        super().__init__(theme, name, icon=icon, placeholder=placeholder, small=small)
        self.textEdited.connect(self.clear_mark)

    @property
    def marked(self) -> tuple[int, int] | None:
        """First character and number of characters that are underlined, or None."""
        return self._marked

    def mark(self, start: int, length: int) -> None:
        """Underline `length` characters from `start` on."""
        self._marked = (start, length)
        style = QTextCharFormat()
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        style.setUnderlineColor(self._theme.color("failed.text"))
        style.setForeground(self._theme.color("failed.text"))
        style.setBackground(self._theme.color("failed.soft"))
        # A line edit takes formats only the way that an input method gives them, from the cursor
        # on: https://doc.qt.io/qt-6/qinputmethodevent.html
        kind = QInputMethodEvent.AttributeType.TextFormat
        at = start - self.cursorPosition()
        self._format([QInputMethodEvent.Attribute(kind, at, length, style)])

    def clear_mark(self) -> None:
        """Take the underline away."""
        if self._marked is not None:
            self._marked = None
            self._format([])

    def go_to_mark(self) -> None:
        """Put the cursor before what is underlined."""
        if self._marked is not None:
            start, length = self._marked
            self.setCursorPosition(start)
            self.mark(start, length)

    def changeEvent(self, event: QEvent) -> None:
        """Paint the mark in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._marked is not None:
            self.mark(*self._marked)

    def _format(self, attributes: list[QInputMethodEvent.Attribute]) -> None:
        QCoreApplication.sendEvent(self, QInputMethodEvent("", attributes))
