"""A database server for trying things out: a process of this program, ended with it.

The server is nx-27017, which keeps its data in SQLite files; it is no part of what Loadline needs
and is offered only where it is installed. Nothing here is imported before it is asked for.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
from importlib.util import find_spec
from multiprocessing import get_context, parent_process
from multiprocessing.context import SpawnProcess
from pathlib import Path

HOST = "127.0.0.1"
STOP_SECONDS = 3.0
_SPAWN = get_context("spawn")


def installed() -> bool:
    """Tell whether there is a server to start."""
    return find_spec("nx_27017") is not None


class SampleServer:
    """A server with its data in `folder`; `start` and `stop` block, for a thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: SpawnProcess | None = None

    @property
    def running(self) -> bool:
        """The process lives."""
        return self._process is not None and self._process.is_alive()

    @property
    def pid(self) -> int | None:
        """The id of the process, while there is one."""
        return self._process.pid if self._process is not None else None

    def address(self) -> str:
        """Return host and port of the last start, or nothing before the first."""
        try:
            return f"{HOST}:{int((self._folder / 'port').read_text(encoding='ascii'))}"
        except (OSError, ValueError):
            return ""

    def start(self) -> str:
        """Start the process where it does not run; return host and port.

        The port is that of the last start, so that what points there goes on to work, or another
        one where that is taken. Raises `OSError` when the folder cannot be written.
        """
        if self.running:
            return self.address()
        self._folder.mkdir(parents=True, exist_ok=True)
        port = _free_port(self.address())
        (self._folder / "port").write_text(str(port), encoding="ascii")
        process = _SPAWN.Process(target=_serve, args=(port, self._folder), daemon=True)
        process.start()
        self._process = process
        return self.address()

    def stop(self) -> None:
        """End the process, by its own id, and wait for it; harmless when repeated."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        process.join(STOP_SECONDS)
        if process.is_alive():
            process.kill()
            process.join()
        process.close()


def _free_port(before: str) -> int:
    for port in (int(before.rpartition(":")[2] or 0), 0):
        try:
            with socket.create_server((HOST, port)) as listener:
                return int(listener.getsockname()[1])
        except OSError:
            continue
    raise OSError("There is no free port.")


def _serve(port: int, folder: Path) -> None:
    """Serve until the program that started this process is gone, whatever ended it."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with (folder / "server.log").open("wb") as log:
        for stream in (1, 2):
            os.dup2(log.fileno(), stream)
    sys.argv = [
        "nx_27017", "--data-dir", str(folder / "data"), "--host", HOST, "--port", str(port),
        "--log-file", str(folder / "log"), "--pid-file", str(folder / "pid"),
    ]  # fmt: skip
    from nx_27017 import main

    main()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(0)
