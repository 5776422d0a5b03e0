"""The window in another language: every string is collected, translated, and fits."""

from __future__ import annotations

import re
import runpy
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QWidget

from loadline import assets
from loadline.domain.tasks import TaskRow, TaskState, WaitReason
from loadline.gui.application.language import speak, spoken
from loadline.gui.log_page.page import LogPage
from loadline.gui.models.task_order import TaskColumn
from loadline.gui.run_page.task_table import WIDTHS
from loadline.gui.run_page.timeline_tab import TimelineTab
from loadline.gui.settings_page.page import SettingsPage
from loadline.gui.theme import BODY, MEDIUM, font, task_look
from loadline.gui.widgets import ElidedLabel
from loadline.gui.widgets.table import PAD
from loadline.settings import Settings
from tests.support.new_jobs import asked, looked_at, page, polls_folder
from tests.support.run_pages import NewPage, new_page, recorded
from tests.support.scripted_run import shop_orders

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from loadline.gui.new_job_page import NewJobPage
    from loadline.gui.theme import Theme

__all__ = ["asked", "new_page", "page", "polls_folder", "recorded"]
ROOT = Path(__file__).parents[2]
GERMAN = ROOT / "resources" / "i18n" / "loadline_de.ts"
TOOLS = runpy.run_path(str(ROOT / "packaging" / "translations.py"))
_SHOWN = re.compile(
    r"(?:setText|setToolTip|setAccessibleName|setWindowTitle|setPlaceholderText|Text|Title"
    r"|SectionTitle|Button|CheckBox|addAction|addItem|StatusItem)\(\s*"
    r"(?:(?:self\.)?_?theme,\s*)?f?\"([A-Z][a-z]+[^\"]*)\""
)
MISSING = 0.03
"""Share of strings that may still wait for a translator: they are shown in English."""
_NAMES = {"Loadline", "Loadline {__version__}, Python {platform.python_version()}, Qt {qVersion()}"}


def messages(file: Path) -> dict[tuple[str, str], str]:
    """Return the translations of a ``.ts`` file by context and source."""
    found: dict[tuple[str, str], str] = {}
    for context in ET.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            told = message.find("translation")
            done = told is not None and told.get("type") is None
            key = (context.findtext("name") or "", message.findtext("source") or "")
            found[key] = (told.text or "") if done and told is not None else ""
    return found


def test_the_translations_know_every_string_of_the_sources(tmp_path: Path) -> None:
    fresh = tmp_path / GERMAN.name
    shutil.copy(GERMAN, fresh)
    TOOLS["collect"]([fresh])
    unknown = set(messages(fresh)) - set(messages(GERMAN))
    assert unknown == set(), "run: make translations"


def test_what_the_collecting_tool_finds_is_all_that_is_marked() -> None:
    known = {source for _, source in messages(GERMAN)}
    marked: set[str] = set()
    for file in TOOLS["SOURCES"].rglob("*.py"):
        marked |= TOOLS["marked"](file.read_text(encoding="utf-8"))
    assert marked - known == set()


def test_no_string_that_is_shown_goes_past_the_translation() -> None:
    past = {
        (file.name, text)
        for file in TOOLS["SOURCES"].rglob("*.py")
        for text in _SHOWN.findall(file.read_text(encoding="utf-8"))
        if text not in _NAMES
    }
    assert past == set()


def test_german_is_nearly_complete_and_keeps_every_place_holder() -> None:
    told = messages(GERMAN)
    missing = [source for (_, source), text in told.items() if not text]
    assert len(missing) <= MISSING * len(told), missing
    holder = re.compile(r"\{\d?\}")
    wrong = [
        s
        for (_, s), t in told.items()
        if t and sorted(holder.findall(s)) != sorted(holder.findall(t))
    ]
    assert wrong == []


