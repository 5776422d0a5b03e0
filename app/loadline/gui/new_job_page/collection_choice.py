"""A collection as the source on the New job page: looked at like a folder, shown in its place."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal

from loadline.domain.errors import Failure
from loadline.domain.jobs import MongoSource
from loadline.domain.survey import Preview, Survey
from loadline.gui.models import figures
from loadline.gui.new_job_page.form import Form
from loadline.gui.new_job_page.latest import Latest
from loadline.gui.new_job_page.looked_at import LookedAt
from loadline.gui.new_job_page.records_look import (
    CollectionLook,
    in_documents,
    preview_of,
    survey_of,
)

LookAt = Callable[[MongoSource], Awaitable[CollectionLook]]


class CollectionChoice(QObject):
    """Between the switch *MongoDB*, the card, the preview and the job.

    `looked`: an answer is shown. `failed` gives why there is none.
    """

    looked = Signal()
    failed = Signal(object)

    def __init__(self, form: Form, looked_at: LookedAt, look: LookAt | None) -> None:
        super().__init__(form)
        self._form = form
        self._looked_at = looked_at
        self._look_at = look
        self.source: MongoSource | None = None
        self.look: CollectionLook | None = None
        self._looks = Latest[CollectionLook](self._show, self._not_shown)
        self._options = form.advanced.of_collection
        self._options.fields_changed.connect(self._fields_changed)
        self._options.chunk_changed.connect(self._chunk_changed)
        form.filter.filter_changed.connect(self._filter_changed)

    @property
    def on(self) -> bool:
        """A collection is the source, not a folder."""
        return self._form.kind.key() == "mongo"

    @property
    def busy(self) -> bool:
        """An answer is outstanding."""
        waits = self.on and (self._options.pending or not self._form.filter.settled)
        return self._looks.busy or waits

    def take(self, source: MongoSource) -> None:
        """Make `source` the one that is read."""
        self.source, self.look = source, None
        self._form.collection.show_source(source)
        self._form.filter.set_text("" if source.filter.strip() == "{}" else source.filter.strip())
        self._form.filter.setVisible(self.on)
        self._form.advanced.show_collection(source)

    def trouble(self) -> str:
        """Return why what is typed cannot be read, in short, or nothing."""
        if not self.on or self.source is None:
            return ""
        if not self._form.filter.wrong.isHidden():
            return self.tr("The filter cannot be read.")
        return self.tr("Correct the names of the fields.") if self._options.trouble() else ""

    def _filter_changed(self, text: str) -> None:
        if self.source is not None:
            self.source = msgspec.structs.replace(self.source, filter=text or "{}")
            self.refresh()
            self._form.policy_changed.emit()

    def _fields_changed(self) -> None:
        if self.source is not None and not self._options.trouble():
            self._chunk_changed()
            self.refresh()
        self._form.policy_changed.emit()

    def _chunk_changed(self) -> None:
        if self.source is not None:
            self.source = self._options.applied(self.source)
            self._form.collection.show_source(self.source)

    def refresh(self) -> None:
        """Look at the collection again."""
        if self.source is None or self._look_at is None:
            return
        self._form.collection.set_totals(self.tr("Looking at the documents …"))
        self._looks.ask(partial(self._look_at, self.source))

    def drop(self) -> None:
        """Forget an outstanding question."""
        self._looks.drop()

    def place(self) -> Path:
        """Return the name beside which the result is saved, as a folder's would be."""
        return in_documents(self.source.collection.replace("/", "_") if self.source else "result")

    def survey(self) -> Survey:
        """Return the fields as the columns of a survey, for what knows folders."""
        return survey_of(self.look)

    def preview(self) -> Preview:
        """Return the first documents as a preview, for what knows files."""
        return preview_of(self.source.collection if self.source else "", self.look)

    def totals(self) -> str:
        """Return e.g. ``44 documents, 10 fields, in the order of _id``."""
        if self.look is None:
            return self.tr("Looking at the documents …")
        return self.tr("{0}, in the order of _id").format(self.counted())

    def counted(self) -> str:
        """Return e.g. ``44 of 1,564 documents``."""
        if self.look is None:
            return ""
        found = self.look.matching
        number = figures.count(found.count)
        if not found.exact:
            number = self.tr("about {0}").format(number)
        if found.of > found.count:
            return self.tr("{0} of {1} documents").format(number, figures.count(found.of))
        return (
            self.tr("1 document") if found.count == 1 else self.tr("{0} documents").format(number)
        )

    def _show(self, look: CollectionLook) -> None:
        self.look = look
        self._form.filter.show_matching(look.matching)
        self._form.collection.set_totals(self.counted())
        self._looked_at.show_collection(look.documents, self.preview())
        self.looked.emit()

    def _not_shown(self, failure: Failure) -> None:
        if self._form.filter.concerns(failure):
            self._form.filter.show_failure(failure)  # what was shown before stays in sight
            self._form.collection.set_totals(self.counted() or self.tr("Cannot be read"))
            if self.look is None:
                text = self.tr("Correct the filter at the left.")
                self._looked_at.show_waiting(self.tr("Nothing to show"), text)
            self._form.policy_changed.emit()
            return
        self.look = None
        self._form.collection.set_totals(self.tr("Cannot be read"))
        self.failed.emit(failure)
