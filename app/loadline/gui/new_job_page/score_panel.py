"""The scorecard editor: what rows are compared with, how, and how the result is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from loadline.domain.jobs import Comparison, Score
from loadline.domain.schema import ColumnType
from loadline.domain.survey import SurveyedColumn
from loadline.gui.new_job_page.json_pane import JsonPane
from loadline.gui.new_job_page.own_measures import OwnMeasures
from loadline.gui.new_job_page.reference_source import ReferenceSource
from loadline.gui.new_job_page.reference_text import text_of, value_of
from loadline.gui.new_job_page.score_row import ScoreRow
from loadline.gui.theme import SMALL, Theme
from loadline.gui.widgets import (
    Button,
    ComboBox,
    ElidedLabel,
    FieldLabel,
    SectionTitle,
    Segments,
    Stepper,
)
from loadline.scoring.proposal import NUMBERS, SampledField, comparison_for
from loadline.scoring.sample import Example

TOP_MOST = 1_000
Missing = Literal["ignore", "zero", "half"]


class ScorePanel(QWidget):
    """`changed` whenever `score` gives something else."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("scorePanel")
        self.setAccessibleName(self.tr("Scorecard"))
        self.setProperty("pane", "page")
        self._theme = theme
        self._fields: dict[str, SampledField] = {}
        self._reference: dict[str, Any] = {}
        self.touched = False
        """A person has set something, so that nothing is proposed any more."""
        self.rows: list[ScoreRow] = []
        self.example = ElidedLabel("", "secondary", size=SMALL)
        self.example.setObjectName("scoreExample")
        kinds = [("one", self.tr("One record")), ("many", self.tr("Each of many"))]
        self.how_many = Segments(theme, self.tr("How many references"), kinds, small=True)
        self.how_many.setObjectName("howManyReferences")
        self.source = ReferenceSource(theme)
        self.source.setVisible(False)
        self.json = JsonPane(theme)
        self.json.setVisible(False)
        self.hint = ElidedLabel("", "secondary", size=SMALL)
        self.paste = Button(theme, self.tr("Paste JSON"), "braces", size="small")
        self.paste.setObjectName("pasteJsonButton")
        self.add = Button(theme, self.tr("Add a comparison"), "plus", size="small")
        self.add.setObjectName("addComparisonButton")
        self.missing = ComboBox(theme, self.tr("An empty field"), small=True)
        self.missing.setObjectName("missingCombo")
        self.missing.addItem(self.tr("is left out"), "ignore")
        self.missing.addItem(self.tr("counts as not alike"), "zero")
        self.missing.addItem(self.tr("counts as half alike"), "half")
        self.top = Stepper(theme, self.tr("Best to list"), 1, TOP_MOST, 10, height=28)
        self.top.spin.setObjectName("topSpin")
        self.own = OwnMeasures(theme)
        self._lay_out()
        self._connect()
        self._show_how_many()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(SectionTitle(self.tr("Compare with")))
        head.addWidget(self.how_many)
        head.addWidget(self.hint, 1)
        head.addWidget(self.paste)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column = QVBoxLayout()
        column.setContentsMargins(24, 8, 24, 8)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.source)
        column.addWidget(self.json)
        column.addLayout(self._list)
        column.addSpacing(8)
        added = QHBoxLayout()
        added.setSpacing(12)
        added.addWidget(self.add)
        added.addWidget(self.example, 1)
        column.addLayout(added)
        column.addSpacing(8)
        column.addLayout(self._below())
        column.addWidget(self.own)
        column.addStretch(1)
        inside = QWidget()
        inside.setProperty("pane", "page")
        inside.setLayout(column)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self._inside = inside
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _below(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for name, field in (
            (self.tr("An empty field"), self.missing),
            (self.tr("Best to list"), self.top),
        ):
            row.addWidget(FieldLabel(name, field))
            row.addWidget(field)
        row.insertSpacing(2, 16)
        row.addStretch(1)
        self.missing.setFixedWidth(176)
        return row

    def _connect(self) -> None:
        self.paste.clicked.connect(lambda: self.json.setVisible(not self.json.isVisible()))
        self.how_many.chosen.connect(self._how_many_chosen)
        self.source.changed.connect(self._touch)
        self.json.closed.connect(lambda: self.json.setVisible(False))
        self.json.taken.connect(self._pasted)
        self.add.clicked.connect(self._add_asked)
        self.missing.activated.connect(self._touch)
        self.top.changed.connect(self._touch)

    def natural_height(self) -> int:
        """Return the height at which nothing is scrolled."""
        return self._inside.sizeHint().height()

    # What is shown

    def set_fields(self, fields: Sequence[SampledField]) -> None:
        """Offer these fields of the source."""
        self._fields = {field.name: field for field in fields}
        for row in self.rows:
            row.set_fields(list(self._fields), self._numbers())

    def _numbers(self) -> list[str]:
        return [field.name for field in self._fields.values() if field.type in NUMBERS]

    def show_score(self, score: Score, reference: Mapping[str, Any]) -> None:
        """Show a scorecard, e.g. of a job file."""
        self._reference = dict(reference)
        self.how_many.choose("one")
        self.missing.setCurrentIndex(self.missing.findData(score.missing))
        self.top.set_value(score.top)
        self.show_comparisons(score.compare)

    def show_many(self, score: Score) -> None:
        """Show a scorecard with many references."""
        self.show_score(score, {})
        self.source.show_score(score)
        self.how_many.choose("many")

    def show_comparisons(self, comparisons: Sequence[Comparison]) -> None:
        """Show comparisons; the reference's values stay."""
        for row in list(self.rows):
            self._drop(row)
        for comparison in comparisons:
            self._append(comparison)
        self.changed.emit()

    def clear(self) -> None:
        """Forget everything: the source is another."""
        self._reference = {}
        self.touched = False
        self.show_comparisons(())

    def use(self, record: Mapping[str, Any]) -> None:
        """Compare with this record from now on; comparisons stay."""
        self._reference = {name: value for name, value in record.items() if value is not None}
        for row in self.rows:
            row.reference.setText(text_of(self._reference.get(row.reference_field)))
            row.place.show_reference(self._reference)
        self._touch()

    def use_row(self, cells: Mapping[SurveyedColumn, str | None]) -> None:
        """Compare with a previewed row: its compared fields, and the first to know it by."""
        wanted = {name for row in self.rows for name in (row.reference_field, row.longitude)}
        first = next(iter(cells), None)
        self.use(
            {
                column.name: value_of(text, column.type)
                for column, text in cells.items()
                if text and (column.name in wanted or column is first)
            }
        )

    def _append(self, comparison: Comparison) -> None:
        row = ScoreRow(self._theme, len(self.rows), list(self._fields))
        row.set_fields(list(self._fields), self._numbers())
        value = self._reference.get(comparison.against or comparison.field)
        row.show_comparison(comparison, text_of(value))
        row.set_many(self.many, text_of(value))
        row.place.show_reference(self._reference)
        row.place.chosen.connect(lambda: row.place.show_reference(self._reference))
        row.place.typed.connect(self._longitude_typed)
        row.changed.connect(self._touch)
        row.typed.connect(lambda text: self._typed(row, text))
        row.field_chosen.connect(lambda name: self._field_chosen(row, name))
        row.gone.connect(lambda: self._gone(row))
        self.rows.append(row)
        self._list.addWidget(row)

    def _drop(self, row: ScoreRow) -> None:
        self.rows.remove(row)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()
        for number, left in enumerate(self.rows):
            left.swatch.set_number(number)

    def show_examples(self, examples: Sequence[Example | None]) -> None:
        """Show under each row that counts what its comparison gives two values."""
        counting = [row for row in self.rows if row.counts]
        known = dict(zip(counting, examples, strict=False))
        for row in self.rows:
            row.show_example(known.get(row))

    # What a person does

    @property
    def many(self) -> bool:
        """Every record is compared with each of many references."""
        return self.how_many.key() == "many"

    def _how_many_chosen(self) -> None:
        self._show_how_many()
        self._touch()

    def _show_how_many(self) -> None:
        """Show what one reference needs, or what many need."""
        self.source.setVisible(self.many)
        self.paste.setVisible(not self.many)
        self.json.setVisible(False)
        one = self.tr("Type the values, or choose a row below and use it.")
        self.hint.setText("" if self.many else one)
        named = self.tr("Best to list of each") if self.many else self.tr("Best to list")
        self.top.setToolTip(named)
        for row in self.rows:
            row.set_many(self.many, text_of(self._reference.get(row.reference_field)))

    def _touch(self) -> None:
        self.touched = True
        self.changed.emit()

    def _typed(self, row: ScoreRow, text: str) -> None:
        name = row.reference_field
        field = self._fields.get(name)
        kind = field.type if field else ColumnType.TEXT
        self._reference[name] = value_of(text, kind)
        for other in self.rows:
            if other is not row and other.reference_field == name:
                other.reference.setText(text)
        self._touch()

    def _longitude_typed(self, name: str, text: str) -> None:
        self._reference[name] = value_of(text, ColumnType.DECIMAL)
        self._touch()

    def _field_chosen(self, row: ScoreRow, name: str) -> None:
        field = self._fields.get(name)
        if field is not None:
            row.show_comparison(comparison_for(field), text_of(self._reference.get(name)))
        self._touch()

    def _gone(self, row: ScoreRow) -> None:
        self._drop(row)
        self._touch()

    def _add_asked(self) -> None:
        """Add the next field that is not compared yet."""
        used = {row.field.currentText() for row in self.rows}
        free = [field for name, field in self._fields.items() if name not in used]
        fields = free or list(self._fields.values())
        if fields:
            self._append(comparison_for(fields[0]))
            self.rows[-1].field.setFocus(Qt.FocusReason.OtherFocusReason)
            self._touch()

    def _pasted(self, record: dict[str, Any]) -> None:
        self.json.setVisible(False)
        self.use(record)

    # What it says

    def reference(self) -> dict[str, Any]:
        """Return the reference: the compared fields first, then what else is known of it."""
        names = [n for row in self.rows for n in (row.reference_field, row.longitude) if n]
        ordered = dict.fromkeys([*names, *self._reference])
        known = {name: self._reference.get(name) for name in ordered}
        return {name: value for name, value in known.items() if value not in (None, "")}

    def score(self) -> Score:
        """Return the scorecard as it stands, right or wrong; what has no value does not count."""
        missing: Missing = self.missing.currentData()
        score = Score(
            compare=tuple(row.comparison() for row in self.rows if row.counts),
            reference=self.reference(),
            top=self.top.value(),
            missing=missing,
        )
        return self.source.applied(score) if self.many else score
