"""A worker process: takes one task at a time from its pipe, does it, answers.

Imports stay tiny, so that a worker is up in a moment; what the work needs is imported when its
first task is unpickled. A second thread listens to the pipe: it hears a cancel while the work
runs, and when the pipe closes (the program ended, however) it ends the process at once, also in
the middle of a long call.
"""

from __future__ import annotations

import errno
import importlib
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any, NoReturn

from loadline.domain.errors import Cancelled, LoadlineError
from loadline.engine.backends import wire
from loadline.engine.backends.unforeseen import as_bug, as_loadline_error, out_of_memory

ONE_THREAD = (
    "OMP_NUM_THREADS",  # also pyarrow's own pool
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)
GIVEN_BACK = ("MIMALLOC_PURGE_DELAY", "10")
"""Arrow's memory goes back to the system after so many milliseconds, not after a second: writing
2,000,000 rows as CSV took 238 MB in place of 296, and as long."""
_PR_SET_PDEATHSIG = 1
NO_MEMORY = errno.ENOMEM
"""Exit code of a worker that could not even tell that it found no more memory."""
_NO_MEMORY = wire.ERROR + wire.pickled(out_of_memory())
"""Made while there is memory."""


def worker_main(conn: Connection[bytes, bytes], parent: int, preload: tuple[str, ...]) -> None:
    """Do tasks from `conn` until told to stop; `parent` is the process id of the program.

    The modules `preload` are imported while there is nothing else to do yet.
    """
    _settle_in(parent)
    inbox = Inbox(conn)
    threading.Thread(target=inbox.listen, name="loadline-inbox", daemon=True).start()
    conn.send_bytes(wire.READY)
    try:
        _work(conn, inbox, preload)
    except MemoryError:  # between two tasks, or while it answered
        _end(NO_MEMORY)


def _work(conn: Connection[bytes, bytes], inbox: Inbox, preload: tuple[str, ...]) -> None:
    for name in preload:
        with suppress(ImportError):  # the work that needs it will say so
            importlib.import_module(name)
    while (message := inbox.tasks.get()) is not None:
        number, interval, body = wire.read_task(message)
        report = Reporter(conn, inbox, number, interval)
        answer = _answer(body, report)
        try:
            report.finish()
            conn.send_bytes(answer)
        except OSError as error:
            _end(_code_of(error))


class Inbox:
    """What has arrived: tasks (None: stop), and the number of the task to cancel."""

    def __init__(self, conn: Connection[bytes, bytes]) -> None:
        self.tasks: SimpleQueue[bytes | None] = SimpleQueue()
        self.cancelled = 0
        self._conn = conn

    def listen(self) -> None:
        """Sort messages until the pipe closes, then end the process."""
        while True:
            try:
                message = self._conn.recv_bytes()
            except (EOFError, OSError, MemoryError) as error:
                _end(_code_of(error))
            if message[:1] == wire.CANCEL:
                self.cancelled = wire.read_cancel(message)
            else:
                self.tasks.put(None if message == wire.STOP else message)


class Reporter:
    """The `Report` of one task: counters go out about ten times a second, the last one always."""

    def __init__(
        self, conn: Connection[bytes, bytes], inbox: Inbox, number: int, interval: float
    ) -> None:
        self._conn = conn
        self._inbox = inbox
        self._number = number
        self._interval = interval
        self._next = 0.0
        self._held: tuple[int, int] | None = None
        self._finished = False
        self._lock = threading.Lock()  # work may report from threads of its own

    def __call__(self, rows: int, bytes_read: int) -> None:
        """Tell absolute counters; raises `Cancelled` when asked to stop."""
        with self._lock:
            if not self._finished:
                self._held = (int(rows), int(bytes_read))
                if time.monotonic() >= self._next:
                    self._send()
        self.check()

    def check(self) -> None:
        """Raise `Cancelled` when asked to stop, and for threads that outlive their task."""
        if self._finished or self._inbox.cancelled == self._number:
            raise Cancelled("Cancelled.")

    def finish(self) -> None:
        """Let the last counters through, and no more."""
        with self._lock:
            self._send()
            self._finished = True

    def _send(self) -> None:
        if self._held is not None:
            self._conn.send_bytes(wire.progress_message(*self._held))
            self._held = None
            self._next = time.monotonic() + self._interval


def _answer(body: memoryview, report: Reporter) -> bytes:
    try:
        report.check()
        return wire.RESULT + wire.pickled(_result(body, report))
    except BaseException as error:  # noqa: BLE001 - the border: every way to fail is told
        return _told(error)


def _told(error: BaseException) -> bytes:
    try:
        return wire.ERROR + _portable(as_loadline_error(error))
    except MemoryError:  # not even enough to tell it
        return _NO_MEMORY


def _result(body: memoryview, report: Reporter) -> Any:
    # A frame of its own: work and spec are freed before the result is pickled.
    work, spec = wire.unpickled(body)
    return work(spec, report)


def _portable(error: LoadlineError) -> bytes:
    """Pickle an error so that it can be read again for certain."""
    try:
        sent = wire.pickled(error)
        if isinstance(wire.unpickled(sent), LoadlineError):
            return sent
    except Exception:  # noqa: BLE001 - a class of its own that cannot travel
        pass
    return wire.pickled(as_bug(error))


def _settle_in(parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches all; the program decides
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    for name in ONE_THREAD:
        os.environ[name] = "1"
    os.environ.setdefault(*GIVEN_BACK)
    if sys.platform == "linux":
        _end_with(parent)
    _print_aside()


def _end_with(parent: int) -> None:
    """Let the kernel end this process with the program, even when no thread can run here."""
    import ctypes

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        _end()


def _print_aside() -> None:
    """Send what work prints to stderr: stdout belongs to the program's own output."""
    sys.stdout = sys.stderr
    try:
        os.dup2(2, 1)
    except OSError:  # a windowed program has neither
        return


def _code_of(error: Exception) -> int:
    starved = isinstance(error, MemoryError) or getattr(error, "errno", None) == errno.ENOMEM
    return NO_MEMORY if starved else 1


def _end(code: int = 1) -> NoReturn:
    os._exit(code)
