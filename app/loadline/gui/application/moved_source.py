"""A run whose folder is not on this computer: asks where its files are before it goes on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from loadline.domain.errors import Failure, LoadlineError
from loadline.domain.jobs import CsvFolderSource
from loadline.gui.frame.question import Question
from loadline.gui.theme import Theme

if TYPE_CHECKING:
    from loadline.engine.run import Run


class MovedSource(QObject):
    """`complain` tells why the new place cannot be kept."""

    def __init__(self, theme: Theme, window: QWidget, complain: Callable[[Failure], None]) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._complain = complain
        self.question: Question | None = None
        self.dialog: QFileDialog | None = None

    def ready(self, run: Run, go_on: Callable[[], None]) -> None:
        """Go on at once, or when a person has said where the run's files are now."""
        source = run.job.source
        if not isinstance(source, CsvFolderSource) or Path(source.path).is_dir():
            go_on()
            return
        title = self.tr("The files of this run are not here")
        text = self.tr(
            "It reads {0}, which is not on this computer. What it has read is kept and can be "
            "shown and exported. Choose where the files are now to go on."
        ).format(source.path)
        agree, refuse = self.tr("Choose a folder"), self.tr("Not now")
        yes = partial(self._choose, run, go_on)
        self.question = Question(
            self._theme, self._window, title, text, agree, refuse, yes, variant="primary"
        )
        self.question.open()

    def _choose(self, run: Run, go_on: Callable[[], None]) -> None:
        dialog = QFileDialog(self._window, self.tr("Where are the files now?"), str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(partial(self._chosen, run, go_on))
        self.dialog = dialog
        dialog.open()

    def _chosen(self, run: Run, go_on: Callable[[], None], folder: str) -> None:
        try:
            run.read_from(folder)
        except LoadlineError as error:
            self._complain(error.failure)
        else:
            go_on()
