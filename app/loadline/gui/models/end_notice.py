"""What a person who looks elsewhere is told when a run has ended."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from loadline.domain.receipt import RunState
from loadline.gui.models import figures
from loadline.gui.models.receipt_words import receipt_words
from loadline.gui.models.source_words import nouns
from loadline.gui.run_page.run_like import RunLike
from loadline.gui.theme import run_look

LONG = 60.0
"""Seconds: shorter runs end while one still looks at them."""
_TOLD = frozenset({RunState.DONE, RunState.PROBLEMS, RunState.FAILED})
_translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class EndNotice:
    """Title and one or two plain sentences."""

    title: str
    text: str


def end_notice(run: RunLike) -> EndNotice | None:
    """Return what is told of a run that has ended; None for a short or a cancelled one."""
    if run.state not in _TOLD or run.elapsed() < LONG:
        return None
    title = _translate("EndNotice", "{0}: {1}").format(run.job.name, run_look(run.state).word)
    if run.failure is not None:
        return EndNotice(title, run.failure.sentence)
    told = receipt_words(run.receipt, nouns(run.job)).line if run.receipt else ""
    took = _translate("EndNotice", "It took {0}.").format(figures.duration(run.elapsed()))
    return EndNotice(title, f"{told}. {took}" if told else took)
