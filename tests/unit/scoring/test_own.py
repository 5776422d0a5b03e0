"""Own scorers: what they give is checked, and listing them imports nothing of theirs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from loadline.domain.errors import JobError, SourceDamaged
from loadline.scoring.checking import info_of
from loadline.scoring.own import closeness_by, load_scorer, own_scorers

SOURCE = '''
import pandas as pd

def good(reference, frame):
    """Share of letters.

    More text.
    """
    return frame["n"] / 10

def short(reference, frame):
    return frame["n"].head(2) / 10

def texts(reference, frame):
    return frame["n"].map(lambda n: "much")

def listed(reference, frame):
    return [0.5] * len(frame)

def holes(reference, frame):
    return (frame["n"] / 10).where(frame["n"] != 2)

def large(reference, frame):
    return frame["n"] * 1.0
'''
BATCH = pa.record_batch({"n": [1, 2, 3]})


@pytest.fixture(autouse=True)
def _installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Install a distribution in a folder of its own."""
    info = tmp_path / "sharing-2.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: sharing\nVersion: 2.0\n")
    names = ("good", "short", "texts", "listed", "holes", "large", "exact")
    lines = "".join(f"{name} = sharing_scorers:{name}\n" for name in names)
    (info / "entry_points.txt").write_text(f"[loadline.scorers]\n{lines}")
    (tmp_path / "sharing_scorers.py").write_text(SOURCE)
    monkeypatch.syspath_prepend(str(tmp_path))
    own_scorers.cache_clear()
    yield
    own_scorers.cache_clear()
    load_scorer.cache_clear()
    sys.modules.pop("sharing_scorers", None)


def test_scorers_are_listed_with_their_first_line_without_being_imported() -> None:
    assert own_scorers()["good"].explanation == "Share of letters"
    assert own_scorers()["short"].explanation == "an own scorer"
    assert "sharing_scorers" not in sys.modules


def test_a_measure_keeps_its_name() -> None:
    assert "exact" not in own_scorers()
    assert info_of("exact").title == "the same"


def test_an_unknown_name_is_told_with_all_that_are_known() -> None:
    with pytest.raises(JobError, match="not known") as raised:
        info_of("goood")
    assert "good" in raised.value.failure.advice


def test_what_a_scorer_gives_is_the_closeness() -> None:
    assert closeness_by("good", {}, BATCH).tolist() == [0.1, 0.2, 0.3]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("short", "gives 2 scores for 3 records"),
        ("texts", "and not numbers"),
        ("listed", "gives a list and not a pandas Series"),
        ("holes", "gives nan for record 2"),
        ("large", "gives 2 for record 2, which is not from 0 to 1"),
    ],
)
def test_anything_else_than_numbers_from_0_to_1_is_an_error(name: str, sentence: str) -> None:
    with pytest.raises(SourceDamaged, match=sentence):
        closeness_by(name, {}, BATCH)
