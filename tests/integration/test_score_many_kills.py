"""Many references while workers and the program are killed: the same result as in peace."""

from __future__ import annotations

import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from loadline.domain.jobs import Backend, Comparison, CsvFolderSource, Job, Score
from tests.support import faults, waiting
from tests.support.faults import Bed, Ended

COMPARE = (
    Comparison(field="name", measure="levenshtein", weight=2.0),
    Comparison(field="price", measure="number", tolerance=500.0),
)
REFERENCES = 60


@pytest.fixture(scope="module")
def bed(tmp_path_factory: pytest.TempPathFactory) -> Bed:
    folder = tmp_path_factory.mktemp("many")
    wanted = folder / "wanted.csv"
    lines = "".join(f"n0.{n:06},{n * 40}\n" for n in range(0, REFERENCES * 7_000, 7_000))
    wanted.write_text(f"name,price\n{lines}")
    data = faults.odd_folder(folder / "data", 16, 3_000)
    score = Score(compare=COMPARE, reference_file=str(wanted), top=5)
    source = CsvFolderSource(path=str(data))
    job = Job(name="Many", kind="score", source=source, score=score, backend=Backend(workers=2))
    return Bed(folder, job)


@pytest.fixture(scope="module")
def wanted(bed: Bed) -> tuple[pa.Table, pa.Table]:
    """Run once in peace; return the records with their scores, and the rankings."""
    assert bed.run().code == 0
    return results(bed)


def results(bed: Bed) -> tuple[pa.Table, pa.Table]:
    """Return what the one run gave, and clear it away."""
    run = bed.only_run()
    assert run is not None
    found = faults.table(run), pq.read_table(run / "rankings.parquet")
    shutil.rmtree(bed.runs_dir)
    return found


def assert_the_same(bed: Bed, ended: Ended, wanted: tuple[pa.Table, pa.Table]) -> None:
    """Check scores, rankings and account."""
    assert ended.code == 0, ended.err
    assert ended.receipt is not None
    assert ended.receipt["balanced"]
    assert len(ended.receipt["top"]) == REFERENCES * 5
    scores, rankings = results(bed)
    assert scores.equals(wanted[0])
    assert rankings.equals(wanted[1])
    assert bed.leftovers() == []


@pytest.mark.time_limit(60)
def test_killed_workers_change_nothing_in_scores_and_rankings(
    bed: Bed, wanted: tuple[pa.Table, pa.Table]
) -> None:
    program = bed.start()
    dead = faults.shoot_workers(program, 3, seed=5, every=0.1)
    ended = bed.end(program)
    assert dead
    assert_the_same(bed, ended, wanted)


@pytest.mark.time_limit(60)
def test_a_killed_program_is_resumed_to_the_same_scores_and_rankings(
    bed: Bed, wanted: tuple[pa.Table, pa.Table]
) -> None:
    def some_parts() -> bool:
        run = bed.only_run() if bed.runs_dir.is_dir() else None
        return run is not None and len(list((run / "parts").glob("*.arrow"))) >= 4

    program = bed.start()
    waiting.until(some_parts, "some parts are there")
    bed.kill(program, workers_too=True)
    run = bed.only_run()
    assert run is not None
    assert not (run / "rankings.parquet").exists()
    assert_the_same(bed, bed.go_on(), wanted)
