"""References that are read for every task are those that the job began with."""

from __future__ import annotations

from pathlib import Path

import pytest

from loadline.bootstrap import source_of
from loadline.domain.errors import (
    JobError,
    LoadlineError,
    SourceChanged,
    SourceDamaged,
    SourceMissing,
)
from loadline.domain.jobs import Comparison, CsvFolderSource, Job, Score
from loadline.engine import references
from loadline.engine.many_scored import ManyScoredSource
from loadline.engine.outputs import Outputs
from loadline.sources.source import ReadHints
from tests.support.scored_runs import write_people

COMPARE = (Comparison(field="name", measure="jaro-winkler"),)


def report(rows: int, bytes_read: int) -> None:
    """Nobody listens."""


@pytest.fixture
def source(tmp_path: Path) -> ManyScoredSource:
    (tmp_path / "wanted.csv").write_text("name,age\nAnn,1\nBob,2\n")
    (tmp_path / "parts").mkdir()
    job = Job(
        name="Many",
        kind="score",
        source=CsvFolderSource(path=str(write_people(tmp_path / "people"))),
        score=Score(compare=COMPARE, reference_file=str(tmp_path / "wanted.csv")),
    )
    made = source_of(job)
    assert isinstance(made, ManyScoredSource)
    return made


def test_a_task_refuses_references_that_have_changed_since_the_list_was_made(
    source: ManyScoredSource, tmp_path: Path
) -> None:
    plan = source.plan(report)
    assert "2 references." in plan.notes
    outputs = Outputs(tmp_path, 0, 1)
    source.open(plan.partitions[0], ReadHints(), outputs).close()
    (tmp_path / "wanted.csv").write_text("name,age\nAnn,1\nRob,2\n")
    references._read.clear()  # another worker
    with pytest.raises(SourceChanged, match="no longer what they were"):
        source.open(plan.partitions[0], ReadHints(), outputs)
    again = source.plan(report)
    assert again.partitions[0].key != plan.partitions[0].key
    source.open(again.partitions[0], ReadHints(), outputs).close()
    outputs.discard()


def test_fields_that_no_comparison_needs_are_left_out_but_for_the_first(
    source: ManyScoredSource,
) -> None:
    loaded = source.references.loaded(report)
    assert loaded.records == ({"name": "Ann"}, {"name": "Bob"})


@pytest.mark.parametrize(
    ("content", "error"),
    [("name,age\n", SourceMissing), ("nom,age\nAnn,1\nBob,2\n", JobError)],
)
def test_references_that_are_none_or_of_another_kind_are_refused_at_once(
    source: ManyScoredSource, tmp_path: Path, content: str, error: type[LoadlineError]
) -> None:
    (tmp_path / "wanted.csv").write_text(content)
    with pytest.raises(error):
        source.plan(report)


def test_more_than_can_be_kept_are_refused_with_their_number(
    source: ManyScoredSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(references, "MOST", 1)
    with pytest.raises(JobError, match="more than 1 references"):
        source.plan(report)


def test_a_line_of_json_ends_where_its_line_ends(tmp_path: Path) -> None:
    file = tmp_path / "wanted.jsonl"
    names = ["Ann\u2028Lee", "Bo\x85b", "C"]
    file.write_text("\r\n".join(f'{{"name": "{name}"}}' for name in names), newline="")
    found = references.References(str(file), fields=("name",)).loaded(report)
    assert [record["name"] for record in found.records] == names


@pytest.mark.parametrize("content", ['[1, {"name": "Ann"}]', '["a", {"name": "Ann"}]'])
def test_a_reference_that_is_no_object_is_refused_wherever_it_stands(
    tmp_path: Path, content: str
) -> None:
    file = tmp_path / "wanted.json"
    file.write_text(content)
    with pytest.raises(SourceDamaged, match="cannot be read"):
        references.References(str(file)).loaded(report)
