"""The one door to resources."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QFile
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QRawFont

from loadline import assets

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

SIGNS = "−→←↑↓≥≤≠≈…–—·× \u202f\u2011ÄŁőŠžß€0123456789"


def test_an_icon_is_svg_text_that_takes_a_colour() -> None:
    assert "currentColor" in assets.icon("scale")


def test_what_is_not_shipped_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"icons/nothing\.svg"):
        assets.icon("nothing")


def test_every_icon_can_be_drawn_small() -> None:
    for file in assets.path("icons").glob("*.svg"):
        text = file.read_text(encoding="utf-8")
        assert text.startswith("<svg"), file
        assert 'viewBox="0 0 ' in text, file


def test_the_font_comes_in_three_weights_with_every_sign(qapp: QApplication) -> None:
    assert "Inter" in assets.register_fonts()
    for weight in (QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold):
        font = QFont("Inter")
        font.setWeight(weight)
        info = QFontInfo(font)
        assert (info.family(), info.weight()) == ("Inter", weight)
        raw = QRawFont.fromFont(font)
        assert [sign for sign in SIGNS if not raw.supportsCharacter(ord(sign))] == []


def test_the_font_has_digits_of_equal_width(qapp: QApplication) -> None:
    font = QFont("Inter")
    font.setFeature(QFont.Tag("tnum"), 1)
    metrics = QFontMetricsF(font)
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("8888")


def test_qt_finds_icons_by_their_short_path(qapp: QApplication) -> None:
    assets.register_search_paths()
    assert QFile.exists("icons:scale.svg")


def test_the_licences_lie_beside_what_they_are_for() -> None:
    assert "Open Font License" in assets.path("fonts", "OFL.txt").read_text(encoding="utf-8")
    assert "ISC License" in assets.path("icons", "LICENSE").read_text(encoding="utf-8")


def test_the_door_opens_without_qt() -> None:
    code = "import sys, loadline.assets as a; a.icon('scale'); sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_sample_is_a_folder_of_seven_files() -> None:
    names = sorted(file.name for file in assets.sample_folder().iterdir())
    assert len(names) == 7
    assert {name.partition(".")[2] for name in names} == {"csv", "csv.gz", "tsv"}
