"""Facts about one column, beside the table: of all rows, or of those that a filter shows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from loadline.domain.errors import Failure
from loadline.domain.query import View
from loadline.domain.schema import Column, ColumnType
from loadline.domain.statistics import ColumnStatistics
from loadline.gui.models import figures
from loadline.gui.models.cells import Style, text_of
from loadline.gui.new_job_page.latest import Latest
from loadline.gui.run_page.result_questions import ResultQuestions, Rows
from loadline.gui.run_page.statistics_bars import FrequentBars, SpreadBars
from loadline.gui.theme import BODY, MEDIUM, SECTION, SEMIBOLD, Theme, font
from loadline.gui.widgets import Button, ElidedLabel, Rule, SectionTitle, Segments, Text, TypeChip

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

WIDE = 272
KEPT = 32
"""Answers that are remembered."""
LONG = 1_000_000
"""From so many rows on the switch tells them rounded."""
_translate = QCoreApplication.translate
_Key = tuple[str, str]


class StatisticsPane(QWidget):
    """Asks a worker whenever another column, or another view, is to be told of."""

    closed = Signal()

    def __init__(self, theme: Theme, questions: ResultQuestions | None) -> None:
        super().__init__()
        self._theme = theme
        self._questions = questions
        self._rows: Rows | None = None
        self._view: View | None = None
        self._column: Column | None = None
        self._style: Style | None = None
        self._known: dict[_Key, ColumnStatistics] = {}
        self._latest = Latest[ColumnStatistics](self._answered, self._failed)
        self.setObjectName("statisticsPane")
        self.setAccessibleName(self.tr("Facts about a column"))
        self.setFixedWidth(WIDE)
        self.name = ElidedLabel("")
        self.chip = TypeChip(theme, ColumnType.TEXT)
        self.close_button = Button(
            theme, icon="x", variant="quiet", size="small", name=self.tr("Close")
        )
        self.close_button.clicked.connect(self.close_pane)
        self.which = Segments(
            theme, self.tr("Which rows"),
            [("all", self.tr("All rows")), ("shown", self.tr("Rows shown"))],
            small=True, equal=True,
        )  # fmt: skip
        self.which.chosen.connect(self._ask)
        self.told = Text("", "secondary", wrap=True)
        self.bars = SpreadBars(theme)
        self.frequent = FrequentBars(theme)
        self.facts: list[tuple[str, str]] = []
        self._lay_out()
        self.setVisible(False)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        self.name.setFont(font(SECTION, SEMIBOLD))
        head.addWidget(self.name, 1)
        head.addWidget(self.chip)
        head.addWidget(self.close_button)
        self._fact_area = QWidget()
        self._fact_rows = QVBoxLayout(self._fact_area)
        self._fact_rows.setContentsMargins(0, 0, 0, 0)
        self._fact_rows.setSpacing(8)
        self._most = SectionTitle(self.tr("Most frequent"))
        self._most.setFont(font(BODY, SEMIBOLD))
        self._line = Rule()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 12, 24, 16)
        column.setSpacing(12)
        column.addLayout(head)
        for part in (
            self.which, self.told, self.bars, self._fact_area, self._line, self._most, self.frequent
        ):  # fmt: skip
            column.addWidget(part)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(Rule(vertical=True))
        whole.addWidget(area, 1)

    @property
    def busy(self) -> bool:
        """A worker is at it."""
        return self._latest.busy

    def set_rows(self, rows: Rows | None) -> None:
        """Tell of these parts from now on; None: of nothing."""
        if rows != self._rows:
            self._rows = rows
            self._known.clear()
            self._latest.drop()
            if rows is None:
                self.setVisible(False)

    def set_view(self, view: View | None) -> None:
        """Know which rows are shown; None: all."""
        self._view = view
        self.which.setVisible(view is not None)
        if view is not None:
            shown = self.tr("{0} shown").format(_short(view.rows))
            self.which.set_text("shown", shown)
        if self.isVisible():
            self._ask()

    def show_column(self, column: Column, style: Style) -> None:
        """Tell of a column."""
        self._column, self._style = column, style
        self.name.setText(column.name)
        self.chip.set_type(column.type)
        self.setVisible(True)
        self._ask()

    def close_pane(self) -> None:
        """Hide it; what is asked is no longer wanted."""
        self._latest.drop()
        self.setVisible(False)
        self.closed.emit()

    def stop(self) -> None:
        """Forget the outstanding question."""
        self._latest.drop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_pane()
        else:
            super().keyPressEvent(event)

    def _chosen_view(self) -> View | None:
        return self._view if self.which.key() == "shown" else None

    def _key(self) -> _Key:
        view = self._chosen_view()
        return (self._column.name if self._column else "", view.path if view else "")

    def _ask(self, _: object = None) -> None:
        if self._questions is None or self._rows is None or self._column is None:
            return
        self._latest.drop()
        known = self._known.get(self._key())
        if known is not None:
            self._show(known)
            return
        self._tell(self.tr("Looking through the column \u2026"))
        view, name = self._chosen_view(), self._column.name
        self._latest.ask(partial(self._questions.statistics, self._rows, name, view))

    def _answered(self, told: ColumnStatistics) -> None:
        while len(self._known) >= KEPT:
            self._known.pop(next(iter(self._known)))
        self._known[self._key()] = told
        self._show(told)

    def _failed(self, failure: Failure) -> None:
        self._tell(" ".join(filter(None, (failure.sentence, failure.advice))))

    def _tell(self, words: str) -> None:
        """Say a sentence in place of facts."""
        self.told.setText(words)
        self.told.setVisible(True)
        for part in (self.bars, self._fact_area, self._line, self._most, self.frequent):
            part.setVisible(False)

    def _show(self, told: ColumnStatistics) -> None:
        assert self._style is not None
        self.told.setVisible(False)
        self._fact_area.setVisible(True)
        self.facts = facts_of(told, self._style)
        self._fill_facts()
        spread = told.histogram
        self.bars.setVisible(spread is not None or bool(told.frequencies))
        if spread is not None:
            low, high = (text_of(end, self._style) or "" for end in (spread.low, spread.high))
            self.bars.show_bars(
                spread.bars,
                ("\u2264 " if spread.below else "") + low,
                ("\u2265 " if spread.above else "") + high,
            )
        elif told.frequencies:
            self.bars.show_bars(
                told.frequencies, self.tr("most frequent"), self.tr("less frequent")
            )
        lines = [
            (text_of(one.value, self._style) or "", one.count, figures.count(one.count))
            for one in told.top
        ]
        for part in (self._line, self._most, self.frequent):
            part.setVisible(bool(lines))
        self.frequent.show_values(lines)

    def _fill_facts(self) -> None:
        while self._fact_rows.count():
            item = self._fact_rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for name, value in self.facts:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(Text(name, "secondary"))
            shown = ElidedLabel(value)
            shown.setFont(font(BODY, MEDIUM, numbers=True))
            shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(shown, 1)
            line.setAccessibleName(f"{name}: {value}")
            self._fact_rows.addWidget(line)


def _short(count: int) -> str:
    return figures.count(count) if count < LONG else figures.short_count(count)


def facts_of(told: ColumnStatistics, style: Style) -> list[tuple[str, str]]:
    """Return names and values of all that is known of a column."""

    def value(one: Any) -> str:
        return text_of(one, style) or ""

    distinct = figures.count(told.distinct)
    if not told.distinct_exact:
        distinct = _translate("StatisticsPane", "more than {0}").format(distinct)
    facts = [
        (_translate("StatisticsPane", "Rows"), figures.count(told.rows)),
        (_translate("StatisticsPane", "Empty"), figures.count(told.empty)),
        (_translate("StatisticsPane", "Different values"), distinct),
    ]
    if told.smallest is not None:
        facts.append((_translate("StatisticsPane", "Smallest"), value(told.smallest)))
    if told.median is not None:
        facts.append((_translate("StatisticsPane", "Median"), value(told.median)))
    if told.mean is not None:
        average = text_of(round(told.mean, 3), Style(ColumnType.DECIMAL, style.grouped)) or ""
        facts.append((_translate("StatisticsPane", "Average"), average))
    if told.largest is not None:
        facts.append((_translate("StatisticsPane", "Largest"), value(told.largest)))
    return facts
