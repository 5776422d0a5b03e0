"""What the Connections page is given by the program around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from loadline.domain.browsing import Answer, DatabaseSeen, DocumentsSeen, Matching, Server, Wanted
from loadline.domain.connections import Connection
from loadline.domain.jobs import MongoSource


class ConnectionsServices(Protocol):
    """The page's doors to the outside; what is awaited raises `LoadlineError`."""

    def connections(self) -> tuple[Connection, ...]:
        """Return the saved connections in their order; touches one small file."""

    def save(self, connections: Sequence[Connection]) -> None:
        """Keep these connections; raises `LoadlineError`."""

    async def password(self, name: str) -> str | None:
        """Return the password of a connection, where one is kept."""

    async def keep_password(self, name: str, password: str) -> bool:
        """Keep a password; return whether it is there at the next start, too."""

    async def forget_password(self, name: str) -> None:
        """Remove the password of a connection."""

    async def lasting(self) -> bool:
        """Return whether passwords are kept beyond this session."""

    @property
    def sample_offered(self) -> bool:
        """Whether there is a sample server to start."""

    async def sample(self) -> Connection:
        """Start the sample server and return its saved connection; takes some seconds."""

    async def awake(self, connection: Connection) -> Connection:
        """Return `connection` once its server runs, where that is the sample server."""

    async def test(self, server: Server) -> Answer:
        """Connect and sign in, within five seconds."""

    async def databases(self, server: Server) -> tuple[DatabaseSeen, ...]:
        """List databases and collections."""

    async def documents(self, wanted: Wanted) -> DocumentsSeen:
        """Read the first documents that match."""

    async def matching(self, wanted: Wanted) -> Matching:
        """Count what matches."""

    def load(self, source: MongoSource, *, score: bool = False) -> None:
        """Show the New job page with this source, to load or to score it."""
