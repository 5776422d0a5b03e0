"""A task's row in words: message and tries. Plain sentences, no jargon."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from loadline.domain.errors import Failure
from loadline.domain.tasks import TaskRow, TaskState, WaitReason
from loadline.gui.models import figures

_translate = QCoreApplication.translate


def message(row: TaskRow, now: float, *, long: bool = False) -> str:
    """Return the sentence of the Message cell; `long` adds what the user can do."""
    match row.state:
        case TaskState.FAILED:
            return _told(row.error, long=long)
        case TaskState.WAITING:
            return _waiting(row, now, long=long)
        case TaskState.RUNNING if row.error is not None:
            text = _translate("TaskWords", "Try {0}, after: {1}")
            return text.format(row.attempt, _told(row.error, long=False))
        case TaskState.CANCELLING:
            return _translate("TaskWords", "Its worker is stopping")
        case TaskState.CANCELLED:
            if row.attempt:
                return _translate("TaskWords", "Stopped, nothing of it is in the result")
            return _translate("TaskWords", "Never started")
        case TaskState.KEPT:
            return row.message or _translate("TaskWords", "Loaded before, unchanged since")
    return row.message or _problems(row)


def tries(row: TaskRow, most: int) -> str:
    """Return ``1``, or ``2 of 3`` from the second try on and while it waits for one."""
    if not row.attempt:
        return ""
    if row.attempt > 1 or row.state is TaskState.WAITING:
        text = _translate("TaskWords", "{0} of {1}")
        return text.format(row.attempt, max(most, row.attempt))
    return "1"


def _waiting(row: TaskRow, now: float, *, long: bool) -> str:
    if row.reason is WaitReason.RATE and row.until is not None:
        return _translate("TaskWords", "Next start in {0}").format(_to_go(row.until, now))
    return _told(row.error, long=long)


def _told(error: Failure | None, *, long: bool) -> str:
    if error is None:
        return ""
    return f"{error.sentence} {error.advice}".strip() if long else error.sentence.rstrip(".")


def _problems(row: TaskRow) -> str:
    if row.rejected:
        text = _translate("TaskWords", "{0} rows could not be read, see Problems")
        one = _translate("TaskWords", "1 row could not be read, see Problems")
        return one if row.rejected == 1 else text.format(figures.count(row.rejected))
    if row.problems:
        text = _translate("TaskWords", "{0} rows looked odd, see Problems")
        one = _translate("TaskWords", "1 row looked odd, see Problems")
        return one if row.problems == 1 else text.format(figures.count(row.problems))
    return ""


def _to_go(until: float, now: float) -> str:
    seconds = figures.decimal(max(0.0, until - now), 1)
    return _translate("TaskWords", "{0} s").format(seconds)
