"""The list of runs as a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from loadline.domain.receipt import RunState
from loadline.gui.models import figures
from loadline.gui.models.source_words import moment_words, when_words
from loadline.gui.theme import BODY, MEDIUM, font, run_look

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
NAME, STATE, STARTED, FILES, ROWS, TOOK, SPEED, SIZE, SOURCE = range(9)
WIDTHS = (160, 184, 128, 56, 96, 64, 80, 88, 96)
"""The least widths; `SHARES` says who gets what is left."""
SHARES = {NAME: 3, SPEED: 1, SOURCE: 4}


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
    pinned: bool = False
    """No rule deletes it."""


class RunsModel(QAbstractTableModel):
    """One row per run that passes the search, newest first as given.

    A name that is edited is told by `renamed`.
    """

    renamed = Signal(str, str)
    """A run's key and what it is to be called from now on."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[RunLine, ...] = ()
        self._lines: tuple[RunLine, ...] = ()
        self._wanted = ""

    def search(self, text: str) -> None:
        """Show only runs whose name, state or source holds every word of `text`."""
        self._wanted = text
        self._show(self._all)

    def set_lines(self, lines: Sequence[RunLine]) -> None:
        """Show these runs; where only their contents changed, one `dataChanged`."""
        self._all = tuple(lines)
        self._show(self._all)

    @property
    def every(self) -> tuple[RunLine, ...]:
        """All runs, found or not."""
        return self._all

    @property
    def total(self) -> int:
        """How many runs there are, found or not."""
        return len(self._all)

    def _show(self, every: Sequence[RunLine]) -> None:
        words = self._wanted.casefold().split()
        lines = tuple(line for line in every if _has(line, words)) if words else tuple(every)
        if lines == self._lines:
            return
        same = [line.key for line in lines] == [line.key for line in self._lines]
        if not same:
            self.beginResetModel()
        self._lines = lines
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
            self.tr("Rows"), self.tr("Took"), self.tr("Speed"), self.tr("On disk"),
            self.tr("Source"),
        )[section]  # fmt: skip

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return texts, sides and fonts."""
        if not index.isValid():
            return None
        section = index.column()
        if role == Qt.ItemDataRole.EditRole and section == NAME:
            return self._lines[index.row()].name
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(self._lines[index.row()], section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        if role == Qt.ItemDataRole.FontRole:
            if section == NAME:
                return font(BODY, MEDIUM)
            return font(BODY, numbers=section in _NUMBERS)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(self._lines[index.row()], section)
        return None

    def _tip(self, line: RunLine, section: int) -> str | None:
        """Return in full what may be cut or shortened."""
        if section == STARTED and line.started:
            return moment_words(line.started)
        return self._text(line, section) if section in (NAME, SOURCE) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let names be edited."""
        editable = Qt.ItemFlag.ItemIsEditable
        flags = super().flags(index)
        return flags | editable if index.column() == NAME else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another name; it is shown when it has been kept."""
        line = self._lines[index.row()]
        name = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or index.column() != NAME or name == line.name:
            return False
        self.renamed.emit(line.key, name)
        return True

    def _text(self, line: RunLine, section: int) -> str:
        if section == NAME:
            return line.name
        if section == STATE:
            return run_look(line.state).word
        if section == STARTED:
            return when_words(line.started) if line.started else ""
        if section == SIZE:
            return figures.size(line.size) if line.size is not None else ""
        if section == SOURCE:
            return line.source
        if section == SPEED:
            mean = line.rows / line.seconds if line.seconds else 0.0
            return self.tr("{0} rows/s").format(figures.short_count(mean)) if mean else ""
        if section == TOOK:
            return took(line.seconds) if line.seconds else ""
        number = line.files if section == FILES else line.rows
        return figures.count(number) if number else ""


def _has(line: RunLine, words: Sequence[str]) -> bool:
    text = f"{line.name} {run_look(line.state).word} {line.source}".casefold()
    return all(word in text for word in words)


_NUMBERS = frozenset({FILES, ROWS, TOOK, SIZE})


def _side(section: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if section in _NUMBERS else Qt.AlignmentFlag.AlignLeft


def took(seconds: float) -> str:
    """Return a duration, e.g. ``1.9 s`` or ``2:06``."""
    return f"{figures.decimal(seconds, 1)} s" if seconds < 60 else figures.clock(seconds)
