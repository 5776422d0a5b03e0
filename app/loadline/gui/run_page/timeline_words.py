"""What the timeline says of a block or a gap, in its tooltip and to a screen reader."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from loadline.domain.tasks import TaskRow, WaitReason
from loadline.domain.timeline import Outcome
from loadline.gui.models import figures
from loadline.gui.models.timeline_blocks import Block

_translate = QCoreApplication.translate


def worker_name(worker: int) -> str:
    """Return what a lane is called."""
    return _translate("Timeline", "Worker {0}").format(worker)


def now_text(clock: str) -> str:
    """Return what stands beside the line of now."""
    return _translate("Timeline", "now {0}").format(clock)


def gap_word(reason: WaitReason) -> str:
    """Return what a gap is called: what its worker waited for."""
    return {
        WaitReason.PAUSED: _translate("Timeline", "Paused"),
        WaitReason.SOURCE: _translate("Timeline", "Source not answering"),
        WaitReason.MEMORY: _translate("Timeline", "Low memory"),
        WaitReason.RATE: _translate("Timeline", "Rate limit"),
        WaitReason.SLOT: _translate("Timeline", "Limit of files at once"),
        WaitReason.RETRY: _translate("Timeline", "Waiting for a retry"),
    }[reason]


def gap_tip(reason: WaitReason | None, worker: int, start: float, end: float) -> str:
    """Return what a gap's tooltip says; times are seconds since the run's start."""
    word = _translate("Timeline", "Idle") if reason is None else gap_word(reason)
    return f"{word}\n{_where(worker, start, end)}"


def block_tip(block: Block, row: TaskRow, now: float) -> str:
    """Return what a block's tooltip says."""
    attempt = block.attempt
    words = {
        Outcome.DONE: _translate("Timeline", "done"),
        Outcome.RUNNING: _translate("Timeline", "running"),
        Outcome.RETRIED: _translate("Timeline", "broke off, tried again"),
        Outcome.STOPPED: _translate("Timeline", "its worker stopped, tried again"),
        Outcome.FAILED: _translate("Timeline", "failed"),
        Outcome.CANCELLED: _translate("Timeline", "cancelled"),
    }
    told = words[attempt.outcome]
    if attempt.number > 1:
        told = _translate("Timeline", "try {0}: {1}").format(attempt.number, told)
    end = now if attempt.end is None else attempt.end
    text = f"{row.name}\n{_where(attempt.worker, attempt.start, end)}\n{told}"
    if attempt.outcome is Outcome.FAILED and row.error is not None:
        text += f"\n{row.error.sentence}"
    if block.joined > 1:
        more = _translate("Timeline", "and {0} more, too short to draw")
        text += "\n" + more.format(figures.count(block.joined - 1))
    return text


def _where(worker: int, start: float, end: float) -> str:
    text = _translate("Timeline", "Worker {0}, from {1}, {2}")
    return text.format(worker, figures.clock(start), figures.duration(end - start))
