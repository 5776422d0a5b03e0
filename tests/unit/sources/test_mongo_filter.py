"""Filters: what is read, what is refused, and where the mistake stands."""

from __future__ import annotations

import pytest
from bson.datetime_ms import DatetimeMS
from bson.int64 import Int64
from bson.objectid import ObjectId

from loadline.domain.errors import JobError
from loadline.sources.mongo_filter import REFUSED, parse_filter


@pytest.mark.parametrize("text", ["", "  \n", "{}"])
def test_nothing_is_no_filter(text: str) -> None:
    assert parse_filter(text) == {}


def test_typed_values_are_read_exactly() -> None:
    text = """{"_id": {"$oid": "59a47286cfa9a3a73e51e72c"}, "n": {"$gt": {"$numberLong": "5"}},
               "at": {"$date": {"$numberLong": "9000000000000000"}}}"""
    found = parse_filter(text)
    assert found["_id"] == ObjectId("59a47286cfa9a3a73e51e72c")
    assert type(found["n"]["$gt"]) is Int64
    assert found["at"] == DatetimeMS(9_000_000_000_000_000)


@pytest.mark.parametrize("operator", sorted(REFUSED))
@pytest.mark.parametrize("around", ["{%s}", '{"$or": [{"a": {"$not": {%s}}}]}'])
def test_code_that_the_server_would_run_is_refused_at_any_depth(operator: str, around: str) -> None:
    text = around % f'"{operator}": "sleep(1)"'
    with pytest.raises(JobError, match="would run code on the server") as told:
        parse_filter(text)
    place = told.value.place
    assert place is not None
    assert place.byte == text.index(f'"{operator}"')


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('{"half": }', 9, "A value is expected (character 10)."),
        ('{"a": 1,\n "b" 2}', 14, "A colon is expected (line 2, character 6)."),
        ("[1]", 0, "A filter stands in curly brackets (character 1)."),
        ('{"a": 1, "a": 2}', 9, "a is given twice (character 10)."),
        ("{'a': 1}", 1, "A name in double quotes is expected (character 2)."),
        ('{"a": 1} x', 9, "The filter ends before this (character 10)."),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, place: int, words: str) -> None:
    with pytest.raises(JobError) as told:
        parse_filter(text)
    assert told.value.sentence == words
    assert told.value.place is not None
    assert told.value.place.byte == place


@pytest.mark.parametrize("text", ['{"a": NaN}', '{"a": {"$oid": "short"}}', '{"a": ' * 5_000])
def test_what_is_no_value_is_refused_in_words(text: str) -> None:
    with pytest.raises(JobError) as told:
        parse_filter(text)
    assert told.value.cause == "source.filter"
