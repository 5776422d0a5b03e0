"""The scores of a few previewed rows, as an example before the start."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loadline.domain.jobs import Comparison, Score
from loadline.domain.plan import Report
from loadline.scoring.checking import check
from loadline.scoring.places import as_written, fields_of, record_value, reference_value

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Example:
    """What one comparison gives two values, as they are written."""

    reference: Any
    record: Any
    closeness: float


@dataclass(frozen=True, slots=True)
class Sampled:
    """Each row's score, None where nothing can be compared, and an example per comparison."""

    scores: tuple[float | None, ...] = ()
    examples: tuple[Example | None, ...] = ()
    """None where no row has a value to compare."""


@dataclass(frozen=True, slots=True)
class SampleSpec:
    """A scorecard and rows as text, in the order of `columns`; None is an empty cell."""

    score: Score
    reference: Mapping[str, Any]
    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


def score_sample(spec: SampleSpec, report: Report) -> Sampled:
    """Return scores of rows and an example of each comparison; raises `JobError`.

    Runs in a worker. Measures read numbers and dates from text, so that no type is needed.
    """
    import pyarrow as pa

    from loadline.scoring.scorecard import score_batch

    check(spec.score, spec.reference)
    wanted = {name for comparison in spec.score.compare for name in fields_of(comparison)}
    cells = {
        name: _column([row[n] if n < len(row) else None for row in spec.rows])
        for n, name in enumerate(spec.columns)
        if name in wanted
    }
    if not cells:
        return Sampled((None,) * len(spec.rows), (None,) * len(spec.score.compare))
    scored = score_batch(spec.score, spec.reference, pa.record_batch(cells))
    report(len(spec.rows), 0)
    scores = tuple(None if score != score else float(score) for score in scored.scores)
    found = (
        _example(spec, comparison, [float(each) for each in closeness])
        for comparison, closeness in zip(spec.score.compare, scored.closeness, strict=True)
    )
    return Sampled(scores, tuple(found))


def _example(spec: SampleSpec, comparison: Comparison, closeness: list[float]) -> Example | None:
    """Return the row that is most alike and yet not the same, else the most alike."""
    known = [row for row, close in enumerate(closeness) if close == close]
    if not known:
        return None
    row = max(known, key=lambda each: (closeness[each] < 1.0 and closeness[each] > 0.0,
                                       closeness[each]))  # fmt: skip
    fields = dict(zip(spec.columns, spec.rows[row], strict=False))
    return Example(
        as_written(comparison, reference_value(comparison, spec.reference)),
        as_written(comparison, record_value(comparison, fields)),
        closeness[row],
    )


def _column(cells: Sequence[str | None]) -> pa.Array:
    """Return cells as text, or as lists where every filled one is written as a list."""
    import pyarrow as pa

    if any(cells) and all(cell is None or cell[:1] == "[" for cell in cells):
        try:
            return pa.array([None if cell is None else json.loads(cell) for cell in cells])
        except (ValueError, pa.ArrowException):
            pass  # written like lists, but not all of one kind: compared as text
    return pa.array(cells, pa.string())
