"""What a pool and its worker processes say to each other over their pipe.

Every message is one byte that names it, then its body. To the worker::

    TASK      task number, seconds between progress messages, pickle of (work, spec)
    CANCEL    task number
    STOP      nothing: end when idle

From the worker::

    READY     nothing: started, and waiting for a task
    PROGRESS  rows, bytes
    RESULT    pickle of what the work returned
    ERROR     pickle of a `LoadlineError`
"""

from __future__ import annotations

import pickle
import struct
from typing import Any

TASK, CANCEL, STOP = b"T", b"C", b"S"
READY, PROGRESS, RESULT, ERROR = b"R", b"P", b"D", b"E"

_TASK = struct.Struct("<qd")
_CANCEL = struct.Struct("<q")
_PROGRESS = struct.Struct("<qq")


def pickled(value: object) -> bytes:
    """Pickle `value`; raises whatever its parts raise."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def task_message(number: int, interval: float, body: bytes) -> bytes:
    """Tell a worker to do the pickled (work, spec) in `body`."""
    return TASK + _TASK.pack(number, interval) + body


def read_task(message: bytes) -> tuple[int, float, memoryview]:
    """Return task number, seconds between progress messages, and the pickle."""
    number, interval = _TASK.unpack_from(message, 1)
    return number, interval, memoryview(message)[1 + _TASK.size :]


def cancel_message(number: int) -> bytes:
    """Ask a worker to stop this task."""
    return CANCEL + _CANCEL.pack(number)


def read_cancel(message: bytes) -> int:
    """Return the task number."""
    number: int = _CANCEL.unpack_from(message, 1)[0]
    return number


def progress_message(rows: int, size: int) -> bytes:
    """Tell absolute counters of the running task."""
    return PROGRESS + _PROGRESS.pack(rows, size)


def read_progress(message: bytes) -> tuple[int, int]:
    """Return rows and bytes."""
    rows, size = _PROGRESS.unpack_from(message, 1)
    return rows, size


def unpickled(body: bytes | memoryview) -> Any:
    """Return the object in `body`; only for what the program and its own workers sent."""
    return pickle.loads(body)  # noqa: S301


def read_object(message: bytes) -> Any:
    """Return the object in a RESULT or ERROR."""
    return unpickled(memoryview(message)[1:])
