"""The scorecard's example on previewed rows, computed in workers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from loadline.domain.jobs import CsvFolderSource, Job, Score
from loadline.domain.plan import Report
from loadline.scoring.sample import Sampled, SampleSpec, score_sample

if TYPE_CHECKING:
    from loadline.gui.application.desk import Desk
    from loadline.sources.source import Source

Named = tuple[str, object, tuple[str, ...]]
"""A file or a source of references, and the fields that are compared."""


class ExampleDesk:
    """Scores a few rows; of many references the first one stands for all, and is kept."""

    def __init__(self, desk: Desk, source_of: Callable[[Job], Source]) -> None:
        self._desk = desk
        self._source_of = source_of
        self._first: tuple[Named, Mapping[str, Any]] | None = None

    async def score(self, spec: SampleSpec) -> Sampled:
        """Score the rows; raises `LoadlineError`."""
        if spec.score.reference is None:
            spec = replace(spec, reference=await self._reference(spec.score))
        answer: Sampled = await self._desk.ask(score_sample, spec)
        return answer

    async def _reference(self, score: Score) -> Mapping[str, Any]:
        from loadline.engine.many_scored import ManyScoredSource

        fields = tuple(name for c in score.compare for name in (c.against or c.field, c.longitude))
        named: Named = (score.reference_file, score.reference_source, fields)
        if self._first is None or self._first[0] != named:
            job = Job(name="", kind="score", source=CsvFolderSource(path=""), score=score)
            source = await asyncio.to_thread(self._source_of, job)
            if isinstance(source, ManyScoredSource):
                record = await self._desk.ask(first_reference, source.references)
            else:
                record = source.reference  # type: ignore[attr-defined]
            self._first = named, record
        return self._first[1]


def first_reference(references: Any, report: Report) -> Mapping[str, Any]:
    """Return the first of many references (in a worker); raises what reading raises."""
    found: Mapping[str, Any] = references.first(report)
    return found
