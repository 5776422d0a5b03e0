"""The list of runs as a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from loadline.domain.receipt import RunState
from loadline.gui.models import figures
from loadline.gui.theme import BODY, MEDIUM, font, run_look

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
NAME, STATE, STARTED, FILES, ROWS, TOOK, SIZE, SOURCE = range(8)
WIDTHS = (208, 192, 152, 64, 112, 80, 88, 128)
"""The last column takes the rest."""


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run; `key` is the name of its folder. `size`: bytes on disk, None while not known."""

    key: str
    name: str
    state: RunState
    started: datetime | None = None
    files: int = 0
    rows: int = 0
    seconds: float = 0.0
    size: int | None = None
    source: str = ""
    live: bool = False
    """It is at work in this program."""


class RunsModel(QAbstractTableModel):
    """One row per run, newest first as given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[RunLine, ...] = ()

    def set_lines(self, lines: Sequence[RunLine]) -> None:
        """Show these runs; where only their contents changed, one `dataChanged`."""
        if tuple(lines) == self._lines:
            return
        same = [line.key for line in lines] == [line.key for line in self._lines]
        if not same:
            self.beginResetModel()
        self._lines = tuple(lines)
        if not same:
            self.endResetModel()
        else:
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, SOURCE))

    def line(self, row: int) -> RunLine:
        """Return the run of a row."""
        return self._lines[row]

    def row_of(self, key: str) -> int:
        """Return the row of a run, or -1."""
        return next((i for i, line in enumerate(self._lines) if line.key == key), -1)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of runs."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(WIDTHS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the columns' names and sides."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("Run"), self.tr("State"), self.tr("Started"), self.tr("Files"),
            self.tr("Rows"), self.tr("Took"), self.tr("On disk"), self.tr("Source"),
        )[section]  # fmt: skip

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return texts, sides and fonts."""
        if not index.isValid():
            return None
        section = index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(self._lines[index.row()], section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        if role == Qt.ItemDataRole.FontRole:
            if section == NAME:
                return font(BODY, MEDIUM)
            return font(BODY, numbers=section in _NUMBERS)
        if role == Qt.ItemDataRole.ToolTipRole and section in (NAME, SOURCE):
            return self._text(self._lines[index.row()], section)
        return None

    def _text(self, line: RunLine, section: int) -> str:
        if section == NAME:
            return line.name
        if section == STATE:
            return run_look(line.state).word
        if section == STARTED:
            return when(line.started) if line.started else ""
        if section == SIZE:
            return figures.size(line.size) if line.size is not None else ""
        if section == SOURCE:
            return line.source
        if section == TOOK:
            return took(line.seconds) if line.seconds else ""
        number = line.files if section == FILES else line.rows
        return figures.count(number) if number else ""


_NUMBERS = frozenset({FILES, ROWS, TOOK, SIZE})


def _side(section: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if section in _NUMBERS else Qt.AlignmentFlag.AlignLeft


def when(moment: datetime) -> str:
    """Return a moment in the locale's short form."""
    local = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
    return figures.locale().toString(local, QLocale.FormatType.ShortFormat)


def took(seconds: float) -> str:
    """Return a duration, e.g. ``1.9 s`` or ``2:06``."""
    return f"{figures.decimal(seconds, 1)} s" if seconds < 60 else figures.clock(seconds)
