"""The log page follows the file, narrows it, copies it, and shows a report before it is copied."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from loadline.domain.errors import Failure
from loadline.gui.application.report import report
from loadline.gui.application.run_log import RunLog
from loadline.gui.log_page.page import LogPage
from loadline.gui.log_page.report_dialog import ReportDialog
from loadline.settings import Settings
from loadline.store.log_file import close_log, open_log, read_log
from tests.support.scripted_run import FileScript, ScriptedRun, shop_orders

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from loadline.gui.theme import Theme

log = logging.getLogger("loadline.tests")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    """Return a log with three entries, still being written."""
    path = tmp_path / "loadline.log"
    handler = open_log(path)
    assert handler is not None
    log.info("The window opens")
    log.warning("A worker ended")
    log.error("The disk is full")
    yield path
    close_log(handler)


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, file: Path) -> Iterator[LogPage]:
    """Return the page of that log, read once."""
    page = LogPage(theme, file, lambda entries: report(Settings(), None, entries))
    qtbot.addWidget(page)
    page.resize(1096, 700)
    page.show()
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)
    yield page
    page.hide()
    page.stop()


def shown(page: LogPage) -> list[str]:
    return [page.model.entry(row).text for row in range(page.model.rowCount())]


def test_levels_and_words_narrow_what_is_shown(page: LogPage) -> None:
    QTest.mouseClick(page.level.button("warnings"), Qt.MouseButton.LeftButton)
    assert shown(page) == ["A worker ended", "The disk is full"]
    QTest.mouseClick(page.level.button("errors"), Qt.MouseButton.LeftButton)
    assert shown(page) == ["The disk is full"]
    QTest.mouseClick(page.level.button("all"), Qt.MouseButton.LeftButton)
    QTest.keyClicks(page.search, "WORKER")
    assert shown(page) == ["A worker ended"]
    assert page.count.text() == "1 of 3 entries"


def test_what_is_noted_meanwhile_appears(page: LogPage, qtbot: QtBot) -> None:
    log.warning("It goes on")
    page._look()
    qtbot.waitUntil(lambda: page.model.rowCount() == 4)
    assert shown(page)[-1] == "It goes on"


def test_the_selected_entries_are_copied_and_without_a_selection_all(page: LogPage) -> None:
    page.copy.click()
    assert len(QGuiApplication.clipboard().text().splitlines()) == 3
    page.table.selectRow(1)
    page.copy.click()
    assert QGuiApplication.clipboard().text().endswith("WARNING tests: A worker ended")


def test_the_report_is_shown_before_it_is_copied(page: LogPage) -> None:
    QGuiApplication.clipboard().setText("nothing yet")
    page.report.click()
    dialog = page.window().findChild(ReportDialog)
    assert dialog is not None
    text = dialog.text.toPlainText()
    assert QGuiApplication.clipboard().text() == "nothing yet"
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == text
    assert "The disk is full" in text


def broken_run() -> ScriptedRun:
    """Return a run of a file whose failure tells a secret and a record."""
    secret = Failure(
        "SourceRefused",
        'mongodb://ann:s3cret@db refused "Ann Lee".',
        cause='  File "/x/app/loadline/y.py", line 3, in go\n    "Ann Lee"',
    )
    run = ScriptedRun([FileScript("customers-of-ann.csv", fails=0.5, error=secret)], name="Polls")
    run.plan()
    run.run_to_end()
    run.failure = replace(secret, sentence='password=s3cret was refused for "Ann Lee".')
    return run


def test_a_report_tells_the_run_without_secrets_records_and_file_names(file: Path) -> None:
    home = Path.home()
    settings = Settings(runs_folder=str(home / "runs"))
    text = report(settings, broken_run(), read_log(file))
    for hidden in ("s3cret", "Ann Lee", "customers-of-ann", str(home)):
        assert hidden not in text
    for told in ("Qt 6", "~/runs", "tasks: 1 failed", "receipt: 0 read", "task 0: SourceRefused"):
        assert told in text


def test_a_run_is_noted_from_begin_to_end_without_secrets_records_and_file_names(
    file: Path,
) -> None:
    notes, run = RunLog(), shop_orders(4)
    run.plan()
    notes.look([run])
    run.run_to_end()
    notes.look([])
    other = broken_run()
    notes.look([other])
    notes.look([])
    text = file.read_text()
    assert f"{run.name} begins: CsvFolderSource, 4 at once" in text
    assert f"{run.name} ended after" in text
    assert "47 done, 1 failed" in text
    assert "task 0: SourceRefused" in text
    assert "loadline/y.py:3 in go" in text
    for hidden in ("s3cret", "Ann Lee", "customers-of-ann"):
        assert hidden not in text
