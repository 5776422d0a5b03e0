"""The Export button: formats, copying, the receipt, and what makes a spreadsheet safe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget, QWidgetAction

from loadline.gui.theme import Theme
from loadline.gui.widgets import Button, CheckBox

What = Literal["rows", "receipt", "ranking"]


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One way to save: what, its suffix, and the words of a file dialog."""

    what: What
    suffix: str
    filter: str


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What is saved and how."""

    what: What = "rows"
    harmless: bool = True
    """Cells that a spreadsheet would run as a formula are made text."""


class ExportButton(Button):
    """The primary button of the results; its menu asks for a format."""

    chosen = Signal(object)
    """An `ExportFormat`."""
    copy_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", "download", "primary", chevron=True)
        self.set_look(self.tr("Export"), "download")
        self.setObjectName("exportButton")
        self.setEnabled(False)
        self.menu_shown = QMenu(self)
        self._theme_of_menu = theme
        self._rows()
        self.menu_shown.addSeparator()
        copy = self.menu_shown.addAction(self.tr("Copy rows") + "\tCtrl C")
        copy.triggered.connect(self.copy_asked)
        theme.set_icon(copy, "copy")
        receipt = ExportFormat("receipt", ".csv", self.tr("Spreadsheet (*.csv)"))
        self._add("file-check", self.tr("Receipt"), receipt)
        self.menu_shown.addSeparator()
        self._harmless(theme)
        self.clicked.connect(self._open)

    @property
    def harmless(self) -> bool:
        """Formulas are to be made harmless."""
        return self.harmless_box.isChecked()

    def _rows(self) -> None:
        for icon, word, suffix, name in (
            ("file-spreadsheet", self.tr("Spreadsheet"), ".csv", self.tr("Spreadsheet (*.csv)")),
            ("package", self.tr("Parquet"), ".parquet", self.tr("Parquet (*.parquet)")),
            ("package", self.tr("Feather"), ".feather", self.tr("Feather (*.feather)")),
            ("braces", self.tr("JSON lines"), ".jsonl", self.tr("JSON lines (*.jsonl)")),
        ):
            self._add(icon, word, ExportFormat("rows", suffix, name))

    def _add(self, icon: str, word: str, how: ExportFormat) -> None:
        action = self.menu_shown.addAction(f"{word}\t{how.suffix}")
        action.triggered.connect(lambda: self.chosen.emit(how))
        action.setObjectName(f"export-{how.what}{how.suffix}")
        self._theme_of_menu.set_icon(action, icon)

    def _harmless(self, theme: Theme) -> None:
        holder = QWidget()
        self.harmless_box = CheckBox(theme, self.tr("Make formulas harmless"))
        self.harmless_box.setParent(holder)
        self.harmless_box.move(8, 4)
        self.harmless_box.setChecked(True)
        self.harmless_box.setToolTip(
            self.tr("Cells that begin with = + - or @ are saved so that a spreadsheet shows them "
                    "as text and does not run them.")
        )  # fmt: skip
        self.harmless_box.resize(self.harmless_box.sizeHint())
        holder.setMinimumSize(self.harmless_box.width() + 24, 32)
        action = QWidgetAction(self.menu_shown)
        action.setDefaultWidget(holder)
        self.menu_shown.addAction(action)

    def _open(self) -> None:
        menu = self.menu_shown
        corner = self.mapToGlobal(QPoint(self.width() - menu.sizeHint().width(), self.height() + 4))
        menu.popup(corner)
