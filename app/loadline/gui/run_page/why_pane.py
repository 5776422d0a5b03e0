"""The right of the ranking: why a record has its place, comparison by comparison."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from loadline.domain.jobs import Comparison, Score
from loadline.gui.models import score_words
from loadline.gui.run_page.record_pane import RecordOf, RecordPane
from loadline.gui.run_page.why_lines import Found, WhyLine, WithoutLine
from loadline.gui.theme import SEMIBOLD, SMALL, TITLE, Theme, font
from loadline.gui.widgets import Button, ElidedLabel, Rule, SectionTitle, Text, Title
from loadline.scoring.explain import points_of, rank_without
from loadline.scoring.places import as_written, record_value, reference_value
from loadline.scoring.ranking import Hit

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

WITHOUT_MOST = 3


class WhyPane(QWidget):
    """Explains one hit among those kept; `moved` asks for the one above (-1) or below (+1)."""

    moved = Signal(int)

    def __init__(self, theme: Theme, record_of: RecordOf | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[Hit, int, int, object] | None = None
        self.setObjectName("whyPane")
        self.title = SectionTitle()
        self.points = ""
        up, down = self.tr("The record above"), self.tr("The record below")
        self.up = Button(theme, icon="chevron-up", variant="quiet", size="small", name=up)
        self.down = Button(theme, icon="chevron-down", variant="quiet", size="small", name=down)
        self.up.clicked.connect(lambda: self.moved.emit(-1))
        self.down.clicked.connect(lambda: self.moved.emit(1))
        self.lines: list[WhyLine] = []
        self.without: list[WithoutLine] = []
        self.record = RecordPane(theme, record_of)
        self.record.setParent(self)
        self.record.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(24, 8, 16, 0)
        head.setSpacing(0)
        head.addWidget(self.title, 1)
        head.addWidget(self.up)
        head.addWidget(self.down)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._area, 1)

    def show_nothing(self) -> None:
        """Say that there is nothing to explain yet."""
        self._shown = None
        self.title.setText(self.tr("Nothing to explain yet"))
        self.lines, self.without = [], []
        self.record.setParent(self)  # what it stood in is about to go
        self.record.hide()
        self._area.setWidget(QWidget())
        for button in (self.up, self.down):
            button.setEnabled(False)

    def show_hit(self, score: Score, hits: Sequence[Hit], place: int) -> None:
        """Explain the hit at `place` (0 is the best)."""
        order = hash(tuple(hit.order for hit in hits))
        shown = (hits[place], place, order, score.reference)
        if shown == self._shown:
            return
        self._shown = shown
        self.title.setText(self.tr("Why number {0}?").format(place + 1))
        self.up.setEnabled(place > 0)
        self.down.setEnabled(place < len(hits) - 1)
        bar = self._area.verticalScrollBar().value()
        focus = self.record.focusWidget() if self.record.offered else None
        focused = focus is not None and focus.hasFocus()
        self._area.setWidget(self._inside(score, hits, place))
        self._area.verticalScrollBar().setValue(bar)
        if focus is not None and focused:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _inside(self, score: Score, hits: Sequence[Hit], place: int) -> QWidget:
        hit = hits[place]
        inside = QWidget()
        inside.setProperty("pane", "page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(0)
        column.addLayout(self._points(hit))
        if hit.reference:
            name = self.tr("Compared with {0}: {1}").format(hit.reference, hit.compared_with)
            column.addWidget(ElidedLabel(name, "secondary", size=SMALL))
        column.addSpacing(8)
        column.addLayout(self._heads())
        column.addSpacing(4)
        column.addWidget(Rule())
        self.lines = self._explained(score, hit)
        for line in self.lines:
            column.addWidget(line)
        column.addSpacing(8)
        if self.record.offered:
            column.addWidget(self.record)
            self.record.show()
            column.addSpacing(16)
        else:
            column.addSpacing(8)
        self.without = self._without(score, hits, place)
        if self.without:
            column.addWidget(Text(self.tr("If a comparison did not count"), strong=True))
            column.addSpacing(8)
            for each in self.without:
                column.addWidget(each)
            column.addSpacing(4)
            among = self.tr("Counted among these {0} only; other records are not looked at.")
            told = Text(among.format(len(hits)), "hint", size=SMALL, wrap=True)
            column.addWidget(told)
        column.addStretch(1)
        return inside

    def _points(self, hit: Hit) -> QHBoxLayout:
        self.points = score_words.score_text(hit.score)
        number = Title(self.points)
        number.setFont(font(TITLE, SEMIBOLD, numbers=True))
        most = self.tr("of {0} possible").format(score_words.score_text(1.0))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(number)
        row.addWidget(Text(most, "secondary", numbers=True), 1, Qt.AlignmentFlag.AlignBottom)
        return row

    def _heads(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(Text(self.tr("Reference"), "secondary", size=SMALL), 1)
        row.addWidget(Text(self.tr("This record"), "secondary", size=SMALL), 1)
        return row

    def _explained(self, score: Score, hit: Hit) -> list[WhyLine]:
        heaviest = max((c.weight for c in score.compare), default=1.0) or 1.0
        reference = score.reference or {}
        lines = []
        for number, (comparison, points) in enumerate(
            zip(score.compare, points_of(score, hit), strict=True)
        ):
            found = Found(
                comparison=comparison,
                name=score_words.short_name(comparison.field, score),
                points=points,
                reference=_text(comparison, reference_value(comparison, reference)),
                record=_text(comparison, record_value(comparison, hit.fields)),
                length=comparison.weight / heaviest,
            )
            lines.append(WhyLine(self._theme, number, found))
        return lines

    def _without(self, score: Score, hits: Sequence[Hit], place: int) -> list[WithoutLine]:
        """Return the comparison that matters most, the one that matters least and one more."""
        if len(score.compare) < 2:
            return []
        ranks = {n: rank_without(score, hits, place, n) for n in range(len(score.compare))}
        told = {n: rank for n, rank in ranks.items() if rank is not None}
        most = sorted(told, key=lambda n: -abs(told[n] - (place + 1)))
        chosen = {*most[: WITHOUT_MOST - 1], *most[-1:]}
        return [
            WithoutLine(
                self._theme,
                score_words.short_name(score.compare[n].field, score),
                place + 1,
                told[n],
            )
            for n in sorted(chosen)
        ]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down change the record."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)


def _text(comparison: Comparison, value: Any) -> str:
    return score_words.value(as_written(comparison, value))
