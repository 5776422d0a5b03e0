"""About: which version this is, what it is made with, and the licences of all that."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

from PySide6.QtCore import QUrl, Signal, qVersion
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loadline import __version__
from loadline.gui.theme import SMALL, Theme
from loadline.gui.widgets import Button, Text


def licences_folder() -> Path | None:
    """Return the folder with the licence texts that a package has, None in a checkout."""
    folder = Path(sys.executable).resolve().parent / "licences"
    return folder if getattr(sys, "frozen", False) and folder.is_dir() else None


class About(QWidget):
    """Versions in a line, the terms, a button to their texts, and one to the manual."""

    manual_asked = Signal()

    def __init__(self, theme: Theme, licences: Path | None) -> None:
        super().__init__()
        self.setObjectName("about")
        self._licences = licences
        self.versions = Text(
            f"Loadline {__version__}, Python {platform.python_version()}, Qt {qVersion()}"
        )
        self.versions.setObjectName("versions")
        terms = self.tr("Free to use, change and pass on (MIT). Qt is used under the LGPL 3.")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.versions)
        words.addWidget(Text(terms, "hint", size=SMALL, wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(16)
        row.addLayout(words, 1)
        self.manual = Button(theme, self.tr("Manual"), "book-open")
        self.manual.setObjectName("manualButton")
        self.manual.setToolTip(self.tr("Open the manual (F1)"))
        self.manual.clicked.connect(self.manual_asked)
        row.addWidget(self.manual)
        self.button = Button(theme, self.tr("Licences"), "external-link")
        self.button.setObjectName("licencesButton")
        self.button.setVisible(False)
        row.addWidget(self.button)
        if licences is not None:
            self.button.setVisible(True)
            self.button.clicked.connect(self._open)

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._licences)))
