"""The pane that asks for format, rows, options and place of an export; opened, never executed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from loadline.domain.query import View
from loadline.gui.models import figures
from loadline.gui.models.receipt_words import rows
from loadline.gui.run_page.export_menu import CollectionTarget, ExportOptions, is_filtered
from loadline.gui.theme import SMALL, Theme
from loadline.gui.widgets import (
    Button,
    CheckBox,
    ComboBox,
    FieldLabel,
    LineEdit,
    Segments,
    Text,
    Title,
)

SHEET_ROWS = 1_048_575
"""Rows of data that an Excel sheet takes."""
COLLECTION = "collection"
_WIDTH = 560
Estimate = Callable[[Path, ExportOptions], None]


class ExportPane(QDialog):
    """Everything that can be chosen; Enter saves with what is there. See `chosen`."""

    chosen = Signal(object, object)
    """Path (None for a collection) and `ExportOptions`."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        path: Path,
        total: int,
        view: View | None,
        connections: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        self.setObjectName("exportPane")
        self.setWindowTitle(self.tr("Export"))
        self.setAccessibleName(self.tr("Export"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._total, self._view = total, view
        self._estimate: Estimate | None = None
        self._make_fields(theme, path, connections)
        self._make_options(theme)
        self._lay_out(theme)
        self.format.setCurrentIndex(max(0, self.format.findData(path.suffix)))
        self._adapt()
        self._connect()
        self.save_button.setFocus()

    def _make_fields(self, theme: Theme, path: Path, connections: Sequence[str]) -> None:
        self.format = ComboBox(theme, self.tr("Format"))
        self.format.setObjectName("exportFormat")
        for word, suffix in (
            (self.tr("Spreadsheet (.csv)"), ".csv"), (self.tr("Excel (.xlsx)"), ".xlsx"),
            (self.tr("Parquet"), ".parquet"), (self.tr("Feather"), ".feather"),
            (self.tr("JSON lines"), ".jsonl"), (self.tr("SQLite"), ".sqlite"),
        ):  # fmt: skip
            self.format.addItem(word, suffix)
        if connections:
            self.format.addItem(self.tr("MongoDB collection"), COLLECTION)
        every = self.tr("Everything: {0}").format(rows(self._total))
        shown = rows(self._view.rows) if self._view else ""
        self.rows = Segments(
            theme,
            self.tr("Rows"),
            [("all", every), ("shown", self.tr("What the filter shows: {0}").format(shown))],
        )
        self.rows.choose("shown" if is_filtered(self._view) else "all")
        self.as_shown = CheckBox(theme, self.tr("In the order shown"))
        self.as_shown.setObjectName("exportAsShown")
        otherwise = self.tr("Otherwise the rows keep the order of the source.")
        self.order_told = Text(otherwise, "hint", size=SMALL, wrap=True)
        self.place = LineEdit(theme, self.tr("Where"))
        self.place.setObjectName("exportPlace")
        self.place.setText(str(path))
        self.browse = self.place.add_icon(
            "folder", QLineEdit.ActionPosition.TrailingPosition, self.tr("Choose a place")
        )
        self.connection = ComboBox(theme, self.tr("Connection"))
        for name in connections:
            self.connection.addItem(name, name)
        self.database = LineEdit(theme, self.tr("Database"))
        self.collection = LineEdit(theme, self.tr("Collection"))
        self.collection.setText(path.stem)

    def _make_options(self, theme: Theme) -> None:
        self.delimiter = ComboBox(theme, self.tr("Between cells"))
        for word, sign in (
            (self.tr("Comma"), ","), (self.tr("Semicolon"), ";"), (self.tr("Tab"), "\t"),
            (self.tr("Vertical bar"), "|"),
        ):  # fmt: skip
            self.delimiter.addItem(word, sign)
        self.encoding = ComboBox(theme, self.tr("Encoding"))
        for word, name in (
            (self.tr("UTF-8"), "utf-8"), (self.tr("UTF-8 for Excel"), "utf-8-sig"),
            (self.tr("UTF-16"), "utf-16"), (self.tr("Western (cp1252)"), "cp1252"),
        ):  # fmt: skip
            self.encoding.addItem(word, name)
        self.harmless = CheckBox(theme, self.tr("Make formulas harmless"))
        self.harmless.setChecked(True)
        self.replace = CheckBox(theme, self.tr("Replace what is there"))
        self.replace.setObjectName("exportReplace")
        limit = figures.count(SHEET_ROWS)
        self.sheets = Segments(
            theme,
            self.tr("Sheets"),
            [("several", self.tr("Several sheets")),
             ("first", self.tr("Only the first {0}").format(limit))],
        )  # fmt: skip
        self.sheets.choose("several")
        self.limit = Text(
            self.tr("An Excel sheet takes {0} rows; these are more.").format(limit),
            "hint", size=SMALL, wrap=True,
        )  # fmt: skip
        self.told = Text("", "hint", size=SMALL, wrap=True)
        self.told.setObjectName("exportTold")

    def _lay_out(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addWidget(Title(self.tr("Export")))
        column.addWidget(_field(self.tr("Format"), self.format))
        self._rows_field = _field(self.tr("Rows"), self.rows)
        column.addWidget(self._rows_field)
        column.addWidget(self._order_field())
        cells = (_field(self.delimiter.accessibleName(), self.delimiter),
                 _field(self.encoding.accessibleName(), self.encoding))  # fmt: skip
        self._csv = _side_by_side(*cells)
        self._excel = _field(self.tr("Sheets"), self.sheets, self.limit)
        self._file = _field(self.tr("Where"), self.place)
        self._server = _side_by_side(
            _field(self.tr("Connection"), self.connection),
            _field(self.tr("Database"), self.database),
            _field(self.tr("Collection"), self.collection),
        )
        for part in (self._csv, self.harmless, self._excel, self._file, self._server,
                     self.replace, self.told):  # fmt: skip
            column.addWidget(part)
        column.addStretch(1)
        self.save_button = Button(theme, self.tr("Save"), "download", "primary")
        self.save_button.setObjectName("exportSave")
        self.save_button.setDefault(True)
        self.close_button = Button(theme, self.tr("Close"))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.save_button)
        column.addLayout(buttons)
        self.setFixedWidth(_WIDTH)

    def _order_field(self) -> QWidget:
        self._order = QWidget()
        column = QVBoxLayout(self._order)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.as_shown)
        column.addWidget(self.order_told)
        return self._order

    def _connect(self) -> None:
        self.format.currentIndexChanged.connect(self._format_changed)
        self.rows.chosen.connect(self._adapt)
        self.as_shown.toggled.connect(self._adapt)
        self.sheets.chosen.connect(self._adapt)
        self.browse.triggered.connect(self._browse)
        for edit in (self.place, self.database, self.collection):
            edit.textChanged.connect(self._adapt)
        self.replace.toggled.connect(self._adapt)
        self.connection.currentIndexChanged.connect(self._adapt)
        self.close_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)

    def set_estimate(self, estimate: Estimate) -> None:
        """Ask with `estimate` whenever the size may have changed; answers come to `tell_size`."""
        self._estimate = estimate
        self._ask_size()

    def tell_size(self, size: int, free: int) -> None:
        """Tell how large the file will be, and whether there is room."""
        text = self.tr("About {0}; {1} are free.").format(figures.size(size), figures.size(free))
        self.told.setText(text)
        self.told.set_role("hint" if size < free else "failed")

    @property
    def suffix(self) -> str:
        """The format's suffix, or `COLLECTION`."""
        return str(self.format.currentData())

    @property
    def options(self) -> ExportOptions:
        """What is chosen."""
        many = self._many()
        options = ExportOptions(
            harmless=self.harmless.isChecked(),
            view=self._wanted(),
            as_shown=self.as_shown.isChecked() and self._order.isVisibleTo(self),
            delimiter=str(self.delimiter.currentData()),
            encoding=str(self.encoding.currentData()),
            sheets=("first" if self.sheets.key() == "first" else "several") if many else "refuse",
            overwrite=self.replace.isChecked(),
        )
        if self.suffix != COLLECTION:
            return options
        target = CollectionTarget(
            str(self.connection.currentData()),
            self.database.text().strip(),
            self.collection.text().strip(),
        )
        return replace(options, collection=target)

    def _wanted(self) -> View | None:
        if is_filtered(self._view):
            return self._view if self.rows.key() == "shown" else None
        return self._view if self.as_shown.isChecked() else None

    def _many(self) -> bool:
        view = self._wanted()
        return (view.rows if view else self._total) > SHEET_ROWS

    def _format_changed(self) -> None:
        if self.suffix != COLLECTION:
            path = Path(self.place.text())
            if path.name:
                self.place.setText(str(path.with_suffix(self.suffix)))
        self._adapt()
        self._ask_size()

    def _ask_size(self) -> None:
        self.told.setText("")
        if self._estimate is not None and self.suffix != COLLECTION:
            self._estimate(Path(self.place.text()), self.options)

    def _adapt(self) -> None:
        """Show what belongs to the format, and whether it can be saved like this."""
        suffix = self.suffix
        to_server = suffix == COLLECTION
        filtered = is_filtered(self._view)
        self._rows_field.setVisible(filtered)
        sorts = self._view is not None and bool(self._view.query.sort)
        self._order.setVisible(sorts and (not filtered or self.rows.key() == "shown"))
        self._csv.setVisible(suffix == ".csv")
        self.harmless.setVisible(suffix == ".csv")
        self._excel.setVisible(suffix == ".xlsx" and self._many())
        self._file.setVisible(not to_server)
        self._server.setVisible(to_server)
        path = Path(self.place.text().strip()).expanduser()
        there = not to_server and path.is_absolute() and path.is_file()
        self.replace.setVisible(there or to_server)
        named = bool(self.database.text().strip() and self.collection.text().strip())
        whole = path.is_absolute() and path.parent.is_dir() and not path.is_dir()
        self.place.set_wrong(wrong=not to_server and not whole)
        free = not there or self.replace.isChecked()
        self.save_button.setEnabled(named if to_server else whole and free)
        self.adjustSize()

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the rows"), str(Path(self.place.text()).parent))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setDefaultSuffix(self.suffix.lstrip("."))
        dialog.selectFile(Path(self.place.text()).name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.place.setText)
        dialog.open()

    def _save(self) -> None:
        path = None if self.suffix == COLLECTION else Path(self.place.text().strip()).expanduser()
        self.chosen.emit(path, self.options)
        self.accept()


def _field(name: str, field: QWidget, hint: QWidget | None = None) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(FieldLabel(name, field))
    column.addWidget(field)
    if hint is not None:
        column.addWidget(hint)
    return holder


def _side_by_side(*parts: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for part in parts:
        row.addWidget(part, 1)
    return holder
