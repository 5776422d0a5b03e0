"""A notice: one sentence on a soft ground with an icon and at most one link."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from loadline.gui.theme import Theme
from loadline.gui.widgets.link import LinkButton
from loadline.gui.widgets.painting import rounded
from loadline.gui.widgets.pill import IconLabel

_STRONG = '<span style="font-weight: 600">'  # <b> would be 700, a weight that is not shipped


class Notice(QWidget):
    """At least 40 high, radius 8; `tone` is a state's name, e.g. ``waiting`` or ``failed``.

    The sentence may hold ``<b>``; it wraps where it does not fit. `link_clicked` is emitted
    when the link at the right is pressed.
    """

    link_clicked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone = "queued"
        self._icon = IconLabel(theme, "info", "queued.text")
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.RichText)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._link = LinkButton(theme, "")
        self._link.clicked.connect(self.link_clicked)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._label, 1)
        row.addWidget(self._link)
        self.setMinimumHeight(40)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def add(self, widget: QWidget) -> None:
        """Put a small control at the right end."""
        self._row.addWidget(widget)

    def tell(self, sentence: str, *, icon: str, tone: str, link: str = "") -> None:
        """Show a sentence; the notice becomes visible."""
        self._tone = tone
        self._icon.set_icon(icon, f"{tone}.text")
        self._label.setText(sentence.replace("<b>", _STRONG).replace("</b>", "</span>"))
        self._link.setText(link)
        self._link.setVisible(bool(link))
        self.setAccessibleName(sentence.replace("<b>", "").replace("</b>", ""))
        self.setVisible(True)
        self.update()

    def text(self) -> str:
        """Return the sentence that is shown, without marks."""
        return self.accessibleName()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the soft ground."""
        ground = self._theme.color(f"{self._tone}.soft")
        rounded(QPainter(self), QRectF(self.rect()), 8, ground)
