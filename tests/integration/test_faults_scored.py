"""A killed scoring run goes on with the chunks that it had measured, to the same end."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

from loadline.domain.jobs import Comparison, DatasetSource, Job, Score
from loadline.domain.policy import Policy
from tests.support import faults, waiting
from tests.support.faults import Bed
from tests.support.sealed_runs import sealed_run

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 40_000
CARD = Score(
    compare=(
        Comparison(field="name", measure="jaro-winkler", weight=2.0),
        Comparison(field="price", measure="number", tolerance=50.0),
    ),
    reference={"name": "Anna Keller", "price": 40},
    top=25,
)


def records(seed: int) -> pa.RecordBatch:
    chance = random.Random(seed)
    names = [chance.choice(("Anna", "Ana", "Tom", "Ulf")) + " Keller" for _ in range(ROWS)]
    return pa.record_batch({"name": names, "price": [chance.random() * 99 for _ in range(ROWS)]})


def planned(bed: Bed) -> list[Any]:
    return [line["partitions"] for line in bed.journal() if line["entry"] == "Planned"]


def done(bed: Bed) -> list[int]:
    return [line["result"].get("index", 0) for line in bed.journal() if line["entry"] == "PartDone"]


def begun(bed: Bed) -> bool:
    run = bed.only_run()
    journal = run / "journal.jsonl" if run else None
    return journal is not None and journal.is_file() and '"PartDone"' in journal.read_text()


@pytest.mark.time_limit(60)
def test_a_killed_scoring_run_goes_on_in_its_measured_chunks_to_the_same_ranking(
    tmp_path: Path,
) -> None:
    earlier = sealed_run(tmp_path / "earlier", [[records(1)], [records(2)]])
    job = Job(name="Find", kind="score", source=DatasetSource(path=str(earlier)), score=CARD)
    calm = Bed(tmp_path, job, tmp_path / "calm")
    wanted = calm.run().receipt
    assert wanted is not None
    whole = calm.only_run()
    assert whole is not None
    # Few starts a second, so that the kill meets a run that has begun and not ended.
    slow = Job(name="Find", kind="score", source=job.source, score=CARD, policy=Policy(rate=8.0))
    bed = Bed(tmp_path, slow)
    program = bed.start()
    waiting.until(lambda: begun(bed), "a part")
    bed.kill(program)
    kept, chunks = done(bed), planned(bed)
    assert 0 < len(kept) < len(chunks[0])
    ended = bed.go_on()
    assert ended.code == 0, ended.err
    assert ended.receipt is not None
    assert ended.receipt["balanced"]
    assert ended.receipt["top"] == wanted["top"]
    assert all(plan == chunks[0] for plan in planned(bed))
    assert sorted(done(bed)) == list(range(len(chunks[0])))  # none was scored twice
    run = bed.only_run()
    assert run is not None
    assert faults.table(run).equals(faults.table(whole))
    assert bed.leftovers() == []
