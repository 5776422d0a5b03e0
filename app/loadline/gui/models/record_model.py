"""A whole record beside the reference: one row per field, in the order of the source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from loadline.domain.jobs import Score
from loadline.gui.models import score_words
from loadline.gui.theme import MEDIUM, font
from loadline.scoring.places import fields_of, reference_fields

AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
ComparisonRole = _Role.UserRole
"""Gives the number, from 0, of the comparison that reads a row's field; None: none does."""
FIELD, REFERENCE, RECORD = range(3)
_TIP = 1_000


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field: its values in words, and which comparison reads it."""

    field: str
    reference: str
    record: str
    comparison: int | None


def lines_of(score: Score, fields: Sequence[tuple[str, Any]]) -> tuple[FieldLine, ...]:
    """Return the lines of a record; a compared field stands beside what it is compared with."""
    read: dict[str, tuple[int, str]] = {}
    for number, comparison in enumerate(score.compare):
        pairs = zip(fields_of(comparison), reference_fields(comparison), strict=True)
        for field, against in pairs:
            read.setdefault(field, (number, against))
    reference = score.reference or {}
    lines = []
    for name, value in fields:
        comparison_number, against = read.get(name, (None, name))
        beside = score_words.value(reference[against]) if against in reference else ""
        lines.append(FieldLine(name, beside, score_words.value(value), comparison_number))
    return tuple(lines)


class RecordModel(QAbstractTableModel):
    """Columns field, reference, this record."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[FieldLine, ...] = ()

    def show_lines(self, lines: tuple[FieldLine, ...]) -> None:
        """Show another record."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        """Return how many fields there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: AnyIndex = _ROOT) -> int:
        """Return three."""
        return 0 if parent.isValid() else 3

    def data(self, index: AnyIndex, role: int = _Role.DisplayRole) -> Any:
        """Return a cell's text, its font, or the row's comparison."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == ComparisonRole:
            return line.comparison
        if role == _Role.FontRole:
            strong = line.comparison is not None and index.column() != REFERENCE
            return font(weight=MEDIUM) if strong else font()
        text = (line.field, line.reference, line.record)[index.column()]
        if role == _Role.DisplayRole:
            return " ".join(text[:_TIP].split())
        return text[:_TIP] if role == _Role.ToolTipRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal or role != _Role.DisplayRole:
            return None
        return (self.tr("Field"), self.tr("Reference"), self.tr("This record"))[section]
