"""A line above every page: a run that failed or was broken off, until a person dismisses it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from loadline.domain.receipt import RunState
from loadline.gui.models import figures
from loadline.gui.theme import Theme
from loadline.gui.widgets import Button, Notice


@dataclass(frozen=True, slots=True)
class UnseenRun:
    """A run whose end nobody has dismissed; `key` is its folder, `failed` counts its tasks."""

    key: str
    name: str
    state: RunState
    tasks: int = 0
    failed: int = 0
    problems: int = 0


class UnseenBar(QWidget):
    """Shows one such run; `more` wait behind it. What is pressed is told with the run's key."""

    resume_asked = Signal(str)
    open_asked = Signal(str)
    dismissed = Signal(str)
    all_dismissed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("unseenBar")
        self.run: UnseenRun | None = None
        self._more = 0
        self.notice = Notice(theme)
        self.resume = Button(theme, self.tr("Resume"), "play", size="small")
        self.resume.setObjectName("resumeInterruptedButton")
        self.open = Button(theme, self.tr("Open"), "table", size="small")
        self.open.setObjectName("openFailedButton")
        self.dismiss = Button(theme, self.tr("Dismiss"), size="small", variant="quiet")
        self.dismiss.setObjectName("dismissButton")
        self.dismiss.setToolTip(self.tr("Do not tell of this end any more"))
        self.every = Button(theme, self.tr("Dismiss all"), size="small", variant="quiet")
        self.every.setObjectName("dismissAllButton")
        for button in (self.resume, self.open, self.dismiss, self.every):
            self.notice.add(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 8)
        column.addWidget(self.notice)
        self.resume.clicked.connect(lambda: self._tell(self.resume_asked))
        self.open.clicked.connect(lambda: self._tell(self.open_asked))
        self.dismiss.clicked.connect(lambda: self._tell(self.dismissed))
        self.every.clicked.connect(self.all_dismissed)
        self.setVisible(False)

    def show_run(self, run: UnseenRun | None, more: int = 0) -> None:
        """Tell of a run, and how many more wait; None: of none."""
        if (run, more) == (self.run, self._more):
            return
        self.run, self._more = run, more
        if run is not None:
            broken_off = run.state is RunState.INTERRUPTED
            failed = run.state is RunState.FAILED
            icon = "hourglass" if broken_off else "circle-x" if failed else "triangle-alert"
            tone = "failed" if failed else "waiting"
            self.notice.tell(self._words(run, more), icon=icon, tone=tone)
            self.resume.setVisible(broken_off)
            self.every.setVisible(more > 0)
        self.setVisible(run is not None)

    def _words(self, run: UnseenRun, more: int) -> str:
        name = "<b>" + run.name.replace("&", "&amp;").replace("<", "&lt;") + "</b>"
        if run.state is RunState.INTERRUPTED:
            told = self.tr("{0} was interrupted. What is done is kept.").format(name)
        elif run.failed:
            told = self.tr("{0} ended with failures: {1} of {2} failed.").format(
                name, figures.count(run.failed), figures.count(run.tasks)
            )
        elif run.state is RunState.FAILED:
            told = self.tr("{0} failed.").format(name)
        else:
            told = self.tr("{0} finished with problems.").format(name)
        if more == 1:
            told += " " + self.tr("One more run waits to be looked at.")
        elif more:
            told += " " + self.tr("{0} more runs wait to be looked at.").format(figures.count(more))
        return told

    def _tell(self, signal: object) -> None:
        if self.run is not None:
            signal.emit(self.run.key)  # type: ignore[attr-defined]
