"""The New job page: puts the form and the preview together and hands a job over."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QPoint, QRect, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from loadline.domain.errors import Failure, LoadlineError
from loadline.domain.jobs import CsvFolderSource, DatasetSource, Job, MongoSource
from loadline.domain.policy import Policy
from loadline.domain.survey import Hint, Preview, Survey
from loadline.gui.frame.status import StatusItem
from loadline.gui.models import figures
from loadline.gui.new_job_page import words
from loadline.gui.new_job_page.column_actions import Change, ColumnActions
from loadline.gui.new_job_page.form import Form
from loadline.gui.new_job_page.job_draft import draft, free_output, output_path
from loadline.gui.new_job_page.latest import Latest
from loadline.gui.new_job_page.looked_at import LookedAt
from loadline.gui.new_job_page.looking_on import LookingOn
from loadline.gui.new_job_page.records_choice import RecordsChoice
from loadline.gui.new_job_page.scoring import Scoring
from loadline.gui.new_job_page.services import NewJobServices
from loadline.gui.new_job_page.welcome import Welcome, is_job_file
from loadline.gui.theme import Theme
from loadline.gui.widgets import Notice, Rule

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

_SETTLE = 60
"""Milliseconds without a further change before a folder is looked at."""


class NewJobPage(QWidget):
    """Source, policy and preview; `status_changed` when `status` gives other items."""

    status_changed = Signal()

    def __init__(self, theme: Theme, services: NewJobServices, policy: Policy) -> None:
        super().__init__()
        self.setObjectName("newJobPage")
        self.setAccessibleName(self.tr("New job"))
        self._services = services
        self._source: CsvFolderSource | None = None
        self._survey: Survey | None = None
        self._failure: Failure | None = None
        self._own_output = False
        self._looking_on = LookingOn()
        self._name = ""
        self._surveys = Latest[Survey](self._surveyed, self._failed)
        self._previews = Latest[Preview](self._previewed, self._not_previewed)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self.form = Form(theme, policy)
        self.looked_at = LookedAt(theme)
        self.collection = RecordsChoice(self.form, self.looked_at, services)
        self.scoring = Scoring(theme, self.form, self.looked_at, services.score_rows)
        self.message = Notice(theme, self)
        self.message.setVisible(False)
        self.welcome = Welcome(theme, self._sample_text())
        self._actions = ColumnActions(
            theme, self, self.looked_at.drift, services, self.source, self._change
        )
        self._lay_out()
        self._connect()
        self._tell()

    def _sample_text(self) -> str:
        if self._services.sample() is None:
            return ""
        return self.tr("Seven files of ships calling at a harbour, 58,400 rows. Takes two seconds.")

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        self._message_box = QWidget()
        padded = QVBoxLayout(self._message_box)
        padded.setContentsMargins(24, 16, 24, 8)
        padded.addWidget(self.message)
        self._message_box.setVisible(False)
        right.addWidget(self._message_box)
        right.addWidget(self.looked_at, 1)
        work = QWidget()
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.form)
        row.addWidget(Rule(vertical=True))
        row.addLayout(right, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(work)
        self._stack.addWidget(self.welcome)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.setFocusProxy(self.form.zone.browse)

    def _connect(self) -> None:
        form, drift = self.form, self.looked_at.drift
        form.zone.chosen.connect(self.take_path)
        form.source_changed.connect(self._form_changed)
        form.policy_changed.connect(self._tell)
        form.output.textEdited.connect(self._output_edited)
        form.footer.start.clicked.connect(self.start)
        form.footer.save.clicked.connect(self.save_job)
        self._settle.timeout.connect(self.refresh)
        self.scoring.changed.connect(self._tell)
        form.kind.chosen.connect(self._kind_chosen)
        form.collection.change_wanted.connect(self._services.connections)
        self.collection.looked.connect(self._collection_looked)
        self.collection.failed.connect(self._failed)
        self.collection.chosen.connect(self.show_collection)
        drift.file_chosen.connect(self._ask_preview)
        drift.cell_pressed.connect(self._actions.cell_pressed)
        drift.hint_followed.connect(self._follow)
        self.looked_at.preview.type_wanted.connect(self._type_wanted)
        self.welcome.folder_dropped.connect(self.take_path)
        self.welcome.connect_wanted.connect(self._services.new_connection)
        self.welcome.browse.connect(form.zone.browse.click)
        self.welcome.sample.connect(self._load_sample)
        self.welcome.open_job.connect(self.browse_job)

    def show_welcome(self, first: bool) -> None:
        """Show the first start, or the form."""
        welcome = first and self._source is None
        self._stack.setCurrentIndex(1 if welcome else 0)
        self.setFocusProxy(self.welcome.choose if welcome else self.form.zone.browse)

    def set_dragged(self, over: bool) -> None:
        """Show that something is held over the window."""
        self.welcome.set_dragged(over)
        self.form.zone.set_over(over)

    def source(self) -> CsvFolderSource | None:
        """Return the source that the form says, or None without a folder."""
        if self._source is None:
            return None
        told = msgspec.structs.replace(
            self._source,
            pattern=self.form.patterns(),
            columns=self.form.columns.currentData(),
        )
        return self.form.advanced.applied(told)

    def take_path(self, path: Path) -> None:
        """Take a folder, a file in it, or a job file."""
        if is_job_file(path):
            self.open_job(path)
            return
        only = () if path.is_dir() or not path.is_file() else (path.name,)
        folder = path.parent if only else path
        self._name = ""
        self.form.kind.choose("folder")
        self._begin(CsvFolderSource(path=str(folder)))
        if only:
            self.form.set_patterns(only)
        elif len(self.form.patterns()) == 1:
            self.form.set_patterns(CsvFolderSource(path="").pattern)
        self.refresh()

    def show_job(self, job: Job) -> None:
        """Fill the form from a job."""
        form = self.form
        if isinstance(job.source, CsvFolderSource):
            form.kind.choose("folder")
            self._begin(job.source)
            form.set_patterns(job.source.pattern)
            form.columns.setCurrentIndex(form.columns.findData(job.source.columns))
        else:
            self.collection.take(job.source)
            self._begin_collection()
        self._name = job.name
        form.set_policy(job.policy)
        form.show_output(job.output)
        self._own_output = True
        failure = self.scoring.show_job(job)
        if failure is not None:
            self._say(failure)
        self.refresh()

    def show_collection(
        self, source: MongoSource | DatasetSource, *, score: bool | None = None
    ) -> None:
        """Take a collection or an earlier run; `score` says what is done with it, None: as now."""
        self.collection.take(source)
        self._name = ""
        self._begin_collection()
        if score is not None:
            self.form.what.choose("score" if score else "load")
        self.refresh()

    def _begin_collection(self) -> None:
        self._failure = None
        self._own_output = False
        self._message_box.setVisible(False)
        self.show_welcome(first=False)
        self.form.replace.setChecked(False)
        self._suggest_output()
        self.scoring.begin()
        self.looked_at.show_waiting(self.collection.looking())
        self._tell()

    def _kind_chosen(self) -> None:
        """Show the other source again, where there is one."""
        self._surveys.drop()
        self._previews.drop()
        self.collection.drop()
        self._failure = None
        self._message_box.setVisible(False)
        self.scoring.begin()
        if self.collection.on and self.collection.source is None:
            self.looked_at.show_waiting(*self.collection.nothing_yet())
        elif not self.collection.on and self._source is None:
            text = self.tr("Choose one, or drop it anywhere on this window.")
            self.looked_at.show_waiting(self.tr("No folder yet"), text)
        self._suggest_output()
        self._survey = None
        self.refresh()
        self._tell()

    def _collection_looked(self) -> None:
        self._failure = None
        self._message_box.setVisible(False)
        self.scoring.show_survey(self.collection.survey())
        self.scoring.show_preview(self.collection.preview())
        self._tell()

    def _type_wanted(self, name: str, corner: QPoint) -> None:
        if not self.collection.on:
            self._actions.type_wanted(name, corner)

    def _begin(self, source: CsvFolderSource) -> None:
        self._source = source
        self._survey, self._failure = None, None
        self._own_output = False
        self.show_welcome(first=False)
        self.form.zone.set_folder(Path(source.path))
        self.form.zone.set_totals(None)
        self.form.advanced.show_source(source, files=0)
        self.form.replace.setChecked(False)
        self._suggest_output()
        self.scoring.begin()
        self.looked_at.show_looking()
        self._tell()

    def refresh(self) -> None:
        """Look at the folder again."""
        self._settle.stop()
        self._looking_on.begin()
        if self.collection.on:
            self.collection.refresh()
            self.status_changed.emit()
            return
        source = self.source()
        if source is not None:
            self._surveys.ask(partial(self._services.survey, source))
            self.status_changed.emit()

    def _form_changed(self) -> None:
        if self._source is not None and not self.collection.on:
            self._settle.start()
        self._tell()

    def _change(self, change: Change) -> None:
        if self._source is not None:
            self._source = change(self._source)
            self.refresh()

    def _surveyed(self, survey: Survey) -> None:
        again = self._looking_on.begun
        if self._looking_on.better(survey):
            self._show_survey(survey, again=again)
        source = self.source()
        if source is not None and self._looking_on.worth_while:
            self._surveys.ask(partial(self._services.survey, source))
        self._tell()

    def _show_survey(self, survey: Survey, *, again: bool) -> None:
        fresh = self._survey is None
        self._survey, self._failure = survey, None
        source = self.source()
        if source is not None:
            self.form.advanced.show_source(source, len(survey.files) + survey.left_out)
        self._message_box.setVisible(False)
        self.form.zone.set_totals(survey)
        self.form.show_columns(survey)
        self.scoring.show_survey(survey)
        before = self.looked_at.drift.chosen_file()
        self.looked_at.show_survey(survey, fresh=fresh)
        if self.looked_at.drift.chosen_file() == before and not again:
            self._ask_preview(before)

    def _failed(self, failure: Failure) -> None:
        self._survey, self._failure = None, failure
        self._previews.drop()
        self.form.zone.set_unreadable()
        self.form.show_columns(None)
        if self.collection.on:
            text = self.collection.choose_another()
            self.looked_at.show_waiting(self.tr("Nothing to show"), text)
        else:
            self.looked_at.show_nothing()
        self._say(failure)
        self._tell()

    def _say(self, failure: Failure) -> None:
        text = str(failure).replace("<", "&lt;")
        self.message.tell(text, icon="circle-x", tone="failed")
        self._message_box.setVisible(True)

    def _ask_preview(self, file: str) -> None:
        source = self.source()
        if source is not None and file:
            self._previews.ask(partial(self._services.preview, source, file))

    def _previewed(self, preview: Preview) -> None:
        self.looked_at.preview.show_preview(preview)
        self.scoring.show_preview(preview)

    def _not_previewed(self, failure: Failure) -> None:
        self.looked_at.preview.show_failure(self.looked_at.drift.chosen_file(), failure)

    def _follow(self, hint: Hint) -> None:
        drift = self.looked_at.drift
        corner = drift.mapToGlobal(drift.rect().bottomRight())
        anchor = QRect(corner.x() - 304, corner.y() - 52, 280, 40)
        self._actions.follow(hint.column, hint.file, anchor)

    def _suggest_output(self) -> None:
        if self._place() is not None and not self._own_output:
            self.form.output.setText(free_output(self._place() or Path()))

    def _output_edited(self) -> None:
        self._own_output = True

    def _output(self) -> Path | None:
        return output_path(self.form.output_text(), self._place() or Path())

    def _place(self) -> Path | None:
        """Return what the result is saved beside, or None where there is no source."""
        if self.collection.on:
            return self.collection.place() if self.collection.source else None
        return Path(self._source.path) if self._source else None

    def job(self) -> Job | None:
        """Return the job that the page says, or None where it cannot be started."""
        source = self.collection.source if self.collection.on else self.source()
        if source is None or self._failure is not None:
            return None
        overwrite = self.form.replace.isChecked()
        name = self._name or self.scoring.name()
        job = draft(source, self.form.policy(), self._output(), overwrite=overwrite, name=name)
        return self.scoring.applied(self.form.into.applied(job))

    def start(self) -> None:
        """Hand the job over; the page stays as it is."""
        job = self.job()
        if job is not None and self.form.footer.start.isEnabled():
            self._services.start(job)

    def _load_sample(self) -> None:
        folder = self._services.sample()
        if folder is not None:
            self.take_path(folder)
            self.form.output.setText("")
            self._own_output = True
            self.start()

    def save_job(self) -> None:
        """Ask where to save the job, then save it."""
        job = self.job()
        if job is None:
            return
        start = str((self._place() or Path()).parent / f"{job.name}.loadline")
        dialog = QFileDialog(
            self, self.tr("Save the job"), start, self.tr("Job (*.loadline *.toml)")
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("loadline")
        dialog.fileSelected.connect(self._save_to)
        dialog.open()

    def _save_to(self, file: str) -> None:
        job = self.job()
        if job is None:
            return
        try:
            self._services.save_job(Path(file), job)
        except LoadlineError as error:
            self._say(error.failure)

    def browse_job(self) -> None:
        """Ask for a job file, then show it."""
        dialog = QFileDialog(
            self, self.tr("Open a saved job"), str(Path.home()), self.tr("Job (*.loadline *.toml)")
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._open_picked)
        dialog.open()

    def _open_picked(self, file: str) -> None:
        self.open_job(Path(file))

    def open_job(self, path: Path) -> None:
        """Show a job file's job, or say why it cannot be read."""
        try:
            job = self._services.open_job(path)
        except LoadlineError as error:
            self.show_welcome(first=False)
            self._say(error.failure)
            return
        self.show_job(job)

    def _tell(self) -> None:
        """Say what the job gives, and whether it can be started."""
        target = self._output()
        place = self._place()
        taken = target is not None and place is not None and target.exists()
        self.form.replace.setVisible(taken)
        self.form.output.setToolTip(str(target) if target and place else "")
        footer = self.form.footer
        if self._failure is not None:
            footer.tell(self.tr("Nothing to load"), self.tr("See above."), ready=False, wrong=True)
        elif place is None:
            choose = self.collection.choose() if self.collection.on else self.tr("Choose a folder.")
            footer.tell(self.tr("You get one table"), choose, ready=False)
        else:
            ready = not taken or self.form.replace.isChecked()
            totals = self._totals() if ready else self.tr("Choose another name, or replace it.")
            trouble = self.collection.trouble() or self.scoring.trouble() or self.form.trouble()
            scores = self.tr("You get a score for every row")
            title = scores if self.scoring.on else self.tr("You get one table")
            footer.tell(title, trouble or totals, ready=ready and not trouble)
        self.status_changed.emit()

    def _totals(self) -> str:
        if self.collection.on:
            if self.scoring.on and self.collection.look:
                return self.scoring.totals(figures.count(self.collection.look.matching.count))
            return self.collection.totals()
        survey = self._survey
        if survey is None:
            return self.tr("Looking at the files …")
        rows = words.about(survey.rows, exact=survey.rows_exact)
        if self.scoring.on:
            return self.scoring.totals(rows)
        columns = words.count(len(survey.columns) + len(survey.extra))
        # An estimate is longer by a word, and the footer has one line.
        text = self.tr("{0} rows, {1} columns").format(rows, columns)
        if survey.rows_exact:
            text = self.tr("{0}, in file order").format(text)
        return text[:1].upper() + text[1:]

    @property
    def settled(self) -> bool:
        """Nothing is outstanding: what is shown belongs to what the form says."""
        asking = self._surveys.busy or self.collection.busy
        return not self._settle.isActive() and not asking

    def status(self) -> list[StatusItem]:
        """Return what the status bar says at its left while this page is shown."""
        if not self.settled:
            files, on = self.tr("Looking at the files"), self.collection.on
            return [StatusItem(self.collection.looking() if on else files, "search")]
        if self._failure is not None:
            return [StatusItem(self.tr("Not ready"), "circle-x", "failed.text")]
        ready = self.tr("Ready to start") if self._place() else self.tr("Ready")
        return [StatusItem(ready, "circle-check", "done.text")]

    def estimate(self) -> StatusItem | None:
        """Return how long the run is expected to take, for the status bar's right side."""
        if self.collection.on or self._survey is None or self._survey.seconds is None:
            return None
        return StatusItem(words.seconds(self._survey.seconds), "timer")

    def stop(self) -> None:
        """Forget outstanding questions; call before the loop ends."""
        self._settle.stop()
        for questions in (self._surveys, self._previews):
            questions.drop()
        self.collection.drop()
        self.scoring.stop()
        self._actions.stop()

    def showEvent(self, event: QShowEvent) -> None:
        """Suggest a free name again: a run may have taken the last one."""
        super().showEvent(event)
        self._suggest_output()
        self._tell()
