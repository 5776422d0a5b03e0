"""Filters and order of the Results tab: what is asked, what is shown, what a worker still does."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from loadline.domain.errors import Failure
from loadline.domain.query import Filter, Query, Sort
from loadline.gui.models.result_model import ResultModel
from loadline.gui.models.row_view import RowView
from loadline.gui.new_job_page.latest import Latest
from loadline.gui.run_page.result_questions import ResultQuestions, Rows

HINT_AFTER = 300
"""Milliseconds after which it is told that a worker is busy."""


class ResultQuery(QObject):
    """Asks workers and has the table show their answer; the answer before stays until then."""

    changed = Signal()
    """Filters, order, or whether a worker is busy."""
    view_changed = Signal(object)
    """The `View` that is shown completely now; None: all rows in the order of the source."""
    failed = Signal(str)

    def __init__(self, model: ResultModel, questions: ResultQuestions | None) -> None:
        super().__init__(model)
        self._model = model
        self._questions = questions
        self._rows: Rows | None = None
        self._shown = Query()
        self._whole: RowView | None = None
        self._grown = False
        self.query = Query()
        """What is asked, whether or not the answer is there."""
        self.hinted = False
        """A worker has been busy for long enough to say so."""
        self._latest = Latest[RowView](self._answered, self._failed)
        self._hint = QTimer(self, singleShot=True, interval=HINT_AFTER)
        self._hint.timeout.connect(self._say_busy)

    @property
    def offered(self) -> bool:
        """Rows can be filtered and sorted: there is someone to ask, and the run has ended."""
        return self._questions is not None and self._rows is not None

    @property
    def can_ask(self) -> bool:
        """There is someone to ask at all."""
        return self._questions is not None

    @property
    def busy(self) -> bool:
        """A worker is at it."""
        return self._latest.busy

    @property
    def rows(self) -> Rows | None:
        """The rows that questions are about; None while the run is at work."""
        return self._rows

    @property
    def whole(self) -> RowView | None:
        """The complete view that is shown; None: all rows."""
        return self._whole

    def set_rows(self, rows: Rows | None) -> None:
        """Ask about these parts from now on; None: nothing can be asked now."""
        if rows != self._rows:
            self._rows = rows
            if rows is not None and self._questions is not None:
                self._questions.get_ready()
            self.reset()

    def reset(self) -> None:
        """Forget filters and order; the table shows all rows already."""
        self._settle()
        self._latest.drop()
        self.query = self._shown = Query()
        self._whole = None
        self.changed.emit()
        self.view_changed.emit(None)

    def ask(self, query: Query) -> None:
        """Have the rows of a query shown."""
        if self._questions is None or self._rows is None or query == self.query:
            return
        self.query = query
        self._grown = False
        if query.plain:
            self._latest.drop()
            self._settle()
            if self._model.view is not None:
                self._model.set_view(None)
            self._shown, self._whole = query, None
            self.view_changed.emit(None)
        else:
            self._hint.start()
            grown = partial(self._take, query)
            self._latest.ask(partial(self._questions.rows, self._rows, query, grown))
        self.changed.emit()

    def sort(self, column: str, *, add: bool = False) -> None:
        """Sort by a column; again: the other way round, and then no more."""
        before = next((s for s in self.query.sort if s.column == column), None)
        if before is None:
            self.sort_by(column, descending=False, add=add)
        elif not before.descending:
            self.sort_by(column, descending=True, add=add)
        else:
            left = tuple(s for s in self.query.sort if s.column != column) if add else ()
            self.ask(replace(self.query, sort=left))

    def sort_by(self, column: str, *, descending: bool, add: bool = False) -> None:
        """Sort by a column in one direction; `add`: behind those that are there."""
        new = Sort(column=column, descending=descending)
        sorts = self.query.sort if add else ()
        if any(s.column == column for s in sorts):
            sorts = tuple(new if s.column == column else s for s in sorts)
        else:
            sorts = (*sorts, new)
        self.ask(replace(self.query, sort=sorts))

    def add_filter(self, chosen: Filter) -> None:
        """Keep only rows that pass this, too."""
        if chosen not in self.query.filters:
            self.ask(replace(self.query, filters=(*self.query.filters, chosen)))

    def change_filter(self, old: Filter, new: Filter) -> None:
        """Put a filter in the place of another."""
        filters = tuple(new if one == old else one for one in self.query.filters)
        self.ask(replace(self.query, filters=tuple(dict.fromkeys(filters))))

    def remove_filter(self, chosen: Filter) -> None:
        """Do without a filter."""
        left = tuple(one for one in self.query.filters if one != chosen)
        self.ask(replace(self.query, filters=left))

    def clear_filters(self) -> None:
        """Do without any filter; the order stays."""
        self.ask(replace(self.query, filters=()))

    def clear_order(self) -> None:
        """Show the rows in the order of the source; the filters stay."""
        self.ask(replace(self.query, sort=()))

    def clear_all(self) -> None:
        """Show all rows in the order of the source, at once."""
        self.ask(Query())

    def cancel(self) -> None:
        """Stop the worker and go back to what was shown completely before."""
        if not self.busy:
            return
        self._latest.drop()
        self._go_back()

    def stop(self) -> None:
        """Forget the outstanding question."""
        self._latest.drop()
        self._settle()

    def _go_back(self) -> None:
        self._settle()
        self.query = self._shown
        if self._grown:
            self._model.set_view(self._whole)
        self.changed.emit()

    def _take(self, query: Query, view: RowView) -> None:
        if self.busy and query == self.query:
            self._model.set_view(view, more=self._grown)
            self._grown = True
            self.changed.emit()

    def _answered(self, view: RowView) -> None:
        self._settle()
        self._model.set_view(view, more=self._grown)
        self._shown, self._whole = self.query, view
        self.changed.emit()
        self.view_changed.emit(view.whole)

    def _failed(self, failure: Failure) -> None:
        self._go_back()
        self.failed.emit(" ".join(filter(None, (failure.sentence, failure.advice))))

    def _say_busy(self) -> None:
        self.hinted = True
        self.changed.emit()

    def _settle(self) -> None:
        self._hint.stop()
        self.hinted = False
