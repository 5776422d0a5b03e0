"""Saving the records whose score is high enough, best first."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from loadline.domain.plan import Report
from loadline.store.export import ExportSpec

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class AboveSpec:
    """An export of the records from bar `first` of the histogram on."""

    export: ExportSpec
    first: int


def export_above(spec: AboveSpec, report: Report) -> int:
    """Write the records at or above the threshold, best first; in a worker.

    Equal scores stand in the order of the source. Raises what an export raises.
    """
    from loadline.store.export import export_run

    numbers = _rows(spec, report)
    with tempfile.TemporaryDirectory(prefix="loadline-") as folder:
        view = Path(folder) / "rows"
        view.write_bytes(numbers.astype("<i8").tobytes())
        return export_run(replace(spec.export, view=view), report)


def _rows(spec: AboveSpec, report: Report) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    import numpy as np

    from loadline.engine.scored import SCORE
    from loadline.scoring.ranking import edge
    from loadline.store.dataset import Dataset

    least = edge(spec.first)
    found, scores, start = [], [], 0
    for batch in Dataset.open(spec.export.run_folder).batches([SCORE]):
        report(0, 0)
        values = batch.column(0).to_numpy(zero_copy_only=False)
        chosen = np.flatnonzero(values >= least)  # null is NaN, which is not
        found.append(chosen + start)
        scores.append(values[chosen])
        start += len(values)
    numbers = np.concatenate([np.zeros(0, np.int64), *found])
    order = np.argsort(-np.concatenate([np.zeros(0), *scores]), kind="stable")
    return numbers[order].astype(np.int64)
