"""Where own measures go, told where there are none."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QWidget

from loadline.gui.theme import SMALL, Theme
from loadline.gui.widgets import ElidedLabel, LinkButton
from loadline.scoring.own import own_scorers, scorers_folder


class OwnMeasures(QWidget):
    """A line that names the folder, and opens it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        told = self.tr("Own measures: put them into {0}").format(scorers_folder())
        words = ElidedLabel(told, "hint", size=SMALL, mode=Qt.TextElideMode.ElideMiddle)
        self.open = LinkButton(theme, self.tr("Show folder"), "folder")
        self.open.setObjectName("ownMeasuresButton")
        self.open.setToolTip(
            self.tr("Measures in it are listed after the next start. The manual says how.")
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(12)
        row.addWidget(words, 1)
        row.addWidget(self.open)
        self.open.clicked.connect(self._open)
        self.setVisible(not own_scorers())

    def _open(self) -> None:
        folder = scorers_folder()
        folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
