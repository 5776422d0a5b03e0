"""Sealed runs with known rows, as an earlier run leaves them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from loadline.domain.arrow import domain_schema
from loadline.domain.jobs import CsvFolderSource, Job
from loadline.domain.receipt import RunState
from loadline.domain.schema import union
from loadline.store import entries as en
from loadline.store.journal import Journal
from loadline.store.manifest import seal
from loadline.store.run_folder import RunFolder
from tests.support.parts import result, write_part


def sealed_run(
    runs: Path,
    parts: Sequence[Sequence[pa.RecordBatch]],
    *,
    name: str = "Earlier",
    state: RunState = RunState.DONE,
) -> Path:
    """Return the folder of an ended run whose parts hold these batches."""
    job = Job(name=name, source=CsvFolderSource(path="/data/earlier"))
    with RunFolder.create(runs, job) as folder:
        written = [write_part(folder.path, n, *batches) for n, batches in enumerate(parts)]
        results = [
            result(part, index, parts[index][0].schema) for index, part in enumerate(written)
        ]
        schema = union(domain_schema(batches[0].schema) for batches in parts)
        seal(folder, schema, results, {n: f"{n}.csv" for n in range(len(parts))})
        rows = sum(part.rows for part in written)
        with Journal(folder.journal) as journal:
            journal.append(en.RunEnded(1.0, state, tasks=len(parts), rows=rows, balanced=True))
        return folder.path


def people_run(runs: Path) -> Path:
    """Return a run whose result is `PEOPLE`, in two parts."""
    from tests.support.scored_runs import PEOPLE

    names = ("name", "born", "city")
    halves = (PEOPLE[:4], PEOPLE[4:])
    parts = [
        [pa.record_batch({name: [p[n] for p in half] for n, name in enumerate(names)})]
        for half in halves
    ]
    return sealed_run(runs, parts, name="People")
