"""An earlier run as the source on the New job page: looked at like a collection."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from loadline.domain.errors import Failure
from loadline.domain.jobs import DatasetSource
from loadline.domain.survey import Preview, Survey
from loadline.gui.models import figures
from loadline.gui.new_job_page.form import Form
from loadline.gui.new_job_page.job_draft import plain_run_name
from loadline.gui.new_job_page.latest import Latest
from loadline.gui.new_job_page.looked_at import LookedAt
from loadline.gui.new_job_page.records_look import (
    CollectionLook,
    in_documents,
    preview_of,
    survey_of,
)
from loadline.gui.new_job_page.run_card import EarlierRun

LookAtRun = Callable[[DatasetSource], Awaitable[CollectionLook]]


class RunChoice(QObject):
    """Between the switch *Earlier run*, its card, the preview and the job.

    `looked`: an answer is shown. `failed` gives why there is none. `chosen` gives another source.
    """

    looked = Signal()
    failed = Signal(object)
    chosen = Signal(object)

    def __init__(self, form: Form, looked_at: LookedAt, look: LookAtRun | None) -> None:
        super().__init__(form)
        self._form = form
        self._looked_at = looked_at
        self._look_at = look
        self.source: DatasetSource | None = None
        self.look: CollectionLook | None = None
        self._looks = Latest[CollectionLook](self._show, self._not_shown)
        form.run_card.run_chosen.connect(self._picked)

    @property
    def busy(self) -> bool:
        """An answer is outstanding."""
        return self._looks.busy

    def _picked(self, folder: str) -> None:
        self.chosen.emit(DatasetSource(path=folder))

    def take(self, source: DatasetSource) -> None:
        """Make `source` the one that is read."""
        self.source, self.look = source, None
        known = {Path(run.folder): run for run in self._form.run_card.runs()}
        unknown = EarlierRun(source.path, plain_run_name(source.path), None, 0)
        self._form.run_card.show_run(known.get(Path(source.path), unknown))

    def trouble(self) -> str:
        """Return nothing: there is nothing to type."""
        return ""

    def refresh(self) -> None:
        """Look at the run again."""
        if self.source is None or self._look_at is None:
            return
        self._form.run_card.set_totals(self.tr("Looking at the rows …"))
        self._looks.ask(partial(self._look_at, self.source))

    def drop(self) -> None:
        """Forget an outstanding question."""
        self._looks.drop()

    def place(self) -> Path:
        """Return the name beside which the result is saved, as a folder's would be."""
        name = plain_run_name(self.source.path) if self.source else "result"
        return in_documents(name.lower())

    def survey(self) -> Survey:
        """Return the columns as those of a survey, for what knows folders."""
        return survey_of(self.look)

    def preview(self) -> Preview:
        """Return the first rows as a preview, for what knows files."""
        return preview_of(plain_run_name(self.source.path) if self.source else "", self.look)

    def totals(self) -> str:
        """Return e.g. ``57,432 rows, 35 columns``."""
        return self.counted() or self.tr("Looking at the rows …")

    def counted(self) -> str:
        """Return e.g. ``57,432 rows, 35 columns``."""
        if self.look is None:
            return ""
        rows = figures.count(self.look.matching.count)
        seen = self.look.documents
        columns = figures.count(len(seen.fields) + seen.left_out)
        return self.tr("{0} rows, {1} columns").format(rows, columns)

    def _show(self, look: CollectionLook) -> None:
        self.look = look
        self._form.run_card.set_totals(self.counted())
        self._looked_at.show_collection(look.documents, self.preview(), rows=True)
        self.looked.emit()

    def _not_shown(self, failure: Failure) -> None:
        self.look = None
        self._form.run_card.set_totals(self.tr("Cannot be read"))
        self.failed.emit(failure)
