"""Choosing many references on the New job page: a file, a collection, and what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from loadline.domain.connections import Connection
from loadline.domain.jobs import Comparison, CsvFolderSource, Job, MongoSource, Score
from loadline.scoring.own import own_scorers, scorers_folder
from loadline.store.connections import save_connections
from tests.gui.test_scorecard_editor import scoring
from tests.support.new_jobs import Asked, asked, page, polls_folder

if TYPE_CHECKING:
    import pytest

    from loadline.gui.new_job_page import NewJobPage

__all__ = ["asked", "page", "polls_folder"]  # fixtures


async def test_a_file_of_references_makes_a_job_that_compares_with_each(
    page: NewJobPage, asked: Asked, polls_folder: Path, tmp_path: Path
) -> None:
    await scoring(page, polls_folder)
    panel = page.scoring.panel
    panel.how_many.choose("many")
    assert panel.source.isVisible()
    assert not panel.paste.isVisible()
    assert not page.scoring.use_row.isVisible()
    assert page.scoring.trouble() == "Choose the file to compare with."
    panel.source.take_file(str(tmp_path / "people.jsonl"))
    panel.show_comparisons([Comparison(field="pollster", measure="jaro-winkler")])
    QTest.keyClicks(panel.rows[0].reference, "institute")
    assert page.scoring.trouble() == ""
    page.start()
    job = asked.jobs[0]
    assert job.name == "Match people.jsonl"
    assert job.score == Score(
        compare=(Comparison(field="pollster", measure="jaro-winkler", against="institute"),),
        reference_file=str(tmp_path / "people.jsonl"),
    )


async def test_a_collection_of_references_is_named_by_its_connection(
    page: NewJobPage, polls_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    save_connections([Connection(name="Shop")])
    await scoring(page, polls_folder)
    panel = page.scoring.panel
    panel.how_many.choose("many")
    panel.source.kind.choose("collection")
    assert page.scoring.trouble() == "Name the collection to compare with."
    QTest.keyClicks(panel.source.database, "shop")
    QTest.keyClicks(panel.source.collection, "people")
    assert page.scoring.trouble() == ""
    wanted = MongoSource(connection="Shop", database="shop", collection="people")
    assert panel.score().reference_source == wanted


async def test_a_job_with_many_references_is_shown_and_given_back_as_it_is(
    page: NewJobPage, polls_folder: Path
) -> None:
    source = CsvFolderSource(path="/data/wanted")
    score = Score(
        compare=(Comparison(field="pollster", measure="token-set", against="name"),),
        reference_source=source,
        top=4,
    )
    page.show_job(
        Job(name="M", kind="score", source=CsvFolderSource(path=str(polls_folder)), score=score)
    )
    assert page.scoring.panel.many
    assert page.scoring.panel.source.path.text() == "wanted"
    assert page.scoring.panel.rows[0].reference.text() == "name"
    assert page.scoring.panel.score() == score


async def test_the_folder_for_own_measures_is_named_where_there_are_none(
    page: NewJobPage, polls_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        "PySide6.QtGui.QDesktopServices.openUrl", lambda url: opened.append(url.toLocalFile())
    )
    await scoring(page, polls_folder)
    button = page.findChild(QAbstractButton, "ownMeasuresButton")
    assert isinstance(button, QAbstractButton)
    button.click()
    assert opened == [str(scorers_folder())]
    assert scorers_folder().is_dir()


async def test_own_scorers_stand_among_the_measures_with_their_first_line(
    page: NewJobPage, polls_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = tmp_path / "near-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: near\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[loadline.scorers]\nnearby = near:score\n")
    (tmp_path / "near.py").write_text('def score(reference, frame):\n    """Near by feel."""\n')
    monkeypatch.syspath_prepend(str(tmp_path))
    own_scorers.cache_clear()
    try:
        await scoring(page, polls_folder)
        row = page.scoring.panel.rows[0]
        row.measure.setCurrentIndex(row.measure.findData("nearby"))
        row.reference.setText("x")
        assert row.measure.currentText() == "Nearby"
        assert row.hint.text() == "Near by feel"
        assert row.comparison().measure == "nearby"
    finally:
        own_scorers.cache_clear()
