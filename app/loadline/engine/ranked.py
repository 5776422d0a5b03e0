"""The ranking of a scoring run, folded from the lines of its finished parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from loadline.domain.jobs import Job, Score
from loadline.domain.plan import PartResult
from loadline.scoring.ranking import Hit, Ranking

_hits = msgspec.json.Decoder(tuple[Hit, ...])
_counts = msgspec.json.Decoder(tuple[int, ...])


class LiveRanking:
    """Keeps the ranking of a run up to date; each part is folded in once.

    Parts may finish in any order; the ranking does not depend on it. A part that is read again
    makes `update` begin anew.
    """

    def __init__(self, score: Score) -> None:
        self._score = score
        self._checksums: dict[int, str] = {}
        self.ranking = Ranking(score.top)

    def update(
        self, results: Mapping[int, PartResult], tasks: int, sizes: Sequence[int] = ()
    ) -> Ranking:
        """Fold in what is new in `results` (by index) of a run of `tasks` tasks.

        How far the run is goes by the tasks' `sizes`, where they are known: a few large files
        hold more records than many small ones.
        """
        if any(index not in results for index in self._checksums) or any(
            index in self._checksums and self._checksums[index] != result.checksum
            for index, result in results.items()
        ):
            self._checksums, self.ranking = {}, Ranking(self._score.top)
        for index, result in results.items():
            if index not in self._checksums:
                self._checksums[index] = result.checksum
                self._fold(result, share_done(self._checksums, tasks, sizes))
        return self.ranking

    def _fold(self, result: PartResult, done: float) -> None:
        extra = result.account.extra
        if "hits" in extra:
            self.ranking.add(_hits.decode(extra["hits"]), _counts.decode(extra["histogram"]), done)


def share_done(ended: Iterable[int], tasks: int, sizes: Sequence[int] = ()) -> float:
    """Return the share of the work, 0..1, that the tasks `ended` make up: by size, or by number."""
    there = list(ended)
    total = sum(sizes)
    if total > 0:
        return sum(sizes[index] for index in there if index < len(sizes)) / total
    return len(there) / max(tasks, 1)


def top_of(job: Job, results: Iterable[PartResult]) -> list[dict[str, Any]]:
    """Return the ranking as the receipt tells it: rank, ``_id``, score, share per field."""
    if job.score is None:
        return []
    kept = {result.index: result for result in results}
    best = LiveRanking(job.score).update(kept, len(kept)).hits
    return told_hits(job, [replace(hit, reference=0) for hit in best])


def told_hits(job: Job, hits: Iterable[Hit]) -> list[dict[str, Any]]:
    """Return hits as the receipt tells them; ranks begin anew with every other reference.

    With many references, `reference` is the number, from 1, of the one that is compared with.
    """
    assert job.score is not None
    told: list[dict[str, Any]] = []
    for hit in hits:
        line: dict[str, Any] = {
            "rank": 1,
            "_id": hit.key,
            "score": hit.score,
            "parts": _parts(job.score, hit),
            "fields": hit.fields,
        }
        if hit.reference:
            line["reference"] = hit.reference
        if told and told[-1].get("reference", 0) == hit.reference:
            line["rank"] = told[-1]["rank"] + 1
        told.append(line)
    return told


def _parts(score: Score, hit: Hit) -> dict[str, float]:
    parts: dict[str, float] = {}
    for comparison, share in zip(score.compare, hit.shares, strict=True):
        parts[comparison.field] = parts.get(comparison.field, 0.0) + share
    return parts
