"""A question over the window that waits without stopping anything."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from loadline.gui.theme import Theme
from loadline.gui.widgets import Button, IconLabel, SectionTitle, Text
from loadline.gui.widgets.button import Variant


class Question(QDialog):
    """One sentence, what follows from it, and two buttons; opened by `open`, never `exec`.

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
        super().__init__(parent)
        self.setObjectName("question")
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self._yes = yes
        self.agree = Button(theme, agree, variant=variant)
        self.agree.setObjectName("agreeButton")
        self.refuse = Button(theme, refuse)
        self.refuse.setObjectName("refuseButton")
        self.agree.clicked.connect(self.accept)
        self.refuse.clicked.connect(self.reject)
        self.accepted.connect(self._agreed)
        body = Text(text, "secondary", wrap=True)
        body.setFixedWidth(360)
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(SectionTitle(title))
        words.addWidget(body)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(IconLabel(theme, icon, "waiting.text", 24), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.refuse)
        buttons.addWidget(self.agree)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(24)
        column.addLayout(row)
        column.addLayout(buttons)
        self.refuse.setVisible(bool(refuse))
        (self.refuse if refuse else self.agree).setFocus()

    def _agreed(self) -> None:
        if self._yes is not None:
            self._yes()
