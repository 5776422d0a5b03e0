"""What pieces of a collection are called."""

from __future__ import annotations

import pytest
from bson.objectid import ObjectId

from loadline.sources.mongo_piece import Piece
from loadline.sources.mongo_words import LONGEST, name_of


@pytest.mark.parametrize(
    ("first", "told"),
    [
        ("k0500", "From k0500 (5 of 1,200)"),
        (500, "From 500 (5 of 1,200)"),
        (ObjectId("59a47286cfa9a3a73e51e72c"), "From 59a472…a9a3a73e51e72c (5 of 1,200)"),
        ("a\nb", "From a b (5 of 1,200)"),
        ({"x": 1}, 'From {"x": …berInt": "1"}} (5 of 1,200)'),
    ],
)
def test_a_piece_is_called_by_the_id_that_it_begins_with(first: object, told: str) -> None:
    assert name_of("orders", Piece("range", first=(first,)), 4, 1_200) == told
    assert name_of("orders", Piece("ids", ids=(first, "z")), 4, 1_200) == told


def test_neighbours_of_a_long_common_beginning_are_told_apart_in_a_narrow_column() -> None:
    names = [
        name_of("c", Piece("range", first=(ObjectId(f"{number:024x}"),)), number, 30)
        for number in range(1, 30)
    ]
    assert len({name[:LONGEST] for name in names}) == len(names)


def test_the_first_piece_and_the_only_one() -> None:
    assert name_of("orders", Piece("range", last=("k",)), 0, 30) == "From the start (1 of 30)"
    assert name_of("orders", Piece("all"), 0, 1) == "orders"
