"""What is seen of a database server before a job: databases, collections, first documents.

The questions are asked in a worker, as ``work(spec, report)`` of ``sources/mongo_browse.py``:
``test_connection(Server) → Answer``, ``databases(Server) → tuple[DatabaseSeen, ...]``,
``first_documents(Wanted) → DocumentsSeen`` and ``count_matching(Wanted) → Matching``. Each raises
`LoadlineError` in plain words; a filter that cannot be read is a `JobError` whose cause is
``source.filter`` and whose ``place.byte`` is the character of the mistake, from 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from loadline.domain.schema import ColumnType

FIRST_DOCUMENTS = 100
TEST_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Server:
    """A server's address without a password, and the password, which is never shown."""

    uri: str
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents are asked for: `filter` is extended JSON, `projection` names fields."""

    server: Server
    database: str
    collection: str
    filter: str = "{}"
    projection: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A server that took the connection and the sign-in."""

    seconds: float
    version: str = ""
    servers: int = 1
    group: str = ""
    """Name of the replica set."""
    encrypted: bool = False


@dataclass(frozen=True, slots=True)
class CollectionSeen:
    """A collection; `count` is the server's estimate, `size` in bytes; None: not told."""

    name: str
    kind: str = "collection"
    """``collection``, ``view`` or ``timeseries``."""
    count: int | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class DatabaseSeen:
    """A database and its collections, both by name."""

    name: str
    collections: tuple[CollectionSeen, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldSeen:
    """A field of the documents looked at, nested ones as ``a.b``."""

    path: str
    type: ColumnType
    seen: int
    """Documents that have it."""
    kinds: tuple[tuple[str, int], ...] = ()
    """Types in words and how often each was seen, the most frequent first."""


@dataclass(frozen=True, slots=True)
class Node:
    """A field of one document: its value in one line, its type in words, and what is inside."""

    name: str
    value: str
    type: str
    inside: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentsSeen:
    """The first documents: as a table of texts (None: no value) and each as a tree."""

    fields: tuple[FieldSeen, ...] = ()
    rows: tuple[tuple[str | None, ...], ...] = ()
    trees: tuple[tuple[Node, ...], ...] = ()
    left_out: int = 0
    """Fields that have no column because there are too many."""


@dataclass(frozen=True, slots=True)
class Matching:
    """How many documents match a filter, of how many; `exact` where they were counted."""

    count: int
    of: int
    exact: bool = True
