"""The model of the files and where their columns differ."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from loadline.domain.survey import DriftCell, Presence, Survey, SurveyedFile
from loadline.gui.new_job_page.words import about, short

FILE, ROWS, WRITTEN, FIRST = 0, 1, 2, 3
"""Columns of the table; from `FIRST` on one per column of the data."""
_NOTHING = Survey((), ())
_NO_PARENT = QModelIndex()


class DriftModel(QAbstractTableModel):
    """One row per file: name, rows, dialect, and how each column stands in it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._survey = _NOTHING
        self._only_differing = True
        self._shown: list[int] = []

    def set_survey(self, survey: Survey) -> None:
        """Show another survey; keeps the rows where only cells have changed."""
        shown = self._wanted(survey)
        same = len(survey.files) == len(self._survey.files) and len(shown) == len(self._shown)
        if not same:
            self.beginResetModel()
        self._survey, self._shown = survey, shown
        if not same:
            self.endResetModel()
        elif survey.files:
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def set_only_differing(self, only: bool) -> None:
        """Show the columns that differ, or all."""
        if only != self._only_differing:
            self.beginResetModel()
            self._only_differing = only
            self._shown = self._wanted(self._survey)
            self.endResetModel()

    def _wanted(self, survey: Survey) -> list[int]:
        every = range(len(survey.columns))
        if not self._only_differing:
            return list(every)
        return [i for i in every if survey.columns[i].differs]

    @property
    def survey(self) -> Survey:
        """The survey that is shown."""
        return self._survey

    def file(self, row: int) -> SurveyedFile:
        """Return the file of a row."""
        return self._survey.files[row]

    def column_name(self, section: int) -> str:
        """Return the data column's name of a table column from `FIRST` on."""
        return self._survey.columns[self._shown[section - FIRST]].name

    def cell(self, row: int, section: int) -> DriftCell | None:
        """Return how a column stands in a file, or None where that is not known."""
        cells = self._survey.files[row].cells
        number = self._shown[section - FIRST]
        return cells[number] if number < len(cells) else None

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """Return the number of files."""
        return 0 if parent.isValid() else len(self._survey.files)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """Return three and one per data column that is shown."""
        return 0 if parent.isValid() else FIRST + len(self._shown)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the columns' names."""
        if orientation is not Qt.Orientation.Horizontal or section >= self.columnCount():
            return None
        right = section == ROWS and role == Qt.ItemDataRole.TextAlignmentRole
        if right:
            return Qt.AlignmentFlag.AlignRight
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if section >= FIRST:
            return self.column_name(section)
        if role == Qt.ItemDataRole.ToolTipRole:
            return None
        return (self.tr("File"), self.tr("Rows"), self.tr("How it is written"))[section]

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return texts, tooltips and what a screen reader says."""
        if not index.isValid():
            return None
        file = self._survey.files[index.row()]
        section = index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole and section == ROWS:
            return Qt.AlignmentFlag.AlignRight
        if section >= FIRST:
            return self._cell_data(index.row(), section, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(file, section)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self._tooltip(file, section)
        return None

    def _text(self, file: SurveyedFile, section: int) -> str:
        if section == FILE:
            return file.name
        if section == ROWS:
            if file.rows is None:
                return ""
            return short(file.rows, exact=file.rows_exact)
        if file.failure:
            return file.failure.sentence
        return file.dialect.summary if file.dialect else ""

    def _tooltip(self, file: SurveyedFile, section: int) -> str:
        if section == FILE:
            return file.name
        if section == ROWS and file.rows is not None:
            told = self.tr("{0} rows").format(about(file.rows, exact=file.rows_exact))
            return told[:1].upper() + told[1:]
        if section == WRITTEN:
            if file.failure:
                return str(file.failure)
            details = file.dialect.details if file.dialect else ()
            return "\n".join((*details, *file.problems))
        return ""

    def _cell_data(self, row: int, section: int, role: int) -> Any:
        cell = self.cell(row, section)
        if cell is None:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            words = cell.note or self._presence_word(cell.presence)
            return f"{self.column_name(section)}: {words}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            word = self._presence_word(cell.presence)
            return f"{self.column_name(section)}, {self.file(row).name}: {word}"
        return None

    def _presence_word(self, presence: Presence) -> str:
        return {
            Presence.THERE: self.tr("there"),
            Presence.MISSING: self.tr("missing, filled with empty cells"),
            Presence.OTHER_TYPE: self.tr("other type"),
            Presence.WRITTEN_DIFFERENTLY: self.tr("written differently"),
        }[presence]
