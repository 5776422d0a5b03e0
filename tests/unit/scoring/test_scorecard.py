"""Scores, missing values, rankings: recomputed slowly and compared."""

from __future__ import annotations

import math

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loadline.domain.errors import JobError
from loadline.domain.jobs import Comparison, Score
from loadline.scoring.checking import check
from loadline.scoring.many import wanted_of
from loadline.scoring.ranking import Hit, Ranking, best, histogram
from loadline.scoring.scorecard import score_batch

BATCH = pa.record_batch({"a": [1.0, None, 3.0], "b": ["x", "y", None]})
CARD = (
    Comparison(field="a", measure="number", tolerance=4.0, weight=3.0),
    Comparison(field="b", measure="exact", weight=1.0),
)


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        ("ignore", [1.0, 0.0, 0.5]),
        ("zero", [1.0, 0.0, 0.375]),
        ("half", [1.0, 0.375, 0.5]),
    ],
)
def test_missing_values_follow_the_rule(missing: str, expected: list[float]) -> None:
    score = Score(compare=CARD, missing=missing)  # type: ignore[arg-type]
    scored = score_batch(score, {"a": 1.0, "b": "x"}, BATCH)
    assert scored.scores.tolist() == pytest.approx(expected)
    assert scored.shares.sum(axis=0).tolist() == pytest.approx(expected)


def test_a_record_with_nothing_to_compare_has_no_score() -> None:
    batch = pa.record_batch(
        {"a": pa.array([None], pa.float64()), "b": pa.array([None], pa.string())}
    )
    scored = score_batch(Score(compare=CARD), {"a": 1.0, "b": "x"}, batch)
    assert math.isnan(scored.scores[0])


@pytest.mark.parametrize(
    ("card", "reference", "named"),
    [
        ((), {}, "no comparison"),
        ((Comparison(field="a", measure="exact", weight=0.0),), {"a": 1}, "weights"),
        ((Comparison(field="a", measure="guess"),), {"a": 1}, "guess"),
        ((Comparison(field="a", measure="number"),), {"a": 1}, "tolerance"),
        ((Comparison(field="a", measure="exact"),), {"b": 1}, "reference has no field a"),
        ((Comparison(field="z", measure="exact"),), {"z": 1}, "source has no field z"),
        ((Comparison(field="a", measure="number", tolerance=1.0),), {"a": "x"}, "not a number"),
        ((Comparison(field="a", measure="date", tolerance=1.0),), {"a": "14.3."}, "not a date"),
        ((Comparison(field="a", measure="cosine"),), {"a": "x"}, "list of numbers"),
        ((Comparison(field="a", measure="km", tolerance=1.0),), {"a": [1, 2, 3]}, "longitude"),
    ],
)
def test_a_scorecard_that_cannot_score_right_is_refused(
    card: tuple[Comparison, ...], reference: dict[str, object], named: str
) -> None:
    with pytest.raises(JobError, match=named):
        check(Score(compare=card), reference, ["a", "b"])


@given(st.lists(st.floats(0, 1) | st.just(math.nan), max_size=30), st.integers(1, 5))
def test_best_rows_are_those_of_a_full_sort(scores: list[float], top: int) -> None:
    slow = sorted((-s, i) for i, s in enumerate(scores) if not math.isnan(s))[:top]
    assert best(np.array(scores, dtype=float), top) == [i for _, i in slow]


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 3), st.integers(0, 99)), max_size=40))
def test_a_ranking_is_the_same_in_whichever_order_chunks_arrive(
    found: list[tuple[float, int, int]],
) -> None:
    hits = [Hit(score, chunk, row, "") for score, chunk, row in dict.fromkeys(found)]
    forth, back = Ranking(5), Ranking(5)
    for order, ranking in ((range(4), forth), (reversed(range(4)), back)):
        for chunk in order:
            own = [hit for hit in hits if hit.partition == chunk]
            ranking.add(own, histogram(np.array([h.score for h in own], dtype=float)), 0.0)
    assert forth.hits == back.hits
    assert forth.counts == back.counts
    assert sum(forth.counts) == len(hits)


def test_a_ranking_tells_for_how_long_it_has_stood() -> None:
    ranking = Ranking(1)
    empty = histogram(np.array([0.5]))
    ranking.add([Hit(0.9, 0, 0, "a")], empty, 0.25)
    ranking.add([Hit(0.1, 1, 0, "b")], empty, 0.65)
    assert ranking.unchanged_for(0.65) == pytest.approx(0.4)


def test_kilometres_are_told_from_latitude_and_longitude_in_two_fields() -> None:
    two = Score(
        compare=(Comparison(field="lat", longitude="lon", measure="km", tolerance=500.0),),
        reference={"lat": 44.85, "lon": "-93.24"},
    )
    one = Score(
        compare=(Comparison(field="at", measure="km", tolerance=500.0),),
        reference={"at": [-93.24, 44.85]},
    )
    batch = pa.record_batch(
        {
            "lat": ["44.85466", "45.1", None, "north", "95"],
            "lon": [-93.24565, -93.3, 1.0, 2.0, 3.0],
            "at": [[-93.24565, 44.85466], [-93.3, 45.1], None, None, None],
        }
    )
    assert two.reference is not None
    assert one.reference is not None
    check(two, two.reference, ["lat", "lon"])
    found = score_batch(two, two.reference, batch)
    expected = score_batch(one, one.reference, batch)
    np.testing.assert_allclose(found.scores, expected.scores)
    assert found.wrong == (1,)
    told = wanted_of(two, [two.reference, {"lat": 1}])
    assert told.values == ((["-93.24", 44.85], None),)


def test_a_longitude_that_is_not_there_is_named() -> None:
    card = Score(compare=(Comparison(field="lat", longitude="lon", measure="km", tolerance=1.0),))
    with pytest.raises(JobError, match="reference has no field lon"):
        check(card, {"lat": 1})
    with pytest.raises(JobError, match="source has no field lon"):
        check(card, {"lat": 1, "lon": 2}, ["lat"])
