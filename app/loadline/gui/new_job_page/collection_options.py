"""What few people change about reading a collection: which fields, and how it is cut."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loadline.domain.errors import Failure, JobError
from loadline.domain.jobs import MongoSource
from loadline.gui.models import figures
from loadline.gui.models.mistake import mistake
from loadline.gui.new_job_page.field_list import fields_text, parse_fields
from loadline.gui.theme import SMALL, Theme
from loadline.gui.widgets import FieldLabel, Stepper, Text
from loadline.gui.widgets.marked_edit import MarkedEdit

_SETTLE = 350
"""Milliseconds without a further key before the fields are taken."""
_MOST = 1_000_000
_STEPPER = 120
USUAL_CHUNK = MongoSource(database="", collection="").chunk


class CollectionOptions(QWidget):
    """`fields_changed`: other columns are read. `chunk_changed`: only the cut is another."""

    fields_changed = Signal()
    chunk_changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.fields = MarkedEdit(theme, self.tr("Only these fields"), placeholder=self.tr("all"))
        self.fields.setObjectName("projectionEdit")
        self.fields.setToolTip(
            self.tr("Names with commas between: name, address.city. A list in JSON is taken, too.")
        )
        self.wrong = Text("", "failed", size=SMALL, wrap=True)
        self.wrong.setObjectName("projectionError")
        self.wrong.setVisible(False)
        self.chunk = Stepper(
            theme, self.tr("Documents per chunk"), 1, _MOST, USUAL_CHUNK, step=1_000
        )
        self.chunk.spin.setObjectName("chunkSpin")
        self.chunk.spin.setGroupSeparatorShown(True)
        self.chunk.spin.setToolTip(
            self.tr("A chunk is read in one go, tried again as a whole, and shown as one line.")
        )
        self.chunk.setFixedWidth(_STEPPER)
        self._told: tuple[str, ...] = ()
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._lay_out()
        self.fields.textEdited.connect(self._edited)
        self.fields.returnPressed.connect(self._enter)
        self.fields.editingFinished.connect(self._take)
        self._settle.timeout.connect(self._take)
        self.chunk.changed.connect(self.chunk_changed)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(FieldLabel(self.tr("Documents per chunk"), self.chunk))
        row.addStretch(1)
        row.addWidget(self.chunk)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(FieldLabel(self.tr("Only these fields"), self.fields))
        column.addWidget(self.fields)
        column.addWidget(self.wrong)
        column.addSpacing(4)
        column.addLayout(row)

    def show_source(self, source: MongoSource) -> None:
        """Show what a source says, without telling anyone."""
        self._settle.stop()
        if self._told != source.projection or not self.fields.hasFocus():
            self.fields.setText(fields_text(source.projection))
            self.fields.setCursorPosition(0)
        self._told = source.projection
        self._show_wrong(None)
        self.chunk.spin.blockSignals(True)
        self.chunk.set_value(source.chunk)
        self.chunk.spin.blockSignals(False)

    def applied(self, source: MongoSource) -> MongoSource:
        """Return `source` with what is said here."""
        return msgspec.structs.replace(source, projection=self._told, chunk=self.chunk.value())

    @property
    def pending(self) -> bool:
        """Something was typed that has not been taken yet."""
        return self._settle.isActive()

    def trouble(self) -> str:
        """Return what is wrong with the fields, or nothing."""
        return self.wrong.text()

    def summary(self) -> str:
        """Return what is said here in a few words."""
        number = len(self._told)
        fields = self.tr("1 field") if number == 1 else self.tr("{0} fields").format(number)
        if not number:
            return self.tr("Chunks of {0}").format(figures.count(self.chunk.value()))
        chunk = self.tr("chunks of {0}").format(figures.count(self.chunk.value()))
        return f"{fields}, {chunk}"

    def _edited(self) -> None:
        self._show_wrong(None)
        self._settle.start()

    def _enter(self) -> None:
        self._take()
        self.fields.go_to_mark()

    def _take(self) -> None:
        self._settle.stop()
        try:
            told = parse_fields(self.fields.text())
        except JobError as error:
            self._show_wrong(error.failure)
            self.fields_changed.emit()
            return
        mended = bool(self.trouble())
        self._show_wrong(None)
        if told != self._told or mended:
            self._told = told
            self.fields_changed.emit()

    def _show_wrong(self, failure: Failure | None) -> None:
        sentence = failure.sentence if failure else ""
        self.fields.set_wrong(wrong=bool(sentence))
        self.fields.setAccessibleDescription(sentence)
        self.fields.clear_mark()
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))
        place = mistake(self.fields.text(), failure) if failure else None
        if place is not None:
            self.fields.mark(*place)
