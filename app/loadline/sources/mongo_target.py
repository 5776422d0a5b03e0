"""Which server is meant, and the one client that a process has for it."""

from __future__ import annotations

import atexit
import os
import socket
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pymongo import MongoClient
from pymongo.errors import PyMongoError
from pymongo.uri_parser import parse_uri

from loadline import __version__
from loadline.domain.errors import JobError
from loadline.sources.mongo_errors import told

if TYPE_CHECKING:
    from pymongo.collection import Collection

CONNECT_SECONDS = 30.0
SELECT_SECONDS = 10.0
"""How long to look for a server that can answer, once a connection can be made at all."""
ANSWER_SECONDS = 240.0
"""How long the server may work on one answer (``maxTimeMS``)."""
SLACK_SECONDS = 10.0
"""What a socket waits beyond that, so that the server's own word comes first."""


@dataclass(frozen=True, slots=True)
class Target:
    """A server's address without a password, and the password, which is never shown."""

    uri: str
    password: str = field(default="", repr=False)


_lock = threading.Lock()
_clients: dict[tuple[Target, int], MongoClient[dict[str, Any]]] = {}


def client_of(target: Target) -> MongoClient[dict[str, Any]]:
    """Return this process's client for `target`, made on first use and never after a fork.

    Raises `JobError` for an address that is not one, `SourceError` where its name is not found.
    """
    key = (target, os.getpid())
    with _lock:
        client = _clients.get(key)
        if client is None:
            client = _clients[key] = new_client(target)
        return client


def close_clients() -> None:
    """Close this process's clients; harmless when repeated."""
    with _lock:
        mine = [key for key in _clients if key[1] == os.getpid()]
        closing = [_clients.pop(key) for key in mine]
    for client in closing:
        client.close()


atexit.register(close_clients)


def new_client(target: Target, seconds: float = CONNECT_SECONDS) -> MongoClient[dict[str, Any]]:
    """Return a client of its own; the caller closes it. Nothing is sent yet.

    Connecting gives up after `seconds`.
    """
    wait = min(seconds, SELECT_SECONDS)
    options: dict[str, Any] = {
        "appname": f"Loadline {__version__}",
        "connectTimeoutMS": int(seconds * 1000),
        "serverSelectionTimeoutMS": int(wait * 1000),
        "socketTimeoutMS": int(min(seconds * 100, ANSWER_SECONDS + SLACK_SECONDS) * 1000),
        "maxPoolSize": 4,
    }
    if seconds < CONNECT_SECONDS:
        options["socketTimeoutMS"] = int(seconds * 1000)
    if target.password:
        options["password"] = target.password
    if target.password and "@" not in target.uri:
        options.pop("password")
    try:
        return MongoClient(target.uri, **options)
    except (PyMongoError, ValueError, OSError) as error:
        raise told(error, "") from error


def reach(target: Target, seconds: float = CONNECT_SECONDS) -> None:
    """Return when one of the servers takes a connection.

    Raises `SourceUnreachable` at once where all refuse or none is known by its name: the driver
    itself would go on trying. A name that lists the servers (``mongodb+srv``) is left to it.
    """
    if target.uri.startswith("mongodb+srv:"):
        return
    try:
        hosts = parse_uri(target.uri, validate=False, warn=False)["nodelist"]
    except (PyMongoError, ValueError) as error:
        raise JobError(
            "The database's address is not valid.", cause="source.uri", advice=str(error)
        ) from error
    last: OSError | None = None
    for host, port in hosts:
        if port is None:
            return  # a socket file
        try:
            socket.create_connection((host, port), timeout=seconds).close()
        except OSError as error:
            last = error
        else:
            return
    if last is not None:
        host, port = hosts[-1]
        raise told(last, f"{host}:{port}") from last


def collection_of(target: Target, database: str, collection: str) -> Collection[dict[str, Any]]:
    """Return a collection by this process's client; raises `JobError` for impossible names."""
    from pymongo.errors import InvalidName

    try:
        return client_of(target)[database][collection]
    except InvalidName as error:
        raise JobError(
            f"This cannot be the name of a database or collection: {error}.",
            cause="source.collection",
        ) from error
