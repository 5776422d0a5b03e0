"""Searching the rows that are shown: a worker finds them, the table goes from one to the next."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from loadline.domain.errors import Failure
from loadline.domain.query import Find
from loadline.gui.models import figures
from loadline.gui.models.receipt_words import rows
from loadline.gui.models.result_model import ResultModel
from loadline.gui.models.row_view import RowView
from loadline.gui.new_job_page.latest import Latest
from loadline.gui.run_page.find_bar import FindBar
from loadline.gui.run_page.result_query import ResultQuery
from loadline.gui.run_page.result_questions import ResultQuestions


class ResultFind(QObject):
    """Between the find bar and whoever searches."""

    hit = Signal(int)
    """Show a row of those that are shown, from 0; then the cell in it is looked for."""
    failed = Signal(str)

    def __init__(
        self,
        bar: FindBar,
        model: ResultModel,
        query: ResultQuery,
        questions: ResultQuestions | None,
    ) -> None:
        super().__init__(bar)
        self._bar, self._model, self._query = bar, model, query
        self._questions = questions
        self._hits: RowView | None = None
        self._find = Find(text="")
        self._latest = Latest[RowView](self._answered, self._failed)
        self._at = -1
        self._row = 0
        bar.asked.connect(self._ask)
        bar.stepped.connect(self._step)
        bar.closed.connect(self.stop)
        query.view_changed.connect(self._forget)

    @property
    def busy(self) -> bool:
        """A worker searches."""
        return self._latest.busy

    def set_row(self, row: int) -> None:
        """Note where the cursor is: the search goes on from there."""
        self._row = max(0, row)

    def stop(self) -> None:
        """Forget hits and outstanding questions."""
        self._latest.drop()
        self._hits, self._at = None, -1

    def _forget(self) -> None:
        self.stop()
        self._bar.forget()

    def _ask(self, text: str, case: bool) -> None:
        if self._questions is None or self._query.rows is None:
            return
        self.stop()
        self._find = Find(text=text, case=case)
        whole = self._query.whole
        view = None if whole is None else whole.whole
        self._bar.tell(self.tr("Searching \u2026"), any_hit=False)
        self._latest.ask(partial(self._questions.find, self._query.rows, self._find, view))

    def _answered(self, hits: RowView) -> None:
        self._hits = hits
        if not hits.total:
            self._bar.tell(self.tr("Found in no row"), any_hit=False)
            return
        self._go(hits.first_from(self._row) % hits.total)

    def _failed(self, failure: Failure) -> None:
        self._bar.tell("", any_hit=False)
        self.failed.emit(failure.sentence)

    def _step(self, step: int) -> None:
        hits = self._hits
        if hits is not None and hits.total:
            self._go((self._at + step) % hits.total)

    def _go(self, number: int) -> None:
        hits = self._hits
        row = hits.row(number) if hits is not None else None
        if hits is None or row is None:
            return
        self._at = number
        words = self.tr("{0} of {1}").format(figures.count(number + 1), rows(hits.total))
        self._bar.tell(words, any_hit=True)
        self.hit.emit(row)
        self._model.look_in_row(row, self._find.text, case=self._find.case)
