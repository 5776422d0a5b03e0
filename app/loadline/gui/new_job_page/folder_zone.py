"""The drop zone of the form: empty, dragged over, or with the folder that was chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from loadline.domain.survey import Survey
from loadline.gui.new_job_page import words
from loadline.gui.theme import MEDIUM, SMALL, Theme, font
from loadline.gui.widgets import (
    Button,
    DropZone,
    ElidedLabel,
    IconLabel,
    LineEdit,
    Rule,
    Text,
    rounded,
)


class PathEdit(LineEdit):
    """A path as quiet text that becomes a field when it is pointed at or focused."""

    def __init__(self, theme: Theme, name: str, *, placeholder: str) -> None:
        super().__init__(theme, name, placeholder=placeholder)
        self.setProperty("quiet", True)
        self.setFont(font(SMALL))
        self.setFixedHeight(20)
        self.setTextMargins(-3, 0, 0, 0)  # its text stands where a label's would

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the end of a long path while it is not edited."""
        metrics = QFontMetrics(self.font())
        text = self.text()
        if self.hasFocus() or metrics.horizontalAdvance(text) <= self.width():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        if self.underMouse():
            color = self._theme.color
            rounded(painter, QRectF(self.rect()), 4, color("surface"), color("border2"))
        painter.setPen(self._theme.color("text2"))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideLeft, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, shown)


class FolderZone(DropZone):
    """Shows and takes the folder; `chosen` is emitted with the new `Path`."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._folder: Path | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._icon = IconLabel(theme, "folder-down", "accent", 24)
        self._name = ElidedLabel(strong=True)
        self.path = PathEdit(theme, self.tr("Folder"), placeholder=self.tr("or type its path"))
        self.path.setObjectName("folderEdit")
        self.browse = Button(theme, self.tr("Choose"), size="small")
        self.browse.setObjectName("browseButton")
        self.browse.setToolTip(self.tr("Choose a folder (Ctrl+O)"))
        self.browse.setShortcut("Ctrl+O")
        self._totals = Text("", strong=True, size=SMALL, wrap=True)
        self._totals.setFont(font(weight=MEDIUM))
        self._below = Text(self.tr("Drop another folder here to replace it"), "secondary", size=12)
        self._lay_out()
        self.path.editingFinished.connect(self._typed)
        self.browse.clicked.connect(self._browse)
        self.dropped.connect(self.chosen)
        self._show()

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._name)
        names.addWidget(self.path)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._icon)
        row.addLayout(names, 1)
        row.addWidget(self.browse)
        self._sums = QWidget()
        sums = QVBoxLayout(self._sums)
        sums.setContentsMargins(0, 12, 0, 0)
        sums.setSpacing(4)
        sums.addWidget(Rule())
        sums.addSpacing(7)
        sums.addWidget(self._totals)
        sums.addWidget(self._below)
        column = QVBoxLayout(self)
        column.setContentsMargins(13, 12, 13, 13)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._sums)

    @property
    def folder(self) -> Path | None:
        """The folder that is chosen."""
        return self._folder

    def set_folder(self, folder: Path | None) -> None:
        """Show a folder without telling anyone."""
        self._folder = folder
        self._show()

    def set_totals(self, survey: Survey | None) -> None:
        """Show how much there is, or that it is being looked at."""
        if survey is None:
            self._totals.setText(self.tr("Looking at the files …"))
            return
        rows = words.about(survey.rows, exact=survey.rows_exact)
        files = words.files(len(survey.files) + survey.left_out)
        parts = (files, self.tr("{0} rows").format(rows), words.size(survey.bytes))
        self._totals.setText(", ".join(parts))

    def set_unreadable(self) -> None:
        """Show no totals: the folder cannot be used."""
        self._totals.setText(self.tr("Nothing to load"))

    def _show(self) -> None:
        chosen = self._folder is not None
        self.set_chosen(chosen)
        self._icon.set_icon("folder-open" if chosen else "folder-down", "accent")
        folder = self._folder
        self._name.setText((folder.name or str(folder)) if folder else self.tr("Drop a folder"))
        self.path.setText(str(folder) if folder else "")
        self.path.setToolTip(str(folder) if folder else "")
        self.path.setCursorPosition(0)
        text = self.tr("Change") if chosen else self.tr("Choose")
        if self.browse.text() != text:
            self.browse.set_look(text, "")
            self.browse.setAccessibleName(self.tr("Choose a folder"))
        self._sums.setVisible(chosen)

    def _typed(self) -> None:
        text = self.path.text().strip().strip('"')
        if not text or text == str(self._folder):
            return
        self.chosen.emit(Path(text).expanduser())

    def _browse(self) -> None:
        start = str(self._folder or Path.home())
        dialog = QFileDialog(self, self.tr("Choose a folder with CSV files"), start)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, on=False)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._picked)
        dialog.open()

    def _picked(self, path: str) -> None:
        self.chosen.emit(Path(path))

    def sizeHint(self) -> QSize:
        """Return the layout's height; the width is the form's."""
        layout = self.layout()
        return QSize(200, layout.sizeHint().height() if layout else 64)
