"""The ranking of one of many references, asked for when a person chooses it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from loadline.domain.errors import Failure
from loadline.domain.jobs import Score
from loadline.gui.new_job_page.latest import Latest
from loadline.gui.run_page.record_pane import RecordOf
from loadline.gui.run_page.reference_list import ReferenceList
from loadline.gui.run_page.run_like import RunLike
from loadline.gui.theme import Theme
from loadline.scoring.ranking import Hit

Records = tuple[Mapping[str, Any], ...]
Hits = tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class RankingQuestions:
    """What workers are asked; all raise `LoadlineError`.

    `references` gives a run's references in their order, empty where it has only one; `ranking`
    the best records of one of them, by its number from 1, among the parts that have finished;
    `record` the whole record of a hit.
    """

    references: Callable[[RunLike], Awaitable[Records]]
    ranking: Callable[[RunLike, int], Awaitable[Hits]]
    record: RecordOf | None = None


class ReferenceRankings(QObject):
    """Between the list of references and the ranking tab; `changed`: other hits are to be shown."""

    changed = Signal()

    def __init__(self, theme: Theme, questions: RankingQuestions | None) -> None:
        super().__init__()
        self._questions = questions
        self._run: RunLike | None = None
        self._records: Records = ()
        self._parts = -1
        self.failure: Failure | None = None
        self.hits: Hits | None = None
        """The hits of the chosen reference; None: of all, or not known yet."""
        self.list = ReferenceList(theme)
        self.list.setVisible(False)
        self.list.chosen.connect(self._chosen)
        self._names = Latest[Records](self._told, self._failed)
        self._answers = Latest[Hits](self._ranked, self._failed)

    def show_run(self, run: RunLike, *, many: bool) -> None:
        """Be about another run; `many`: it has more references than one."""
        self.stop()
        self._run, self._records, self._parts = run, (), -1
        self.hits, self.failure = None, None
        self.list.setVisible(many)
        self.list.show_references(())
        if many and self._questions is not None:
            self._names.ask(partial(self._questions.references, run))

    def follow(self) -> None:
        """Ask again when more parts have finished."""
        if self._run is None or not self.number or len(self._run.results) == self._parts:
            return
        if self._questions is not None and not self._answers.busy:
            self._parts = len(self._run.results)
            self._answers.ask(partial(self._questions.ranking, self._run, self.number))

    @property
    def number(self) -> int:
        """The chosen reference, from 1; 0: all of them."""
        return self.list.number()

    def with_reference(self, score: Score, number: int) -> Score:
        """Return the scorecard with the values of reference `number`, where they are known."""
        if not 0 < number <= len(self._records):
            return score
        return msgspec.structs.replace(score, reference=dict(self._records[number - 1]))

    def stop(self) -> None:
        """Forget outstanding questions."""
        self._names.drop()
        self._answers.drop()

    def _told(self, records: Records) -> None:
        from loadline.engine.many_scored import label_of

        self._records = records
        self.list.show_references([label_of(record) for record in records])
        self.changed.emit()

    def _chosen(self, number: int) -> None:
        self._answers.drop()
        self._parts, self.hits = -1, () if number else None
        self.follow()
        self.changed.emit()

    def _ranked(self, hits: Hits) -> None:
        self.hits, self.failure = hits, None
        self.changed.emit()

    def _failed(self, failure: Failure) -> None:
        self.failure = failure
        self.changed.emit()
