"""The right side of the page: files and drift over the first rows, or why there is nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from loadline.domain.browsing import DocumentsSeen
from loadline.domain.survey import Presence, Preview, Survey
from loadline.gui.new_job_page.drift_panel import DriftPanel
from loadline.gui.new_job_page.fields_panel import FieldsPanel
from loadline.gui.new_job_page.preview_panel import PreviewPanel
from loadline.gui.theme import Theme
from loadline.gui.widgets import IconLabel, SectionTitle, Segments, Text

_PREVIEW_LEAST = 184
_DRIFT_LEAST = 148 + 32 * 3
_FILES_READ, _COLUMNS_READ = 500, 200
"""For the marks of the preview: more would be felt, and nobody looks that far."""


class LookedAt(QWidget):
    """Shows a `Survey`; the panels are `drift` and `preview`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.drift = DriftPanel(theme)
        self.preview = PreviewPanel(theme)
        self.fields = FieldsPanel(theme)
        self._upper = QStackedWidget()
        self._upper.addWidget(self.drift)
        self._upper.addWidget(self.fields)
        self._upper.setMinimumHeight(_DRIFT_LEAST)
        self.preview.setMinimumHeight(_PREVIEW_LEAST)
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(self._upper)
        self._split.addWidget(self.preview)
        self._split.setStretchFactor(0, 0)
        self._title = SectionTitle()
        self._text = Text("", "secondary")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._quiet(theme))
        self._stack.addWidget(self._split)
        self._scorecard: QWidget | None = None
        self._scoring = False
        self._view = Segments(
            theme,
            self.tr("What is shown above the first rows"),
            [("score", self.tr("Scorecard")), ("files", self.tr("Files"))],
            small=True,
        )
        self._view.setObjectName("lookedAtView")
        self._view.chosen.connect(self._turn)
        self._bar = QWidget()
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(24, 8, 24, 8)
        bar.addWidget(self._view)
        bar.addStretch(1)
        self._bar.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._stack)
        self._say(
            self.tr("No folder yet"),
            self.tr("Choose one, or drop it anywhere on this window."),
        )

    def _quiet(self, theme: Theme) -> QWidget:
        """Return the look without files: an icon, a title and a line in the middle."""
        holder = QWidget()
        centre = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(holder)
        column.setSpacing(0)
        column.addStretch(4)
        column.addWidget(IconLabel(theme, "table", "text3", 40), 0, centre)
        column.addSpacing(16)
        column.addWidget(self._title, 0, centre)
        column.addSpacing(6)
        self._text.setAlignment(centre)
        column.addWidget(self._text, 0, centre)
        column.addStretch(5)
        return holder

    def _say(self, title: str, text: str) -> None:
        self._title.setText(title)
        self._text.setText(text)
        self._stack.setCurrentIndex(0)
        self._bar.setVisible(False)

    def show_looking(self) -> None:
        """Say that the folder is being looked at."""
        if self._stack.currentIndex() == 0:
            self._say(self.tr("Looking at the files"), "")

    def show_nothing(self) -> None:
        """Say that there is nothing to see; why stands in the notice above."""
        self._say(self.tr("Nothing to show"), self.tr("Choose another folder or pattern."))

    def show_survey(self, survey: Survey, *, fresh: bool) -> None:
        """Show files and drift; a `fresh` folder gets the height that its files need."""
        self._show_upper(self.drift)
        self.drift.set_survey(survey)
        self.preview.table.set_mixed(_mixed(survey))
        self._stack.setCurrentIndex(1)
        self._bar.setVisible(self._scoring)
        if fresh:
            self._share_height()

    def show_collection(self, seen: DocumentsSeen, preview: Preview, *, rows: bool = False) -> None:
        """Show the fields and the first documents of a collection, or `rows` of a run."""
        self._show_upper(self.fields)
        self.fields.set_fields(seen.fields, len(seen.rows), seen.left_out, rows=rows)
        self.preview.table.set_mixed(frozenset())
        self.preview.show_preview(preview)
        self._stack.setCurrentIndex(1)
        self._bar.setVisible(self._scoring)
        self._share_height()

    def show_waiting(self, title: str, text: str = "") -> None:
        """Say what is waited for, in place of everything."""
        self._say(title, text)

    def _show_upper(self, panel: QWidget) -> None:
        files = panel is self.drift
        self._upper.setCurrentWidget(panel)
        self._view.set_text("files", self.tr("Files") if files else self.tr("Fields"))
        self.preview.set_changeable(changeable=files)

    def _natural_height(self) -> int:
        if self._upper.currentWidget() is self.drift:
            return self.drift.natural_height()
        return self.fields.natural_height()

    def add_scorecard(self, panel: QWidget) -> None:
        """Take the scorecard's editor; it stands in the place of the files when it is shown."""
        self._scorecard = panel
        panel.setMinimumHeight(_DRIFT_LEAST)
        panel.setVisible(False)
        self._split.insertWidget(1, panel)

    def show_scorecard(self, shown: bool) -> None:
        """Show the scorecard over the first rows, and the switch back to the files."""
        self._scoring = shown
        self._bar.setVisible(shown and self._stack.currentIndex() == 1)
        self._view.choose("score")
        self._turn()

    def _turn(self) -> None:
        scorecard = self._scorecard
        if scorecard is None:
            return
        on = self._scoring and self._view.key() == "score"
        sizes = self._split.sizes()
        whole, least = sum(sizes), _PREVIEW_LEAST
        scorecard.setVisible(on)
        self._upper.setVisible(not on)
        if whole:
            wanted = self._natural_height()
            if on:
                wanted = max(whole * 13 // 20, _DRIFT_LEAST)
            upper = max(0, min(wanted, whole - least))
            self._split.setSizes([0 if on else upper, upper if on else 0, whole - upper])

    def _share_height(self) -> None:
        whole = max(self._split.height(), self.height())
        most = max(_DRIFT_LEAST, whole - max(_PREVIEW_LEAST, whole * 9 // 25))
        upper = min(self._natural_height(), most)
        if self._scorecard is not None and self._scorecard.isVisibleTo(self._split):
            self._turn()
        else:
            self._split.setSizes([upper, 0, whole - upper])


def _mixed(survey: Survey) -> frozenset[str]:
    """Return the columns that are of another type in at least one file."""
    odd = {
        number
        for file in survey.files[:_FILES_READ]
        for number, cell in enumerate(file.cells[:_COLUMNS_READ])
        if cell.presence is Presence.OTHER_TYPE
    }
    return frozenset(survey.columns[number].name for number in odd)