@pytest.fixture
def german(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Speak German during a test."""
    made = TOOLS["compiled"](GERMAN, tmp_path)
    monkeypatch.setattr(assets, "translation", lambda name: made if name == "de" else None)
    before = set(qapp.findChildren(QTranslator))
    monkeypatch.setattr("PySide6.QtCore.QLocale.setDefault", lambda _locale: None)
    assert speak(qapp, "de") == "de"
    yield
    for words in set(qapp.findChildren(QTranslator)) - before:
        QCoreApplication.removeTranslator(words)
        words.deleteLater()


def clipped(page: QWidget) -> list[str]:
    """Return the texts of controls that are narrower than their words, and forms cut at a side."""
    QCoreApplication.processEvents()  # the layouts follow their words
    found = []
    for area in page.findChildren(QScrollArea):
        inside = area.widget()
        if inside is not None and area.isVisible() and inside.width() > area.viewport().width():
            found.append(f"{area.objectName()}: {inside.width()} in {area.viewport().width()}")
    for control in page.findChildren(QWidget):
        text: Any = control.text() if isinstance(control, QAbstractButton | QLabel) else ""
        cut = isinstance(control, ElidedLabel) or getattr(control, "wordWrap", bool)()
        if text and control.isVisible() and not cut:
            wanted = control.minimumSizeHint().width()
            if control.width() < wanted:
                found.append(f"{text}: {control.width()} of {wanted}")
    return found


@pytest.mark.usefixtures("german")
async def test_the_new_job_page_fits_in_german(page: NewJobPage, polls_folder: Path) -> None:
    page.show_welcome(first=True)
    assert clipped(page) == []
    page.take_path(polls_folder)
    await looked_at(page)
    assert page.form.footer.save.text() == "Auftrag speichern"
    assert clipped(page) == []


@pytest.mark.usefixtures("german")
def test_the_run_page_fits_in_german(new_page: NewPage) -> None:
    run = shop_orders(4)
    run.plan()
    run.advance(100.0)
    page = new_page(run)
    page.tabs.show_page(page.timeline)
    assert page.header.cancel.text() == "Abbrechen"
    assert clipped(page) == []
    assert isinstance(page.timeline, TimelineTab)
    run.run_to_end()
    page.show_run(run)
    assert page.header.again.text() == "Wiederholen"
    assert clipped(page) == []


@pytest.mark.usefixtures("german")
def test_every_state_and_reason_fits_its_column_in_german(theme: Theme) -> None:
    assert cut_states() == []


def test_every_state_and_reason_fits_its_column(theme: Theme) -> None:
    assert cut_states() == []


def cut_states() -> list[str]:
    """Return the words of the State column that would be cut where it is narrowest."""
    room = WIDTHS[TaskColumn.STATE] - 2 * PAD - 24
    metrics = QFontMetrics(font(BODY, MEDIUM))
    rows = [TaskRow(0, "a", state=state) for state in TaskState]
    rows += [
        TaskRow(0, "a", state=TaskState.WAITING, reason=reason, until=9.5) for reason in WaitReason
    ]
    words = [task_look(row).word for row in rows]
    return [word for word in words if metrics.horizontalAdvance(word) > room]


@pytest.mark.usefixtures("german")
def test_settings_and_log_fit_in_german(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    settings = SettingsPage(theme, Settings(), lambda _settings: None, ("de",))
    log = LogPage(theme, tmp_path / "loadline.log", lambda _entries: "")
    for shown in (settings, log):
        qtbot.addWidget(shown)
        shown.resize(840, 652)
        with qtbot.waitExposed(shown):
            shown.show()
        assert clipped(shown) == []
        shown.hide()
    log.stop()


def test_a_language_that_is_not_shipped_leaves_the_window_english(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "translation", lambda _name: None)
    monkeypatch.setattr("PySide6.QtCore.QLocale.setDefault", lambda _locale: None)
    assert speak(qapp, "xx") == "en"
    assert spoken("") == "en"
