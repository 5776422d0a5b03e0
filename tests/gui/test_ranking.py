"""The ranking of a scoring run: live, in words, and honest about what it counts."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import pyarrow.parquet as pq
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView

from loadline.domain.jobs import Comparison, Score
from loadline.engine.export_ranking import RankingExport, export_ranking
from loadline.engine.ranked import share_done
from loadline.gui.models import score_words
from loadline.gui.run_page.score_histogram import ScoreHistogram
from loadline.gui.run_page.why_lines import rank_words
from loadline.scoring.ranking import Hit
from tests.support.run_pages import Recorded, new_page, recorded
from tests.support.scored_runs import PEOPLE, ScoringRun
from tests.support.scripted_run import FileScript, ScriptedRun

if TYPE_CHECKING:
    from pathlib import Path

    from loadline.gui.theme import Theme
    from tests.support.run_pages import NewPage

__all__ = ["new_page", "recorded"]  # fixtures
FILES = (PEOPLE[3:6], PEOPLE[:3], PEOPLE[6:7], PEOPLE[7:8])


def cells(table: QTableView, column: int) -> list[str]:
    model = table.model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def test_a_scoring_run_opens_with_its_ranking_and_folds_the_rest(new_page: NewPage) -> None:
    run = ScoringRun(FILES)
    page = new_page(run)
    assert page.tabs.current() is page.ranking
    assert page.fold_line.isVisible()
    assert not page.tasks.isVisible()
    assert page.ranking.pill.text() == "Nothing scored yet"


def test_a_loading_run_has_no_ranking(new_page: NewPage) -> None:
    run = ScriptedRun([FileScript("a.csv")])
    run.plan()
    page = new_page(run)
    place = page.tabs.stack.indexOf(page.ranking)
    assert not page.tabs.strip.isTabVisible(place)
    page.show_run(ScoringRun(FILES))
    assert page.tabs.strip.isTabVisible(place)
    page.show_run(run)
    assert page.tabs.current() is not page.ranking


def test_the_best_are_listed_as_files_end_and_the_explained_record_is_kept(
    new_page: NewPage,
) -> None:
    run = ScoringRun(FILES)
    page = new_page(run)
    table = page.findChild(QTableView, "rankingTable")
    assert isinstance(table, QTableView)
    run.finish_file()
    page.ranking.follow(run)
    page.ranking.refresh(run)
    assert cells(table, 1)[0] == "Eliza Roy"
    page.ranking.table.choose(1)
    assert page.ranking.why.title.text() == "Why number 2?"
    run.finish_file()
    page.ranking.follow(run)
    page.ranking.refresh(run)
    names = cells(table, 1)
    assert names[:2] == ["Elizabeth Ray", "Elisabeth Rae"]
    place = names.index("Mary Lee")
    assert page.ranking.why.title.text() == f"Why number {place + 1}?"


def test_steady_is_said_from_ten_percent_on_and_only_of_what_was_watched(
    new_page: NewPage,
) -> None:
    run = ScoringRun(FILES, top=2)
    page = new_page(run)
    for _ in range(2):
        run.finish_file()
        page.ranking.follow(run)
        page.ranking.refresh(run)
    assert page.ranking.pill.text().startswith("Last change ")
    run.finish_file()
    page.ranking.follow(run)
    page.ranking.refresh(run)
    assert page.ranking.pill.text() == "Unchanged for the last 25 %"
    run.run_to_end()
    other = new_page(run)
    assert not other.ranking.pill.isVisible()


def test_the_explanation_gives_points_words_and_the_rank_without(new_page: NewPage) -> None:
    run = ScoringRun(FILES)
    run.run_to_end()
    page = new_page(run)
    why = page.ranking.why
    assert why.points == "1.000"
    assert [line.words for line in why.lines] == ["The same", "The same day", "The same"]
    assert [line.points for line in why.lines] == ["+0.500", "+0.333", "+0.167"]
    QTest.mouseClick(why.down, Qt.MouseButton.LeftButton)
    assert why.title.text() == "Why number 2?"
    page.ranking.table.choose(cells(page.ranking.table, 1).index("Eliza Roy"))
    assert why.lines[1].words == "1 day apart"
    assert why.lines[2].words == "no value"
    assert why.lines[2].possible == "does not count"
    assert {line.words.rsplit(" ", 1)[0] for line in why.without} <= {
        "up to number", "down to number", "stays number",
    }  # fmt: skip


def test_up_and_down_change_the_explained_record(new_page: NewPage) -> None:
    run = ScoringRun(FILES)
    run.run_to_end()
    page = new_page(run)
    QTest.keyClick(page.ranking.table, Qt.Key.Key_Down)
    assert page.ranking.why.title.text() == "Why number 2?"
    QTest.keyClick(page.ranking.why, Qt.Key.Key_Up)
    assert page.ranking.why.title.text() == "Why number 1?"
    assert not page.ranking.why.up.isEnabled()


def test_the_threshold_moves_by_mouse_and_keys_and_counts_exactly(new_page: NewPage) -> None:
    run = ScoringRun(FILES)
    run.run_to_end()
    page = new_page(run)
    histogram = page.ranking.histogram
    scores = [hit.score for hit in page.ranking.table.hits.hits]
    assert len(scores) == len(PEOPLE)
    QTest.keyClick(histogram, Qt.Key.Key_Home)
    assert histogram.words() == "0.00 or better: 8 records"
    for step in range(100):
        above = sum(score >= step / 100 - 1e-12 for score in scores)
        assert histogram.above() == above, step
        QTest.keyClick(histogram, Qt.Key.Key_Right)
    assert histogram.words() == "1.00 or better: 0 records"
    QTest.mouseClick(histogram, Qt.MouseButton.LeftButton, pos=QPoint(57, 60))
    assert histogram.threshold == 0.0


def test_one_record_is_called_a_record(theme: Theme) -> None:
    histogram = ScoreHistogram(theme)
    histogram.set_counts([0] * 80 + [1] + [0] * 19)
    assert histogram.words() == "0.70 or better: 1 record"
    assert histogram.accessibleDescription() == histogram.words()
    histogram.deleteLater()


def test_export_asks_for_a_spreadsheet_of_the_ranking(
    new_page: NewPage, recorded: Recorded, tmp_path: Path
) -> None:
    run = ScoringRun(FILES)
    run.run_to_end()
    page = new_page(run)
    page.exporting.ask_ranking()
    page.exporting.save(str(tmp_path / "top.csv"))
    path, options = recorded.exports[0]
    assert (path.name, options.what) == ("top.csv", "ranking")


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".jsonl"])
def test_the_ranking_is_saved_best_first_with_points(tmp_path: Path, suffix: str) -> None:
    score = Score(compare=(Comparison(field="name", measure="exact"),), reference={"name": "x"})
    hits = (
        Hit(0.5, 0, 3, "3", {"name": "=1+1", "n": 3}, (0.5,)),
        Hit(0.25, 0, 1, "1", {"name": "b", "n": "x"}, (0.25,)),
    )
    path = tmp_path / f"top{suffix}"
    spec = RankingExport(path, score, hits, tmp_path)
    assert export_ranking(spec, lambda _rows, _bytes: None) == 2
    if suffix == ".csv":
        assert path.read_text(encoding="utf-8-sig").splitlines() == [
            "rank,score,points: name,name,n",
            "1,0.5,0.5,'=1+1,3",
            "2,0.25,0.25,b,x",
        ]
    elif suffix == ".jsonl":
        told = [json.loads(line) for line in path.read_text().splitlines()]
        assert told[1] == {"rank": 2, "score": 0.25, "points: name": 0.25, "name": "b", "n": "x"}
    else:
        assert pq.read_table(path)["name"].to_pylist() == ["=1+1", "b"]


def test_change_asks_for_the_job_again(new_page: NewPage, recorded: Recorded) -> None:
    run = ScoringRun(FILES)
    page = new_page(run)
    QTest.mouseClick(page.ranking.card.change, Qt.MouseButton.LeftButton)
    assert recorded.again == [run.job]


@pytest.mark.parametrize(
    ("measure", "tolerance", "closeness", "words"),
    [
        ("exact", None, 0.0, "Different"),
        ("jaro-winkler", None, 0.784, "78 % alike"),
        ("token-set", None, 1.0, "The same words"),
        ("date", 365.0, 1.0, "The same day"),
        ("date", 365.0, 0.0, "365 days or more apart"),
        ("number", 10.0, 0.75, "2.5 apart"),
        ("km", 25.0, 0.98, "0.5 km apart"),
        ("jaccard", None, None, "no value"),
    ],
)
def test_what_was_found_is_told_in_words(
    measure: str, tolerance: float | None, closeness: float | None, words: str
) -> None:
    comparison = Comparison(field="a", measure=measure)
    if tolerance is not None:
        comparison = Comparison(field="a", measure=measure, tolerance=tolerance)
    assert score_words.found(comparison, closeness) == words


def test_a_nested_field_is_called_by_its_own_name_where_that_is_clear() -> None:
    fields = ("home.city", "work.city", "home.zip")
    score = Score(compare=tuple(Comparison(field=f, measure="exact") for f in fields), reference={})
    names = [score_words.short_name(field, score) for field in fields]
    assert names == ["home.city", "work.city", "zip"]


def test_a_rank_is_told_as_up_down_or_the_same() -> None:
    assert rank_words(4, 2) == "up to number 2"
    assert rank_words(4, 6) == "down to number 6"
    assert rank_words(4, 4) == "stays number 4"


def test_points_sum_to_the_score_and_a_rank_is_counted_among_the_kept() -> None:
    from loadline.scoring.explain import points_of, rank_without
    from loadline.scoring.ranking import Hit

    score = Score(
        compare=(
            Comparison(field="a", measure="exact", weight=3.0),
            Comparison(field="b", measure="exact"),
        ),
        reference={"a": 1, "b": 1},
    )
    first = Hit(0.75, 0, 0, "x", shares=(0.75, 0.0), closeness=(1.0, 0.0))
    second = Hit(0.25, 0, 1, "y", shares=(0.0, 0.25), closeness=(0.0, 1.0))
    assert [p.possible for p in points_of(score, first)] == [0.75, 0.25]
    assert rank_without(score, (first, second), 0, left_out=0) == 2
    assert rank_without(score, (first, second), 1, left_out=0) == 1
    alone = replace(first, closeness=(1.0, None))
    assert rank_without(score, (alone, second), 0, left_out=0) is None


def test_a_run_with_fewer_fields_shows_its_score_after_one_with_more(new_page: NewPage) -> None:
    run = ScoringRun(FILES)
    run.run_to_end()
    page = new_page(run)
    page.resize(1024, 680)
    table = page.ranking.table
    few = Score(compare=(Comparison(field="n", measure="exact"),), reference={"n": "x"})
    table.hits.show_hits(few, [Hit(0.5, 0, 0, "0", {"n": "x"}, (0.5,))])
    assert not table.isColumnHidden(table.hits.score_column)
    assert not table.isColumnHidden(table.hits.bar_column)


def test_how_far_a_run_is_goes_by_size_where_that_is_known() -> None:
    assert share_done([0], 4, [70, 10, 10, 10]) == pytest.approx(0.7)
    assert share_done([0], 4, [0, 0, 0, 0]) == pytest.approx(0.25)
    assert share_done([], 0) == 0.0


def test_another_run_with_fewer_comparisons_takes_the_place_of_the_first(
    new_page: NewPage,
) -> None:
    run = ScoringRun(FILES)
    run.run_to_end()
    page = new_page(run)
    page.ranking.references.list.choose(0)
    assert page.ranking.table.hits.hits
    other = ScoringRun(FILES)
    assert run.job.score is not None
    other.job = msgspec.structs.replace(
        other.job, score=Score(compare=run.job.score.compare[:1], reference_file="/x.csv")
    )
    page.show_run(other)
    assert page.ranking.table.hits.hits == ()
