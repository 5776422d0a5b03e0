"""The scores of the previewed rows, at the left of each: a live example of the scorecard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QHeaderView, QWidget

from loadline.gui.models import figures, score_words
from loadline.gui.theme import BODY, MEDIUM, SMALL, Theme, font
from loadline.gui.widgets import TableView
from loadline.gui.widgets.table import ROW

WIDTH = 76
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RowScores(QHeaderView):
    """Stands before the rows of a table; `set_scores` shows or empties it."""

    def __init__(self, theme: Theme, table: TableView) -> None:
        super().__init__(Qt.Orientation.Vertical, table)
        self._theme = theme
        self._table = table
        self.scores: tuple[float | None, ...] = ()
        self.setFixedWidth(WIDTH)
        self.setMinimumSectionSize(16)
        self.setDefaultSectionSize(ROW)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName(self.tr("Score of each row"))
        self.setVisible(False)
        table.setVerticalHeader(self)
        self.setVisible(False)
        table.selectionModel().selectionChanged.connect(self.viewport().update)
        corner = table.findChild(QAbstractButton)
        if corner is not None:
            row = QHBoxLayout(corner)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(_Corner(theme, self.tr("Score")))

    def set_scores(self, scores: Sequence[float | None]) -> None:
        """Show the rows' scores in order; None: nothing can be compared."""
        self.scores = tuple(scores)
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint a row's score on the page's ground, with the line of the row."""
        color = self._theme.color
        painter.save()
        chosen = self._table.selectionModel().isRowSelected(section, QModelIndex())
        painter.fillRect(rect, color("sel" if chosen else "surface"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, color("line"))
        if section < len(self.scores):
            score = self.scores[section]
            painter.setFont(font(BODY, MEDIUM, numbers=True))
            painter.setPen(color("text3" if score is None else "text"))
            text = figures.NONE if score is None else score_words.score_text(score)
            painter.drawText(QRectF(rect.adjusted(0, 0, -4, 0)), _RIGHT, text)
        painter.restore()


class _Corner(QWidget):
    """The name over the scores, like a column's."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme, self._name = theme, name

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, lines and name."""
        painter = QPainter(self)
        color = self._theme.color
        painter.fillRect(self.rect(), color("sunken"))
        for y in (0, self.height() - 1):
            painter.fillRect(0, y, self.width(), 1, color("border"))
        painter.setFont(font(SMALL, MEDIUM))
        painter.setPen(color("text"))
        painter.drawText(QRectF(0, 6, self.width() - 4, 16), _RIGHT, self._name)
