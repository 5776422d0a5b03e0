"""The first rows of the file chosen above."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loadline.domain.errors import Failure
from loadline.domain.survey import Preview
from loadline.gui.new_job_page.preview_table import PreviewTable
from loadline.gui.theme import SMALL, Theme
from loadline.gui.widgets import ElidedLabel, Notice, SectionTitle, Text


class PreviewPanel(QWidget):
    """Title, problems found in the sample, and the table; `type_wanted` asks for a type menu."""

    type_wanted = Signal(str, QPoint)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.table = PreviewTable(theme, self.tr("First rows"))
        self._file = ElidedLabel("", "secondary", size=SMALL, mode=Qt.TextElideMode.ElideMiddle)
        self._hint = Text(self.tr("Click a type to change it"), "secondary", size=SMALL)
        self._notice = Notice(theme)
        self._notice.setVisible(False)
        self._head = row = QHBoxLayout()
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(8)
        row.addWidget(SectionTitle(self.tr("First rows")))
        row.addWidget(self._file, 1)
        row.addWidget(self._hint)
        head = QWidget()
        head.setFixedHeight(40)
        head.setLayout(row)
        self._padded = QWidget()
        padding = QVBoxLayout(self._padded)
        padding.setContentsMargins(24, 0, 24, 8)
        padding.addWidget(self._notice)
        self._padded.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._padded)
        column.addWidget(self.table, 1)
        self.table.type_wanted.connect(self.type_wanted)

    def add_action(self, button: QWidget) -> None:
        """Put a button at the right of the title."""
        self._head.addWidget(button)

    def set_changeable(self, *, changeable: bool) -> None:
        """Say that types can be changed; those of a collection are its own."""
        self._hint.setVisible(changeable)

    def show_preview(self, preview: Preview) -> None:
        """Show a file's first rows and what was odd in them."""
        self._file.setText(preview.file)
        self.table.set_preview(preview)
        self._tell(preview.problems[:3], "info", "waiting")

    def show_failure(self, file: str, failure: Failure) -> None:
        """Say why a file cannot be shown."""
        self._file.setText(file)
        self.table.set_preview(Preview(file, (), ()))
        self._tell((str(failure),), "circle-x", "failed")

    def _tell(self, sentences: tuple[str, ...], icon: str, tone: str) -> None:
        self._padded.setVisible(bool(sentences))
        if sentences:
            text = "<br>".join(each.replace("<", "&lt;") for each in sentences)
            self._notice.tell(text, icon=icon, tone=tone)
