"""Exports of one run: ask where to, hand it on, and say how it goes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from loadline.domain.errors import Failure
from loadline.gui.models import figures
from loadline.gui.models.receipt_words import rows
from loadline.gui.run_page.export_menu import ExportButton, ExportFormat, ExportOptions
from loadline.gui.run_page.outlets import Outlets
from loadline.gui.run_page.run_like import RunLike
from loadline.gui.widgets import Notice


class Exporting(QObject):
    """Between the Export button and whoever writes the file."""

    def __init__(
        self, button: ExportButton, notice: Notice, outlets: Outlets, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._button = button
        self._notice = notice
        self._outlets = outlets
        self._run: RunLike | None = None
        self._options = ExportOptions()
        self._saved: Path | None = None
        button.setVisible(outlets.export is not None)
        button.chosen.connect(self.ask)
        notice.link_clicked.connect(self._show_file)

    def show_run(self, run: RunLike) -> None:
        """Export another run from now on."""
        self._run = run
        self._notice.setVisible(False)

    def receipt_format(self) -> ExportFormat:
        """Return how a receipt is saved."""
        return ExportFormat("receipt", ".csv", self.tr("Spreadsheet (*.csv)"))

    def ask_ranking(self) -> None:
        """Ask where the ranking is to be saved."""
        self.ask(ExportFormat("ranking", ".csv", self.tr("Spreadsheet (*.csv)")))

    def ask_receipt(self) -> None:
        """Ask where the receipt is to be saved."""
        self.ask(self.receipt_format())

    def ask(self, how: ExportFormat) -> None:
        """Ask for a file; the dialog does not block what runs."""
        run = self._run
        if run is None or self._outlets.export is None:
            return
        self.choose(how)
        titles = {
            "rows": (self.tr("Save the rows"), ""),
            "receipt": (self.tr("Save the receipt"), " receipt"),
            "ranking": (self.tr("Save the ranking"), " ranking"),
        }
        title, end = titles[how.what]
        dialog = QFileDialog(self._window.window(), title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(how.filter)
        dialog.setDefaultSuffix(how.suffix.lstrip("."))
        dialog.selectFile(f"{run.job.name}{end}{how.suffix}")
        dialog.fileSelected.connect(self.save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def choose(self, how: ExportFormat) -> None:
        """Save in this way from now on."""
        self._options = ExportOptions(how.what, self._button.harmless)

    def save(self, file: str) -> None:
        """Hand the export on."""
        if self._run is None or self._outlets.export is None or not file:
            return
        self._button.setEnabled(False)
        self._notice.tell(
            self.tr("Saving {0} …").format(_bold(Path(file).name)), icon="download", tone="running"
        )
        self._outlets.export(self._run, Path(file), self._options)

    def moved(self, done: int, total: int) -> None:
        """Tell how far it is."""
        share = figures.percent(done / total) if total else ""
        text = self.tr("Saving: {0} of {1}, {2}")
        words = text.format(figures.count(done), rows(total), share)
        self._notice.tell(words, icon="download", tone="running")

    def ended(self, path: Path, failure: Failure | None) -> None:
        """Tell how it ended."""
        self._button.setEnabled(True)
        self._saved = None if failure else path
        if failure is not None:
            sentence = _plain(f"{failure.sentence} {failure.advice}".strip())
            self._notice.tell(sentence, icon="circle-x", tone="failed")
            return
        link = self.tr("Show in folder") if self._outlets.show_file else ""
        text = self.tr("Saved as {0}").format(_bold(str(path)))
        self._notice.tell(text, icon="circle-check", tone="done", link=link)

    def _show_file(self) -> None:
        if self._saved is not None and self._outlets.show_file is not None:
            self._outlets.show_file(self._saved)


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _bold(text: str) -> str:
    return f"<b>{_plain(text)}</b>"
