"""A line to a server that breaks, or falls silent, after a chosen number of bytes."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

PIECE = 1 << 16


class Proxy:
    """Passes bytes on between a driver and a server.

    Attributes:
        cuts: after how many bytes from the server the connection breaks, one break for each entry;
            the count begins anew after a break.
        silent: set: nothing is passed on any more, and no connection breaks either.
        broken: how many connections broke.
        heard: called, in a thread of the line, with all that a driver sends before it is sent on.
    """

    def __init__(self, port: int) -> None:
        self.cuts: list[int] = []
        self.silent = threading.Event()
        self.stall_after: int | None = None
        self.broken = 0
        self.heard: Callable[[bytes], None] = _deaf
        self._sent = 0
        self._target = port
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._lines: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.uri = f"mongodb://127.0.0.1:{self._listener.getsockname()[1]}"
        self._begin(self._accept)

    def close(self) -> None:
        """End all connections and threads."""
        self._closing.set()
        for line in (self._listener, *self._lines):
            _end(line)
        for thread in self._threads:
            thread.join(10)

    def _begin(self, work: object, *args: object) -> None:
        thread = threading.Thread(target=work, args=args, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                driver, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                if self._closing.is_set():
                    return
                _end(driver)
                continue
            self._lines += [driver, server]
            self._begin(self._pass, driver, server, False)
            self._begin(self._pass, server, driver, True)

    def _pass(self, source: socket.socket, target: socket.socket, counts: bool) -> None:
        with suppress(OSError):
            while data := source.recv(PIECE):
                if counts and self._breaks(len(data)):
                    target.sendall(data[: len(data) // 2])
                    break
                if not counts:
                    self.heard(data)
                if self.silent.is_set():
                    self._closing.wait()
                target.sendall(data)
        _end(source)
        _end(target)

    def _breaks(self, size: int) -> bool:
        with self._lock:
            self._sent += size
            if self.stall_after is not None and self._sent >= self.stall_after:
                self.silent.set()
            if not self.cuts or self._sent < self.cuts[0]:
                return False
            self._sent = 0
            self.broken += 1
            del self.cuts[0]
            return True


@contextmanager
def proxy_to(port: int) -> Iterator[Proxy]:
    """Run a proxy while the ``with`` block lasts."""
    proxy = Proxy(port)
    try:
        yield proxy
    finally:
        proxy.close()


def _deaf(data: bytes) -> None:
    """Do not listen."""


def _end(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
    line.close()
