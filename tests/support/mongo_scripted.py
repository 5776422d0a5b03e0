"""A server of a few lines that does what no real one can be made to do in a test.

It holds collections in memory, answers a driver's questions about them, and misbehaves as it is
told: with any error code, slowly, not at all, or by hanging up.
"""

from __future__ import annotations

import bisect
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count, islice
from typing import Any

import bson

from loadline.sources.mongo_elements import elements
from tests.support.mongo_wire import Asked, answer, batch, receive

Reply = dict[str, Any] | bytes
Behaviour = Callable[[dict[str, Any]], Reply | None]
"""Answers a command; None: as usual. May raise `Refusal` and `HangUp`."""
HELLO = {
    "helloOk": True, "isWritablePrimary": True, "ismaster": True, "maxWireVersion": 21,
    "minWireVersion": 0, "maxBsonObjectSize": 16 << 20, "maxMessageSizeBytes": 48_000_000,
    "maxWriteBatchSize": 100_000, "logicalSessionTimeoutMinutes": 30, "readOnly": False,
}  # fmt: skip


class Refusal(Exception):
    """An error with its code, as servers number them."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class HangUp(Exception):
    """The connection ends in the middle of the answer, after `sent` bytes of it."""

    def __init__(self, sent: bytes = b"") -> None:
        super().__init__()
        self.sent = sent


class ScriptedServer:
    """Serves on a free port until it is closed.

    Attributes:
        behaviours: by name of a command, what is done instead of the usual.
        heard: the commands that came, without greetings.
        kinds: by name of a collection, ``view`` or ``timeseries``.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.behaviours: dict[str, Behaviour] = {}
        self.heard: list[dict[str, Any]] = []
        self.kinds: dict[str, str] = {}
        self.closing = threading.Event()
        self._collections: dict[str, tuple[list[Any], list[bytes]]] = {}
        self._cursors: dict[int, tuple[str, Iterator[bytes]]] = {}
        self._numbers = count(1)
        self._tls = tls
        self._lines: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self.uri = f"mongodb://127.0.0.1:{self.port}"
        self._begin(self._accept)

    def put(self, name: str, documents: Sequence[dict[str, Any] | bytes]) -> None:
        """Hold a collection, ``database.collection``, of documents in the order of ``_id``."""
        raw = [one if isinstance(one, bytes) else bson.encode(one) for one in documents]
        ids = [one["_id"] for one in documents if isinstance(one, dict)]
        self._collections[name] = (ids, raw)

    def replace(self, name: str, raw: Sequence[bytes]) -> None:
        """Hold other documents under the same ``_id``, encoded, which may be no valid BSON."""
        self._collections[name] = (self._collections[name][0], list(raw))

    def remove(self, name: str) -> None:
        """Drop a collection."""
        del self._collections[name]

    def asked(self, name: str) -> list[dict[str, Any]]:
        """Return the commands of this name that came."""
        return [command for command in list(self.heard) if next(iter(command)) == name]

    def close(self) -> None:
        """End all connections and threads."""
        self.closing.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for line in self._lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)

    def _begin(self, work: Callable[..., None], *args: Any) -> None:
        thread = threading.Thread(target=work, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self.closing.is_set():
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            self._lines.append(line)
            self._begin(self._serve, line)

    def _serve(self, line: socket.socket) -> None:
        with suppress(OSError):
            if self._tls is not None:
                line = self._tls.wrap_socket(line, server_side=True)
                self._lines.append(line)
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                while (asked := receive(line)) is not None:
                    answer(line, asked, self._answered(asked))
            except HangUp as end:
                line.sendall(end.sent)
            except ValueError:
                pass  # no question of a driver: an attempt at TLS, say
        line.close()

    def _answered(self, asked: Asked) -> bytes:
        command, name = asked.command, asked.name
        if name.lower() not in ("hello", "ismaster"):
            self.heard.append(command)
        try:
            behaviour = self.behaviours.get(name)
            reply = behaviour(command) if behaviour else None
            if reply is None:
                reply = self._usual(name, command)
        except Refusal as error:
            reply = {"ok": 0.0, "errmsg": str(error), "code": error.code, "codeName": "Scripted"}
        return reply if isinstance(reply, bytes) else bson.encode({"ok": 1.0, **reply})

    def _usual(self, name: str, command: dict[str, Any]) -> Reply:
        where = f"{command.get('$db')}.{command[name]}"
        match name:
            case "hello" | "ismaster" | "isMaster":
                return HELLO
            case "count":
                return {"n": len(self._ids(where, command.get("query", {})))}
            case "find":
                return self._found(where, command)
            case "getMore":
                return self._more(command)
            case "aggregate":
                return self._sampled(where, command)
            case "collStats":
                return self._stats(where)
            case "listCollections":
                return self._listed(str(command["$db"]))
            case "listDatabases":
                names = {one.partition(".")[0] for one in self._collections}
                return {"databases": [{"name": one} for one in sorted(names)]}
            case "buildInfo":
                return {"version": "0.0 scripted"}
            case "killCursors" | "endSessions" | "ping":
                return {}
        raise Refusal(59, f"no such command: '{name}'")

    def _ids(self, where: str, query: dict[str, Any]) -> Sequence[int]:
        """Return the places of the documents that meet a condition on ``_id``."""
        ids, raw = self._collections.get(where, ([], []))
        wanted = {k: v for one in query.get("$and", [query]) for k, v in one.items()}.get("_id", {})
        if "$in" in wanted:
            listed = set(wanted["$in"])
            return [place for place, one in enumerate(ids) if one in listed]
        first = bisect.bisect_left(ids, wanted["$gte"]) if "$gte" in wanted else 0
        last = bisect.bisect_left(ids, wanted["$lt"]) if "$lt" in wanted else len(raw)
        return range(first, last)

    def _found(self, where: str, command: dict[str, Any]) -> bytes:
        places = self._ids(where, command.get("filter", {}))
        if command.get("sort", {}).get("_id") == -1:
            places = places[::-1]
        places = places[command.get("skip", 0) :]
        if limit := command.get("limit"):
            places = places[:limit]
        raw = self._collections.get(where, ([], []))[1]
        fields = command.get("projection")
        found = iter([raw[place] for place in places])
        if fields:
            found = (_only(one, fields) for one in found)
        first = list(islice(found, command.get("batchSize", 101)))
        single = command.get("singleBatch") or len(first) == len(places)
        number = 0 if single else next(self._numbers)
        if number:
            self._cursors[number] = (where, found)
        return batch(where, number, first, first=True)

    def _more(self, command: dict[str, Any]) -> bytes:
        number = int(command["getMore"])
        if number not in self._cursors:
            raise Refusal(43, f"cursor id {number} not found")
        where, found = self._cursors[number]
        some = list(islice(found, command.get("batchSize", 5_000)))
        if not some:
            del self._cursors[number]
        return batch(where, number if some else 0, some, first=False)

    def _sampled(self, where: str, command: dict[str, Any]) -> bytes:
        stages = {name: stage for one in command["pipeline"] for name, stage in one.items()}
        if "$sample" not in stages:
            raise Refusal(40324, "Unrecognized pipeline stage name")
        ids, raw = self._collections[where]
        step = max(1, len(raw) // stages["$sample"]["size"])
        some = [bson.encode({"_id": one}) for one in ids[step // 2 :: step]]
        return batch(where, 0, some, first=True)

    def _stats(self, where: str) -> Reply:
        raw = self._collections.get(where, ([], []))[1]
        size = sum(map(len, raw))
        return {"count": len(raw), "size": size, "avgObjSize": size // max(1, len(raw))}

    def _listed(self, database: str) -> bytes:
        names = [one.partition(".")[2] for one in self._collections if one.startswith(database)]
        told = [
            bson.encode({"name": one, "type": self.kinds.get(one, "collection"), "options": {}})
            for one in names
        ]
        return batch(f"{database}.$cmd.listCollections", 0, told, first=True)


@contextmanager
def scripted_server(tls: ssl.SSLContext | None = None) -> Iterator[ScriptedServer]:
    """Run a scripted server while the ``with`` block lasts."""
    server = ScriptedServer(tls)
    try:
        yield server
    finally:
        server.close()


def _only(raw: bytes, fields: dict[str, Any]) -> bytes:
    wanted = {path.partition(".")[0].encode() for path in fields}
    body = b"".join(raw[begin:end] for name, begin, end in elements(raw) if name in wanted)
    return (len(body) + 5).to_bytes(4, "little") + body + b"\0"
