"""Which server is meant, and the one client that a process has for it."""

from __future__ import annotations

import atexit
import os
import socket
import ssl
import threading
from typing import TYPE_CHECKING, Any

from pymongo import MongoClient
from pymongo.errors import ConnectionFailure, OperationFailure, PyMongoError
from pymongo.read_preferences import Nearest
from pymongo.uri_parser import parse_uri

from loadline import __version__
from loadline.domain.browsing import Server
from loadline.domain.errors import JobError, SourceError, SourceRefused
from loadline.sources.mongo_errors import told
from loadline.sources.mongo_tls import (
    encryption_of,
    shake_hands,
    unreadable_file,
    wants_encryption,
)

if TYPE_CHECKING:
    from pymongo.collection import Collection

CONNECT_SECONDS = 30.0
"""How long a server may take to answer a connection's greeting."""
SELECT_SECONDS = 10.0
"""The same for one that has not shown itself to be slower: so an outage is noticed sooner."""
BEAT_SECONDS = 5.0
"""How often each server is asked for a sign of life, which it must give within `SELECT_SECONDS`;
if it does not, whoever waits for its answer is told that the connection is lost."""
ANSWER_SECONDS = 240.0
"""How long the server may work on one answer (``maxTimeMS``)."""
SLACK_SECONDS = 10.0
"""What a socket waits beyond that, so that the server's own word comes first."""
_UNKNOWN_COMMAND = 59


_lock = threading.Lock()
_clients: dict[tuple[Server, int], MongoClient[dict[str, Any]]] = {}


def client_of(target: Server) -> MongoClient[dict[str, Any]]:
    """Return this process's client for `target`, made on first use and never after a fork.

    Raises what `reach` does. A server that lets `SELECT_SECONDS` pass is waited for with more
    patience from then on.
    """
    key = (target, os.getpid())
    with _lock:
        client = _clients.get(key)
        if client is None:
            client = _clients[key] = _first_client(target)
        return client


def _first_client(target: Server) -> MongoClient[dict[str, Any]]:
    reach(target)
    client = new_client(target, SELECT_SECONDS, ANSWER_SECONDS + SLACK_SECONDS)
    try:
        client.admin.command("ping", read_preference=Nearest())
    except ConnectionFailure as error:
        client.close()
        if (wanted := wants_encryption(client)) is not None:
            raise wanted from error
        return new_client(target, CONNECT_SECONDS, ANSWER_SECONDS + SLACK_SECONDS)
    except (PyMongoError, KeyError):
        return client  # it answers; whoever asks in earnest is told the same
    return client


def close_clients() -> None:
    """Close this process's clients; harmless when repeated."""
    with _lock:
        mine = [key for key in _clients if key[1] == os.getpid()]
        closing = [_clients.pop(key) for key in mine]
    for client in closing:
        client.close()


atexit.register(close_clients)


def new_client(target: Server, seconds: float, answer: float) -> MongoClient[dict[str, Any]]:
    """Return a client of its own; the caller closes it. Nothing is sent yet.

    Looking for a server gives up after `seconds`, waiting for an answer after `answer` seconds.
    """
    options: dict[str, Any] = {
        "appname": f"Loadline {__version__}",
        # Connecting is given up before looking for a server is: so the cause is known by then.
        "connectTimeoutMS": int(seconds * 800),
        "heartbeatFrequencyMS": int(BEAT_SECONDS * 1000),
        "serverSelectionTimeoutMS": int(seconds * 1000),
        "socketTimeoutMS": int(answer * 1000),
        "maxPoolSize": 4,
    }
    if target.password and "@" in target.uri:
        options["password"] = target.password
    try:
        return MongoClient(target.uri, **options)
    except (PyMongoError, ValueError, OSError) as error:
        raise unreadable_file(error) or told(error, "") from error


def reach(target: Server, seconds: float | None = None) -> None:
    """Return when one of the servers takes a connection.

    Raises `SourceUnreachable` at once where all refuse or none is known by its name, and
    `SourceRefused` for a certificate: the driver itself would go on trying. A name that lists the
    servers (``mongodb+srv``) is left to it.
    """
    if target.uri.startswith("mongodb+srv:"):
        return
    try:
        hosts = parse_uri(target.uri, validate=False, warn=False)["nodelist"]
    except (PyMongoError, ValueError) as error:
        raise JobError(
            "The database's address is not valid.", cause="source.uri", advice=str(error)
        ) from error
    context, seconds = encryption_of(target), seconds or CONNECT_SECONDS
    for host, port in hosts:
        if port is None:
            return  # a socket file
        try:
            _knock(host, port, seconds, context)
        except SourceError:
            if (host, port) == hosts[-1]:
                raise
        else:
            return


def _knock(host: str, port: int, seconds: float, context: ssl.SSLContext | None) -> None:
    try:
        with socket.create_connection((host, port), timeout=seconds) as line:
            if context is not None:
                shake_hands(line, host, context)
    except OSError as error:
        raise told(error, f"{host}:{port}") from error


def greet(client: MongoClient[dict[str, Any]]) -> dict[str, Any]:
    """Sign in and return what the server says of itself.

    Raises `SourceRefused` for a server that does not know how to sign anybody in, or that wants
    TLS and is asked without.
    """
    try:
        return _greeted(client)
    except ConnectionFailure as error:
        if (wanted := wants_encryption(client)) is None:
            raise
        raise wanted from error
    except KeyError as error:  # the driver misses a part of the server's answer
        raise SourceRefused(
            "The server does not let anybody sign in with a user name.",
            cause=f"Its answer to the sign-in has no {error}.",
            advice="Leave the user name out.",
        ) from error


def _greeted(client: MongoClient[dict[str, Any]]) -> dict[str, Any]:
    try:
        return dict(client.admin.command("hello"))
    except OperationFailure as error:
        if error.code != _UNKNOWN_COMMAND:
            raise
        return dict(client.admin.command("isMaster"))  # its name before MongoDB 4.4.2


def collection_of(target: Server, database: str, collection: str) -> Collection[dict[str, Any]]:
    """Return a collection by this process's client; raises `JobError` for impossible names."""
    from pymongo.errors import InvalidName

    try:
        return client_of(target)[database][collection]
    except InvalidName as error:
        raise JobError(
            f"This cannot be the name of a database or collection: {error}.",
            cause="source.collection",
        ) from error
