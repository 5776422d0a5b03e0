"""Many references at once give what one reference after the other gives."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from loadline.domain.errors import JobError
from loadline.domain.jobs import Comparison, Score
from loadline.scoring import many
from loadline.scoring.many import BestOfEach, BestReference, score_many, wanted_of
from loadline.scoring.scorecard import score_batch

COMPARE = (
    Comparison(field="name", measure="jaro-winkler", weight=2.0),
    Comparison(field="age", measure="number", tolerance=10.0),
    Comparison(field="born", measure="date", tolerance=1000.0),
    Comparison(field="city", measure="exact"),
    Comparison(field="tags", measure="jaccard"),
    Comparison(field="at", measure="km", tolerance=500.0),
)
RECORDS = pa.record_batch(
    {
        "name": ["Ann Lee", "Bob Hill", None, "Anne Lea", "", "Zoe"],
        "age": [41, 50, 41, None, 7, 44],
        "born": ["1980-01-01", "1981-02-03", "x", None, "1979-05-05", "1980-01-02"],
        "city": ["Bern", "Bonn", "Bern", "Basel", None, "Bonn"],
        "tags": [["a", "b"], ["b"], [], None, ["c"], ["a"]],
        "at": [[7.4, 46.9], [7.1, 50.7], None, [7.6, 47.5], [400.0, 0.0], [8.0, 47.0]],
    }
)
REFERENCES: list[dict[str, Any]] = [
    {"name": "Ann Lee", "age": 40, "born": "1980-01-01", "city": "Bern", "tags": ["a"],
     "at": [7, 47]},
    {"name": "Bob", "age": "51", "born": None, "city": "Bonn", "tags": ["b", "c"],
     "at": "7.1, 50.7"},
    {"name": "", "age": 44, "born": "1980-01-03", "city": "Basel", "tags": None, "at": None},
]  # fmt: skip


def one_by_one(score: Score) -> list[Any]:
    wanted = wanted_of(score, REFERENCES)
    names = [c.field for c in score.compare]
    return [
        score_batch(score, dict(zip(names, line, strict=True)), RECORDS)
        for line in zip(*wanted.values, strict=True)
    ]


@pytest.mark.parametrize("missing", ["ignore", "zero", "half"])
def test_every_pair_has_the_score_that_its_reference_alone_gives(
    missing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "BLOCK", 2)  # so that there is more than one block
    score = Score(compare=COMPARE, reference_file="x.csv", missing=missing)
    found = list(score_many(score, wanted_of(score, REFERENCES), RECORDS))
    assert [block[0] for block in found] == [0, 2]
    scores = np.vstack([block[1] for block in found])
    closeness = np.concatenate([block[2] for block in found], axis=1)
    for number, alone in enumerate(one_by_one(score)):
        np.testing.assert_allclose(scores[number], alone.scores)
        np.testing.assert_allclose(closeness[:, number], alone.closeness)


def test_a_record_is_told_with_the_reference_that_it_is_nearest_to() -> None:
    nearest = BestReference(3, 1)
    nearest.add(0, np.array([[0.5, np.nan, 0.2]]), np.array([[[0.5, np.nan, 0.2]]]))
    nearest.add(1, np.array([[0.5, np.nan, 0.9]]), np.array([[[0.5, np.nan, 0.9]]]))
    assert nearest.references.tolist() == [0, -1, 1]  # of equal ones the first
    assert nearest.scores[2] == 0.9
    assert math.isnan(nearest.scores[1])


def test_the_best_of_each_reference_do_not_depend_on_how_records_are_cut() -> None:
    random = np.random.default_rng(3)
    scores = random.integers(0, 6, (4, 500)) / 5.0  # many equal ones
    scores[:, ::7] = np.nan
    closeness = scores[np.newaxis]
    whole, cut = BestOfEach(4, 9, 1), BestOfEach(4, 9, 1)
    whole.add(0, scores, closeness, 0)
    for start in range(0, 500, 30):
        piece = slice(start, start + 30)
        cut.add(0, scores[:2, piece], closeness[:, :2, piece], start)
        cut.add(2, scores[2:, piece], closeness[:, 2:, piece], start)
    for number in range(4):
        filled = [row for row in range(500) if not math.isnan(scores[number, row])]
        expected = sorted(filled, key=lambda row: (-scores[number, row], row))[:9]
        assert whole.rows[number].tolist() == expected
        assert cut.rows[number].tolist() == expected


def test_a_reference_value_of_the_wrong_kind_is_missing_and_counted() -> None:
    score = Score(compare=(COMPARE[1],), reference_file="x.csv")
    wanted = wanted_of(score, [{"age": "forty"}, {"age": "40"}, {"age": ""}])
    assert wanted.values == ((None, "40", None),)
    assert wanted.unusable == (1,)


def test_a_field_that_no_reference_has_is_an_error() -> None:
    score = Score(compare=COMPARE, reference_file="x.csv")
    with pytest.raises(JobError, match="no field name"):
        wanted_of(score, [{"nom": "Ann"}])
