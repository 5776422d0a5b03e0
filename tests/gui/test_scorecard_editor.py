"""The scorecard on the New job page: proposed, typed, picked, pasted, checked, and run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QTableView

from loadline.domain.errors import JobError
from loadline.domain.jobs import Comparison, CsvFolderSource, Job, Score
from loadline.domain.schema import ColumnType
from loadline.gui.models import score_words
from loadline.gui.new_job_page.reference_text import parse_reference, text_of, value_of
from loadline.scoring.proposal import SampledField, measure_for, propose
from loadline.scoring.sample import Example, SampleSpec, score_sample
from loadline.store.job_file import write_job
from tests.support import surveys
from tests.support.new_jobs import Asked, asked, looked_at, page, polls_folder, until

if TYPE_CHECKING:
    from loadline.gui.new_job_page import NewJobPage

__all__ = ["asked", "page", "polls_folder"]  # fixtures


def press(page: NewJobPage, name: str) -> None:
    button = page.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


async def scoring(page: NewJobPage, folder: Path) -> None:
    """Choose a folder and *Score the rows*, and wait for its preview."""
    page.take_path(folder)
    await looked_at(page)
    page.form.what.choose("score")
    await until(page.scoring.changed, lambda: page.scoring.panel.rows)


async def test_score_the_rows_shows_a_proposed_scorecard(
    page: NewJobPage, polls_folder: Path
) -> None:
    await scoring(page, polls_folder)
    panel = page.scoring.panel
    assert panel.isVisible()
    assert not page.looked_at.drift.isVisible()
    measures = {row.field.currentText(): row.comparison().measure for row in panel.rows}
    assert measures["pollster"] in ("token-set", "jaro-winkler")
    assert "_source" not in measures
    assert "Say what to compare with." in page.form.footer.words()
    assert not page.form.footer.start.isEnabled()
    page.form.what.choose("load")
    assert page.looked_at.drift.isVisible()
    assert not panel.isVisible()
    assert page.form.footer.start.isEnabled()


async def test_a_row_of_the_preview_is_used_with_a_click_and_gives_a_job(
    page: NewJobPage, asked: Asked, polls_folder: Path
) -> None:
    await scoring(page, polls_folder)
    table = page.findChild(QTableView, "previewTable")
    assert isinstance(table, QTableView)
    table.selectRow(1)
    press(page, "useRowButton")
    press(page, "startButton")
    job = asked.jobs[0]
    assert job.kind == "score"
    assert job.score is not None
    assert job.score.reference is not None
    assert job.score.reference["pollster"] == "Zogby Analytics, telephone"
    assert job.name.startswith("Find ")
    assert all(c.field in job.score.reference for c in job.score.compare)


async def test_typed_values_become_numbers_and_what_is_left_empty_does_not_count(
    page: NewJobPage, asked: Asked, polls_folder: Path
) -> None:
    await scoring(page, polls_folder)
    panel = page.scoring.panel
    panel.show_comparisons(
        [
            Comparison(field="year", measure="number", tolerance=10.0, weight=2.5),
            Comparison(field="pollster", measure="jaro-winkler"),
        ]
    )
    QTest.keyClicks(panel.rows[0].reference, "1998")
    assert panel.rows[1].hint.text() == "left out: no value yet"
    panel.top.set_value(25)
    panel.missing.setCurrentIndex(1)
    press(page, "startButton")
    assert asked.jobs[0].score == Score(
        compare=(Comparison(field="year", measure="number", tolerance=10.0, weight=2.5),),
        reference={"year": 1998},
        top=25,
        missing="zero",
    )


@pytest.mark.parametrize(
    ("value", "tolerance", "weight", "told"),
    [
        ("soon", "10", 1.0, "The reference's year is not a number: soon."),
        ("1998", "", 1.0, "The measure number on year needs a tolerance"),
        ("1998", "-3", 1.0, "The measure number on year needs a tolerance"),
        ("1998", "10", 0.0, "All weights are 0"),
    ],
)
async def test_a_wrong_scorecard_is_told_before_the_start(
    page: NewJobPage, polls_folder: Path, value: str, tolerance: str, weight: float, told: str
) -> None:
    await scoring(page, polls_folder)
    panel = page.scoring.panel
    panel.show_comparisons([Comparison(field="year", measure="number", tolerance=1.0)])
    row = panel.rows[0]
    QTest.keyClicks(row.reference, value)
    row.tolerance.clear()
    QTest.keyClicks(row.tolerance, tolerance)
    row.tolerance.textEdited.emit(tolerance)
    row.weight.spin.setValue(weight)  # type: ignore[arg-type]
    assert told in page.form.footer.words()
    assert not page.form.footer.start.isEnabled()


async def test_latitude_and_longitude_are_chosen_and_typed_as_a_pair(
    page: NewJobPage, asked: Asked, polls_folder: Path
) -> None:
    await scoring(page, polls_folder)
    panel = page.scoring.panel
    fields = [SampledField(n, ColumnType.DECIMAL, ("1.5",)) for n in ("lat", "lon", "size")]
    panel.set_fields([SampledField("name", ColumnType.TEXT), *fields])
    page.scoring.show_survey(replace(surveys.polls(), columns=()))
    panel.show_comparisons([Comparison(field="lat", measure="number", tolerance=5.0)])
    row = panel.rows[0]
    assert row.place.field.isHidden()
    row.measure.setCurrentIndex(row.measure.findData("km"))
    assert not row.place.field.isHidden()
    assert row.longitude == "lon"
    assert [row.place.field.itemData(n) for n in range(4)] == ["", "lat", "lon", "size"]
    QTest.keyClicks(row.reference, "44.9")
    QTest.keyClicks(row.place.value, "-93.2")
    score = panel.score()
    assert score.compare == (Comparison(field="lat", longitude="lon", measure="km", tolerance=5.0),)
    assert score.reference == {"lat": 44.9, "lon": -93.2}
    panel.use({"lat": 1, "lon": 2.5})
    assert (row.reference.text(), row.place.value.text()) == ("1", "2.5")
    panel.how_many.choose("many")
    panel.how_many.chosen.emit("many")
    assert row.place.value.isHidden()
    row.place.field.setCurrentIndex(0)
    row.place.field.activated.emit(0)
    assert panel.score().compare[0].longitude == ""


def test_the_example_is_the_row_that_is_most_alike_and_not_the_same() -> None:
    spec = SampleSpec(
        score=Score(compare=(Comparison(field="name", measure="levenshtein"),)),
        reference={"name": "Elizabeth Rey"},
        columns=("name",),
        rows=(("Elizabeth Rey",), ("Elizabeth Roy",), ("Tom",), (None,)),
    )
    (example,) = score_sample(spec, lambda *_: None).examples
    assert example == Example("Elizabeth Rey", "Elizabeth Roy", 1 - 1 / 13)
    assert score_words.example(example) == "“Elizabeth Rey” and “Elizabeth Roy”: 0.92"


async def test_a_field_that_no_file_has_is_told(page: NewJobPage, polls_folder: Path) -> None:
    await scoring(page, polls_folder)
    panel = page.scoring.panel
    panel.show_comparisons([Comparison(field="shoe size", measure="exact")])
    QTest.keyClicks(panel.rows[0].reference, "44")
    assert "no field shoe size" in page.form.footer.words()


async def test_pasted_json_fills_the_reference_and_a_mistake_has_its_place(
    page: NewJobPage, polls_folder: Path
) -> None:
    await scoring(page, polls_folder)
    press(page, "pasteJsonButton")
    edit = page.findChild(QPlainTextEdit, "referenceJson")
    assert isinstance(edit, QPlainTextEdit)
    edit.setPlainText('{"pollster": "Zogby",\n "year" 1998}')
    press(page, "useJsonButton")
    assert page.scoring.panel.json.wrong.text().startswith("Line 2, column 9: ")
    assert edit.textCursor().blockNumber() == 1
    edit.setPlainText('{"pollster": "Zogby", "year": 1998}')
    press(page, "useJsonButton")
    assert not page.scoring.panel.json.isVisible()
    assert page.scoring.panel.reference()["pollster"] == "Zogby"


async def test_comparisons_are_added_changed_and_removed(
    page: NewJobPage, polls_folder: Path
) -> None:
    await scoring(page, polls_folder)
    panel = page.scoring.panel
    panel.show_comparisons([Comparison(field="race", measure="exact")])
    press(page, "addComparisonButton")
    added = panel.rows[1]
    assert added.field.currentText() != "race"
    added.field.setCurrentIndex(added.field.findText("year"))
    added.field.activated.emit(added.field.currentIndex())
    assert added.comparison().measure == "number"
    added.measure.setCurrentIndex(added.measure.findData("exact"))
    assert not added.tolerance.isVisible()
    QTest.mouseClick(panel.rows[0].remove, Qt.MouseButton.LeftButton)
    assert [row.field.currentText() for row in panel.rows] == ["year"]


async def test_a_scoring_job_file_opens_into_the_editor_and_starts_unchanged(
    page: NewJobPage, asked: Asked, polls_folder: Path, tmp_path: Path
) -> None:
    card = (
        Comparison(field="race", measure="token-set", weight=0.25),
        Comparison(field="year", against="born", measure="number", tolerance=2.0),
    )
    reference = {"race": "1998 House", "born": 1998, "note": "kept"}
    score = Score(compare=card, reference=reference, top=3, missing="half")
    source = CsvFolderSource(path=str(polls_folder))
    write_job(tmp_path / "find.toml", Job(name="Mine", kind="score", source=source, score=score))
    page.open_job(tmp_path / "find.toml")
    await looked_at(page)
    assert page.form.what.key() == "score"
    page.form.output.setText("")
    press(page, "startButton")
    assert asked.jobs == [Job(name="Mine", kind="score", source=source, score=score)]


async def test_another_folder_gets_another_proposal(page: NewJobPage, polls_folder: Path) -> None:
    await scoring(page, polls_folder)
    page.scoring.panel.show_comparisons([Comparison(field="race", measure="exact")])
    page.scoring.panel.touched = True
    page.take_path(polls_folder)
    assert page.scoring.panel.rows == []
    await until(page.scoring.changed, lambda: page.scoring.panel.rows)
    assert len(page.scoring.panel.rows) > 1


def test_a_proposal_takes_names_dates_and_numbers_but_no_keys() -> None:
    fields = (
        SampledField("_source", ColumnType.TEXT, ("a.csv", "a.csv")),
        SampledField("customer_id", ColumnType.TEXT, ("C1", "C2", "C3")),
        SampledField("serial", ColumnType.INT, ("7", "8", "9")),
        SampledField("theaterId", ColumnType.INT, ("1000", "1003", "1008")),
        SampledField("name", ColumnType.TEXT, ("Ann Lee", "Bob Ray", "Cy Young")),
        SampledField("country", ColumnType.TEXT, ("US", "DE", "US")),
        SampledField("born", ColumnType.DATE, ("1970-01-01", "1980-01-01", "1990-01-01")),
        SampledField("score", ColumnType.DECIMAL, ("10", "20", "60")),
        SampledField("same", ColumnType.TEXT, ("x", "x", "x")),
        SampledField("place", ColumnType.NUMBERS, ("[-93.2, 44.8]", "[-85.1, 36.1]", "[0, 0]")),
    )
    found = {c.field: c for c in propose(fields)}
    assert list(found) == ["name", "country", "born", "score", "place"]
    assert found["name"].measure == "jaro-winkler"
    assert found["country"].measure == "exact"
    assert (found["born"].measure, found["born"].tolerance) == ("date", 500.0)
    assert (found["score"].measure, found["score"].tolerance) == ("number", 50.0)
    assert found["place"].measure == "km"


def test_a_proposal_of_nothing_is_nothing() -> None:
    assert propose(()) == ()


def test_the_example_scores_rows_as_the_run_will() -> None:
    card = (
        Comparison(field="name", measure="exact"),
        Comparison(field="n", measure="number", tolerance=10.0),
    )
    spec = SampleSpec(
        score=Score(compare=card),
        reference={"name": "Ann", "n": 5},
        columns=("n", "name", "other"),
        rows=(("5", "Ann", "x"), ("10", "Bob"), (None, None, "x")),
    )
    sampled = score_sample(spec, lambda *_: None)
    assert sampled.scores == (1.0, 0.25, None)
    assert sampled.examples == (Example("Ann", "Ann", 1.0), Example(5, "10", 0.5))
    wrong = replace(spec, reference={"name": "Ann", "n": "many"})
    with pytest.raises(JobError, match="not a number"):
        score_sample(wrong, lambda *_: None)


def test_the_example_measures_kilometres_between_places() -> None:
    card = (Comparison(field="place", measure="km", tolerance=100.0),)
    spec = SampleSpec(
        score=Score(compare=card),
        reference={"place": [-93.24, 44.85]},
        columns=("place",),
        rows=(("[-93.24, 44.85]",), ("[10, 50]",), (None,), ("[1]",)),
    )
    sampled = score_sample(spec, lambda *_: None)
    assert sampled.scores == (1.0, 0.0, None, None)
    assert sampled.examples == (Example([-93.24, 44.85], "[-93.24, 44.85]", 1.0),)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("41", ColumnType.INT, 41),
        ("4.5", ColumnType.DECIMAL, 4.5),
        ("00501", ColumnType.TEXT, "00501"),
        ("many", ColumnType.INT, "many"),
        ("[1, 2]", ColumnType.TEXT, [1, 2]),
        ("1.5, 2", ColumnType.NUMBERS, [1.5, 2]),
        ("red, blue", ColumnType.LIST, ["red", "blue"]),
    ],
)
def test_what_is_typed_keeps_its_meaning(text: str, kind: ColumnType, value: object) -> None:
    assert value_of(text, kind) == value
    assert value_of(text_of(value), kind) == value


def test_nested_json_becomes_dotted_fields() -> None:
    told = '[{"name": "A", "home": {"city": "X", "geo": [1, 2]}}]'
    assert parse_reference(told) == {"name": "A", "home.city": "X", "home.geo": [1, 2]}


@pytest.mark.parametrize("text", ["", "[]", "3", "{}", '[{"a": 1}, {"a": 2}]'])
def test_json_that_is_not_one_record_is_refused(text: str) -> None:
    with pytest.raises(JobError):
        parse_reference(text)


def test_lists_of_keys_are_compared_by_what_they_share_and_vectors_by_direction() -> None:
    keys = SampledField("accounts", ColumnType.INTS, ("371138, 324287, 276528", "116508"))
    vector = SampledField("embedding", ColumnType.NUMBERS, ("0.1, 0.2, 0.3", "0.5, 0.1, 0.9"))
    assert measure_for(keys) == "jaccard"
    assert measure_for(vector) == "cosine"
