"""One comparison in the scorecard editor: field, value, measure, tolerance, weight."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import UNSET
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QVBoxLayout, QWidget

from loadline.domain.jobs import Comparison
from loadline.gui.models import score_words
from loadline.gui.new_job_page.longitude_choice import LongitudeChoice
from loadline.gui.theme import SMALL, Theme
from loadline.gui.widgets import (
    Button,
    ComboBox,
    ElidedLabel,
    LineEdit,
    RateStepper,
    Rule,
    Text,
)
from loadline.gui.widgets.swatch import Swatch
from loadline.scoring.catalogue import CATALOGUE, MeasureInfo
from loadline.scoring.checking import is_number
from loadline.scoring.own import own_scorers
from loadline.scoring.sample import Example

_FIELD, _MEASURE, _TOLERANCE = 224, 224, 64


class ScoreRow(QWidget):
    """`changed`: something is set otherwise. `typed`: the reference's value. `gone`: removed."""

    changed = Signal()
    field_chosen = Signal(str)
    typed = Signal(str)
    gone = Signal()

    def __init__(self, theme: Theme, number: int, fields: Sequence[str]) -> None:
        super().__init__()
        self.against = ""
        self._many = False
        self.place = LongitudeChoice(theme)
        self.swatch = Swatch(theme, number)
        self.field = ComboBox(theme, self.tr("Field"), small=True)
        self.field.setFixedWidth(_FIELD)
        self.reference = LineEdit(
            theme,
            self.tr("Compared with"),
            small=True,
            placeholder=self.tr("compared with …"),
        )
        self.remove = Button(
            theme, icon="x", variant="quiet", size="small", name=self.tr("Remove this comparison")
        )
        self.measure = ComboBox(theme, self.tr("How it is compared"), small=True)
        self.measure.setFixedWidth(_MEASURE)
        self.within = Text(self.tr("within"), "secondary", size=SMALL)
        self.tolerance = LineEdit(theme, self.tr("Tolerance"), small=True)
        self.tolerance.setFixedWidth(_TOLERANCE)
        self.unit = Text("", "secondary", size=SMALL)
        self.hint = ElidedLabel("", "hint", size=SMALL)
        self.example = ElidedLabel("", "secondary", size=SMALL)
        self.example.setVisible(False)
        self.weight = RateStepper(theme, self.tr("Weight"), 100.0, 1.0, height=28)
        self._fill_measures()
        self.set_fields(fields)
        self._lay_out()
        self._connect()

    def _fill_measures(self) -> None:
        for name, info in (*CATALOGUE.items(), *own_scorers().items()):
            self.measure.addItem(info.title[:1].upper() + info.title[1:], name)
            tip = self.tr("{0} Formula: {1}").format(f"{info.explanation}.", info.formula)
            place = self.measure.count() - 1
            self.measure.setItemData(place, tip, Qt.ItemDataRole.ToolTipRole)

    def _lay_out(self) -> None:
        upper = QHBoxLayout()
        upper.setSpacing(8)
        for widget, stretch in (
            (self.swatch, 0), (self.field, 0), (self.place.field, 0), (self.reference, 1),
            (self.place.value, 0), (self.remove, 0),
        ):  # fmt: skip
            upper.addWidget(widget, stretch)
        lower = QHBoxLayout()
        lower.setContentsMargins(20, 0, 36, 0)
        lower.setSpacing(8)
        for part in (self.measure, self.within, self.tolerance, self.unit):
            lower.addWidget(part)
        lower.addWidget(self.hint, 1)
        lower.addWidget(Text(self.tr("Weight"), "secondary", size=SMALL))
        lower.addWidget(self.weight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        column.addLayout(upper)
        column.addLayout(lower)
        shown = QHBoxLayout()
        shown.setContentsMargins(28, 0, 36, 0)
        shown.addWidget(self.example)
        column.addLayout(shown)
        column.addSpacing(4)
        column.addWidget(Rule())

    def _connect(self) -> None:
        self.field.activated.connect(self._field_chosen)
        self.field.currentTextChanged.connect(self.field.setToolTip)
        self.measure.currentIndexChanged.connect(self._measure_chosen)
        self.reference.textEdited.connect(self._edited)
        self.reference.textChanged.connect(self._tell)
        self.tolerance.textEdited.connect(self._tolerance_typed)
        self.weight.changed.connect(self.changed)
        self.place.chosen.connect(self._longitude_chosen)
        self.remove.clicked.connect(self.gone)

    @property
    def longitude(self) -> str:
        """The field of the longitude, where it has one of its own."""
        return self.place.name

    def _longitude_chosen(self) -> None:
        self._show_place()
        self.changed.emit()

    def _show_place(self) -> None:
        self.place.set_visible(self.measure.currentData() == "km", many=self._many)

    def show_example(self, example: Example | None) -> None:
        """Show what the comparison gives two values of the preview."""
        text = "" if example is None else score_words.example(example)
        self.example.setText(text)
        self.example.setVisible(bool(text))

    def set_fields(self, fields: Sequence[str], numbers: Sequence[str] = ()) -> None:
        """Offer these fields, and for a longitude those with numbers; the one chosen stays."""
        self.place.set_fields(numbers)
        chosen = self.field.currentText()
        with QSignalBlocker(self.field):
            self.field.clear()
            self.field.addItems(list(dict.fromkeys([*fields, *([chosen] if chosen else [])])))
            self.field.setCurrentIndex(self.field.findText(chosen))

    def show_comparison(self, comparison: Comparison, reference: str) -> None:
        """Show a comparison and the reference's value for it, without telling anyone."""
        with QSignalBlocker(self):
            if self.field.findText(comparison.field) < 0:
                self.field.addItem(comparison.field)
            self.field.setCurrentIndex(self.field.findText(comparison.field))
            self.against = comparison.against
            self.place.choose(comparison.longitude)
            if self.measure.findData(comparison.measure) < 0:
                self.measure.addItem(comparison.measure, comparison.measure)
            self.measure.setCurrentIndex(self.measure.findData(comparison.measure))
            told = "" if comparison.tolerance is UNSET else f"{comparison.tolerance:g}"
            self.tolerance.setText(told)
            self._show_weight(comparison.weight)
            self.reference.setText(self.against if self._many else reference)
            self._measure_chosen()
            self._check_tolerance()

    def _show_weight(self, weight: float) -> None:
        """Show a weight exactly: one decimal is enough for most, not for all."""
        spin = self.weight.spin
        if isinstance(spin, QDoubleSpinBox):
            spin.setDecimals(1 if round(weight, 1) == weight else 6)
            spin.setMaximum(max(100.0, weight))
            spin.setValue(weight)

    def set_many(self, many: bool, reference: str) -> None:
        """Say which field of many references is meant, or type the value of the only one."""
        self._many = many
        same = self.tr("the references' field, if it has another name")
        one = self.tr("compared with …")
        self.reference.setPlaceholderText(same if many else one)
        self.reference.setText(self.against if many else reference)
        self._show_place()
        self._tell()

    def _edited(self, text: str) -> None:
        if self._many:
            self.against = text.strip()
            self.changed.emit()
        else:
            self.typed.emit(text)

    @property
    def counts(self) -> bool:
        """There is something to compare with; otherwise the row is left out."""
        return self._many or bool(self.reference.text().strip())

    @property
    def reference_field(self) -> str:
        """The reference's field that this row's value belongs to."""
        return self.against or self.field.currentText()

    def comparison(self) -> Comparison:
        """Return what the row says; a tolerance that is no positive number is left unset."""
        name = self.measure.currentData()
        text = self.tolerance.text().strip().replace(",", ".")
        usable = is_number(text) and float(text) > 0.0
        unit = CATALOGUE[name].unit if name in CATALOGUE else ""
        return Comparison(
            field=self.field.currentText(),
            measure=name,
            against=self.against,
            longitude=self.longitude if name == "km" else "",
            weight=self.weight.value(),
            tolerance=float(text) if unit and usable else UNSET,
        )

    def _field_chosen(self) -> None:
        self.against = ""
        self.place.choose("")
        self.field_chosen.emit(self.field.currentText())

    def _measure_chosen(self) -> None:
        info = _info(self.measure.currentData())
        for widget in (self.within, self.tolerance, self.unit):
            widget.setVisible(info is not None and bool(info.unit))
        if info is not None:
            self.unit.setText("" if info.unit == "units" else info.unit)
            self.unit.setVisible(info.unit not in ("", "units"))
            self.measure.setToolTip(f"{info.explanation}: {info.formula}")
        if self.measure.currentData() == "km":
            self.place.guess(self.field.currentText())
        self._show_place()
        self._tell()
        self._check_tolerance()
        self.changed.emit()

    def _tell(self) -> None:
        """Explain the measure, or say that the row does not count."""
        info = _info(self.measure.currentData())
        explained = info.explanation if info is not None else ""
        if info is not None and info.unit:  # the rest of the line says what the number means
            explained = self.tr("0 from there on")
        left_out = self.tr("left out: no value yet")
        self.hint.setText(explained if self.counts else left_out)

    def _tolerance_typed(self) -> None:
        self._check_tolerance()
        self.changed.emit()

    def _check_tolerance(self) -> None:
        needed = self.tolerance.isVisibleTo(self)
        self.tolerance.set_wrong(needed and self.comparison().tolerance is UNSET)


def _info(measure: str) -> MeasureInfo | None:
    return CATALOGUE.get(measure) or own_scorers().get(measure)
