"""The New job page: from a folder to a job, with the newest answer only."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDoubleSpinBox,
    QLineEdit,
    QMenu,
    QPushButton,
    QSpinBox,
    QTableView,
)

from loadline.domain.errors import SourceMissing
from loadline.domain.jobs import PATTERNS, CsvFolderSource, ForcedDialect, Job, Output
from loadline.domain.policy import Policy
from loadline.domain.survey import Hint, Survey
from loadline.gui.new_job_page.dialect_popover import DialectPopover
from loadline.gui.new_job_page.drift_model import FIRST, WRITTEN
from loadline.gui.new_job_page.popover import ValuesPopover
from loadline.gui.theme import Theme
from loadline.store.job_file import read_job, write_job
from tests.support import surveys
from tests.support.new_jobs import Asked, asked, looked_at, page, polls_folder, until

if TYPE_CHECKING:
    from loadline.gui.new_job_page import NewJobPage

__all__ = ["asked", "page", "polls_folder"]  # fixtures


def drop(page: NewJobPage, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    page.form.zone.dropEvent(event)


def press(page: NewJobPage, name: str) -> None:
    button = page.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


async def test_a_dropped_folder_and_start_give_a_job(
    page: NewJobPage, asked: Asked, polls_folder: Path
) -> None:
    drop(page, polls_folder)
    await looked_at(page)
    press(page, "startButton")

    assert asked.jobs == [
        Job(
            name="Polls",
            source=CsvFolderSource(path=str(polls_folder)),
            policy=Policy(),
            output=Output(path=str(polls_folder.parent / "polls.parquet")),
        )
    ]


async def test_start_does_not_wait_for_the_look_at_the_files(
    page: NewJobPage, asked: Asked, polls_folder: Path
) -> None:
    async def never(_source: CsvFolderSource) -> Survey:
        await asyncio.Event().wait()
        raise AssertionError

    asked.answer = never
    page.take_path(polls_folder)
    press(page, "startButton")

    assert [job.name for job in asked.jobs] == ["Polls"]


async def test_what_is_set_stands_in_the_job(
    page: NewJobPage, asked: Asked, polls_folder: Path
) -> None:
    page.take_path(polls_folder)
    await looked_at(page)
    for name, value in (("capSpin", 3), ("retriesSpin", 0), ("deadlineSpin", 60)):
        spin = page.findChild(QSpinBox, name)
        assert isinstance(spin, QSpinBox)
        spin.setValue(value)
    rate = page.findChild(QDoubleSpinBox, "rateSpin")
    assert isinstance(rate, QDoubleSpinBox)
    rate.setValue(0.5)
    page.form.on_failure.setCurrentIndex(1)
    page.form.columns.setCurrentIndex(1)
    page.form.pattern.setText("*.csv , *.tsv")
    page.form.output.setText("all.csv")
    press(page, "startButton")

    job = asked.jobs[0]
    assert job.policy == Policy(
        concurrency=3, rate=0.5, deadline=60.0, retries=0, on_failure="stop"
    )
    assert isinstance(job.source, CsvFolderSource)
    assert job.source.columns == "common"
    assert job.source.pattern == ("*.csv", "*.tsv")
    assert job.output == Output(path=str(polls_folder.parent / "all.csv"))


async def test_the_keyboard_alone_is_enough(
    page: NewJobPage, asked: Asked, polls_folder: Path, qapp: QApplication
) -> None:
    edit = page.findChild(QLineEdit, "folderEdit")
    assert isinstance(edit, QLineEdit)
    page.activateWindow()
    await until(qapp.focusWindowChanged, page.isActiveWindow)
    edit.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClicks(edit, str(polls_folder))
    QTest.keyClick(edit, Qt.Key.Key_Return)
    await looked_at(page)
    QTest.keyClick(page.window(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await until(page.form.footer.start.clicked, lambda: asked.jobs)

    assert [job.source for job in asked.jobs] == [CsvFolderSource(path=str(polls_folder))]


async def test_an_answer_that_was_overtaken_is_dropped(
    page: NewJobPage, asked: Asked, polls_folder: Path
) -> None:
    first: asyncio.Future[Survey] = asyncio.get_running_loop().create_future()

    async def slow_then_quick(source: CsvFolderSource) -> Survey:
        if len(asked.sources) == 1:
            # Shielded: a worker that cannot be stopped answers although nobody waits any more.
            return await asyncio.shield(first)
        assert source.pattern == ("*.csv",)
        return Survey(surveys.polls().files[:2], surveys.polls().columns)

    asked.answer = slow_then_quick
    page.take_path(polls_folder)
    page.form.pattern.setText("*.csv")
    await looked_at(page)
    first.set_result(surveys.polls())
    await asyncio.sleep(0)

    assert page.looked_at.drift.model.rowCount() == 2
    assert asked.sources[-1].pattern == ("*.csv",)


async def test_quick_typing_asks_once(page: NewJobPage, asked: Asked, polls_folder: Path) -> None:
    page.take_path(polls_folder)
    await looked_at(page)
    before = len(asked.sources)
    QTest.keyClicks(page.form.pattern, ", *.dat")
    await looked_at(page)

    assert [source.pattern[-1] for source in asked.sources[before:]] == ["*.dat"]


async def test_a_folder_that_cannot_be_used_is_told_in_plain_words(
    page: NewJobPage, asked: Asked, tmp_path: Path
) -> None:
    async def missing(_source: CsvFolderSource) -> Survey:
        raise SourceMissing("There is no matching file.", advice="Check the pattern.")

    asked.answer = missing
    page.take_path(tmp_path)
    await looked_at(page)

    assert page.message.isVisible()
    assert page.message.text() == "There is no matching file. Check the pattern."
    assert not page.form.footer.start.isEnabled()
    assert page.job() is None


async def test_a_mended_folder_takes_the_message_away(
    page: NewJobPage, asked: Asked, tmp_path: Path
) -> None:
    async def missing(_source: CsvFolderSource) -> Survey:
        raise SourceMissing("There is no matching file.")

    asked.answer = missing
    page.take_path(tmp_path)
    await looked_at(page)
    asked.answer = None
    page.form.pattern.setText("*.csv")
    await looked_at(page)

    assert not page.message.isVisible()
    assert page.form.footer.start.isEnabled()


async def test_a_result_that_is_there_is_never_replaced_unasked(
    page: NewJobPage, asked: Asked, polls_folder: Path
) -> None:
    taken = polls_folder.parent / "polls.parquet"
    taken.write_bytes(b"mine")
    page.take_path(polls_folder)
    await looked_at(page)
    assert page.form.output.text() == "polls-2.parquet"

    page.form.output.setText("polls.parquet")
    assert not page.form.footer.start.isEnabled()
    page.form.replace.click()
    press(page, "startButton")

    assert asked.jobs[0].output == Output(path=str(taken), overwrite=True)


async def test_the_page_says_what_the_job_gives(page: NewJobPage, polls_folder: Path) -> None:
    page.take_path(polls_folder)
    await looked_at(page)

    assert "64,046 rows, 35 columns" in page.form.footer.words()
    assert page.form.columns.itemText(0) == "Keep all 34 columns"
    assert page.form.columns.itemText(1) == "Keep the 21 that all files have"
    assert [item.text for item in page.status()] == ["Ready to start"]
    estimate = page.estimate()
    assert estimate is not None
    assert estimate.text == "About 2 seconds"


async def test_a_saved_job_opens_as_it_was_saved(
    page: NewJobPage, polls_folder: Path, tmp_path: Path
) -> None:
    source = CsvFolderSource(
        path=str(polls_folder), recursive=True, order="modified", types="text", columns="same",
        source_column=False, row_column=True, column_types={"zip": "text"},
        column_names={"pollno": "poll_id"}, dialect=ForcedDialect(delimiter=";"),
        pattern=("*.csv", "*.dat"),
    )  # fmt: skip
    job = Job(
        name="Mine", source=source, output=Output(path=str(tmp_path / "out.csv")),
        policy=Policy(concurrency=2, rate=1.5, job_deadline=60.0, on_failure="stop"),
    )  # fmt: skip
    file = tmp_path / "mine.toml"
    write_job(file, job)

    page.take_path(file)
    await looked_at(page)

    assert page.job() == job
    assert read_job(file) == job


async def test_a_broken_job_file_is_told_and_changes_nothing(
    page: NewJobPage, tmp_path: Path
) -> None:
    file = tmp_path / "broken.toml"
    file.write_text("colour = 1\n")

    page.take_path(file)

    assert "colour" in page.message.text()
    assert page.source() is None


async def test_a_single_file_means_its_folder_with_that_file_only(
    page: NewJobPage, polls_folder: Path
) -> None:
    page.take_path(polls_folder / "raw-polls-2016.csv")
    await looked_at(page)
    source = page.source()
    assert source is not None
    assert source.path == str(polls_folder)
    assert source.pattern == ("raw-polls-2016.csv",)

    page.take_path(polls_folder)
    source = page.source()
    assert source is not None
    assert source.pattern == PATTERNS


async def test_choosing_a_file_shows_its_first_rows(
    page: NewJobPage, asked: Asked, polls_folder: Path
) -> None:
    page.take_path(polls_folder)
    await looked_at(page)
    table = page.looked_at.drift.table
    table.setCurrentIndex(table.model().index(3, 0))
    shown = page.looked_at.preview.table
    await until(shown.model().modelReset, lambda: shown.preview.file == "raw-polls-2019.csv")

    assert asked.previews[-1] == "raw-polls-2019.csv"
    assert shown.model().rowCount() == 100


async def test_a_type_that_is_chosen_goes_into_the_job(
    page: NewJobPage, asked: Asked, polls_folder: Path
) -> None:
    page.take_path(polls_folder)
    await looked_at(page)
    page.looked_at.preview.type_wanted.emit("samplesize", page.rect().center())
    menu = page.findChild(QMenu, "typeMenu")
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == "text").trigger()
    menu.close()
    await looked_at(page)

    assert asked.sources[-1].column_types == {"samplesize": "text"}


async def test_a_missing_column_can_be_taken_from_another(
    page: NewJobPage, asked: Asked, polls_folder: Path
) -> None:
    page.take_path(polls_folder)
    await looked_at(page)
    model = page.looked_at.drift.model
    section = next(s for s in range(FIRST, 16) if model.column_name(s) == "poll_id")
    page.looked_at.drift.cell_pressed.emit(model.index(0, section))
    menu = page.findChild(QMenu, "cellMenu")
    assert isinstance(menu, QMenu)
    joins = next(a for a in menu.actions() if a.text() == "Take it from another column").menu()
    assert isinstance(joins, QMenu)
    next(action for action in joins.actions() if action.text() == "pollno").trigger()
    menu.close()
    await looked_at(page)

    assert asked.sources[-1].column_names == {"pollno": "poll_id"}


@pytest.mark.parametrize("button", ["useForFileButton", "useForAllButton"])
async def test_a_dialect_can_be_forced_for_a_file_or_for_all(
    page: NewJobPage, asked: Asked, polls_folder: Path, button: str
) -> None:
    page.take_path(polls_folder)
    await looked_at(page)
    page.looked_at.drift.cell_pressed.emit(page.looked_at.drift.model.index(1, WRITTEN))
    panel = page.findChild(DialectPopover)
    assert isinstance(panel, DialectPopover)
    panel.delimiter.setCurrentIndex(panel.delimiter.findData(";"))
    chosen = panel.findChild(QPushButton, button)
    assert isinstance(chosen, QPushButton)
    chosen.click()
    await looked_at(page)

    forced = ForcedDialect(delimiter=";")
    source = asked.sources[-1]
    if button == "useForAllButton":
        assert (source.dialect, source.file_dialects) == (forced, {})
    else:
        assert source.file_dialects == {"raw-polls-2016.csv": forced}


async def test_a_hint_leads_to_the_values_it_speaks_of(
    page: NewJobPage, polls_folder: Path, asked: Asked
) -> None:
    page.take_path(polls_folder)
    await looked_at(page)
    asked.previews.clear()
    page.looked_at.drift.hint_followed.emit(surveys.polls().hints[0])
    for _turn in range(3):
        await asyncio.sleep(0)

    panel = page.findChild(ValuesPopover)
    assert isinstance(panel, ValuesPopover)
    assert asked.previews == ["raw-polls-2016.csv"]
    panel.close()


async def test_all_columns_can_be_shown_and_the_chosen_file_stays(
    page: NewJobPage, polls_folder: Path
) -> None:
    page.take_path(polls_folder)
    await looked_at(page)
    drift = page.looked_at.drift
    assert drift.model.columnCount() == FIRST + 13
    drift.table.setCurrentIndex(drift.model.index(4, 0))
    drift.switch.choose("all")

    assert drift.model.columnCount() == FIRST + 34
    assert drift.chosen_file() == "raw-polls-2020.csv"


async def test_the_sample_starts_at_one_press(
    theme: Theme, asked: Asked, polls_folder: Path, qtbot: object
) -> None:
    from loadline.gui.new_job_page import NewJobPage

    asked.sample = polls_folder
    first = NewJobPage(theme, asked.services(), Policy())
    first.show_welcome(first=True)
    press(first, "loadSampleButton")

    assert [(job.name, job.output) for job in asked.jobs] == [("Polls", None)]
    first.stop()
    first.deleteLater()


def test_without_a_folder_nothing_can_be_started(page: NewJobPage, asked: Asked) -> None:
    assert not page.form.footer.start.isEnabled()
    page.start()
    assert asked.jobs == []


async def test_hints_are_shown_one_at_a_time(
    page: NewJobPage, asked: Asked, polls_folder: Path
) -> None:
    async def two_hints(_source: CsvFolderSource) -> Survey:
        polls = surveys.polls()
        return replace(polls, hints=(*polls.hints, Hint("<2019> ends in the middle of a row.")))

    asked.answer = two_hints
    page.take_path(polls_folder)
    await looked_at(page)
    bar = page.looked_at.drift.hint_bar
    assert bar.shown == surveys.polls().hints[0]
    bar.next.click()
    assert bar.notice.text() == "&lt;2019> ends in the middle of a row."
    bar.next.click()
    assert bar.shown == surveys.polls().hints[0]


async def test_rows_are_counted_on_while_each_answer_brings_more(
    page: NewJobPage, asked: Asked, polls_folder: Path
) -> None:
    async def counting(_source: CsvFolderSource) -> Survey:
        polls = surveys.polls()
        known = 3 * len(asked.sources)
        files = [replace(file, rows_exact=n < known) for n, file in enumerate(polls.files)]
        return replace(polls, files=tuple(files))

    asked.answer = counting
    page.take_path(polls_folder)
    await looked_at(page)

    assert len(asked.sources) == 3
    assert "64,046 rows" in page.form.footer.words()


async def test_rows_that_cannot_be_counted_stay_an_estimate(
    page: NewJobPage, asked: Asked, polls_folder: Path
) -> None:
    async def estimated(_source: CsvFolderSource) -> Survey:
        polls = surveys.polls()
        return replace(polls, files=tuple(replace(f, rows_exact=False) for f in polls.files))

    asked.answer = estimated
    page.take_path(polls_folder)
    await looked_at(page)

    assert len(asked.sources) == 3  # two further looks told nothing new
    assert "About 64,000 rows" in page.form.footer.words()
    assert page.looked_at.drift.model.index(5, 1).data() == "~10.8 k"


async def test_a_later_look_that_tells_less_changes_nothing(
    page: NewJobPage, asked: Asked, polls_folder: Path
) -> None:
    async def less_and_less(_source: CsvFolderSource) -> Survey:
        polls = surveys.polls()
        known = 6 - 2 * len(asked.sources)
        files = [
            replace(file, rows_exact=False, dialect=file.dialect if n < known else None)
            for n, file in enumerate(polls.files)
        ]
        return replace(polls, files=tuple(files))

    asked.answer = less_and_less
    page.take_path(polls_folder)
    await looked_at(page)

    survey = page.looked_at.drift.model.survey
    assert sum(file.dialect is not None for file in survey.files) == 4


async def test_the_first_columns_stay_whatever_cell_is_chosen(
    page: NewJobPage, asked: Asked, polls_folder: Path
) -> None:
    page.resize(1024, 680)
    page.take_path(polls_folder)
    await looked_at(page)
    table = page.looked_at.drift.table
    table.setCurrentIndex(table.model().index(2, table.model().columnCount() - 1))
    scrolled = table.horizontalScrollBar().value()
    table.setCurrentIndex(table.model().index(3, 0))

    assert scrolled > 0
    assert table.horizontalScrollBar().value() == scrolled
    assert {view.horizontalScrollBar().value() for view in table.findChildren(QTableView)} == {0}
