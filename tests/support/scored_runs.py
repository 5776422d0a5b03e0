"""Scripted runs that score: each file that has ended brings its hits, as a worker would."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa

from loadline.domain.jobs import Comparison, CsvFolderSource, Job, Score
from loadline.domain.plan import PartResult, ReadAccount
from loadline.domain.tasks import COMPLETE
from loadline.scoring.ranking import Hit, best, histogram
from loadline.scoring.scorecard import score_batch
from tests.support.scripted_run import FileScript, ScriptedRun

if TYPE_CHECKING:
    from collections.abc import Sequence

REFERENCE: dict[str, Any] = {"name": "Elizabeth Ray", "born": "1977-03-02", "city": "Vasqueztown"}
COMPARE = (
    Comparison(field="name", measure="jaro-winkler", weight=3.0),
    Comparison(field="born", measure="date", tolerance=365.0, weight=2.0),
    Comparison(field="city", measure="exact"),
)
PEOPLE = (
    ("Elizabeth Ray", "1977-03-02", "Vasqueztown"),
    ("Elisabeth Rae", "1977-03-12", "Vasqueztown"),
    ("Elizabeth Ray", "1976-09-01", "Westburg"),
    ("Tom Hill", "1950-01-01", "Westburg"),
    ("Eliza Roy", "1977-03-01", None),
    ("Mary Lee", "1977-02-02", "Vasqueztown"),
    ("Ulf King", "1999-02-02", "Lake Kyle"),
    ("Elsbeth Ray", "1978-01-02", "Lake Kyle"),
)
Person = tuple[str, str, str | None]


class ScoringRun(ScriptedRun):
    """A scripted run with a scorecard; `finish_file` ends a file and brings its hits."""

    def __init__(self, files: Sequence[Sequence[Person]], top: int = 10) -> None:
        scripts = [
            FileScript(f"people-{n + 1}.csv", rows=len(file)) for n, file in enumerate(files)
        ]
        super().__init__(scripts, name="Find Elizabeth Ray", cap=1, speed=1_000_000.0)
        self._people = files
        self.job = Job(
            name="Find Elizabeth Ray",
            kind="score",
            source=CsvFolderSource(path="/data/people"),
            score=Score(compare=COMPARE, reference=REFERENCE, top=top),
        )
        self.plan()

    def finish_file(self) -> None:
        """Let time pass until one more file has ended."""
        before = len(self.results)
        while len(self.results) == before:
            self.advance(0.2)
            self._gather()

    def run_to_end(self) -> None:
        """Let time pass until the run has ended."""
        super().run_to_end()
        self._gather()

    def _gather(self) -> None:
        for row in self.board.rows:
            if row.state in COMPLETE and row.index not in self.results:
                self.results[row.index] = scored_part(self.job, row.index, self._people[row.index])


def scored_part(job: Job, index: int, people: Sequence[Person]) -> PartResult:
    """Return the line of a part with the scores of `people`."""
    assert job.score is not None
    assert job.score.reference is not None
    names = ("name", "born", "city")
    batch = pa.record_batch(
        {name: [person[n] for person in people] for n, name in enumerate(names)}
    )
    scored = score_batch(job.score, job.score.reference, batch)
    hits = [
        Hit(
            score=float(scored.scores[row]),
            partition=index,
            row=row,
            key=f"{index}-{row}",
            fields={"_source": f"people-{index + 1}.csv", **batch.slice(row, 1).to_pylist()[0]},
            shares=tuple(float(s) for s in scored.shares[:, row]),
            closeness=tuple(None if c != c else float(c) for c in scored.closeness[:, row]),
        )
        for row in best(scored.scores, job.score.top)
    ]
    told = {"hits": hits, "histogram": histogram(scored.scores), "wrong": [0, 0, 0]}
    account = ReadAccount(
        rows_read=len(people),
        rejected=0,
        bytes_read=1,
        schema=(),
        extra={name: msgspec.json.encode(fact).decode() for name, fact in told.items()},
    )
    return PartResult(index, account, len(people), 1, f"xxh3:{index}", 0.1, f"part-{index}.arrow")


def write_people(folder: Path, files: int = 4) -> Path:
    """Write `PEOPLE` into `folder` as CSV files of two records each."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(files):
        lines = [",".join(v or "" for v in p) for p in PEOPLE[2 * number : 2 * number + 2]]
        text = "name,born,city\n" + "\n".join(lines) + "\n"
        (folder / f"people-{number + 1}.csv").write_text(text)
    return folder
