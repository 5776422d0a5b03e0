"""Exports of one run: ask where to, hand it on, and say how it goes."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from loadline.domain.errors import Cancelled, Failure
from loadline.gui.models import figures
from loadline.gui.models.receipt_words import rows
from loadline.gui.run_page.export_menu import ExportButton, ExportFormat, ExportOptions
from loadline.gui.run_page.export_pane import SHEET_ROWS, ExportPane
from loadline.gui.run_page.outlets import Outlets
from loadline.gui.run_page.run_like import RunLike
from loadline.gui.theme import Theme
from loadline.gui.widgets import Notice

RATE_AFTER = 1.0
"""Seconds after which a speed is worth telling."""


class Exporting(QObject):
    """Between the Export button and whoever writes the file."""

    def __init__(
        self,
        theme: Theme,
        button: ExportButton,
        notice: Notice,
        outlets: Outlets,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._window = parent
        self._button = button
        self._notice = notice
        self._outlets = outlets
        self._run: RunLike | None = None
        self._options = ExportOptions()
        self._saved: Path | None = None
        self._since = 0.0
        self._first = 0
        self._stopping = False
        self._busy = False
        self._folder = _usual_folder()
        button.setVisible(outlets.export is not None)
        button.chosen.connect(self.ask)
        button.more_asked.connect(self.ask_more)
        notice.link_clicked.connect(self._link)

    def show_run(self, run: RunLike) -> None:
        """Export another run from now on."""
        self._run = run
        if not self._busy:
            self._notice.setVisible(False)

    def receipt_format(self) -> ExportFormat:
        """Return how a receipt is saved."""
        return ExportFormat("receipt", ".csv", self.tr("Spreadsheet (*.csv)"))

    def ask_ranking(self) -> None:
        """Ask where the ranking is to be saved."""
        self.ask(ExportFormat("ranking", ".csv", self._kinds()))

    def ask_above(self, first: int) -> None:
        """Ask where the records from a bar of the histogram of scores on are to be saved."""
        self._first = first
        self.ask(ExportFormat("above", ".csv", self._kinds()))

    def _kinds(self) -> str:
        return ";;".join(
            (
                self.tr("Spreadsheet (*.csv)"),
                self.tr("Parquet (*.parquet)"),
                self.tr("JSON lines (*.jsonl)"),
            )
        )

    def ask_receipt(self) -> None:
        """Ask where the receipt is to be saved."""
        self.ask(self.receipt_format())

    def ask(self, how: ExportFormat) -> None:
        """Save rows at once where the last ones went, anything else where a dialog says."""
        run = self._run
        if run is None or self._outlets.export is None or self._busy:
            return
        self.choose(how)
        if how.what == "rows":
            count = self._options.view.rows if self._options.view else run.board.rows_loaded
            if how.suffix == ".xlsx" and count > SHEET_ROWS:
                self._open_pane(how.suffix)
            else:
                self.save(str(self._free_place(how.suffix)))
            return
        titles = {
            "receipt": (self.tr("Save the receipt"), " receipt"),
            "ranking": (self.tr("Save the ranking"), " ranking"),
            "above": (self.tr("Save the best records"), " best"),
        }
        title, end = titles[how.what]
        dialog = QFileDialog(self._window.window(), title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(how.filter.split(";;"))
        dialog.setDefaultSuffix(how.suffix.lstrip("."))
        dialog.selectFile(f"{run.job.name}{end}{how.suffix}")
        dialog.fileSelected.connect(self.save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_more(self) -> None:
        """Ask for format, rows, options and place."""
        if self._run is not None and self._outlets.export is not None and not self._busy:
            self._open_pane(".csv")

    def _open_pane(self, suffix: str) -> None:
        assert self._run is not None
        run, place = self._run, self._free_place(suffix)
        pane = ExportPane(
            self._theme,
            self._window.window(),
            place,
            run.board.rows_loaded,
            self._button.shown,
            self._outlets.connections(),
        )
        pane.chosen.connect(self._chosen)
        if self._outlets.estimate is not None:
            ask = self._outlets.estimate
            pane.set_estimate(lambda path, options: ask(run, path, options, _teller(pane)))
        pane.open()

    def _chosen(self, path: Path | None, options: ExportOptions) -> None:
        self._options = options
        name = str(path) if path is not None else str(options.collection)
        if path is not None:
            self._folder = path.parent
        self.save(name)

    def _free_place(self, suffix: str) -> Path:
        """Return a name that nothing has yet, in the folder of the last export."""
        assert self._run is not None
        stem = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", self._run.job.name).strip(" .")[:100]
        number = 1
        while True:
            end = f" {number}" if number > 1 else ""
            path = self._folder / f"{stem or 'Rows'}{end}{suffix}"
            if not path.exists():
                return path
            number += 1

    def choose(self, how: ExportFormat) -> None:
        """Save in this way from now on."""
        view = self._button.view if how.what == "rows" else None
        self._options = ExportOptions(
            how.what, self._button.harmless, view, self._button.as_shown, first=self._first
        )

    def save(self, file: str) -> None:
        """Hand the export on."""
        if self._run is None or self._outlets.export is None or not file:
            return
        self._button.setEnabled(False)
        self._busy, self._stopping = True, False
        self._since = time.monotonic()
        self._say(self.tr("Saving {0} …").format(_bold(Path(file).name)))
        self._outlets.export(self._run, Path(file), self._options)

    def moved(self, done: int, total: int) -> None:
        """Tell how far it is, how quick, and how long it will take."""
        if self._stopping:
            return
        if self._options.view is not None:
            total = self._options.view.rows
        seconds = time.monotonic() - self._since
        share = figures.percent(done / total) if total else ""
        words = self.tr("Saving: {0} of {1}, {2}").format(figures.count(done), rows(total), share)
        if seconds >= RATE_AFTER and done:
            rate = done / seconds
            words += ", " + self.tr("{0} rows/s").format(figures.short_count(rate))
            words += ", " + self.tr("{0} left").format(
                figures.time_left(max(0, total - done) / rate)
            )
        self._say(words)

    def ended(self, path: Path, failure: Failure | None) -> None:
        """Tell how it ended."""
        self._button.setEnabled(True)
        self._busy = False
        to_server = self._options.collection is not None
        self._saved = None if failure or to_server else path
        if failure is not None and failure.kind == Cancelled.__name__:
            words = self.tr("Cancelled. Nothing was saved.")
            self._notice.tell(words, icon="ban", tone="cancelled")
        elif failure is not None:
            sentence = _plain(f"{failure.sentence} {failure.advice}".strip())
            self._notice.tell(sentence, icon="circle-x", tone="failed")
        else:
            link = self.tr("Show in folder") if self._outlets.show_file and self._saved else ""
            text = self.tr("Saved as {0}").format(_bold(str(path)))
            self._notice.tell(text, icon="circle-check", tone="done", link=link)

    def _say(self, words: str) -> None:
        link = self.tr("Cancel") if self._outlets.stop_export else ""
        self._notice.tell(words, icon="download", tone="running", link=link)

    def _link(self) -> None:
        if self._busy:
            self._stop()
        elif self._saved is not None and self._outlets.show_file is not None:
            self._outlets.show_file(self._saved)

    def _stop(self) -> None:
        if self._outlets.stop_export is None:
            return
        self._stopping = True
        words = self.tr("Cancelling the export")
        self._notice.tell(words, icon="circle-stop", tone="cancelling")
        self._outlets.stop_export()


def _teller(pane: ExportPane) -> Callable[[int, int], None]:
    """Return what tells a pane a size, unless it has been closed meanwhile."""

    def tell(size: int, free: int) -> None:
        if isValid(pane):
            pane.tell_size(size, free)

    return tell


def _usual_folder() -> Path:
    kind = QStandardPaths.StandardLocation.DownloadLocation
    for place in (QStandardPaths.writableLocation(kind), str(Path.home())):
        if place and Path(place).is_dir():
            return Path(place)
    return Path.home()


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _bold(text: str) -> str:
    return f"<b>{_plain(text)}</b>"
