"""The head of the run's page: what it is, where it stands, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loadline.domain.policy import MOST_AT_ONCE
from loadline.domain.receipt import RUN_ENDED, RunState
from loadline.domain.tasks import TaskState
from loadline.gui.models.receipt_words import receipt_words
from loadline.gui.models.shares import Shares
from loadline.gui.models.source_words import nouns, source_line, when_line
from loadline.gui.run_page.damage_notice import DamageNotice
from loadline.gui.run_page.receipt_strip import ReceiptStrip
from loadline.gui.run_page.run_like import RunLike
from loadline.gui.run_page.run_numbers import NARROW, RunNumbers
from loadline.gui.run_page.run_progress import RunProgress
from loadline.gui.theme import SMALL, Look, Theme, run_look
from loadline.gui.widgets import (
    Button,
    ElidedLabel,
    Notice,
    Pill,
    RateStepper,
    Rule,
    Stepper,
    Text,
    Title,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

MARGIN = 24
RATE_MOST = 100.0
_LIVE = frozenset({RunState.PLANNING, RunState.RUNNING, RunState.PAUSED})
_TOLD = frozenset({RunState.PLANNING, RunState.FINISHING, RunState.CANCELLING})
_USUAL = "Reading"
"""What a run says of itself when there is nothing to say."""
_OPEN = RUN_ENDED | {RunState.INTERRUPTED}


class RunHeader(QWidget):
    """Title row, numbers, progress bar; after the end the receipt strip instead of them.

    Buttons and steppers are public: the page connects them with the run.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._state: RunState | None = None
        self.title = Title()
        self.pill = Pill(theme)
        self.pill.setObjectName("runStateLabel")
        self.source = ElidedLabel(role="secondary", size=SMALL, mode=Qt.TextElideMode.ElideMiddle)
        self.numbers = RunNumbers(theme)
        self.progress = RunProgress(theme)
        self.strip = ReceiptStrip(theme)
        self.notice = Notice(theme)
        self.notice.setVisible(False)
        self.damage = DamageNotice(theme)
        self._silent = ""
        self.export_notice = Notice(theme)
        self.export_notice.setVisible(False)
        self._make_limits()
        self._make_buttons()
        self._lay_out()

    def _make_limits(self) -> None:
        self.cap_label = Text(self.tr("Files at once"), "secondary", size=SMALL)
        self.cap = Stepper(self._theme, self.tr("Files at once"), 1, MOST_AT_ONCE, 1)
        self.cap.spin.setObjectName("capSpin")
        self.rate_label = Text(self.tr("Starts per second"), "secondary", size=SMALL)
        self.rate = RateStepper(
            self._theme, self.tr("Starts per second"), RATE_MOST, zero=self.tr("Any")
        )
        self.rate.spin.setObjectName("rateSpin")
        tip = self.tr("How many may start in one second. Any: as soon as there is room.")
        self.rate.spin.setToolTip(tip)

    def _make_buttons(self) -> None:
        self.pause = Button(self._theme, self.tr("Pause"), "pause")
        self.pause.setObjectName("pauseButton")
        self.cancel = Button(self._theme, self.tr("Cancel"), "x", "danger")
        self.cancel.setObjectName("cancelButton")
        self.retry = Button(self._theme, self.tr("Retry unfinished"), "rotate-ccw")
        self.retry.setObjectName("retryButton")
        self.again = Button(self._theme, self.tr("Run again"), "rotate-ccw")
        self.again.setObjectName("againButton")
        self.score = Button(self._theme, self.tr("Score this"), "target")
        self.score.setObjectName("scoreThisButton")
        self.score.setToolTip(self.tr("Find the best of these records, on the New job page"))
        self.pause.setToolTip(self.tr("Start nothing new; what runs is finished"))
        self.cancel.setToolTip(self.tr("Stop the run; what is done is kept"))
        self.retry.setToolTip(
            self.tr("Load what failed, was cancelled or never started, into its own place")
        )

    def _lay_out(self) -> None:
        self._limits = QWidget()
        limits = QHBoxLayout(self._limits)
        limits.setContentsMargins(0, 0, 0, 0)
        limits.setSpacing(8)
        for label, stepper in ((self.cap_label, self.cap), (self.rate_label, self.rate)):
            limits.addWidget(label)
            limits.addWidget(stepper)
        limits.insertSpacing(2, 8)
        limits.addSpacing(8)
        rule = Rule(vertical=True)
        rule.setFixedHeight(24)
        limits.addWidget(rule, 0, Qt.AlignmentFlag.AlignVCenter)
        limits.addSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.title)
        row.addSpacing(4)
        row.addWidget(self.pill)
        row.addSpacing(4)
        row.addWidget(self.source, 1)
        row.addSpacing(4)
        row.addWidget(self._limits)
        for button in (self.retry, self.score, self.again, self.pause, self.cancel):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 12, MARGIN, 12)
        column.setSpacing(12)
        column.addLayout(row)
        for part in (self.damage, self.notice, self.numbers, self.progress, self.strip):
            column.addWidget(part)
        column.addWidget(self.export_notice)

    def show_run(self, run: RunLike) -> None:
        """Show another run from now on."""
        words = nouns(run.job)
        self.title.setText(run.job.name)
        self.damage.show_run(run)
        self.cap_label.setText(words.at_once)
        self.cap.spin.setAccessibleName(words.at_once)
        self._state = None
        self.refresh_state(run)

    def refresh_state(self, run: RunLike) -> None:
        """Show where the run stands: pill, words, buttons; cheap when nothing has changed."""
        self.pill.set_look(self._look(run))
        words = self._words(run)
        self.source.setText(words)
        self.source.set_whole(whole=bool(words) and words == run.status)
        for stepper, value in ((self.cap, run.cap), (self.rate, run.rate)):
            typing = stepper.spin.hasFocus() and stepper.spin.lineEdit().isModified()
            if not typing and stepper.spin.value() != value:
                with QSignalBlocker(stepper.spin):
                    stepper.spin.setValue(value)  # type: ignore[arg-type]
        if run.state is not self._state:
            self._state = run.state
            self._silent = ""
            self._change(run)
        self._tell_outage(run.outage)

    def _tell_outage(self, words: str) -> None:
        """Say that the source is silent, and that nothing needs to be done."""
        if words == self._silent:
            return
        self._silent = words
        if words:
            text = self.tr("{0}. The run goes on by itself.").format(f"<b>{_escaped(words)}</b>")
            self.notice.tell(text, icon="hourglass", tone="waiting")
        else:
            self.notice.setVisible(False)

    def refresh_numbers(self, run: RunLike, shares: Shares) -> None:
        """Show the numbers and the bar of this moment."""
        self.numbers.show_run(run, shares)
        self.progress.set_shares(shares)

    def _look(self, run: RunLike) -> Look:
        look = run_look(run.state)
        if run.state is not RunState.CANCELLING:
            return look
        counts = run.board.counts
        stopping = counts[TaskState.CANCELLING] + counts[TaskState.RUNNING]
        if stopping == 1:
            return Look(look.icon, self.tr("Cancelling: 1 worker stopping"), look.tone)
        if stopping:
            text = self.tr("Cancelling: {0} workers stopping").format(stopping)
            return Look(look.icon, text, look.tone)
        return look

    def _words(self, run: RunLike) -> str:
        if run.state in RUN_ENDED:
            seconds = run.receipt.seconds if run.receipt else run.elapsed()
            return when_line(run.started_at, seconds)
        status = run.status
        if run.outage:
            status = ""  # it stands below, where it has room
        if status and run.state in _LIVE | _TOLD and status != _USUAL:
            return status
        if self.width() < NARROW:
            return ""  # no room beside the limits
        return source_line(run.job, len(run.board.rows))

    def _change(self, run: RunLike) -> None:
        state = run.state
        ended = state in _OPEN
        live = state in _LIVE
        paused = state is RunState.PAUSED
        look = (self.tr("Resume"), "play") if paused else (self.tr("Pause"), "pause")
        self.pause.set_look(*look)
        self.pause.setEnabled(live and state is not RunState.PLANNING)
        self.cancel.setEnabled(live)
        self._limits.setVisible(not ended)
        self._limits.setEnabled(live)
        for button in (self.pause, self.cancel, self.numbers, self.progress):
            button.setVisible(not ended)
        unfinished = state is RunState.INTERRUPTED or bool(run.board.unfinished())
        interrupted = state is RunState.INTERRUPTED
        self.retry.set_look(
            self.tr("Resume") if interrupted else self.tr("Retry unfinished"),
            "play" if interrupted else "rotate-ccw",
        )
        self.retry.setVisible(ended and unfinished)
        self.again.setVisible(state in RUN_ENDED and self.again.property("wanted") is True)
        rows = run.receipt.rows if run.receipt is not None and state in RUN_ENDED else 0
        self.score.setVisible(rows > 0 and self.score.property("wanted") is True)
        self._show_end(run)

    def _show_end(self, run: RunLike) -> None:
        if run.receipt is not None and run.state in RUN_ENDED and run.receipt.lines:
            self.strip.tell(receipt_words(run.receipt, nouns(run.job)))
        else:
            self.strip.setVisible(False)
        if run.failure is not None and run.state in _OPEN:
            sentence = f"{run.failure.sentence} {run.failure.advice}".strip()
            self.notice.tell(_escaped(sentence), icon="circle-x", tone="failed")
        else:
            self.notice.setVisible(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the numbers closer in a small window."""
        self.numbers.set_narrow(self.width() < NARROW)
        super().resizeEvent(event)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
