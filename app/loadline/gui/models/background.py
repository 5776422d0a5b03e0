"""Work for one table off the window's thread: the newest question first, stale ones dropped."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from loadline.domain.errors import LoadlineError

WAITING_MOST = 16
"""Questions that wait; an older one is dropped, and asked again when it is looked at again."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gave: a value, or the sentence that says why there is none."""

    key: Hashable
    value: Any = None
    error: str = ""


class Background(QObject):
    """One thread that answers questions; `answered` and `dropped` arrive on the window's thread.

    The thread starts with the first question and ends with `close`, which waits for it.
    """

    answered = Signal(object)
    """An `Answer`."""
    dropped = Signal(object)
    """The key of a question that was pushed out by newer ones."""

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._wake = threading.Condition()
        self._waiting: list[tuple[Hashable, Callable[[], object]]] = []
        self._closed = False
        self._thread: threading.Thread | None = None

    def ask(self, key: Hashable, work: Callable[[], object]) -> None:
        """Answer `work()` under `key`, before all questions asked earlier."""
        gone: Hashable = None
        with self._wake:
            if self._closed:
                return
            self._waiting.append((key, work))
            if len(self._waiting) > WAITING_MOST:
                gone = self._waiting.pop(0)[0]
            self._wake.notify()
        if gone is not None:
            self.dropped.emit(gone)
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name=self._name, daemon=True)
            self._thread.start()

    def forget(self) -> None:
        """Drop every question that is not being answered yet, without a word."""
        with self._wake:
            self._waiting.clear()

    def close(self) -> None:
        """End the thread after the question in work; nothing is answered from now on."""
        with self._wake:
            self._closed = True
            self._waiting.clear()
            self._wake.notify()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _serve(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._waiting or self._closed)
                if self._closed:
                    return
                key, work = self._waiting.pop()
            answer = _answer(key, work)
            if not self._closed:
                self.answered.emit(answer)


def _answer(key: Hashable, work: Callable[[], object]) -> Answer:
    try:
        return Answer(key, work())
    except LoadlineError as error:
        return Answer(key, error=str(error.failure))
    except Exception as error:  # noqa: BLE001 - the border: it becomes a shown sentence
        return Answer(key, error=f"{type(error).__name__}: {error}")
