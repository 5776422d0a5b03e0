"""What the Connections page shows while there is no connection."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loadline.gui.theme import SMALL, Theme
from loadline.gui.widgets import Button, IconLabel, SectionTitle, Text


class NoConnections(QWidget):
    """A title, a line and two ways on; the sample only where it is `offered`."""

    sample_wanted = Signal()

    def __init__(self, theme: Theme, *, offered: bool) -> None:
        super().__init__()
        self.add = Button(theme, self.tr("Add a connection"), "plus", "primary")
        self.add.setObjectName("firstConnectionButton")
        self.sample = Button(theme, self.tr("Try it with sample data"), "flask-conical")
        self.sample.setObjectName("sampleServerButton")
        self.sample.setToolTip(
            self.tr("Starts a small database server on this computer; it ends with the program.")
        )
        self.sample.setVisible(offered)
        self.sample.clicked.connect(self.sample_wanted)
        self._told = Text("", "secondary", size=SMALL)
        centre = Qt.AlignmentFlag.AlignHCenter
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.add)
        buttons.addWidget(self.sample)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addStretch(4)
        column.addWidget(IconLabel(theme, "database", "text3", 40), 0, centre)
        column.addSpacing(16)
        column.addWidget(SectionTitle(self.tr("No connections yet")), 0, centre)
        column.addSpacing(6)
        text = self.tr("Add a MongoDB server to see what it holds, and to load from it.")
        column.addWidget(Text(text, "secondary"), 0, centre)
        column.addSpacing(20)
        column.addLayout(buttons)
        column.addSpacing(12)
        column.addWidget(self._told, 0, centre)
        column.addStretch(5)

    def show_starting(self, *, starting: bool) -> None:
        """Say that the sample server is being started, or say nothing."""
        self._told.set_role("secondary")
        self._told.setText(self.tr("Starting the sample server …") if starting else "")

    def show_failure(self, sentence: str) -> None:
        """Say why the sample server could not be started."""
        self._told.set_role("failed")
        self._told.setText(sentence)
