"""Rankings of single references and whole records for the run page, read in workers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from loadline.domain.jobs import Job
from loadline.gui.application.desk import Desk
from loadline.gui.run_page.reference_rankings import Hits, RankingQuestions, Records

if TYPE_CHECKING:
    from loadline.engine.whole_record import WholeRecord
    from loadline.scoring.ranking import Hit
    from loadline.sources.source import Source


def ranking_questions(desk: Desk, source_of: Callable[[Job], Source]) -> RankingQuestions:
    """Return how the ranking tab asks for a run's references, their rankings, and records."""

    async def references(run: Any) -> Records:
        from loadline.engine.many_scored import ManyScoredSource
        from loadline.engine.references import list_references

        source = await asyncio.to_thread(source_of, run.job)
        if not isinstance(source, ManyScoredSource):
            return ()
        told: Records = await desk.ask(list_references, source.references)
        return told

    async def ranking(run: Any, number: int) -> Hits:
        from loadline.engine.rankings import RankingsSpec, merge_rankings, ranked_parts

        parts = ranked_parts(run.results.values())
        top = run.job.score.top
        spec = RankingsSpec(run.folder, parts, top, references=(number,), most=top)
        told: Hits = await desk.ask(merge_rankings, spec)
        return told

    async def record(run: Any, hit: Hit) -> WholeRecord:
        from loadline.engine.whole_record import record_spec, whole_record

        source = await asyncio.to_thread(source_of, run.job)
        told: WholeRecord = await desk.ask(whole_record, record_spec(run, source, hit))
        return told

    return RankingQuestions(references, ranking, record)
