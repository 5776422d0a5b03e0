"""Every measure against its published definition, written out slowly."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler, Levenshtein

from loadline.scoring.measures import MEASURES, Compared


def compare(measure: str, reference: object, cells: pa.Array, tolerance: float = 1.0) -> Compared:
    return MEASURES[measure].compare(reference, cells, tolerance)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [("MARTHA", "MARHTA", 0.9611), ("DWAYNE", "DUANE", 0.84), ("DIXON", "DICKSONX", 0.8133)],
)
def test_jaro_winkler_gives_the_values_of_winklers_paper(a: str, b: str, expected: float) -> None:
    assert compare("jaro-winkler", a, pa.array([b])).closeness[0] == pytest.approx(
        expected, abs=1e-4
    )


@given(st.text(max_size=12), st.lists(st.text(max_size=12) | st.none(), max_size=8))
def test_text_measures_equal_the_library_one_by_one(
    reference: str, cells: list[str | None]
) -> None:
    slow: dict[str, Callable[[str, str], float]] = {
        "jaro-winkler": JaroWinkler.normalized_similarity,
        "levenshtein": Levenshtein.normalized_similarity,
        "token-set": lambda a, b: fuzz.token_set_ratio(a, b) / 100.0,
    }
    for name, function in slow.items():
        found = compare(name, reference, pa.array(cells, pa.string())).closeness
        for cell, closeness in zip(cells, found, strict=True):
            if not cell:
                assert math.isnan(closeness)
            else:
                assert closeness == pytest.approx(function(reference, cell))


@given(
    st.floats(-1e6, 1e6),
    st.lists(st.floats(-1e6, 1e6) | st.none(), max_size=8),
    st.floats(0.1, 1e6),
)
def test_number_falls_linearly_to_zero(
    reference: float, cells: list[float | None], tolerance: float
) -> None:
    found = compare("number", reference, pa.array(cells, pa.float64()), tolerance).closeness
    for cell, closeness in zip(cells, found, strict=True):
        if cell is None:
            assert math.isnan(closeness)
        else:
            assert closeness == pytest.approx(max(0.0, 1.0 - abs(reference - cell) / tolerance))


def test_values_of_the_wrong_type_are_missing_and_counted() -> None:
    found = compare("number", 3, pa.array(["3", "three", None, "", "inf", "nan"]))
    assert found.closeness[0] == 1.0
    assert np.isnan(found.closeness[1:]).all()
    assert found.wrong == 3


def test_infinity_and_nan_never_become_a_score() -> None:
    found = compare("number", 3, pa.array([math.inf, -math.inf, math.nan]))
    assert np.isnan(found.closeness).all()


def test_dates_compare_in_days_whatever_their_type() -> None:
    written = ["2020-01-01", "2020-01-11", "2021-02-30", "yesterday", None]
    found = compare("date", "2020-01-01", pa.array(written), 20.0)
    assert found.closeness[:2].tolist() == [1.0, 0.5]
    assert np.isnan(found.closeness[2:]).all()
    assert found.wrong == 2
    typed = pa.array([date(2020, 1, 1), date(2020, 1, 11)])
    assert compare("date", "2020-01-01", typed, 20.0).closeness.tolist() == [1.0, 0.5]


@given(
    st.lists(st.sampled_from("abcd"), min_size=1),
    st.lists(st.lists(st.sampled_from("abcd")) | st.none(), max_size=6),
)
def test_jaccard_is_shared_over_all_entries(
    reference: list[str], cells: list[list[str] | None]
) -> None:
    found = compare("jaccard", reference, pa.array(cells, pa.list_(pa.string()))).closeness
    for cell, closeness in zip(cells, found, strict=True):
        if not cell:
            assert math.isnan(closeness)
        else:
            a, b = set(reference), set(cell)
            assert closeness == pytest.approx(len(a & b) / len(a | b))


def test_cosine_and_euclidean_follow_their_formulas_and_other_lengths_are_missing() -> None:
    cells = pa.array([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [1.0], None, [0.0, 0.0]])
    cosine = compare("cosine", [1.0, 0.0], cells)
    assert cosine.closeness[:3].tolist() == [1.0, 0.5, 0.0]
    assert np.isnan(cosine.closeness[3:]).all()
    assert cosine.wrong == 1
    euclidean = compare("euclidean", [1.0, 0.0], cells).closeness
    assert euclidean[0] == 1.0
    assert euclidean[2] == pytest.approx(1.0 / 3.0)


def test_kilometres_are_great_circle_distances() -> None:
    # Paris to London, 343.6 km by the haversine formula with the mean radius.
    found = compare("km", [2.3522, 48.8566], pa.array([[-0.1278, 51.5074], [200.0, 0.0]]), 1_000.0)
    assert found.closeness[0] == pytest.approx(1.0 - 0.34356, abs=2e-4)
    assert math.isnan(found.closeness[1])


def test_exact_compares_numbers_by_value_and_text_as_written() -> None:
    assert compare("exact", 1, pa.array(["1.0", "1", "01", "x"])).closeness[:3].tolist() == [
        1,
        1,
        1,
    ]
    found = compare("exact", "Ann", pa.array(["Ann", "ann", None])).closeness
    assert found[:2].tolist() == [1.0, 0.0]
    assert math.isnan(found[2])
    assert compare("exact", True, pa.array([True, False])).closeness.tolist() == [1.0, 0.0]
