"""How states look: icon, word and colours, so that no state is told by colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from loadline.domain.receipt import RunState
from loadline.domain.schema import ColumnType
from loadline.domain.tasks import TaskRow, TaskState, WaitReason
from loadline.gui.models.figures import decimal


@dataclass(frozen=True, slots=True)
class Look:
    """Icon name, word for a person, and the name of the `Tone` in `Tokens`."""

    icon: str
    word: str
    tone: str


def _tr(text: str) -> str:
    return QCoreApplication.translate("states", text)


_TASK_ICONS = {
    TaskState.QUEUED: "circle-dashed",
    TaskState.WAITING: "hourglass",
    TaskState.RUNNING: "circle-play",
    TaskState.CANCELLING: "circle-stop",
    TaskState.CANCELLED: "ban",
    TaskState.DONE: "circle-check",
    TaskState.FAILED: "circle-x",
    TaskState.KEPT: "archive",
}


def state_look(state: TaskState) -> Look:
    """Return how a task's state looks, e.g. in a filter chip or a legend."""
    words = {
        TaskState.QUEUED: _tr("Queued"),
        TaskState.WAITING: _tr("Waiting"),
        TaskState.RUNNING: _tr("Running"),
        TaskState.CANCELLING: _tr("Cancelling"),
        TaskState.CANCELLED: _tr("Cancelled"),
        TaskState.DONE: _tr("Done"),
        TaskState.FAILED: _tr("Failed"),
        TaskState.KEPT: _tr("Kept"),
    }
    return Look(_TASK_ICONS[state], words[state], state.value)


def wait_word(row: TaskRow, now: float) -> str:
    """Return why a task waits, in words; `now` is seconds since the run's start."""
    if row.reason is WaitReason.RETRY:
        if row.until is None:
            return _tr("Retry")
        return _tr("Retry in {0} s").format(decimal(max(0.0, row.until - now), 1))
    words = {
        WaitReason.RATE: _tr("Rate limit"),
        WaitReason.SLOT: _tr("No free slot"),
        WaitReason.SOURCE: _tr("No answer"),
        WaitReason.MEMORY: _tr("Low memory"),
        WaitReason.PAUSED: _tr("Paused"),
    }
    return words[row.reason] if row.reason else _tr("Waiting")


def task_look(row: TaskRow, now: float = 0.0) -> Look:
    """Return how a task looks; while it waits, the word is the reason."""
    look = state_look(row.state)
    if row.state is TaskState.WAITING:
        return Look(look.icon, wait_word(row, now), look.tone)
    return look


def run_look(state: RunState) -> Look:
    """Return how a run looks in pills and lists."""
    looks = {
        RunState.PLANNING: Look("circle-dashed", _tr("Looking at the files"), "queued"),
        RunState.RUNNING: Look("circle-play", _tr("Running"), "running"),
        RunState.PAUSED: Look("hourglass", _tr("Paused"), "waiting"),
        RunState.CANCELLING: Look("circle-stop", _tr("Cancelling"), "cancelling"),
        RunState.FINISHING: Look("circle-play", _tr("Finishing"), "running"),
        RunState.DONE: Look("circle-check", _tr("Done"), "done"),
        RunState.PROBLEMS: Look("triangle-alert", _tr("Finished with problems"), "waiting"),
        RunState.FAILED: Look("circle-x", _tr("Failed"), "failed"),
        RunState.CANCELLED: Look("ban", _tr("Cancelled"), "cancelled"),
        RunState.INTERRUPTED: Look("hourglass", _tr("Interrupted"), "waiting"),
    }
    return looks[state]


@dataclass(frozen=True, slots=True)
class TypeLook:
    """How a column's type looks: an icon, or the characters `sign` where there is none."""

    icon: str
    word: str
    sign: str = ""


def type_look(kind: ColumnType) -> TypeLook:
    """Return how a column's type looks in chips and headers."""
    looks = {
        ColumnType.TEXT: TypeLook("type", _tr("text")),
        ColumnType.INT: TypeLook("hash", _tr("whole number")),
        ColumnType.DECIMAL: TypeLook("", _tr("decimal"), "0.0"),
        ColumnType.BOOL: TypeLook("toggle-left", _tr("true/false")),
        ColumnType.DATE: TypeLook("calendar", _tr("date")),
        ColumnType.TIMESTAMP: TypeLook("calendar", _tr("date and time")),
        ColumnType.LIST: TypeLook("brackets", _tr("list")),
        ColumnType.EMPTIES: TypeLook("brackets", _tr("empty lists")),
        ColumnType.INTS: TypeLook("brackets", _tr("list of whole numbers")),
        ColumnType.NUMBERS: TypeLook("brackets", _tr("list of numbers")),
        ColumnType.BINARY: TypeLook("braces", _tr("bytes")),
        ColumnType.EMPTY: TypeLook("circle-dashed", _tr("empty")),
    }
    return looks[kind]
