"""Questions about database servers: asked in worker processes, passwords from the keyring."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from loadline.domain.browsing import (
    Answer,
    DatabaseSeen,
    DocumentsSeen,
    Matching,
    Server,
    Wanted,
)
from loadline.domain.connections import Connection, uri_of
from loadline.domain.errors import LoadlineError, SettingsError
from loadline.domain.jobs import Job, MongoSource, Output
from loadline.domain.plan import Report
from loadline.gui.new_job_page.records_look import CollectionLook
from loadline.store.connections import find_connection, load_connections, save_connections

if TYPE_CHECKING:
    from loadline.gui.application.desk import Desk
    from loadline.gui.application.passwords import Passwords
    from loadline.gui.application.sample_desk import SampleDesk


class Load(Protocol):
    """Shows a source on the New job page."""

    def __call__(self, source: MongoSource, *, score: bool) -> None:
        """Show it, to load or to score it."""


class MongoDesk:
    """What the Connections and the New job page ask; `load` shows a source on the latter."""

    def __init__(self, desk: Desk, passwords: Passwords, samples: SampleDesk, load: Load) -> None:
        self._desk = desk
        self._passwords = passwords
        self._samples = samples
        self._load = load

    def connections(self) -> tuple[Connection, ...]:
        """Return the saved connections; raises `SettingsError`."""
        return load_connections()

    def any(self) -> bool:
        """Tell whether there are saved connections, or a file that cannot be read."""
        try:
            return bool(load_connections())
        except SettingsError:
            return True  # the Connections page says why

    def save(self, connections: Sequence[Connection]) -> None:
        """Keep these connections; raises `LoadlineError`."""
        save_connections(connections)

    def load(self, source: MongoSource, *, score: bool = False) -> None:
        """Show the New job page with this source, to load or to score it."""
        self._load(source, score=score)

    async def password(self, name: str) -> str | None:
        """Return the password of a connection, where one is kept."""
        return await self._passwords.kept(name)

    async def keep_password(self, name: str, password: str) -> bool:
        """Keep a password; return whether it is there at the next start, too."""
        return await self._passwords.keep(name, password)

    async def forget_password(self, name: str) -> None:
        """Remove the password of a connection."""
        await self._passwords.forget(name)

    async def lasting(self) -> bool:
        """Return whether passwords are kept beyond this session."""
        return await self._passwords.lasting()

    @property
    def sample_offered(self) -> bool:
        """Whether there is a sample server to start."""
        return self._samples.offered

    async def sample(self) -> Connection:
        """Start the sample server and return its saved connection."""
        return await self._samples.connection()

    async def awake(self, connection: Connection) -> Connection:
        """Return `connection` once its server runs, where that is the sample server."""
        return await self._samples.awake(connection)

    async def test(self, server: Server) -> Answer:
        """Connect and sign in, within five seconds."""
        answer: Answer = await self._desk.ask(test, server)
        return answer

    async def databases(self, server: Server) -> tuple[DatabaseSeen, ...]:
        """List databases and collections."""
        found: tuple[DatabaseSeen, ...] = await self._desk.ask(databases, server)
        return found

    async def documents(self, wanted: Wanted) -> DocumentsSeen:
        """Read the first documents that match."""
        seen: DocumentsSeen = await self._desk.ask(documents, wanted)
        return seen

    async def matching(self, wanted: Wanted) -> Matching:
        """Count what matches."""
        found: Matching = await self._desk.ask(matching, wanted)
        return found

    async def look(self, source: MongoSource) -> CollectionLook:
        """Look at what a job reads: its first documents, and how many there are."""
        wanted = await self.wanted(source)
        documents = await self.documents(wanted)
        return CollectionLook(documents, await self.matching(wanted))

    async def wanted(self, source: MongoSource) -> Wanted:
        """Return the documents that a job reads; raises `JobError` for an unknown connection."""
        server = await self.server_of(source)
        return Wanted(server, source.database, source.collection, source.filter, source.projection)

    def must_wait(self, job: Job) -> bool:
        """Tell whether `ready` has something to wait for before `job` can start."""
        try:
            connections = [find_connection(name) for name in connections_of(job)]
        except LoadlineError:
            return False  # the start says so itself
        return any(each.wants_password or self._samples.concerns(each) for each in connections)

    async def ready(self, job: Job, go_on: Callable[[], None]) -> Callable[[], None]:
        """Return `go_on` once all passwords of `job` are known; raises `JobError` without them."""
        for name in connections_of(job):
            named = MongoSource(database="", collection="", connection=name)
            await self.server_of(named, again=True)
        return go_on

    async def server_of(self, source: MongoSource, *, again: bool = False) -> Server:
        """Return the server that `source` names, with its password.

        Raises `JobError` for an unknown connection, or where nobody tells the password; with
        `again` a person who did not tell it before is asked once more.
        """
        if source.uri:
            return Server(source.uri)
        connection = await asyncio.to_thread(find_connection, source.connection)
        connection = await self._samples.awake(connection)
        password = await self._passwords.find(connection, again=again)
        return Server(uri_of(connection), password)


def connections_of(job: Job) -> tuple[str, ...]:
    """Return the saved connections that a job needs: of source, references and output."""
    asked: list[object] = [job.source, job.output, job.score and job.score.reference_source]
    named = (one.connection for one in asked if isinstance(one, MongoSource | Output))
    return tuple(dict.fromkeys(filter(None, named)))


def test(server: Server, report: Report) -> Answer:
    """Connect and sign in (in a worker)."""
    from loadline.sources.mongo_browse import test_connection

    return test_connection(server, report)


def databases(server: Server, report: Report) -> tuple[DatabaseSeen, ...]:
    """List databases and collections (in a worker)."""
    from loadline.sources import mongo_browse

    return mongo_browse.databases(server, report)


def documents(wanted: Wanted, report: Report) -> DocumentsSeen:
    """Read the first documents (in a worker)."""
    from loadline.sources.mongo_browse import first_documents

    return first_documents(wanted, report)


def matching(wanted: Wanted, report: Report) -> Matching:
    """Count documents (in a worker)."""
    from loadline.sources.mongo_browse import count_matching

    return count_matching(wanted, report)
