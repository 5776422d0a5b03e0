"""The lines of a ranking that is saved."""

from __future__ import annotations

from loadline.domain.jobs import Comparison, Score
from loadline.engine.export_ranking import told_lines
from loadline.scoring.ranking import Hit


def test_fields_called_as_the_rankings_own_stand_beside_them() -> None:
    card = Score(compare=(Comparison(field="rank", measure="number", tolerance=1.0),))
    fields = {"_id": "k", "rank": 77, "score": None}
    hit = Hit(
        score=0.5, partition=0, row=0, key="k", fields=fields, shares=(0.5,), closeness=(0.5,)
    )
    (line,) = told_lines(card, [hit])
    assert line == {
        "rank": 1, "score": 0.5, "points: rank": 0.5, "_id": "k", "rank (record)": 77,
        "score (record)": None,
    }  # fmt: skip
