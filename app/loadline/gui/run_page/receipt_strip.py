"""The receipt in one strip: balanced or not, and a way to the whole of it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loadline.gui.models.receipt_words import ReceiptWords
from loadline.gui.theme import SECTION, SEMIBOLD, SMALL, Theme, font
from loadline.gui.widgets import ElidedLabel, IconLabel, LinkButton, rounded

HEIGHT = 56


class ReceiptStrip(QWidget):
    """56 high, on done or failed soft; hidden while a run goes on."""

    asked = Signal()
    """The user wants to see the whole receipt."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("receiptStrip")
        self.setFixedHeight(HEIGHT)
        self._theme = theme
        self._tone = "done"
        self._icon = IconLabel(theme, "scale", "done.text", 24)
        self._line = ElidedLabel()
        self._line.setFont(font(SECTION, SEMIBOLD))
        self._sum = ElidedLabel(role="secondary", size=SMALL)
        link = LinkButton(theme, self.tr("Show receipt"), after="chevron-right", role="text")
        link.clicked.connect(self.asked)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.setContentsMargins(0, 7, 0, 9)
        texts.addWidget(self._line)
        texts.addWidget(self._sum)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(12)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(texts, 1)
        row.addWidget(link)
        theme.changed.connect(self._tint)
        self.setVisible(False)

    def tell(self, words: ReceiptWords) -> None:
        """Show what the receipt says."""
        self._tone = "done" if words.balanced else "failed"
        self._icon.set_icon("scale" if words.balanced else "circle-alert", f"{self._tone}.text")
        self._line.setText(words.line)
        self._sum.setText(words.sum)
        self.setAccessibleName(words.line)
        self.setAccessibleDescription(words.sum)
        self._tint()
        self.setVisible(True)

    def text(self) -> str:
        """Return the line that is shown."""
        return self._line.text()

    def sum_text(self) -> str:
        """Return the sum below it."""
        return self._sum.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the soft ground and its border."""
        color = self._theme.color
        ground, border = color(f"{self._tone}.soft"), color(f"{self._tone}.fill")
        rounded(QPainter(self), QRectF(self.rect()), 8, ground, border)

    def _tint(self) -> None:
        palette = self._line.palette()
        palette.setColor(self._line.foregroundRole(), self._theme.color(f"{self._tone}.text"))
        self._line.setPalette(palette)
        self.update()
