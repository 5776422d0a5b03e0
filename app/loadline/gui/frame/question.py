"""A question over the window that waits without stopping anything."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from loadline.gui.theme import Theme
from loadline.gui.widgets import Button, IconLabel, SectionTitle, Text
from loadline.gui.widgets.button import Variant


class Asking(QDialog):
    """What questions share: an icon, words under a title, and two buttons; never `exec`."""

    def __init__(self, theme: Theme, parent: QWidget, title: str, text: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self._theme = theme

    def ask(self, agree: Button, refuse: Button, icon: str, tone: str, *below: QWidget) -> None:
        """Lay everything out; `below` stands under the words."""
        self.agree, self.refuse = agree, refuse
        agree.setObjectName("agreeButton")
        refuse.setObjectName("refuseButton")
        agree.clicked.connect(self.accept)
        refuse.clicked.connect(self.reject)
        body = Text(self.accessibleDescription(), "secondary", wrap=True)
        body.setFixedWidth(360)
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(SectionTitle(self.windowTitle()))
        words.addWidget(body)
        if below:
            words.addSpacing(8)
        for widget in below:
            words.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(IconLabel(self._theme, icon, tone, 24), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(refuse)
        buttons.addWidget(agree)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(24)
        column.addLayout(row)
        column.addLayout(buttons)


class Question(Asking):
    """One sentence, what follows from it, and two buttons; opened by `open`.

    `yes` is called when the person agrees; Escape and the other button close it. Without words
    for `refuse` it only tells.
    """

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        title: str,
        text: str,
        agree: str,
        refuse: str,
        yes: Callable[[], None] | None = None,
        *,
        variant: Variant = "danger",
        icon: str = "triangle-alert",
    ) -> None:
        super().__init__(theme, parent, title, text)
        self.setObjectName("question")
        self._yes = yes
        self.ask(Button(theme, agree, variant=variant), Button(theme, refuse), icon, "waiting.text")
        self.accepted.connect(self._agreed)
        self.refuse.setVisible(bool(refuse))
        (self.refuse if refuse else self.agree).setFocus()

    def _agreed(self) -> None:
        if self._yes is not None:
            self._yes()
