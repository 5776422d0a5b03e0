"""The left of the ranking: what records are compared with, and how."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from loadline.domain.jobs import Comparison, Score
from loadline.gui.models import score_words
from loadline.gui.theme import BODY, MEDIUM, SEMIBOLD, SMALL, Theme, font
from loadline.gui.widgets import (
    Card,
    ElidedLabel,
    IconLabel,
    LinkButton,
    SectionTitle,
    Text,
)
from loadline.gui.widgets.swatch import draw_share

FIELDS_MOST = 8
"""Fields of the reference that its card shows."""


class ComparisonLine(QWidget):
    """A comparison: swatch, field, what is looked for, weight; 40 high."""

    def __init__(self, theme: Theme, number: int, comparison: Comparison, name: str) -> None:
        super().__init__()
        self._theme, self._number = theme, number
        self.field = name
        self.looks_for = score_words.looked_for(comparison)
        self.weight = f"{comparison.weight:g}"
        self.setFixedHeight(40)
        told = self.tr("{0}: {1}, weight {2}").format(comparison.field, self.looks_for, self.weight)
        self.setAccessibleName(told)
        self.setToolTip(told)

    def sizeHint(self) -> QSize:
        """Return 40 px of height."""
        return QSize(160, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the two lines, the weight and the line below."""
        painter = QPainter(self)
        color = self._theme.color
        draw_share(painter, self._theme, QRectF(0, 14, 12, 12), self._number)
        room = self.width() - 22 - 40
        for top, text, role, shown in (
            (3, self.field, "text", font(BODY, MEDIUM)),
            (19, self.looks_for, "text2", font(SMALL)),
        ):
            painter.setFont(shown)
            painter.setPen(color(role))
            cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(22, top, room + 2, 17), Qt.AlignmentFlag.AlignVCenter, cut)
        painter.setFont(font(BODY, SEMIBOLD, numbers=True))
        painter.setPen(color("text"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, 0, self.width(), 39), right, self.weight)
        painter.fillRect(0, 39, self.width(), 1, color("line"))


class ScorecardPane(QScrollArea):
    """Reference card and comparisons; `change` shows the job in the form again."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.change = LinkButton(theme, self.tr("Change"), parent=self)
        self.change.setObjectName("changeScorecard")
        self.lines: list[ComparisonLine] = []

    def show_score(self, score: Score) -> None:
        """Show a scorecard."""
        inside = QWidget()
        inside.setProperty("pane", "page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 8, 24, 16)
        column.setSpacing(0)
        self.change.setParent(self)  # the row before is about to go
        column.addLayout(_row(SectionTitle(self.tr("Compared with")), self.change))
        column.addSpacing(8)
        column.addWidget(self._card(score))
        column.addSpacing(16)
        weight = Text(self.tr("weight"), "secondary", size=SMALL)
        column.addLayout(_row(SectionTitle(self.tr("Comparisons")), weight))
        column.addSpacing(4)
        self.lines = [
            ComparisonLine(self._theme, n, c, score_words.short_name(c.field, score))
            for n, c in enumerate(score.compare)
        ]
        for line in self.lines:
            column.addWidget(line)
        column.addSpacing(12)
        column.addLayout(self._note(score_words.missing_rule(score)))
        column.addStretch(1)
        self.setWidget(inside)
        self.change.show()

    def _note(self, sentence: str) -> QHBoxLayout:
        note = QHBoxLayout()
        note.setSpacing(8)
        info = IconLabel(self._theme, "info", "text2", 14)
        note.addWidget(info, 0, Qt.AlignmentFlag.AlignTop)
        note.addWidget(Text(sentence, "secondary", size=SMALL, wrap=True), 1)
        return note

    def _card(self, score: Score) -> Card:
        card = Card(self._theme)
        grid = QGridLayout(card)
        grid.setContentsMargins(12, 12, 12, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        title = score_words.reference_title(score)
        grid.addLayout(self._title(title), 0, 0, 1, 2)
        reference = score.reference or {}
        shown = [(n, v) for n, v in reference.items() if v != title][:FIELDS_MOST]
        for line, (name, content) in enumerate(shown, start=1):
            short = score_words.short_name(name, score)
            label = ElidedLabel(short, "secondary", size=SMALL)
            grid.addWidget(label, line, 0)
            grid.addWidget(ElidedLabel(score_words.value(content)), line, 1)
        if score.reference_file:
            path = ElidedLabel(score.reference_file, mode=Qt.TextElideMode.ElideLeft)
            grid.addWidget(path, len(shown) + 1, 0, 1, 2)
        grid.setColumnMinimumWidth(0, 64)
        grid.setColumnStretch(1, 1)
        return card

    def _title(self, title: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel(self._theme, "target", "accent"))
        row.addWidget(ElidedLabel(title, strong=True), 1)
        return row


def _row(title: QWidget, right: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(title)
    row.addStretch(1)
    row.addWidget(right)
    return row
