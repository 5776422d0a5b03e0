"""The chart as a table: the same samples and marks, for screen readers and for the curious."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from loadline.domain.throughput import Mark, Speed
from loadline.gui.models import figures

AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole


class SampleModel(QAbstractTableModel):
    """One row per sample, the latest first: time, rows/s, MB/s, memory, what happened."""

    def __init__(self) -> None:
        super().__init__()
        self._speeds: Sequence[Speed] = ()
        self._events: dict[int, list[str]] = {}

    def show_samples(self, speeds: Sequence[Speed], marks: Sequence[Mark]) -> None:
        """Show other samples."""
        self.beginResetModel()
        self._speeds = speeds
        self._events = {}
        place = 0
        for mark in marks:
            while place < len(speeds) - 1 and speeds[place].at < mark.at:
                place += 1
            self._events.setdefault(place, []).append(mark.text)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        """Return how many samples there are."""
        return 0 if parent.isValid() else len(self._speeds)

    def columnCount(self, parent: AnyIndex = _ROOT) -> int:
        """Return five."""
        return 0 if parent.isValid() else 5

    def data(self, index: AnyIndex, role: int = _Role.DisplayRole) -> Any:
        """Return a cell's text or side."""
        if role == _Role.TextAlignmentRole:
            left = index.column() == 4
            return Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        place = len(self._speeds) - 1 - index.row()
        if role != _Role.DisplayRole or place < 0:
            return None
        speed = self._speeds[place]
        return (
            figures.clock(speed.at),
            figures.count(round(speed.rows)),
            f"{figures.size(speed.bytes)}/s",
            figures.size(speed.memory),
            ", ".join(self._events.get(place, [])),
        )[index.column()]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _Role.TextAlignmentRole:
            return self.data(self.index(0, section), role)
        if role != _Role.DisplayRole:
            return None
        titles = (
            self.tr("Time"), self.tr("Rows/s"), self.tr("Speed"), self.tr("Memory"),
            self.tr("What happened"),
        )  # fmt: skip
        return titles[section]
