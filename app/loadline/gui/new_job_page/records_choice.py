"""What is no folder as the source: a collection or an earlier run, whichever is switched on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from loadline.domain.jobs import CsvFolderSource, DatasetSource, MongoSource
from loadline.domain.survey import Preview, Survey
from loadline.gui.new_job_page.collection_choice import CollectionChoice
from loadline.gui.new_job_page.form import Form
from loadline.gui.new_job_page.looked_at import LookedAt
from loadline.gui.new_job_page.records_look import CollectionLook
from loadline.gui.new_job_page.run_choice import RunChoice
from loadline.gui.new_job_page.services import NewJobServices


class RecordsChoice(QObject):
    """Answers for the one of both that the form's switch names.

    `looked`: an answer is shown. `failed` gives why there is none. `chosen` gives a source that
    was picked from a list.
    """

    looked = Signal()
    failed = Signal(object)
    chosen = Signal(object)

    def __init__(self, form: Form, looked_at: LookedAt, services: NewJobServices) -> None:
        super().__init__(form)
        self._form = form
        form.run_card.runs = services.runs
        self.collection = CollectionChoice(form, looked_at, services.look)
        self.run = RunChoice(form, looked_at, services.look_at_run)
        for one in (self.collection, self.run):
            one.looked.connect(self.looked)
            one.failed.connect(self.failed)
        self.run.chosen.connect(self.chosen)

    @property
    def on(self) -> bool:
        """The source is no folder."""
        return self._form.kind.key() != "folder"

    @property
    def _one(self) -> CollectionChoice | RunChoice:
        return self.run if self._form.kind.key() == "run" else self.collection

    @property
    def source(self) -> MongoSource | DatasetSource | None:
        """What is read, where it is chosen."""
        return self._one.source

    @property
    def look(self) -> CollectionLook | None:
        """The first records and how many there are, where they are known."""
        return self._one.look

    @property
    def busy(self) -> bool:
        """An answer is outstanding."""
        return self.collection.busy or self.run.busy

    def take(self, source: CsvFolderSource | MongoSource | DatasetSource) -> None:
        """Switch to `source` and make it the one that is read; a folder is none of ours."""
        if isinstance(source, MongoSource):
            self._form.kind.choose("mongo")
            self.collection.take(source)
        elif isinstance(source, DatasetSource):
            self._form.kind.choose("run")
            self.run.take(source)

    def trouble(self) -> str:
        """Return why what is typed cannot be read, or nothing."""
        return self._one.trouble()

    def refresh(self) -> None:
        """Look again."""
        self._one.refresh()

    def drop(self) -> None:
        """Forget outstanding questions."""
        self.collection.drop()
        self.run.drop()

    def place(self) -> Path:
        """Return the name beside which the result is saved."""
        return self._one.place()

    def survey(self) -> Survey:
        """Return the fields as the columns of a survey."""
        return self._one.survey()

    def preview(self) -> Preview:
        """Return the first records as a preview."""
        return self._one.preview()

    def totals(self) -> str:
        """Return what the job gives, in words."""
        return self._one.totals()

    def nothing_yet(self) -> tuple[str, str]:
        """Return what is said while none is chosen: a title and how to choose one."""
        if self._one is self.run:
            return self.tr("No run yet"), self.tr("Choose one at the left, under Source.")
        return self.tr("No collection yet"), self.tr("Choose one on the Connections page.")

    def choose(self) -> str:
        """Return what is to be done before the start."""
        if self._one is self.run:
            return self.tr("Choose an earlier run.")
        return self.tr("Choose a collection.")

    def choose_another(self) -> str:
        """Return what is to be done where this one cannot be read."""
        if self._one is self.run:
            return self.tr("Choose another run, or run that job again.")
        return self.tr("Choose another collection, or correct the connection.")

    def looking(self) -> str:
        """Return what is being done while an answer is outstanding."""
        if self._one is self.run:
            return self.tr("Looking at the rows")
        return self.tr("Looking at the documents")
