"""The table of the best hits, with a bar of contributions in every row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPersistentModelIndex, QRect, QRectF, Signal

from loadline.gui.models.ranking_model import FIRST_FIELD, RANK, HitRole, RankingModel
from loadline.gui.theme import Theme
from loadline.gui.widgets import CellDelegate, TableView, rounded
from loadline.gui.widgets.swatch import draw_share
from loadline.gui.widgets.table import EDGE, Index
from loadline.scoring.ranking import Hit

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QResizeEvent

_RANK, _SCORE, _BAR = 56, 64, 148
_FIELD_LEAST = 104
BAR_HIGH = 12
GAP = 1


class ContributionDelegate(CellDelegate):
    """Draws a hit's shares side by side on a track that is the score of 1."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint the bar in the last column, text elsewhere."""
        hit = index.data(HitRole)
        model = index.model()
        last = isinstance(model, RankingModel) and index.column() == model.bar_column
        if not last or not isinstance(hit, Hit):
            super().paint_cell(painter, rect, index)
            return
        area = QRectF(rect.adjusted(8, 0, -EDGE, 0))
        top = rect.top() + (rect.height() - 1 - BAR_HIGH) // 2
        track = QRectF(area.left(), top, area.width(), BAR_HIGH)
        rounded(painter, track, 2, self.theme.color("track"))
        x = track.left()
        for number, share in enumerate(hit.shares):
            width = share * track.width()
            draw_share(painter, self.theme, QRectF(x, top, max(0.0, width - GAP), BAR_HIGH), number)
            x += width


class RankingTable(TableView):
    """`hit_chosen` is emitted with the row that is to be explained."""

    hit_chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "")
        self.setAccessibleName(self.tr("Ranking"))
        self.setObjectName("rankingTable")
        self.hits = RankingModel()
        self.setModel(self.hits)
        self.setItemDelegate(ContributionDelegate(theme, self))
        self.horizontalHeader().setStretchLastSection(False)
        self.hits.modelReset.connect(self._fit)
        self.selectionModel().currentRowChanged.connect(self._moved)

    def _moved(self, now: QPersistentModelIndex) -> None:
        if now.isValid():
            self.hit_chosen.emit(now.row())

    def choose(self, row: int) -> None:
        """Select a row, in sight."""
        self.selectRow(row)
        self.scrollTo(self.hits.index(row, 0))

    def chosen(self) -> int:
        """Return the selected row, or -1."""
        rows = self.selectionModel().selectedRows()
        return rows[0].row() if rows else -1

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width between the fields that have room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        fields = len(self.hits.fields)
        room = self.viewport().width() - _RANK - _SCORE - _BAR
        shown = max(1, min(fields, room // _FIELD_LEAST))
        self.setColumnWidth(RANK, _RANK)
        for number in range(fields):
            column = FIRST_FIELD + number
            self.setColumnHidden(column, number >= shown)
            wide = room // shown + (16 if number == 0 and shown > 1 else 0)
            last = number == shown - 1 and shown > 1
            self.setColumnWidth(column, max(_FIELD_LEAST // 2, wide - (16 if last else 0)))
        if fields:
            # A column that was a field too many of the run before may be the score of this one.
            self.setColumnHidden(self.hits.score_column, False)
            self.setColumnHidden(self.hits.bar_column, False)
            self.setColumnWidth(self.hits.score_column, _SCORE)
            self.setColumnWidth(self.hits.bar_column, _BAR)
