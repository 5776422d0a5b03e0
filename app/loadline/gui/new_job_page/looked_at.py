"""The right side of the page: files and drift over the first rows, or why there is nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from loadline.domain.survey import Presence, Survey
from loadline.gui.new_job_page.drift_panel import DriftPanel
from loadline.gui.new_job_page.preview_panel import PreviewPanel
from loadline.gui.theme import Theme
from loadline.gui.widgets import IconLabel, SectionTitle, Text

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
        self.drift.setMinimumHeight(_DRIFT_LEAST)
        self.preview.setMinimumHeight(_PREVIEW_LEAST)
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(self.drift)
        self._split.addWidget(self.preview)
        self._split.setStretchFactor(0, 0)
        self._split.setStretchFactor(1, 1)
        self._title = SectionTitle()
        self._text = Text("", "secondary")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._quiet(theme))
        self._stack.addWidget(self._split)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
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

    def show_looking(self) -> None:
        """Say that the folder is being looked at."""
        if self._stack.currentIndex() == 0:
            self._say(self.tr("Looking at the files"), "")

    def show_nothing(self) -> None:
        """Say that there is nothing to see; why stands in the notice above."""
        self._say(self.tr("Nothing to show"), self.tr("Choose another folder or pattern."))

    def show_survey(self, survey: Survey, *, fresh: bool) -> None:
        """Show files and drift; a `fresh` folder gets the height that its files need."""
        self.drift.set_survey(survey)
        self.preview.table.set_mixed(_mixed(survey))
        self._stack.setCurrentIndex(1)
        if fresh:
            self._share_height()

    def _share_height(self) -> None:
        whole = max(self._split.height(), self.height())
        most = max(_DRIFT_LEAST, whole - max(_PREVIEW_LEAST, whole * 9 // 25))
        upper = min(self.drift.natural_height(), most)
        self._split.setSizes([upper, whole - upper])


def _mixed(survey: Survey) -> frozenset[str]:
    """Return the columns that are of another type in at least one file."""
    odd = {
        number
        for file in survey.files[:_FILES_READ]
        for number, cell in enumerate(file.cells[:_COLUMNS_READ])
        if cell.presence is Presence.OTHER_TYPE
    }
    return frozenset(survey.columns[number].name for number in odd)
