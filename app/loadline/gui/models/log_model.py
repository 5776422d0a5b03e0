"""The log as a table, the latest entry last, narrowed by level and words."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from loadline.gui.theme import SMALL, Theme, font
from loadline.store.log_file import LogEntry

AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
_WARNINGS = frozenset({"WARNING", "ERROR", "CRITICAL"})
SHOWN = {
    "all": frozenset({"DEBUG", "INFO"}) | _WARNINGS,
    "warnings": _WARNINGS,
    "errors": _WARNINGS - {"WARNING"},
}
"""The levels behind each choice."""


class LogColumn(IntEnum):
    """The columns from left to right."""

    TIME = 0
    LEVEL = 1
    ORIGIN = 2
    TEXT = 3


class LogModel(QAbstractTableModel):
    """Entries that fit level and words; a changed file appends, everything else resets."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._all: list[LogEntry] = []
        self._shown: list[LogEntry] = []
        self._levels = SHOWN["all"]
        self._words = ""

    @property
    def entries(self) -> list[LogEntry]:
        """All entries, whatever is shown."""
        return self._all

    def take(self, entries: Sequence[LogEntry]) -> None:
        """Show the entries of this moment."""
        known = len(self._all)
        if known and list(entries[:known]) == self._all:
            fresh = [entry for entry in entries[known:] if self._fits(entry)]
            self._all = list(entries)
            if fresh:
                first = len(self._shown)
                self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
                self._shown += fresh
                self.endInsertRows()
            return
        self._all = list(entries)
        self._narrow()

    def look(self, levels: str, words: str) -> None:
        """Show the levels of a choice only, and of these what contains `words`."""
        self._levels, self._words = SHOWN[levels], words.casefold()
        self._narrow()

    def entry(self, row: int) -> LogEntry:
        """Return the entry of a row."""
        return self._shown[row]

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        """Return how many entries are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: AnyIndex = _ROOT) -> int:
        """Return four."""
        return 0 if parent.isValid() else len(LogColumn)

    def data(self, index: AnyIndex, role: int = _Role.DisplayRole) -> Any:
        """Return a cell's text, its colour, or the whole entry as its tooltip."""
        entry, column = self._shown[index.row()], LogColumn(index.column())
        if role == _Role.DisplayRole:
            return self._text(entry, column)
        if role == _Role.ForegroundRole:
            return self._theme.color(self._ink(entry, column))
        if role == _Role.FontRole and column in (LogColumn.TIME, LogColumn.ORIGIN):
            return font(SMALL, numbers=True)
        if role == _Role.ToolTipRole and column is LogColumn.TEXT:
            return entry.text
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal or role != _Role.DisplayRole:
            return None
        return (self.tr("Time"), self.tr("Level"), self.tr("Part"), self.tr("What happened"))[
            section
        ]

    def _text(self, entry: LogEntry, column: LogColumn) -> str:
        if column is LogColumn.TIME:
            return entry.when
        if column is LogColumn.LEVEL:
            return self._level_word(entry.level)
        return entry.origin if column is LogColumn.ORIGIN else entry.text.replace("\n", " \u23ce ")

    def _level_word(self, level: str) -> str:
        if level == "WARNING":
            return self.tr("Warning")
        return self.tr("Error") if level in SHOWN["errors"] else self.tr("Note")

    def _ink(self, entry: LogEntry, column: LogColumn) -> str:
        if column is LogColumn.LEVEL and entry.level in _WARNINGS:
            return "waiting.text" if entry.level == "WARNING" else "failed.text"
        return "text" if column is LogColumn.TEXT else "text2"

    def _fits(self, entry: LogEntry) -> bool:
        return entry.level in self._levels and self._words in str(entry).casefold()

    def _narrow(self) -> None:
        self.beginResetModel()
        self._shown = [entry for entry in self._all if self._fits(entry)]
        self.endResetModel()
