"""Looking at a server from a worker: a test of the connection, names, a preview, a count.

Top-level functions ``work(spec, report)`` with small frozen specs and answers, for the backend.
All raise `JobError` (filter, address) and `SourceError`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pymongo
from bson.errors import BSONError
from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from loadline.domain.browsing import (
    FIRST_DOCUMENTS,
    Answer,
    CollectionSeen,
    DatabaseSeen,
    DocumentsSeen,
    Matching,
    Server,
    Wanted,
)
from loadline.domain.errors import SourceRefused
from loadline.domain.plan import Report
from loadline.sources.mongo_errors import told
from loadline.sources.mongo_filter import parse_filter
from loadline.sources.mongo_size import count
from loadline.sources.mongo_target import client_of, collection_of, greet, new_client, reach
from loadline.sources.mongo_tls import is_encrypted

TEST_SECONDS = 3.8
"""For all steps together; with asking about TLS, an answer comes within 5 s."""
PREVIEW_SECONDS = 20.0
_INTERNAL = frozenset({"admin", "local", "config"})
_SYSTEM = "system."


def test_connection(server: Server, report: Report) -> Answer:
    """Return within 5 s what the server says of itself, or raise what is wrong with reaching it."""
    began = time.perf_counter()
    with _plainly(_servers(server)):
        reach(server, TEST_SECONDS)
        left = max(0.1, TEST_SECONDS - (time.perf_counter() - began))
        client = new_client(server, left, left)
        try:
            with pymongo.timeout(left):
                return _answer(client, began)
        finally:
            client.close()


def _answer(client: MongoClient[dict[str, Any]], began: float) -> Answer:
    hello = greet(client)
    took = time.perf_counter() - began
    version = _version(client)
    _may_list(client)
    return Answer(
        seconds=took,
        version=version,
        servers=max(1, len(hello.get("hosts", ()))),
        group=str(hello.get("setName", "")),
        encrypted=is_encrypted(client),
    )


def databases(server: Server, report: Report) -> tuple[DatabaseSeen, ...]:
    """Return the databases by name with their collections, without those of the server itself."""
    with _plainly(_servers(server)):
        reach(server)
        client = client_of(server)
        try:
            names = set(client.list_database_names())
        except OperationFailure:
            if not _default(server):
                raise
            names = {_default(server)}
        found: list[DatabaseSeen] = []
        for name in sorted(names - _INTERNAL):
            report(len(found), 0)
            found.append(_database(client[name]))
        return tuple(found)


def first_documents(spec: Wanted, report: Report) -> DocumentsSeen:
    """Return the first documents that match, as a table, as trees, and what fields they have."""
    from loadline.sources.mongo_preview import shown

    query = parse_filter(spec.filter)
    fields = {"_id": 1, **dict.fromkeys(spec.projection, 1)} if spec.projection else None
    with _plainly(f"{spec.database}.{spec.collection}"):
        reach(spec.server)
        docs = collection_of(spec.server, spec.database, spec.collection)
        raw = b"".join(
            bytes(batch)  # type: ignore[arg-type]
            for batch in docs.find_raw_batches(
                query, fields, limit=FIRST_DOCUMENTS, max_time_ms=int(PREVIEW_SECONDS * 1000)
            )
        )
        return shown(raw)


def count_matching(spec: Wanted, report: Report) -> Matching:
    """Return how many documents match the filter, of how many."""
    query = parse_filter(spec.filter)
    with _plainly(f"{spec.database}.{spec.collection}"):
        reach(spec.server)
        docs = collection_of(spec.server, spec.database, spec.collection)
        found = count(docs, query)
        of = docs.estimated_document_count() if query else found.count
        return Matching(found.count, max(of, found.count), found.exact)


@contextmanager
def _plainly(where: str) -> Iterator[None]:
    try:
        yield
    except (PyMongoError, BSONError, OSError) as error:
        raise told(error, where) from error


def _servers(server: Server) -> str:
    return server.uri.partition("://")[2].rpartition("@")[2].partition("/")[0]


def _default(server: Server) -> str:
    return server.uri.partition("://")[2].partition("/")[2].partition("?")[0]


def _version(client: Any) -> str:
    try:
        return str(client.admin.command("buildInfo").get("version", "unknown"))
    except OperationFailure:
        return "unknown"


def _may_list(client: Any) -> None:
    """Raise when the server wants to know who asks: a greeting alone needs no signing in."""
    try:
        client.list_database_names()
    except OperationFailure as error:
        found = told(error, "")
        if isinstance(found, SourceRefused) and not client.options._options.get("username"):
            raise found from error


def _database(database: Any) -> DatabaseSeen:
    try:
        listed = list(database.list_collections())
    except OperationFailure:  # this user may see its name, and no more
        return DatabaseSeen(database.name)
    collections = [
        _collection(database, one["name"], str(one.get("type", "collection")))
        for one in sorted(listed, key=lambda one: str(one["name"]))
        if not one["name"].startswith(_SYSTEM)
    ]
    return DatabaseSeen(database.name, tuple(collections))


def _collection(database: Any, name: str, kind: str) -> CollectionSeen:
    if kind == "view":
        return CollectionSeen(name, kind)
    try:
        stats = database.command("collStats", name)
    except OperationFailure:
        return CollectionSeen(name, kind)
    number, size = stats.get("count"), stats.get("size")
    return CollectionSeen(
        name, kind, None if number is None else int(number), None if size is None else int(size)
    )
