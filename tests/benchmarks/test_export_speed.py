"""How quick exports are next to DuckDB on the same rows, and that their memory stays flat.

``LOADLINE_EXPORT_ROWS`` sets the rows (default 2,000,000).
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb
import pytest
from pyarrow import dataset as arrow_dataset

from loadline.domain.arrow import domain_schema
from loadline.store.dataset import Dataset
from loadline.store.export import export
from loadline.store.part_ref import PARTS
from tests.benchmarks.store_speed import ROWS, batch
from tests.support.parts import part

WANTED = int(os.environ.get("LOADLINE_EXPORT_ROWS", "2000000"))
pytestmark = pytest.mark.time_limit(900)
MEMORY = """
import sys
from pathlib import Path
from loadline.store.export import ExportOptions, export
from loadline.store.part_ref import PartRef
from loadline.store.dataset import Dataset
from loadline.domain.arrow import domain_schema
from pyarrow import ipc
folder, target = Path(sys.argv[1]), Path(sys.argv[2])
refs, schema = [], None
for index, path in enumerate(sorted((folder / "parts").iterdir())):
    with ipc.open_file(path) as file:
        schema = file.schema
        rows = sum(file.get_batch(n).num_rows for n in range(file.num_record_batches))
    refs.append(PartRef(index, path.name, rows, path.name))
dataset = Dataset(folder, refs, domain_schema(schema))
export(dataset, target, overwrite=True, options=ExportOptions(sheets="several"))
# The usage that the system tells of a process counts its parent from before it began.
status = Path("/proc/self/status").read_text()
print(int(status.partition("VmHWM:")[2].split()[0]) // 1024)
"""


def rows_in(folder: Path, rows: int) -> Dataset:
    """Return a dataset of ten columns in parts of 200,000 rows."""
    folder.mkdir()
    batches = [batch(number) for number in range(4)]
    refs = [part(folder, index, *batches) for index in range(max(1, rows // (4 * ROWS)))]
    return Dataset(folder, refs, domain_schema(batches[0].schema))


def seconds(action: Callable[[], object]) -> float:
    before = time.perf_counter()
    action()
    return time.perf_counter() - before


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_an_export_takes_at_most_a_quarter_longer_than_duckdb(tmp_path: Path, kind: str) -> None:
    """Side by side, the best of three each."""
    found = rows_in(tmp_path / "run", WANTED)
    files = [str(tmp_path / "run" / PARTS / ref.file) for ref in found.parts]
    ours, theirs = [], []
    with duckdb.connect() as other:
        other.register("source", arrow_dataset.dataset(files, format="ipc"))
        copy = f"COPY (SELECT * FROM source) TO '{tmp_path / 'b'}' (FORMAT {kind})"
        for _ in range(3):
            ours.append(seconds(partial(export, found, tmp_path / f"a.{kind}", overwrite=True)))
            theirs.append(seconds(partial(other.execute, copy)))
    speed = min(theirs) / min(ours)
    sys.stdout.write(f"\n{kind}: {min(ours):.2f} s, DuckDB {min(theirs):.2f} s, {speed:.2f} ×\n")
    assert speed >= 0.8


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".feather", ".jsonl", ".xlsx", ".sqlite"])
def test_memory_does_not_grow_with_the_rows(tmp_path: Path, suffix: str) -> None:
    most = []
    for name, rows in (("one", WANTED // 10), ("ten", WANTED)):
        rows_in(tmp_path / name, rows)
        target = tmp_path / f"{name}{suffix}"
        command = [sys.executable, "-c", MEMORY, str(tmp_path / name), str(target)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        most.append(int(done.stdout))
    sys.stdout.write(f"\n{suffix}: {most[0]} MB, with ten times the rows {most[1]} MB\n")
    assert most[1] < 1.4 * most[0] + 20
