"""The rankings of many references, merged from the further tables of a run's parts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loadline.domain.plan import PartResult, Report
from loadline.engine.many_scored import RANKED, REFERENCE
from loadline.engine.verify import TRIES
from loadline.scoring.ranking import Hit
from loadline.store.part_ref import PARTS

if TYPE_CHECKING:
    import pyarrow as pa

    from loadline.engine.accounts import Finished
    from loadline.engine.calls import Calls
    from loadline.engine.record import Record

RANKING_COLUMNS = frozenset({REFERENCE, "compared_with", "key", "fields", "shares", "closeness"})
"""Columns that the further table of rankings has, and hardly any other."""
FILE = "rankings.parquet"
"""Inside the run folder: all rankings, by reference and rank."""
MOST_TOLD = 10_000
"""Hits that are told in a receipt; further ones stand in `FILE`."""
_AT_ONCE = 200_000
"""Rows that are merged in one go."""
Part = tuple[int, str]
"""The index of a part and the file of its rankings, inside ``parts/``."""


@dataclass(frozen=True, slots=True)
class RankingsSpec:
    """The parts of a run; `folder` is the run folder."""

    folder: Path
    parts: tuple[Part, ...]
    top: int
    references: tuple[int, ...] = ()
    """Only these, by number from 1; empty: all."""
    keep: bool = False
    """Write `FILE`, which holds all of them."""
    most: int = MOST_TOLD
    """Hits to return."""


def ranked_parts(results: Iterable[PartResult]) -> tuple[Part, ...]:
    """Return the parts that hold rankings, in index order."""
    found = [
        (result.index, aside.part)
        for result in results
        for aside in result.asides
        if aside.number == RANKED
    ]
    return tuple(sorted(found))


def merge_rankings(spec: RankingsSpec, report: Report) -> tuple[Hit, ...]:
    """Return the best records of each reference asked for, by reference and rank. In a worker.

    Of equal scores the record that comes first in the source stands first.
    """
    import pyarrow as pa

    merged: pa.Table | None = None
    waiting: list[pa.Table] = []
    for number, (index, file) in enumerate(spec.parts):
        waiting.append(_part(spec, index, file))
        if number == len(spec.parts) - 1 or sum(t.num_rows for t in waiting) > _AT_ONCE:
            report(number, 0)
            whole = pa.concat_tables([*([] if merged is None else [merged]), *waiting])
            merged, waiting = _best(whole, spec.top), []
    if merged is None:
        return ()
    if spec.keep:
        _write(spec.folder / FILE, merged)
    return tuple(_hit(line) for line in merged.slice(0, spec.most).to_pylist())


async def ranked(calls: Calls, record: Record, finished: Finished) -> Finished:
    """Return `finished` with the rankings, where there are many references."""
    parts = ranked_parts(record.results.values())
    score = record.job.score
    if score is None or not parts:
        return finished
    spec = RankingsSpec(record.folder.path, parts, score.top, keep=True)
    hits = await calls.run(merge_rankings, spec, tries=TRIES)
    return replace(finished, hits=hits)


def _part(spec: RankingsSpec, index: int, file: str) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import ipc

    with pa.OSFile(str(spec.folder / PARTS / file), "rb") as source:
        table = ipc.open_file(source).read_all()
    if spec.references:
        chosen = pc.is_in(table[REFERENCE], value_set=pa.array(spec.references, pa.int64()))
        table = table.filter(chosen)
    return table.append_column("partition", pa.array([index] * table.num_rows, pa.int64()))


def _best(table: pa.Table, top: int) -> pa.Table:
    """Return the `top` best rows per reference, in order."""
    import numpy as np

    order = [(REFERENCE, "ascending"), ("score", "descending"), ("partition", "ascending")]
    table = table.sort_by([*order, ("row", "ascending")])
    numbers = table[REFERENCE].to_numpy()
    starts = np.searchsorted(numbers, numbers, side="left")
    return table.filter((np.arange(len(numbers)) - starts) < top)


def _write(path: Path, table: pa.Table) -> None:
    from pyarrow import parquet

    from loadline.store.writing import writing

    temporary = path.with_suffix(".tmp")
    with writing(path):
        parquet.write_table(table, temporary)
        temporary.replace(path)


def _hit(line: dict[str, Any]) -> Hit:
    return Hit(
        score=line["score"],
        partition=line["partition"],
        row=line["row"],
        key=line["key"],
        fields=json.loads(line["fields"]),
        shares=tuple(line["shares"]),
        closeness=tuple(line["closeness"]),
        reference=line[REFERENCE],
        compared_with=line["compared_with"],
    )
