"""Where many references come from: a file, or a collection of a saved connection."""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QWidget

from loadline.domain.errors import LoadlineError
from loadline.domain.jobs import AnySource, MongoSource, Score
from loadline.gui.models import score_words
from loadline.gui.theme import Theme
from loadline.gui.widgets import Button, ComboBox, ElidedLabel, LineEdit, Segments
from loadline.store.connections import load_connections


class ReferenceSource(QWidget):
    """`changed`: another file or collection is meant."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._file = ""
        self._source: AnySource | None = None
        """A source of a job file that is not edited here: a folder, an earlier run."""
        kinds = [("file", self.tr("File")), ("collection", self.tr("Collection"))]
        self.kind = Segments(theme, self.tr("Where the references are"), kinds, small=True)
        self.choose = Button(theme, self.tr("Choose a file …"), "folder", size="small")
        self.choose.setObjectName("referenceFileButton")
        self.path = ElidedLabel("", "secondary", mode=Qt.TextElideMode.ElideLeft)
        self.connection = ComboBox(theme, self.tr("Connection"), small=True)
        self.connection.setFixedWidth(168)
        self.database = LineEdit(
            theme, self.tr("Database"), small=True, placeholder=self.tr("database")
        )
        self.collection = LineEdit(
            theme, self.tr("Collection"), small=True, placeholder=self.tr("collection")
        )
        self.database.setObjectName("referenceDatabase")
        self.collection.setObjectName("referenceCollection")
        self._lay_out()
        self.kind.chosen.connect(self._kind_chosen)
        self.choose.clicked.connect(self._ask)
        self.connection.activated.connect(self._typed)
        self.database.textEdited.connect(self._typed)
        self.collection.textEdited.connect(self._typed)
        self._show()

    def _lay_out(self) -> None:
        self._pages = QStackedWidget()
        for parts in (
            ((self.choose, 0), (self.path, 1)),
            ((self.connection, 0), (self.database, 1), (self.collection, 1)),
        ):
            page = QWidget()
            line = QHBoxLayout(page)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(8)
            for part, stretch in parts:
                line.addWidget(part, stretch)
            self._pages.addWidget(page)
        self._pages.setFixedHeight(28)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.kind)
        row.addWidget(self._pages, 1)

    def show_score(self, score: Score) -> None:
        """Show where a job's references come from."""
        source = score.reference_source
        self._file, self._source = score.reference_file, source
        self.kind.choose("collection" if isinstance(source, MongoSource) else "file")
        if isinstance(source, MongoSource):
            self._offer(source.connection or source.uri)
            self.database.setText(source.database)
            self.collection.setText(source.collection)
        self._show()

    def take_file(self, path: str) -> None:
        """Compare with each record of a file from now on."""
        self._file, self._source = path, None
        self._show()
        self.changed.emit()

    def applied(self, score: Score) -> Score:
        """Return `score` with these references."""
        replace = msgspec.structs.replace
        if self.kind.key() == "file":
            return replace(
                score, reference=None, reference_file=self._file, reference_source=self._source
            )
        return replace(score, reference=None, reference_file="", reference_source=self._mongo())

    def trouble(self) -> str:
        """Return what is still to be said; empty when nothing is."""
        if self.kind.key() == "file":
            there = self._file or self._source is not None
            return "" if there else self.tr("Choose the file to compare with.")
        if not self.connection.count():
            return self.tr("Add a connection under Connections first.")
        named = self.database.text().strip() and self.collection.text().strip()
        return "" if named else self.tr("Name the collection to compare with.")

    def _mongo(self) -> MongoSource:
        """Return the collection as it is named; what a job file says of it besides is kept."""
        name = self.connection.currentText()
        known = self._source if isinstance(self._source, MongoSource) else None
        if known is None or name != (known.connection or known.uri):
            known = MongoSource(database="", collection="", connection=name)
        database, collection = self.database.text().strip(), self.collection.text().strip()
        return msgspec.structs.replace(known, database=database, collection=collection)

    def _offer(self, chosen: str = "") -> None:
        """Offer the saved connections, and what a job file names."""
        try:
            names = [connection.name for connection in load_connections()]
        except LoadlineError:
            names = []  # the Connections page says what is wrong with them
        with QSignalBlocker(self.connection):
            before = chosen or self.connection.currentText()
            self.connection.clear()
            self.connection.addItems(list(dict.fromkeys([*names, *filter(None, [chosen])])))
            self.connection.setCurrentIndex(max(0, self.connection.findText(before)))

    def _kind_chosen(self, kind: str) -> None:
        if kind == "collection":
            self._offer()
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self._pages.setCurrentIndex(0 if self.kind.key() == "file" else 1)
        score = Score(compare=(), reference_file=self._file, reference_source=self._source)
        known = bool(self._file or self._source is not None)
        hint = self.tr("CSV, JSON, JSON lines or Parquet, one reference per row")
        self.path.setText((self._file or score_words.references_title(score)) if known else hint)
        self.path.setToolTip(self._file)

    def _typed(self) -> None:
        self.changed.emit()

    def _ask(self) -> None:
        dialog = QFileDialog(self.window(), self.tr("Choose the references"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        if self._file:
            dialog.setDirectory(str(Path(self._file).parent))
        kinds = self.tr("Tables ({0})").format("*.csv *.tsv *.txt *.json *.jsonl *.parquet")
        dialog.setNameFilters([kinds, self.tr("All files (*)")])
        dialog.fileSelected.connect(self.take_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
