"""One filter to be written: column, kind of test, value; what is wrong with it in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loadline.domain.query import Filter, FilterKind
from loadline.domain.schema import Column
from loadline.gui.models.query_words import mistake_in
from loadline.gui.theme import SMALL, Theme
from loadline.gui.widgets import Button, ComboBox, LineEdit, Rule, Text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_KINDS = (
    ("contains", FilterKind.CONTAINS, False),
    ("lacks", FilterKind.CONTAINS, True),
    ("is", FilterKind.EQUALS, False),
    ("differs", FilterKind.EQUALS, True),
    ("between", FilterKind.RANGE, False),
    ("empty", FilterKind.EMPTY, False),
    ("filled", FilterKind.EMPTY, True),
)


class FilterForm(QWidget):
    """A line below the toolbar; `wanted` gives the filter, and the one that it replaces."""

    wanted = Signal(object, object)
    """A `Filter`, and the `Filter` that it takes the place of or None."""
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._columns: tuple[Column, ...] = ()
        self._old: Filter | None = None
        self.setObjectName("filterForm")
        self.column = ComboBox(theme, self.tr("Column"), small=True)
        self.column.setObjectName("filterColumn")
        self.column.setMinimumContentsLength(12)
        self.column.setMaximumWidth(240)
        self.kind = ComboBox(theme, self.tr("Condition"), small=True)
        self.kind.setObjectName("filterKind")
        for word in (
            self.tr("contains"), self.tr("does not contain"), self.tr("is"), self.tr("is not"),
            self.tr("is between"), self.tr("is empty"), self.tr("is not empty"),
        ):  # fmt: skip
            self.kind.addItem(word)
        self.kind.setMinimumContentsLength(10)
        self.value = LineEdit(theme, self.tr("Value"), placeholder=self.tr("Value"), small=True)
        self.value.setObjectName("filterValue")
        self.high = LineEdit(theme, self.tr("Largest"), placeholder=self.tr("Largest"), small=True)
        self.high.setObjectName("filterHigh")
        for edit in (self.value, self.high):
            edit.setMinimumWidth(96)
            edit.setMaximumWidth(280)
            edit.returnPressed.connect(self._add)
            edit.textEdited.connect(self._forget_mistake)
        self._and = Text(self.tr("and"), "secondary", size=SMALL)
        self.add = Button(theme, self.tr("Filter"), "funnel", size="small")
        self.add.setObjectName("filterAdd")
        self.close_button = Button(
            theme, icon="x", variant="quiet", size="small", name=self.tr("Close")
        )
        self.wrong = Text("", "failed", size=SMALL, wrap=True)
        self.wrong.setObjectName("filterWrong")
        self._lay_out()
        self.kind.currentIndexChanged.connect(self._fit)
        self.column.currentIndexChanged.connect(self._forget_mistake)
        self.add.clicked.connect(self._add)
        self.close_button.clicked.connect(self.close_form)
        self._fit()
        self.setVisible(False)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(24, 8, 24, 8)
        row.setSpacing(8)
        for part in (self.column, self.kind, self.value, self._and, self.high, self.add):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.close_button)
        row.setStretchFactor(self.value, 2)
        row.setStretchFactor(self.high, 2)
        self._below = QWidget()
        below = QHBoxLayout(self._below)
        below.setContentsMargins(24, 0, 24, 8)
        below.addWidget(self.wrong)
        self._below.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        column.addLayout(row)
        column.addWidget(self._below)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Offer these columns."""
        if tuple(columns) == self._columns:
            return
        self._columns = tuple(columns)
        self.column.clear()
        self.column.addItems([column.name for column in columns])

    def begin(self, place: int | None = None, old: Filter | None = None) -> None:
        """Ask for a filter of a column, or change one."""
        self._old = old
        names = [column.name for column in self._columns]
        if old is not None and old.column in names:
            place = names.index(old.column)
            self.kind.setCurrentIndex(
                next(n for n, k in enumerate(_KINDS) if k[1:] == (old.kind, old.negate))
            )
            self.value.setText(old.value)
            self.high.setText(old.high)
        else:
            self.value.clear()
            self.high.clear()
        if place is not None and 0 <= place < len(names):
            self.column.setCurrentIndex(place)
        self.add.setText(self.tr("Change") if old is not None else self.tr("Filter"))
        self.add.setAccessibleName(self.add.text())
        self._forget_mistake()
        self.setVisible(True)
        self.value.setFocus(Qt.FocusReason.OtherFocusReason)
        self.value.selectAll()

    def tell(self, mistake: str) -> None:
        """Say what is wrong."""
        self.wrong.setText(mistake)
        self._below.setVisible(bool(mistake))
        self.value.setAccessibleDescription(mistake)

    def close_form(self) -> None:
        """Close without a filter."""
        self.setVisible(False)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        _, kind, _ = _KINDS[max(0, self.kind.currentIndex())]
        between = kind is FilterKind.RANGE
        self.value.setVisible(kind is not FilterKind.EMPTY)
        self.high.setVisible(between)
        self._and.setVisible(between)
        self.value.setPlaceholderText(self.tr("Smallest") if between else self.tr("Value"))
        self._forget_mistake()

    def _forget_mistake(self) -> None:
        self.tell("")

    def _add(self) -> None:
        place = self.column.currentIndex()
        if not 0 <= place < len(self._columns):
            return
        column = self._columns[place]
        _, kind, negate = _KINDS[self.kind.currentIndex()]
        text, high = self.value.text().strip(), self.high.text().strip()
        chosen = Filter(
            column=column.name,
            kind=kind,
            value="" if kind is FilterKind.EMPTY else text,
            high=high if kind is FilterKind.RANGE else "",
            negate=negate,
        )
        mistake = mistake_in(chosen, column.type)
        self.tell(mistake)
        if mistake:
            self.value.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        old, self._old = self._old, None
        self.wanted.emit(chosen, old)
        self.begin(place)
