"""Scoring on the New job page: the editor, its example on the previewed rows, and the job."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from loadline.domain.errors import Failure, JobError
from loadline.domain.jobs import Job
from loadline.domain.schema import ColumnType
from loadline.domain.survey import Preview, Survey
from loadline.gui.models import figures, score_words
from loadline.gui.new_job_page.form import Form
from loadline.gui.new_job_page.latest import Latest
from loadline.gui.new_job_page.looked_at import LookedAt
from loadline.gui.new_job_page.row_scores import RowScores
from loadline.gui.new_job_page.score_panel import ScorePanel
from loadline.gui.theme import Theme
from loadline.gui.widgets import Button
from loadline.scoring.checking import check, check_card
from loadline.scoring.proposal import SampledField, propose
from loadline.scoring.references import only_reference
from loadline.scoring.sample import Sampled, SampleSpec

ScoreRows = Callable[[SampleSpec], Awaitable[Sampled]]
_SETTLE = 150
"""Milliseconds without a further change before the example is scored again."""
_ROWS = 100
_OWN = frozenset({"_source", "_row"})


class Scoring(QObject):
    """Between the switch *Score the rows*, the editor, the preview and the job.

    `changed`: the job is another, or can be started now.
    """

    changed = Signal()
    scored = Signal()
    """The example is another."""

    def __init__(
        self, theme: Theme, form: Form, looked_at: LookedAt, score_rows: ScoreRows | None
    ) -> None:
        super().__init__(form)
        self._form = form
        self._looked_at = looked_at
        self._ask_scores = score_rows
        self._preview = Preview("", (), ())
        self._columns: tuple[str, ...] = ()
        self.panel = ScorePanel(theme)
        looked_at.add_scorecard(self.panel)
        table = looked_at.preview.table
        self.row_scores = RowScores(theme, table)
        self.use_row = Button(theme, self.tr("Use this row"), "target", size="small")
        self.use_row.setObjectName("useRowButton")
        self.use_row.setToolTip(self.tr("Compare with the row that is chosen below"))
        looked_at.preview.add_action(self.use_row)
        self._answers = Latest[Sampled](self._scored, self._not_scored)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self._ask)
        form.what.chosen.connect(self._switched)
        self.panel.changed.connect(self._panel_changed)
        self.use_row.clicked.connect(self._use_row)
        table.doubleClicked.connect(self._use_row)
        table.selectionModel().currentRowChanged.connect(self._row_chosen)
        self._switched()

    @property
    def on(self) -> bool:
        """The rows are to be scored."""
        return self._form.what.key() == "score"

    def begin(self) -> None:
        """Forget the scorecard: another source is looked at."""
        self._preview, self._columns = Preview("", (), ()), ()
        self.panel.clear()

    def show_survey(self, survey: Survey) -> None:
        """Know the columns of all files."""
        self._columns = tuple(column.name for column in survey.columns)

    def show_preview(self, preview: Preview) -> None:
        """Offer a file's fields, propose a scorecard where there is none, score the rows."""
        self._preview = preview
        fields = _fields(preview)
        known = {field.name for field in fields}
        types = {column.name: column.type for column in preview.columns}
        rest = [n for n in self._columns if n not in known and n not in types]
        self.panel.set_fields([*fields, *(SampledField(n, ColumnType.TEXT) for n in rest)])
        if not self.panel.touched and not self.panel.rows and fields:
            self.panel.show_comparisons(propose(fields))
        self._row_chosen()
        self._panel_changed()

    def show_job(self, job: Job) -> Failure | None:
        """Show a job's scorecard; return why its reference cannot be read."""
        self._form.what.choose("load" if job.score is None else "score")
        if job.score is None:
            return None
        self.panel.touched = True
        try:
            reference = only_reference(job.score)
            if reference is None:
                self.panel.show_many(job.score)
            else:
                self.panel.show_score(job.score, reference)
        except JobError as error:
            self.panel.show_score(job.score, {})
            return error.failure
        return None

    def name(self) -> str:
        """Return a name for the job, e.g. ``Find Elizabeth Ray``; empty for a load."""
        if self.on and self.panel.many:
            title = score_words.references_title(self.panel.score())
            return self.tr("Match {0}").format(title[:60])
        if not self.on or not self.panel.reference():
            return ""
        return self.tr("Find {0}").format(score_words.reference_title(self.panel.score())[:60])

    def applied(self, job: Job) -> Job:
        """Return `job` as one that scores, where that is chosen."""
        if not self.on:
            return job
        return msgspec.structs.replace(job, kind="score", score=self.panel.score())

    def trouble(self) -> str:
        """Return why the scorecard cannot be used yet; empty when it can."""
        if not self.on:
            return ""
        if not self.panel.rows:
            return self.tr("Add a comparison.") if self._preview.columns else ""
        score, reference = self.panel.score(), self.panel.reference()
        if not score.compare:
            return self.tr("Say what to compare with.")
        names = {*self._columns, *(column.name for column in self._preview.columns)}
        try:
            if self.panel.many:
                check_card(score, sorted(names) if names else None)
            else:
                check(score, reference, sorted(names) if names else None)
        except JobError as error:
            return error.failure.sentence
        return self.panel.source.trouble() if self.panel.many else ""

    def totals(self, rows: str) -> str:
        """Return what the job gives, e.g. ``The 10 best of 64,046 rows``."""
        told = self.tr("The {0} best of {1} rows")
        if self.panel.many:
            told = self.tr("{0} best of {1} rows per reference")
        return told.format(self.panel.top.value(), rows)

    def stop(self) -> None:
        """Forget outstanding questions."""
        self._settle.stop()
        self._answers.drop()

    def _switched(self) -> None:
        on = self.on
        self._looked_at.show_scorecard(on)
        self._panel_changed()

    def _panel_changed(self) -> None:
        one = self.on and not self.panel.many
        self.use_row.setVisible(one)
        self.row_scores.setVisible(one and self._ask_scores is not None)
        if self.on and self._ask_scores is not None:
            self._settle.start()
        self.changed.emit()

    def _ask(self) -> None:
        score_rows = self._ask_scores
        if not self.on or score_rows is None:
            return
        if self.trouble() or not self._preview.rows:
            self._answers.drop()
            self._show(Sampled(), self.trouble())
            return
        preview = self._preview
        spec = SampleSpec(
            score=self.panel.score(),
            reference=self.panel.reference(),
            columns=tuple(column.name for column in preview.columns),
            rows=preview.rows[:_ROWS],
        )
        self._answers.ask(partial(score_rows, spec))

    def _scored(self, sampled: Sampled) -> None:
        scores = sampled.scores
        known = {row: score for row, score in enumerate(scores) if score is not None}
        if not known:
            self._show(sampled, self.tr("No row below can be compared."))
            return
        row = max(known, key=lambda each: known[each])
        text = self.tr("Best of the {0} first rows: {1}, row {2}")
        if self.panel.many:
            text = self.tr("With the first reference, best of the {0} first rows: {1}, row {2}")
        told = text.format(figures.count(len(scores)), score_words.score_text(known[row]), row + 1)
        self._show(sampled, told)

    def _not_scored(self, failure: Failure) -> None:
        self._show(Sampled(), failure.sentence)

    def _show(self, sampled: Sampled, words: str) -> None:
        self.row_scores.set_scores(sampled.scores)
        self.panel.show_examples(sampled.examples)
        self.panel.example.setText(words)
        self.scored.emit()

    def _row_chosen(self) -> None:
        self.use_row.setEnabled(self._looked_at.preview.table.currentIndex().isValid())

    def _use_row(self) -> None:
        """Compare with the chosen row: the compared fields, and the first to know it by."""
        index = self._looked_at.preview.table.currentIndex()
        if not self.on or not index.isValid():
            return
        cells = self._preview.rows[index.row()]
        self.panel.use_row(dict(zip(self._preview.columns, cells, strict=False)))


def _fields(preview: Preview) -> list[SampledField]:
    """Return the fields of a file with the filled values of its first rows."""
    found = []
    for place, column in enumerate(preview.columns):
        if column.name not in _OWN:
            cells = (row[place] for row in preview.rows if place < len(row))
            found.append(SampledField(column.name, column.type, tuple(c for c in cells if c)))
    return found
