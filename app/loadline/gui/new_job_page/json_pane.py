"""A reference pasted as JSON, with the place of a mistake."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from loadline.domain.errors import JobError
from loadline.gui.new_job_page.reference_text import parse_reference
from loadline.gui.theme import SMALL, Theme, fixed
from loadline.gui.widgets import Button, Text


class JsonPane(QWidget):
    """`taken` gives the record as a dict; a mistake is told, and the cursor put there."""

    taken = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.edit = QPlainTextEdit()
        self.edit.setObjectName("referenceJson")
        self.edit.setAccessibleName(self.tr("Reference as JSON"))
        self.edit.setPlaceholderText('{"name": "Ann Lee", "age": 41}')
        self.edit.setFont(fixed())
        self.edit.setFixedHeight(96)
        self.edit.setTabChangesFocus(True)
        self.wrong = Text("", "failed", size=SMALL, wrap=True)
        self.use = Button(theme, self.tr("Use it"), "check", "primary", "small")
        self.use.setObjectName("useJsonButton")
        self.close_button = Button(theme, self.tr("Close"), variant="quiet", size="small")
        self.use.clicked.connect(self._take)
        self.close_button.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.wrong, 1)
        row.addWidget(self.close_button)
        row.addWidget(self.use)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.edit)
        column.addLayout(row)

    def _take(self) -> None:
        try:
            record = parse_reference(self.edit.toPlainText())
        except JobError as error:
            self._tell(error)
            return
        self.wrong.setText("")
        self.taken.emit(record)

    def _tell(self, error: JobError) -> None:
        line, _, column = error.failure.cause.partition(":")
        place = self.tr("Line {0}, column {1}: {2}")
        self.wrong.setText(place.format(line, column, error.failure.sentence))
        cursor = self.edit.textCursor()
        block = self.edit.document().findBlockByNumber(int(line) - 1)
        cursor.setPosition(min(block.position() + int(column) - 1, self._end()))
        cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
        self.edit.setTextCursor(cursor)
        self.edit.setFocus()

    def _end(self) -> int:
        return max(0, self.edit.document().characterCount() - 1)
