"""``loadline run`` over the result of an earlier run: copied and scored; what is wrong is told."""

from __future__ import annotations

import json
from pathlib import Path

from loadline.domain.jobs import Comparison, DatasetSource, Job, Output, Score
from loadline.store.job_file import write_job
from tests.support import command
from tests.support.parts import numbers
from tests.support.scored_runs import COMPARE, PEOPLE, REFERENCE
from tests.support.sealed_runs import people_run, sealed_run


def run(folder: Path, earlier: Path, score: Score | None = None, output: str = "") -> command.Ended:
    path = folder / "job.toml"
    write_job(
        path,
        Job(
            name="Again",
            kind="score" if score else "load",
            source=DatasetSource(path=str(earlier)),
            score=score,
            output=Output(path=str(folder / output)) if output else None,
        ),
    )
    return command.run(path)


def test_a_result_is_copied_into_another_format(tmp_path: Path) -> None:
    earlier = people_run(tmp_path / "earlier")
    ended = run(tmp_path, earlier, output="people.jsonl")
    assert ended.code == 0, ended.err
    assert ended.receipt["balanced"]
    lines = [json.loads(line) for line in (tmp_path / "people.jsonl").read_text().splitlines()]
    assert [(line["name"], line["born"], line["city"]) for line in lines] == list(PEOPLE)


def test_a_result_is_scored_and_the_receipt_names_the_best(tmp_path: Path) -> None:
    earlier = people_run(tmp_path / "earlier")
    ended = run(tmp_path, earlier, Score(compare=COMPARE, reference=REFERENCE, top=2))
    assert ended.code == 0, ended.err
    first, second = ended.receipt["top"]
    assert (first["_id"], first["score"]) == ("row 1", 1.0)
    assert first["fields"]["name"] == "Elizabeth Ray"
    assert second["_id"] == "row 2"


def test_a_damaged_part_fails_its_slices_and_names_the_part(tmp_path: Path) -> None:
    earlier = sealed_run(tmp_path / "earlier", [[numbers(0, 9)]])
    part = earlier / "parts" / "part-00000.arrow"
    part.write_bytes(part.read_bytes()[:-40])
    ended = run(tmp_path, earlier)
    assert ended.code == 1
    assert "part-00000.arrow" in ended.err
    assert "Run that job again" in ended.err


def test_no_run_there_is_exit_code_three_and_a_newer_one_two(tmp_path: Path) -> None:
    assert run(tmp_path, tmp_path / "nowhere").code == 3
    newer = sealed_run(tmp_path / "earlier", [[numbers(0, 2)]])
    (newer / "run.json").write_text('{"format": 9, "run": "x", "created": ""}')
    ended = run(tmp_path, newer)
    assert ended.code == 2
    assert "format 9" in ended.err


def test_a_field_that_the_result_does_not_have_is_told_with_those_that_it_has(
    tmp_path: Path,
) -> None:
    earlier = people_run(tmp_path / "earlier")
    card = Score(compare=(Comparison(field="shoe", measure="exact"),), reference={"shoe": 44})
    ended = run(tmp_path, earlier, card)
    assert ended.code == 1
    assert "none of the fields to compare" in ended.err


def test_weights_that_are_all_zero_and_an_unknown_reference_field_are_refused(
    tmp_path: Path,
) -> None:
    earlier = people_run(tmp_path / "earlier")
    idle = Comparison(field="name", measure="exact", weight=0.0)
    ended = run(tmp_path, earlier, Score(compare=(idle,), reference={"name": "x"}))
    assert (ended.code, "All weights are 0" in ended.err) == (2, True)
    other = Comparison(field="name", measure="exact", against="alias")
    ended = run(tmp_path, earlier, Score(compare=(other,), reference={"name": "x"}))
    assert (ended.code, "The reference has no field alias." in ended.err) == (2, True)
