"""The log page: levels, find, copy, and the report; it follows the file while it is shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QGuiApplication,
    QHideEvent,
    QKeySequence,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from loadline.gui.log_page.report_dialog import ReportDialog
from loadline.gui.models.background import Answer, Background
from loadline.gui.models.log_model import LogModel
from loadline.gui.theme import SMALL, Theme
from loadline.gui.widgets import Button, LineEdit, Segments, TableView, Text, Title
from loadline.store.log_file import LogEntry, read_log

EVERY = 1_000
"""Milliseconds between two looks at the file."""
WIDTHS = [196, 88, 176]
Report = Callable[[list[LogEntry]], str]


class LogPage(QWidget):
    """Shows the log in `file`; `report` makes the text for support from its entries."""

    back_asked = Signal()

    def __init__(self, theme: Theme, file: Path, report: Report) -> None:
        super().__init__()
        self.setObjectName("logPage")
        self.setAccessibleName(self.tr("Log"))
        self.setProperty("pane", "page")
        self._theme = theme
        self._file = file
        self._make_report = report
        self._read_at: tuple[int, int] | None = None
        self._reader = Background("log reader", self)
        self._reader.answered.connect(self._take)
        self.model = LogModel(theme)
        self._make_controls(theme)
        self._lay_out()
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self._look)
        self._connect()

    def _make_controls(self, theme: Theme) -> None:
        self.back = Button(theme, icon="chevron-left", variant="quiet", name=self.tr("Settings"))
        self.level = Segments(
            theme,
            self.tr("Which entries"),
            [
                ("all", self.tr("All")),
                ("warnings", self.tr("Warnings and errors")),
                ("errors", self.tr("Errors")),
            ],
        )
        self.search = LineEdit(
            theme, self.tr("Find in the log"), icon="search", placeholder=self.tr("Find in the log")
        )
        self.search.setObjectName("logSearch")
        self.search.setClearButtonEnabled(True)
        self.search.setToolTip(self.tr("Ctrl+F"))
        self.search.setMaximumWidth(240)
        self.count = Text("", "secondary", size=SMALL, numbers=True)
        self.copy = Button(theme, self.tr("Copy"), "copy")
        self.copy.setToolTip(self.tr("Copy the selected entries, or all that are shown"))
        self.folder = Button(theme, self.tr("Open folder"), "folder-open")
        self.report = Button(theme, self.tr("Copy report\u2026"), "file-text")
        self.report.setObjectName("reportButton")
        self.table = TableView(theme, self.tr("Log"))
        self.table.setObjectName("logTable")
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setModel(self.model)
        self.table.set_widths(WIDTHS)
        self.table.horizontalHeader().setStretchLastSection(True)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 16, 24, 8)
        head.setSpacing(8)
        head.addWidget(self.back)
        head.addWidget(Title(self.tr("Log")))
        head.addStretch(1)
        for button in (self.folder, self.copy, self.report):
            head.addWidget(button)
        bar = QHBoxLayout()
        bar.setContentsMargins(24, 0, 24, 8)
        bar.setSpacing(8)
        bar.addWidget(self.level)
        bar.addWidget(self.count)
        bar.addStretch(1)
        bar.addWidget(self.search)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(bar)
        column.addWidget(self.table, 1)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_asked)
        self.level.chosen.connect(self._narrow)
        self.search.textChanged.connect(self._narrow)
        self.copy.clicked.connect(self._copy)
        self.folder.clicked.connect(self._open_folder)
        self.report.clicked.connect(self._show_report)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence.StandardKey.Find, self, self._start_find)
        QShortcut(QKeySequence.StandardKey.Copy, self.table, self._copy, context=within)
        QShortcut(QKeySequence.StandardKey.Cancel, self, self.back_asked.emit, context=within)

    def stop(self) -> None:
        """End the thread that reads; call before the program ends."""
        self._timer.stop()
        self._reader.close()

    def _look(self) -> None:
        """Read the file again where it has changed."""
        self._reader.ask("log", partial(_read_changed, self._file, self._read_at))

    def _take(self, answer: Answer) -> None:
        if answer.value is None:
            return
        self._read_at, entries = answer.value
        bar = self.table.verticalScrollBar()
        at_end = bar.value() >= bar.maximum()
        self.model.take(entries)
        self._count()
        if at_end:
            self.table.scrollToBottom()

    def _narrow(self) -> None:
        self.model.look(self.level.key(), self.search.text().strip())
        self._count()
        self.table.scrollToBottom()

    def _count(self) -> None:
        shown, total = self.model.rowCount(), len(self.model.entries)
        text = self.tr("{0} of {1} entries") if shown != total else self.tr("{0} entries")
        self.count.setText(text.format(shown, total))

    def _start_find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _copy(self) -> None:
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        shown = rows or range(self.model.rowCount())
        QGuiApplication.clipboard().setText("\n".join(str(self.model.entry(r)) for r in shown))

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file.parent)))

    def _show_report(self) -> None:
        ReportDialog(self._theme, self.window(), self._make_report(self.model.entries)).open()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the file."""
        super().showEvent(event)
        self._look()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the file be."""
        super().hideEvent(event)
        self._timer.stop()


def _read_changed(
    file: Path, before: tuple[int, int] | None
) -> tuple[tuple[int, int] | None, list[LogEntry]] | None:
    """Return state and entries of the file; None where it has not changed. Runs in a thread."""
    try:
        told = file.stat()
    except OSError:
        return None if before is None else (None, [])
    now = (told.st_size, told.st_mtime_ns)
    return None if now == before else (now, read_log(file))
