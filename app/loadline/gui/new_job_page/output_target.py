"""Saving the result into a MongoDB collection instead of a file."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loadline.domain.errors import LoadlineError
from loadline.domain.jobs import Job, Output
from loadline.gui.theme import SMALL, Theme
from loadline.gui.widgets import CheckBox, ComboBox, LineEdit
from loadline.store.connections import load_connections


class OutputTarget(QWidget):
    """Offered where there are saved connections; `connection` is laid out by the form.

    `changed`: another collection is meant, or none. `switched`: on or off.
    """

    changed = Signal()
    switched = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._uri = ""
        """The address of a job file that names no saved connection."""
        self.box = CheckBox(theme, self.tr("Into a MongoDB collection"), size=SMALL)
        self.box.setObjectName("intoCollectionCheck")
        self.connection = ComboBox(theme, self.tr("Connection for the result"))
        self.connection.setObjectName("outputConnection")
        self.database = LineEdit(
            theme, self.tr("Database for the result"), placeholder=self.tr("database")
        )
        self.database.setObjectName("outputDatabase")
        self.collection = LineEdit(
            theme, self.tr("Collection for the result"), placeholder=self.tr("new collection")
        )
        self.collection.setObjectName("outputCollection")
        self.replace = CheckBox(theme, self.tr("Replace it if it is there"), size=SMALL)
        self.replace.setObjectName("replaceCollectionCheck")
        self._lay_out()
        self.box.toggled.connect(self._toggled)
        self.connection.activated.connect(self.changed)
        self.replace.clicked.connect(self.changed)
        for edit in (self.database, self.collection):
            edit.textChanged.connect(self.changed)
        self.offer()
        self._show(False)

    def _lay_out(self) -> None:
        self._names = QWidget()
        names = QHBoxLayout()
        names.setSpacing(8)
        names.addWidget(self.database, 1)
        names.addWidget(self.collection, 1)
        inside = QVBoxLayout(self._names)
        inside.setContentsMargins(0, 4, 0, 0)
        inside.setSpacing(4)
        inside.addLayout(names)
        inside.addWidget(self.replace)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.box)
        column.addWidget(self._names)

    @property
    def on(self) -> bool:
        """The result goes into a collection."""
        return self.box.isChecked()

    def show_output(self, output: Output | None) -> None:
        """Show where a job's result goes."""
        into = output is not None and output.type == "mongo"
        self._uri = output.uri if output is not None else ""
        if output is not None and into:
            self.offer(output.connection or output.uri)
            self.database.setText(output.database)
            self.collection.setText(output.collection)
            self.replace.setChecked(output.overwrite)
        self.box.setChecked(into)
        self.offer()

    def applied(self, job: Job) -> Job:
        """Return `job` with the collection as its output, where one is wanted."""
        if not self.on:
            return job
        name = self.connection.currentText()
        output = Output(
            type="mongo",
            connection="" if name == self._uri else name,
            uri=self._uri if name == self._uri else "",
            database=self.database.text().strip(),
            collection=self.collection.text().strip(),
            overwrite=self.replace.isChecked(),
        )
        return msgspec.structs.replace(job, output=output)

    def trouble(self) -> str:
        """Return what is still to be said; empty when nothing is."""
        named = self.database.text().strip() and self.collection.text().strip()
        return self.tr("Name the collection for the result.") if self.on and not named else ""

    def offer(self, chosen: str = "") -> None:
        """Offer the saved connections, and what a job file names."""
        try:
            names = [connection.name for connection in load_connections()]
        except LoadlineError:
            names = []  # the Connections page says what is wrong with them
        with QSignalBlocker(self.connection):
            before = chosen or self.connection.currentText()
            self.connection.clear()
            self.connection.addItems(list(dict.fromkeys([*names, *filter(None, [self._uri])])))
            self.connection.setCurrentIndex(max(0, self.connection.findText(before)))
        self.setVisible(bool(self.connection.count()) or self.on)

    def _toggled(self, on: bool) -> None:
        self._show(on)
        self.switched.emit(on)
        self.changed.emit()

    def _show(self, on: bool) -> None:
        self._names.setVisible(on)
