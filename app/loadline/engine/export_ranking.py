"""The ranking of a run as a file: a line per hit, with the points of each comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loadline.domain.jobs import Score
from loadline.domain.plan import Report
from loadline.engine.rankings import Part, RankingsSpec, merge_rankings
from loadline.engine.scored import share_column
from loadline.scoring.ranking import Hit

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class RankingExport:
    """What to write: `hits`, or the rankings of all references in `parts`."""

    path: Path
    score: Score
    hits: tuple[Hit, ...]
    folder: Path
    parts: tuple[Part, ...] = ()
    defuse: bool = True


def export_ranking(spec: RankingExport, report: Report) -> int:
    """Write a ranking by the path's suffix (.csv, .parquet, .jsonl); return its lines.

    In a worker. Raises `OutputError`.
    """
    hits: Sequence[Hit] = spec.hits
    if spec.parts:
        everything = RankingsSpec(spec.folder, spec.parts, spec.score.top, most=1 << 40)
        hits = merge_rankings(everything, report)
    lines = told_lines(spec.score, hits)
    suffix = spec.path.suffix.lower()
    if suffix == ".parquet":
        _parquet(spec.path, lines)
    elif suffix == ".jsonl":
        _json_lines(spec.path, lines)
    else:
        from loadline.store.ranking_csv import write_lines

        write_lines(lines, spec.path, defuse=spec.defuse)
    return len(lines)


def told_lines(score: Score, hits: Sequence[Hit]) -> list[dict[str, Any]]:
    """Return a dict per hit, all with the same names in the same order."""
    fields = list(dict.fromkeys(name for hit in hits for name in hit.fields))
    shares = [
        share_column(score, n).replace("score ", "points: ", 1) for n in range(len(score.compare))
    ]
    lines: list[dict[str, Any]] = []
    before, rank = 0, 0
    for hit in hits:
        rank = rank + 1 if hit.reference == before or not lines else 1
        before = hit.reference
        line: dict[str, Any] = {"rank": rank, "score": hit.score}
        if hit.reference:
            line = {"reference": hit.reference, "compared with": hit.compared_with, **line}
        line |= dict(zip(shares, hit.shares, strict=False))
        # A record may have fields called as the ranking's own.
        told = {f"{name} (record)" if name in line else name: name for name in fields}
        lines.append(line | {shown: hit.fields.get(name) for shown, name in told.items()})
    return lines


def _parquet(path: Path, lines: Sequence[dict[str, Any]]) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    from loadline.store.writing import write_whole

    names = lines[0] if lines else {}
    table = pa.table({name: _column([line[name] for line in lines]) for name in names})
    sink = pa.BufferOutputStream()
    parquet.write_table(table, sink)
    write_whole(path, sink.getvalue().to_pybytes())


def _column(values: Sequence[Any]) -> pa.Array:
    """Return values of one kind as they are, those of several kinds as text."""
    import pyarrow as pa

    try:
        return pa.array(values)
    except pa.ArrowException:  # texts here and numbers there
        return pa.array([None if value is None else str(value) for value in values])


def _json_lines(path: Path, lines: Sequence[dict[str, Any]]) -> None:
    import msgspec

    from loadline.store.writing import write_whole

    write_whole(path, b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
