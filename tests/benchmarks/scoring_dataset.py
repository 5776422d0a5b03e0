"""How many comparisons one core makes on the dataset of an earlier run.

Counted is the whole work of a worker: reading and verifying the part, comparing, ranking, writing
the scores; and the comparing alone. Prints a table; see `tests.benchmarks.scoring_side_by_side`.
"""

from __future__ import annotations

import math
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa

from loadline.domain.jobs import Comparison, Score
from loadline.engine.earlier_run import open_earlier
from loadline.engine.scored import ScoredSource
from loadline.engine.worker import ReadSpec, read_partition
from loadline.scoring.scorecard import score_batch
from loadline.sources.dataset import DatasetSlices
from loadline.sources.source import ReadHints
from tests.support.sealed_runs import sealed_run

ROWS, BATCH = 1_048_576, 65_536
REFERENCE: dict[str, Any] = {"name": "Anna Maria Keller Lee", **{f"f{n}": 41.5 for n in range(4)}}
CARDS = {
    "number": tuple(Comparison(field=f"f{n}", measure="number", tolerance=50.0) for n in range(4)),
    "Jaro-Winkler": (Comparison(field="name", measure="jaro-winkler"),),
    "Jaro-Winkler and number": (
        Comparison(field="name", measure="jaro-winkler", weight=2.0),
        Comparison(field="f0", measure="number", tolerance=50.0),
    ),
}
_WORDS = ("Anna", "Maria", "Keller", "Lee", "Tom", "Hill", "Berg", "Rosa", "Ito", "Novak", "Ulf")


def batches() -> list[pa.RecordBatch]:
    """Return records with a name of four words and eight numbers."""
    chance = Random(5)
    names = [" ".join(chance.choice(_WORDS) for _ in range(4)) for _ in range(BATCH)]
    numbers = {f"f{n}": [chance.random() * 100.0 for _ in range(BATCH)] for n in range(8)}
    return [pa.record_batch({"name": names, **numbers})] * (ROWS // BATCH)


def whole(source: ScoredSource, folder: Path, serial: int) -> None:
    """Do all that a worker does for one task over all rows."""
    for part in ("parts", "problems"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    inner = source.source
    assert isinstance(inner, DatasetSlices)
    earlier = inner.opener(inner.path)
    partition = inner.beginning()
    key = f"0-{earlier.rows}@{earlier.digest}"
    spec = ReadSpec(
        source,
        type(partition)(0, "all", key, rows=earlier.rows, first=0),
        ReadHints(),
        folder,
        serial,
    )
    assert read_partition(spec, lambda _rows, _bytes: None).balanced


def print_dataset(folder: Path, rounds: int) -> None:
    """Print comparisons per second, whole and alone."""
    made = batches()
    run = sealed_run(folder / "earlier", [made])
    sys.stdout.write(f"{ROWS:,} records of an earlier run, one core\n\n")
    sys.stdout.write(
        "| comparisons/s | with reading and writing | comparing alone |\n|---|---|---|\n"
    )
    for name, compare in CARDS.items():
        card = Score(compare=compare, reference=REFERENCE)
        source = ScoredSource(DatasetSlices(str(run), open_earlier), card, REFERENCE)
        full = alone = math.inf
        for serial in range(rounds):
            began = time.perf_counter()
            whole(source, folder / "out", serial)
            full = min(full, time.perf_counter() - began)
            began = time.perf_counter()
            for batch in made:
                score_batch(card, REFERENCE, batch)
            alone = min(alone, time.perf_counter() - began)
        count = ROWS * len(compare)
        sys.stdout.write(f"| {name} | {count / full:,.0f} | {count / alone:,.0f} |\n")
