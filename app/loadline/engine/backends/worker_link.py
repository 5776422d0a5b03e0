"""The program's end of one worker process. Used by the pool's thread only."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum, auto
from math import inf
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from typing import Any

from loadline.engine.backends import wire
from loadline.engine.backends.work_future import WorkFuture
from loadline.engine.backends.worker_process import NO_MEMORY, worker_main

START_LIMIT = 60.0  # seconds a new process may take until it is ready
PROGRESS_EVERY = 0.1  # seconds
_LOOK_AGAIN = 0.05  # seconds between looks at a process that was killed
NOT_LOADED = 127
"""Exit code where the system could not load a piece of the program: mostly it had no memory."""
_SPAWN = get_context("spawn")


class Why(Enum):
    """What a worker's time limit is there for."""

    START = auto()
    DEADLINE = auto()
    CANCEL = auto()
    STOP = auto()
    MEMORY = auto()  # it had no more, and would fail what it is given next
    SILENT = auto()  # its pipe is closed, so it should be gone


class WorkerLink:
    """One worker process: its pipe, its task and the moment at which it is ended.

    Raises `OSError` when the process cannot be started.
    """

    def __init__(self, number: int, preload: tuple[str, ...]) -> None:
        self.number = number
        self.task: WorkFuture | None = None
        self.ready = False
        self.leaving = False
        """Gets no further task."""
        self.killed = False
        self.deaf = False
        """Its end of the pipe is closed."""
        self.why = Why.START
        self.limit = time.monotonic() + START_LIMIT
        self.conn, self._process = _spawned(number, preload)
        self.pid = self._process.pid or 0
        self.sentinel = self._process.sentinel

    @property
    def free(self) -> bool:
        """It can take a task now."""
        return self.ready and self.task is None and not self.leaving

    def give(self, task: WorkFuture) -> None:
        """Hand over a task; raises `OSError` when the worker is gone."""
        interval = min(PROGRESS_EVERY, task.deadline / 4) if task.deadline else PROGRESS_EVERY
        self.conn.send_bytes(wire.task_message(task.number, interval, task.body))
        self.task = task
        self.progressed()

    def progressed(self) -> None:
        """Begin the wait for the next progress anew."""
        if self.task is not None and self.task.deadline and not self.task.asked:
            self._limit(Why.DEADLINE, self.task.deadline)

    def ask(self, grace: float) -> None:
        """Ask the running task to stop within `grace` seconds."""
        if self.task is None or self.task.asked:
            return
        self.task.asked = True
        if not self.killed:
            self._limit(Why.CANCEL, grace)
            self._send(wire.cancel_message(self.task.number))

    def stop(self, grace: float) -> None:
        """Tell an idle worker to end within `grace` seconds; one that is starting is killed."""
        if self.leaving:
            return
        self.leaving = True
        self._limit(Why.STOP, grace)
        if self.ready:
            self._send(wire.STOP)
        else:
            self.kill()

    def silent(self, grace: float) -> None:
        """Note that the worker has closed its pipe; its end must follow within `grace` seconds."""
        self.deaf = self.leaving = True
        if not self.killed and self.why is not Why.STOP:
            self._limit(Why.SILENT, grace)

    def freed(self) -> WorkFuture | None:
        """Take the task off the worker, which has answered or ended."""
        task, self.task = self.task, None
        if not self.leaving:
            self.limit = inf
        return task

    def kill(self) -> None:
        """End the process now; it is gone when `sentinel` is ready or `gone` says so."""
        self.killed = self.leaving = True
        self.limit = time.monotonic() + _LOOK_AGAIN
        self._process.kill()

    def replace(self) -> None:
        """End a worker that found no more memory; the new one starts when it has gone."""
        self.kill()
        self.why = Why.MEMORY

    @property
    def stays(self) -> bool:
        """It counts as one of the crew: it goes on, or its successor waits for its memory."""
        return not self.leaving or self.why is Why.MEMORY

    def gone(self) -> bool:
        """Whether a killed process has ended although its sentinel is held open by a child."""
        self.limit = time.monotonic() + _LOOK_AGAIN
        return self._process.exitcode is not None

    def read(self) -> bytes | None:
        """Return the next message; None when the pipe is closed or broken."""
        try:
            return self.conn.recv_bytes()
        except (EOFError, OSError):
            return None

    def remaining(self) -> list[bytes]:
        """Return what a worker that has ended had still said."""
        messages = []
        with suppress(OSError, EOFError):
            while self.conn.poll():
                messages.append(self.conn.recv_bytes())
        return messages

    def bury(self) -> str:
        """Release the ended process and return how it ended, in words."""
        self._process.join()
        words = ending_in_words(self._process.exitcode)
        with suppress(ValueError):  # another thread is just collecting its exit code
            self._process.close()
        self.conn.close()
        return words

    def _limit(self, why: Why, seconds: float) -> None:
        self.why = why
        self.limit = time.monotonic() + seconds

    def _send(self, message: bytes) -> None:
        with suppress(OSError):  # it is gone, which its sentinel will tell
            self.conn.send_bytes(message)


def _spawned(number: int, preload: tuple[str, ...]) -> tuple[Connection[bytes, bytes], Any]:
    ours, theirs = _SPAWN.Pipe()
    process = _SPAWN.Process(
        target=worker_main,
        args=(theirs, os.getpid(), preload),
        name=f"loadline-{number}",
        daemon=True,
    )
    try:
        with _interrupts_blocked():
            process.start()
    except BaseException:
        ours.close()
        raise
    finally:
        theirs.close()
    return ours, process


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Block Ctrl+C in this thread; a process started meanwhile inherits that.

    It lifts the block once it ignores Ctrl+C, so none can end it while it starts.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Started along with the first process otherwise, which would lift the block.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def ending_in_words(code: int | None) -> str:
    """Say how a process with this exit code ended; to follow "The worker process"."""
    if code is None:
        return "ended"
    if code in (NOT_LOADED, NO_MEMORY):
        return f"ended, perhaps because memory ran out (exit code {code})"
    if code >= 0:
        return f"ended with exit code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    if name == "SIGKILL":
        return "was killed, perhaps because memory ran out (SIGKILL)"
    if name in ("SIGTERM", "SIGINT", "SIGHUP"):
        return f"was ended from outside ({name})"
    return f"crashed ({name})"
