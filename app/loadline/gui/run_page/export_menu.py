"""The Export button: formats, copying, the receipt, and what makes a spreadsheet safe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget, QWidgetAction

from loadline.domain.jobs import Sheets
from loadline.domain.query import View
from loadline.gui.models.receipt_words import rows
from loadline.gui.theme import Theme
from loadline.gui.widgets import Button, CheckBox

What = Literal["rows", "receipt", "ranking", "above"]


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One way to save: what, its suffix, and the words of a file dialog."""

    what: What
    suffix: str
    filter: str


@dataclass(frozen=True, slots=True)
class CollectionTarget:
    """A collection to write to, on the server of a saved connection."""

    connection: str
    database: str
    collection: str

    def __str__(self) -> str:
        """Return what a person calls it."""
        return f"{self.database}.{self.collection}"


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What is saved and how."""

    what: What = "rows"
    harmless: bool = True
    """Cells that a spreadsheet would run as a formula are made text."""
    view: View | None = None
    """Only these rows."""
    as_shown: bool = False
    """In the order in which the view shows them; else in that of the source."""
    delimiter: str = ","
    encoding: str = "utf-8"
    sheets: Sheets = "refuse"
    collection: CollectionTarget | None = None
    """Write into a collection instead of a file."""
    overwrite: bool = True
    first: int = 0
    """From which bar of the histogram of scores on records are saved (*above*)."""


def is_filtered(view: View | None) -> bool:
    """Tell whether a view may leave rows out: it does not only sort."""
    return view is not None and bool(view.query.filters or not view.query.sort)


class ExportButton(Button):
    """The primary button of the results; its menu asks for a format."""

    chosen = Signal(object)
    """An `ExportFormat`."""
    more_asked = Signal()
    """Another place, format or way is wanted."""
    copy_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", "download", "primary", chevron=True)
        self.set_look(self.tr("Export"), "download")
        self.setObjectName("exportButton")
        self.setEnabled(False)
        self.menu_shown = QMenu(self)
        self._theme_of_menu = theme
        self._view: View | None = None
        self._rows()
        more = self.menu_shown.addAction(self.tr("Other place or way …"))
        more.setObjectName("exportMore")
        more.triggered.connect(self.more_asked)
        theme.set_icon(more, "sliders-horizontal")
        self.menu_shown.addSeparator()
        copy = self.menu_shown.addAction(self.tr("Copy rows") + "\tCtrl C")
        copy.triggered.connect(self.copy_asked)
        theme.set_icon(copy, "copy")
        receipt = ExportFormat("receipt", ".csv", self.tr("Spreadsheet (*.csv)"))
        self._add("file-check", self.tr("Receipt"), receipt)
        self.menu_shown.addSeparator()
        self.only_box, self._only_action = self._box(theme, self.tr("Only the rows shown"))
        self.only_box.setObjectName("onlyShownBox")
        self._only_action.setVisible(False)
        self.order_box, self._order_action = self._box(theme, self.tr("In the order shown"))
        self.order_box.setObjectName("orderShownBox")
        self.order_box.setToolTip(self.tr("Otherwise the rows keep the order of the source."))
        self._order_action.setVisible(False)
        self.only_box.toggled.connect(self._adapt)
        self._harmless(theme)
        self.clicked.connect(self._open)

    @property
    def harmless(self) -> bool:
        """Formulas are to be made harmless."""
        return self.harmless_box.isChecked()

    @property
    def view(self) -> View | None:
        """The rows to save; None: all, in the order of the source."""
        if self._view is None:
            return None
        only = self.only_box.isChecked() if self.filtered else self.as_shown
        return self._view if only else None

    @property
    def filtered(self) -> bool:
        """The rows shown may be fewer than there are."""
        return is_filtered(self._view)

    @property
    def as_shown(self) -> bool:
        """The rows are to be saved in the order in which they are shown."""
        return self.order_box.isChecked()

    @property
    def shown(self) -> View | None:
        """What the filter shows, whether or not only that is to be saved."""
        return self._view

    def set_view(self, view: View | None) -> None:
        """Offer to save only these rows; None where all are shown."""
        self._view = view
        filtered = is_filtered(view)
        self._only_action.setVisible(filtered)
        self.only_box.setChecked(filtered)
        self._order_action.setVisible(view is not None and bool(view.query.sort))
        self.order_box.setChecked(False)
        self._adapt()
        if view is not None:
            text = self.tr("Only what the filter shows: {0}")
            self.only_box.setText(text.format(rows(view.rows)))
            self.only_box.setAccessibleName(self.only_box.text())
            self._fit(self.only_box)

    def _adapt(self) -> None:
        # Everything, while a filter leaves rows out: there is no other order of all of them.
        self.order_box.setEnabled(self.only_box.isChecked() or not self.filtered)

    def _rows(self) -> None:
        for icon, word, suffix, name in (
            ("file-spreadsheet", self.tr("Spreadsheet"), ".csv", self.tr("Spreadsheet (*.csv)")),
            ("file-spreadsheet", self.tr("Excel"), ".xlsx", self.tr("Excel (*.xlsx)")),
            ("package", self.tr("Parquet"), ".parquet", self.tr("Parquet (*.parquet)")),
            ("package", self.tr("Feather"), ".feather", self.tr("Feather (*.feather)")),
            ("braces", self.tr("JSON lines"), ".jsonl", self.tr("JSON lines (*.jsonl)")),
            ("database", self.tr("SQLite"), ".sqlite", self.tr("SQLite (*.sqlite)")),
        ):
            self._add(icon, word, ExportFormat("rows", suffix, name))

    def _add(self, icon: str, word: str, how: ExportFormat) -> None:
        action = self.menu_shown.addAction(f"{word}\t{how.suffix}")
        action.triggered.connect(lambda: self.chosen.emit(how))
        action.setObjectName(f"export-{how.what}{how.suffix}")
        self._theme_of_menu.set_icon(action, icon)

    def _harmless(self, theme: Theme) -> None:
        self.harmless_box, _ = self._box(theme, self.tr("Make formulas harmless"))
        self.harmless_box.setChecked(True)
        self.harmless_box.setToolTip(
            self.tr("Cells that begin with = + - or @ are saved so that a spreadsheet shows them "
                    "as text and does not run them.")
        )  # fmt: skip

    def _box(self, theme: Theme, text: str) -> tuple[CheckBox, QWidgetAction]:
        holder = QWidget()
        box = CheckBox(theme, text)
        box.setParent(holder)
        box.move(8, 4)
        self._fit(box)
        action = QWidgetAction(self.menu_shown)
        action.setDefaultWidget(holder)
        self.menu_shown.addAction(action)
        return box, action

    def _fit(self, box: CheckBox) -> None:
        box.resize(box.sizeHint())
        holder = box.parentWidget()
        if holder is not None:
            holder.setMinimumSize(box.width() + 24, 32)

    def _open(self) -> None:
        menu = self.menu_shown
        corner = self.mapToGlobal(QPoint(self.width() - menu.sizeHint().width(), self.height() + 4))
        menu.popup(corner)
