"""What a person writes as a number, and what it stands for."""

from __future__ import annotations

import math

import pytest

from loadline.domain.errors import QueryError
from loadline.domain.query_values import bounds_of
from loadline.domain.schema import ColumnType


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234", 1234),
        ("-1,234,567.5", -1234567.5),
        ("12 345", 12345),
        ("1\u202f234", 1234),
        ("\u22125", -5),
        ("1e3", 1000),
        (".5", 0.5),
        ("9007199254740993.0", 2**53 + 1),
        ("9" * 5_000, math.inf),
        ("-inf", -math.inf),
    ],
)
def test_a_number_is_what_it_plainly_says(text: str, number: float) -> None:
    assert bounds_of(text, ColumnType.DECIMAL) == (number, number)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1,5", "“1,5” may be 1.5 or 15: write it without the comma."),
        ("0,123", "“0,123” may be 0.123 or 0123: write it without the comma."),
        ("1,2345", "“1,2345” may be 1.2345 or 12345: write it without the comma."),
        ("1,,234", "“1,,234” is not a number."),
        ("1,234 567", "“1,234 567” is not a number."),
        ("1 5", "“1 5” is not a number."),
        ("1_000", "“1_000” is not a number."),
        ("nan", "“nan” is not a number."),
        ("", "“” is not a number."),
    ],
)
def test_a_number_that_may_mean_two_things_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(QueryError) as refused:
        bounds_of(text, ColumnType.INT)
    assert refused.value.failure.sentence == sentence
