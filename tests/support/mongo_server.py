"""A real server that speaks MongoDB's wire protocol, as a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bson import json_util
from pymongo import MongoClient
from pymongo.errors import PyMongoError

REAL_DATA = Path(__file__).parents[2].parent / "shared" / "realdata" / "mongo"
UP_SECONDS = 30.0


class MongoServer:
    """nx-27017 on a free port; `kill` and `start` bring it down and up with its data."""

    def __init__(self, folder: Path) -> None:
        self.port = _free_port()
        self.uri = f"mongodb://127.0.0.1:{self.port}"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process and wait until it answers."""
        command = [
            sys.executable, "-c", "from nx_27017 import main; main()",
            "--data-dir", str(self._folder / "data"), "--port", str(self.port),
            "--log-file", str(self._folder / "log"), "--pid-file", str(self._folder / "pid"),
        ]  # fmt: skip
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / "out").open("ab") as out:
            self._process = subprocess.Popen(command, stdout=out, stderr=out)
        self._wait_for_answer()

    def kill(self) -> None:
        """End the process as a crash does, by its own id."""
        process, self._process = self._process, None
        if process is not None:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()

    @property
    def pid(self) -> int:
        """The process id."""
        assert self._process is not None
        return self._process.pid

    def _wait_for_answer(self) -> None:
        end = time.monotonic() + UP_SECONDS
        with MongoClient[dict[str, Any]](
            self.uri, serverSelectionTimeoutMS=int(UP_SECONDS * 1000)
        ) as client:
            while True:
                try:
                    client.admin.command("ping")
                except PyMongoError:
                    if time.monotonic() > end:
                        raise
                else:
                    return


@contextmanager
def running_server(folder: Path) -> Iterator[MongoServer]:
    """Run a server while the ``with`` block lasts."""
    server = MongoServer(folder)
    try:
        server.start()
        yield server
    finally:
        server.kill()


@contextmanager
def server_address(folder: Path) -> Iterator[str]:
    """Give the address of the server that the environment names, or of one that is started."""
    given = os.environ.get("LOADLINE_TEST_MONGODB_URI")
    if given:
        yield given
        return
    with running_server(folder) as server:
        yield server.uri


def fill(uri: str, database: str, collection: str, documents: list[dict[str, Any]]) -> None:
    """Put documents into a new collection."""
    with MongoClient[dict[str, Any]](uri) as client:
        client[database][collection].drop()
        for start in range(0, len(documents), 5_000):
            client[database][collection].insert_many(documents[start : start + 5_000])


def real_documents(name: str) -> list[dict[str, Any]]:
    """Return the documents of one of the real collections."""
    from loadline.sources.mongo_kinds import CODEC

    options = json_util.JSONOptions(datetime_conversion=CODEC.datetime_conversion)
    lines = (REAL_DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json_util.loads(line, json_options=options) for line in lines]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
