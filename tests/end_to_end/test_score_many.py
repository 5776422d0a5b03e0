"""``loadline run`` with many references, and with a scorer that another distribution brings."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from rapidfuzz.distance import JaroWinkler

from loadline.domain.jobs import Comparison, CsvFolderSource, Job, Score
from loadline.engine.earlier_run import open_earlier
from loadline.store.dataset import Dataset
from loadline.store.job_file import write_job
from tests.support import command
from tests.support.scored_runs import PEOPLE, write_people

NAMES = ("Elisabeth Rae", "Tom Hill", "Nobody At All")
COMPARE = (Comparison(field="name", measure="jaro-winkler"),)


def run_with(tmp_path: Path, score: Score) -> command.Ended:
    source = CsvFolderSource(path=str(write_people(tmp_path / "people")))
    path = tmp_path / "score.toml"
    write_job(path, Job(name="Score", kind="score", source=source, score=score))
    return command.run(path)


def expected_top(top: int) -> list[tuple[int, int, str]]:
    """Return (reference, rank, name) by comparing each with each."""
    lines = []
    for number, wanted in enumerate(NAMES, start=1):
        scored = [(JaroWinkler.normalized_similarity(wanted, p[0]), p[0]) for p in PEOPLE]
        ordered = sorted(scored, key=lambda pair: -pair[0])[:top]
        lines += [(number, rank, name) for rank, (_, name) in enumerate(ordered, start=1)]
    return lines


def told(receipt: dict[str, Any]) -> list[tuple[int, int, str]]:
    return [(hit["reference"], hit["rank"], hit["fields"]["name"]) for hit in receipt["top"]]


@pytest.mark.time_limit(60)
@pytest.mark.parametrize("written", ["semicolons.csv", "lines.jsonl"])
def test_each_reference_of_a_file_has_its_own_ranking(tmp_path: Path, written: str) -> None:
    file = tmp_path / written
    if file.suffix == ".csv":
        file.write_text("name;note\n" + "".join(f"{name};x\n" for name in NAMES))
    else:
        file.write_text("".join(f'{{"name": "{name}"}}\n' for name in NAMES))
    ended = run_with(tmp_path, Score(compare=COMPARE, reference_file=str(file), top=3))
    assert ended.code == 0, ended.err
    assert told(ended.receipt) == expected_top(3)
    folder = Path(ended.receipt["run_folder"])
    assert pq.read_table(folder / "rankings.parquet").num_rows == 9
    assert open_earlier(str(folder)).notes == ()  # the rankings are no table that is missed
    batches = list(Dataset.open(folder).batches())
    nearest = [n for batch in batches for n in batch.column("reference").to_pylist()]
    scores = [s for batch in batches for s in batch.column("score").to_pylist()]
    best = [
        max((JaroWinkler.normalized_similarity(w, p[0]), -n) for n, w in enumerate(NAMES, start=1))
        for p in PEOPLE
    ]
    assert scores == pytest.approx([score for score, _ in best])
    assert nearest == [-number for _, number in best]


def test_references_come_from_a_source_as_records_do(tmp_path: Path) -> None:
    folder = tmp_path / "wanted"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        (folder / f"{number}.csv").write_text(f"name,note\n{name},x\n")
    source = CsvFolderSource(path=str(folder))
    ended = run_with(tmp_path, Score(compare=COMPARE, reference_source=source, top=2))
    assert ended.code == 0, ended.err
    assert told(ended.receipt) == expected_top(2)


def test_a_reference_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    ended = run_with(tmp_path, Score(compare=COMPARE, reference_file=str(tmp_path / "no.jsonl")))
    assert ended.code == 2
    assert "no.jsonl" in ended.err


def own_scorer(tmp_path: Path, body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install a distribution with one scorer where every new process finds it."""
    site = tmp_path / "site"
    info = site / "vowels-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: vowels\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[loadline.scorers]\nvowels = vowels:score\n")
    (site / "vowels.py").write_text(f'def score(reference, frame):\n    """Vowels."""\n{body}')
    before = os.environ.get("PYTHONPATH", "")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, [str(site), before])))


VOWELS = (Comparison(field="name", measure="vowels"),)
GOOD = """\
    def count(text):
        return sum(letter in "aeiou" for letter in text.lower())
    own = count(reference["name"])
    return frame["name"].map(lambda text: 1.0 / (1 + abs(count(text) - own)))
"""


def test_a_scorer_of_another_distribution_scores_like_a_measure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_scorer(tmp_path, GOOD, monkeypatch)
    ended = run_with(tmp_path, Score(compare=VOWELS, reference={"name": "aa"}, top=3))
    assert ended.code == 0, ended.err
    names = [hit["fields"]["name"] for hit in ended.receipt["top"]]
    assert names == ["Tom Hill", "Ulf King", "Mary Lee"]


def test_a_scorer_in_the_programs_own_folder_is_found_by_window_and_workers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    score = Score(compare=VOWELS, reference={"name": "aa"}, top=3)
    assert "The measure vowels is not known." in run_with(tmp_path, score).err
    own_scorer(tmp_path, GOOD, monkeypatch)
    monkeypatch.delenv("PYTHONPATH")
    folder = tmp_path / ".local" / "share" / "loadline" / "scorers"
    folder.parent.mkdir(parents=True)
    (tmp_path / "site").rename(folder)
    ended = run_with(tmp_path, score)
    assert ended.code == 0, ended.err
    names = [hit["fields"]["name"] for hit in ended.receipt["top"]]
    assert names == ["Tom Hill", "Ulf King", "Mary Lee"]


def test_a_scorer_that_fails_names_record_and_line_and_costs_its_chunk_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = '    return frame["name"].map(lambda text: 1.0 / (text != "Mary Lee"))\n'
    own_scorer(tmp_path, body, monkeypatch)
    ended = run_with(tmp_path, Score(compare=VOWELS, reference={"name": "aa"}))
    assert ended.code == 1
    states = [task["state"] for task in ended.receipt["tasks"]]
    assert states == ["done", "done", "failed", "done"]
    error = ended.receipt["tasks"][2]["error"]
    assert "record 2" in error
    assert "vowels.py line 3" in error
    assert "ZeroDivisionError" in error
