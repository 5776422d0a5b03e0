"""The manual: every chapter has its pictures and its links, F1 opens the right one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from loadline import assets
from loadline.gui.application.help import CHAPTERS
from loadline.gui.manual import ManualWindow
from loadline.gui.manual.chapters import chapters
from loadline.gui.theme import Theme

KEYS = [chapter.key for chapter in chapters()]


@pytest.fixture
def manual(theme: Theme) -> Iterator[ManualWindow]:
    above = QWidget()
    yield ManualWindow(theme, above)
    above.deleteLater()


def linked(attribute: str) -> list[tuple[Path, str]]:
    found = []
    for chapter in chapters():
        text = chapter.path.read_text(encoding="utf-8")
        found += [(chapter.path, name) for name in re.findall(rf'{attribute}="([^"]+)"', text)]
    return found


@pytest.mark.parametrize(("chapter", "name"), linked("src") + linked("href"))
def test_what_a_chapter_shows_and_links_to_is_shipped(chapter: Path, name: str) -> None:
    assert (chapter.parent / name).is_file()


def test_every_page_has_a_chapter() -> None:
    assert set(CHAPTERS.values()) <= set(KEYS)


def test_a_chapter_is_shown_by_its_key(manual: ManualWindow) -> None:
    manual.open_at("scoring")
    assert manual.shown() == "scoring"
    assert "compares an input with every record" in manual.reader.toPlainText().replace("\n", " ")


def test_an_unknown_key_shows_the_first_chapter(manual: ManualWindow) -> None:
    manual.open_at("no such chapter")
    assert manual.shown() == KEYS[0]


def test_a_link_leads_to_its_chapter(manual: ManualWindow) -> None:
    manual.open_at("first-load")
    manual.reader.anchorClicked.emit(QUrl("02-files.html"))
    assert manual.shown() == "files"


def test_escape_closes_it(manual: ManualWindow) -> None:
    manual.open_at("keys")
    assert QTest.qWaitForWindowActive(manual)
    QTest.keyClick(manual.reader, Qt.Key.Key_Escape)
    assert not manual.isVisible()


def test_pictures_from_outside_the_manual_are_not_read(manual: ManualWindow) -> None:
    manual.open_at("first-load")
    outside = assets.path("icons", "loadline.svg")
    assert manual.reader.loadResource(2, QUrl(f"../../../{outside.name}")) is None
    assert manual.reader.loadResource(2, QUrl(outside.as_uri())) is None
