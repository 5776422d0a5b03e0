"""A run's journal: what happened, one entry per line of JSON, safe against kills and power cuts.

`append` never makes the caller wait: a thread of the journal's own writes at once what has come
together and makes it last through a power cut (fsync) at most `SYNCS_PER_SECOND` times a second.
So a killed program loses what was told in the last milliseconds, a power cut a quarter of a
second; parts told of in that time are read again. A line counts only with its line end.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Self

from loadline.domain.errors import OutputError
from loadline.store.entries import Entry, encode_entry
from loadline.store.writing import output_error, sync_folder, writing

SYNCS_PER_SECOND = 4
_STEP = 1 << 16
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)

_Item = bytes | Future[None] | None
"""Lines to write, somebody who waits until all before lasts, or the end."""


class Journal:
    """Appends to the journal file of one run; use from one thread, close it at the end."""

    def __init__(self, path: Path) -> None:
        """Open `path` for more entries, made new when it is not there; raises `OutputError`.

        A last line without an end, left by a kill, is cut off first.
        """
        self._writer = _Writer(path)
        self._thread = Thread(
            target=self._writer.run, name=f"journal {path.parent.name}", daemon=True
        )
        self._thread.start()

    def __enter__(self) -> Self:
        """Give the journal."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def append(self, entry: Entry) -> None:
        """Add an entry; raises the `OutputError` that befell an earlier one."""
        self._writer.complain()
        self._writer.queue.put(encode_entry(entry) + b"\n")

    def flush(self) -> Future[None]:
        """Return a future that is done when all that was appended lasts through a power cut.

        It fails with the `OutputError` that befell one of the entries.
        """
        done: Future[None] = Future()
        done.set_running_or_notify_cancel()
        if self._thread.is_alive():
            self._writer.queue.put(done)
        else:
            self._writer.answer([done])
        return done

    def close(self) -> None:
        """Make everything last and let the file go; raises `OutputError`. Harmless if repeated."""
        if self._thread.is_alive():
            self._writer.queue.put(None)
            self._thread.join()
        self._writer.complain()


class _Writer:
    """The side of the journal that waits for the disk; `run` is the body of its thread."""

    def __init__(self, path: Path) -> None:
        self.queue: SimpleQueue[_Item] = SimpleQueue()
        self._path = path
        self._error: OutputError | None = None
        self._unsynced_since: float | None = None
        with writing(path):
            self._file = os.open(path, _FLAGS, 0o666)
            self._end = _cut_torn_line(self._file)
            sync_folder(path.parent)

    def complain(self) -> None:
        """Raise what went wrong, if anything did."""
        if (error := self._error) is not None:
            raise type(error)(
                error.sentence, place=error.place, cause=error.cause, advice=error.advice
            )

    def run(self) -> None:
        """Write until told to end."""
        ended = False
        while not ended:
            items = self._together()
            ended = None in items
            waiting = [item for item in items if isinstance(item, Future)]
            self._write(b"".join(item for item in items if isinstance(item, bytes)))
            if ended or waiting or self._sync_in() == 0.0:
                self._sync()
            self.answer(waiting)
        os.close(self._file)

    def answer(self, waiting: Sequence[Future[None]]) -> None:
        """Tell those who wait that all before has been written, or what went wrong."""
        for done in waiting:
            try:
                self.complain()
            except OutputError as error:
                done.set_exception(error)
            else:
                done.set_result(None)

    def _together(self) -> list[_Item]:
        """Wait for items and return all there are; none when it is time to sync."""
        items: list[_Item] = []
        with suppress(Empty):
            items.append(self.queue.get(timeout=self._sync_in()))
            while True:
                items.append(self.queue.get_nowait())
        return items

    def _sync_in(self) -> float | None:
        """Return the seconds until what was written is to be synced; None: there is nothing."""
        if self._unsynced_since is None:
            return None
        return max(0.0, self._unsynced_since + 1 / SYNCS_PER_SECOND - time.monotonic())

    def _write(self, lines: bytes) -> None:
        if not lines or self._error is not None:
            return  # after an error nothing: a hole would be worse than an early end
        try:
            view = memoryview(lines)
            while view:
                view = view[os.write(self._file, view) :]
        except OSError as error:
            self._error = output_error(error, self._path)
            with suppress(OSError):
                os.ftruncate(self._file, self._end)
            return
        self._end += len(lines)
        self._unsynced_since = self._unsynced_since or time.monotonic()

    def _sync(self) -> None:
        if self._unsynced_since is None:
            return
        self._unsynced_since = None
        try:
            os.fsync(self._file)
        except OSError as error:
            self._error = self._error or output_error(error, self._path)


def _cut_torn_line(file: int) -> int:
    """Cut off what follows the last line end; return the file's length in bytes."""
    end = size = os.lseek(file, 0, os.SEEK_END)
    while end:
        start = max(0, end - _STEP)
        os.lseek(file, start, os.SEEK_SET)
        found = os.read(file, end - start).rfind(b"\n")
        end = start + found + 1 if found >= 0 else start
        if found >= 0:
            break
    if end != size:
        os.ftruncate(file, end)
    return end
