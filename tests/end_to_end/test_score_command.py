"""``loadline run`` with a scorecard: every score recomputed slowly, the best first."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from rapidfuzz.distance import JaroWinkler

from loadline.domain.jobs import Comparison, CsvFolderSource, Job, Score
from loadline.store.dataset import Dataset
from loadline.store.job_file import write_job
from tests.support import command

REFERENCE = {"pollster": "Marquette University Law School", "location": "WI", "year": 2016}
COMPARE = (
    Comparison(field="pollster", measure="jaro-winkler", weight=2.0),
    Comparison(field="location", measure="exact"),
    Comparison(field="year", measure="number", tolerance=10.0),
)


def slow_score(row: dict[str, str]) -> float:
    spelling = JaroWinkler.normalized_similarity("Marquette University Law School", row["pollster"])
    place = 1.0 if row["location"] == "WI" else 0.0
    year = max(0.0, 1.0 - abs(2016 - int(row["year"])) / 10.0)
    return (2.0 * spelling + place + year) / 4.0


def scored(folder: Path, data: Path, **score: object) -> command.Ended:
    card = Score(**{"compare": COMPARE, "reference": REFERENCE, **score})  # type: ignore[arg-type]
    source = CsvFolderSource(path=str(data), pattern=("*.csv",))
    path = folder / "score.toml"
    write_job(path, Job(name="Score", kind="score", source=source, score=card))
    return command.run(path)


@pytest.mark.time_limit(60)
def test_every_record_of_the_polls_has_the_score_of_the_slow_way(
    polls: Path, tmp_path: Path
) -> None:
    ended = scored(tmp_path, polls)
    assert ended.code == 0, ended.err
    expected = []
    for name in [task["name"] for task in ended.receipt["tasks"]]:
        with (polls / name).open(encoding="utf-8", newline="") as file:
            expected += [slow_score(row) for row in csv.DictReader(file)]
    dataset = Dataset.open(Path(ended.receipt["run_folder"]))
    found = [value for batch in dataset.batches() for value in batch.column("score").to_pylist()]
    assert found == pytest.approx(expected)
    best = sorted(expected, reverse=True)[:10]
    assert [hit["score"] for hit in ended.receipt["top"]] == pytest.approx(best)
    for hit in ended.receipt["top"]:
        assert sum(hit["parts"].values()) == pytest.approx(hit["score"])


def test_a_reference_without_a_compared_field_is_refused(polls: Path, tmp_path: Path) -> None:
    ended = scored(tmp_path, polls, reference={"pollster": "x"})
    assert ended.code == 2
    assert "location" in ended.err


def test_fields_that_no_file_has_fail_with_their_names(polls: Path, tmp_path: Path) -> None:
    card = (Comparison(field="shoe size", measure="exact"),)
    ended = scored(tmp_path, polls, compare=card, reference={"shoe size": 44})
    assert ended.code == 1
    assert "none of the fields" in ended.err
