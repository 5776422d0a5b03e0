"""The best hits as a table: rank, a few fields, score, and what makes it up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from loadline.domain.jobs import Score
from loadline.gui.models import score_words
from loadline.gui.theme import MEDIUM, font
from loadline.scoring.ranking import Hit

AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
HitRole = _Role.UserRole
"""Gives the row's `Hit`."""
RANK = 0
FIRST_FIELD = 1


class RankingModel(QAbstractTableModel):
    """Rows best first; columns rank, fields, score, bar."""

    def __init__(self) -> None:
        super().__init__()
        self.hits: tuple[Hit, ...] = ()
        self.fields: list[str] = []
        self._names: list[str] = []

    @property
    def score_column(self) -> int:
        """Where the score stands."""
        return FIRST_FIELD + len(self.fields)

    @property
    def bar_column(self) -> int:
        """Where the contributions stand."""
        return self.score_column + 1

    def show_hits(self, score: Score, hits: Sequence[Hit]) -> None:
        """Show other hits; rows that are still there are only repainted."""
        told, fields = tuple(hits), score_words.shown_fields(score, hits)
        self._names = [score_words.short_name(field, score) for field in fields]
        if fields != self.fields or len(told) < len(self.hits):
            self.beginResetModel()
            self.hits, self.fields = told, fields
            self.endResetModel()
            return
        before = len(self.hits)
        if len(told) > before:
            self.beginInsertRows(_ROOT, before, len(told) - 1)
            self.hits = told
            self.endInsertRows()
        self.hits = told
        if before:
            self.dataChanged.emit(self.index(0, 0), self.index(before - 1, self.bar_column))

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        """Return how many hits there are."""
        return 0 if parent.isValid() else len(self.hits)

    def columnCount(self, parent: AnyIndex = _ROOT) -> int:
        """Return rank, fields, score and bar."""
        return 0 if parent.isValid() else self.bar_column + 1

    def data(self, index: AnyIndex, role: int = _Role.DisplayRole) -> Any:
        """Return a cell's text, font and side, or its row's hit."""
        if not index.isValid():
            return None
        if role == _Role.TextAlignmentRole:
            return self._side(index.column())
        if role == _Role.FontRole:
            column = index.column()
            if column == FIRST_FIELD:
                return font(weight=MEDIUM)
            return font(weight=MEDIUM, numbers=True) if column == self.score_column else font()
        hit = self.hits[index.row()]
        if role == HitRole:
            return hit
        if role in (_Role.DisplayRole, _Role.ToolTipRole, _Role.AccessibleTextRole):
            return self._text(hit, index, role)
        return None

    def _text(self, hit: Hit, index: AnyIndex, role: int) -> str | None:
        column = index.column()
        if column == RANK:
            return str(index.row() + 1)
        if column == self.score_column:
            return score_words.score_text(hit.score)
        if column == self.bar_column:
            shares = ", ".join(score_words.score_text(share) for share in hit.shares)
            return shares if role == _Role.AccessibleTextRole else None
        return score_words.value(hit.fields.get(self.fields[column - FIRST_FIELD]))[:300]

    def _side(self, column: int) -> Qt.AlignmentFlag:
        right = column in (RANK, self.score_column)
        return Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """Return a column's title and side."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _Role.TextAlignmentRole:
            return self._side(section)
        if role != _Role.DisplayRole:
            return None
        if section == RANK:
            return self.tr("#")
        if section == self.score_column:
            return self.tr("Score")
        return (
            self.tr("What makes it up")
            if section == self.bar_column
            else self._names[section - FIRST_FIELD]
        )
