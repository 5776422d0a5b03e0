"""About: the versions, and the licences where a package has them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from loadline import __version__
from loadline.gui.settings_page.about import About, licences_folder
from loadline.gui.theme import Theme

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot


class Opener(QObject):
    """Stands for the system's file manager."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


def test_the_version_is_told_and_a_checkout_has_no_licences_to_open(
    qtbot: QtBot, theme: Theme
) -> None:
    about = About(theme, licences_folder())
    qtbot.addWidget(about)
    about.show()
    assert f"Loadline {__version__}," in about.versions.text()
    assert not about.button.isVisible()


def test_a_package_opens_the_licences_that_lie_beside_it(
    qtbot: QtBot, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "licences"
    folder.mkdir()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "loadline"))
    about = About(theme, licences_folder())
    qtbot.addWidget(about)
    about.show()
    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "open")  # type: ignore[arg-type]
    try:
        about.button.click()
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert opener.opened == [str(folder)]
