"""*Try it with sample data* for MongoDB: a server of one's own, and the connection to it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from loadline import assets
from loadline.domain.browsing import Server
from loadline.domain.connections import Connection, uri_of
from loadline.domain.errors import SourceUnreachable
from loadline.sources.sample_collection import SampleSpec, fill
from loadline.sources.sample_server import SampleServer, installed
from loadline.store.connections import load_connections, save_connections

if TYPE_CHECKING:
    from loadline.gui.application.desk import Desk

NAME = "Sample server"


class SampleDesk:
    """Starts the sample server when somebody looks at it, and ends it with the program."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self._desk = desk
        self.server = SampleServer(folder)
        self._starting = asyncio.Lock()
        self._filled = False

    @property
    def offered(self) -> bool:
        """Whether there is a server to start."""
        return installed()

    def concerns(self, connection: Connection) -> bool:
        """Tell whether `connection` leads to the sample server."""
        return connection.hosts == (self.server.address(),)

    async def awake(self, connection: Connection) -> Connection:
        """Return `connection`, once its server runs where it is the sample server.

        Raises `LoadlineError`.
        """
        if not self.concerns(connection) or not self.offered:
            return connection
        return await self.connection()

    async def connection(self) -> Connection:
        """Return the saved connection to the running, filled server; raises `LoadlineError`."""
        async with self._starting:
            before = self.server.address()
            if not self.server.running or not self._filled:
                await self._start()
            return await asyncio.to_thread(self._saved, before)

    async def _start(self) -> None:
        try:
            address = await asyncio.to_thread(self.server.start)
        except OSError as error:
            raise SourceUnreachable(
                "The sample server cannot be started.", cause=str(error)
            ) from error
        server = Server(uri_of(Connection(name=NAME, hosts=(address,))))
        self._filled = False  # until all of it is there: a worker may die over it
        await self._desk.ask(fill, SampleSpec(server, str(assets.sample_folder())))
        self._filled = True

    def _saved(self, before: str) -> Connection:
        """Return the connection, saved anew where there is none or the port is another."""
        listed = list(load_connections())
        now = (self.server.address(),)
        for number, one in enumerate(listed):
            if one.hosts == now:
                return one
            if before and one.hosts == (before,):
                listed[number] = msgspec.structs.replace(one, hosts=now)
                save_connections(listed)
                return listed[number]
        taken = {one.name for one in listed}
        free = (NAME, *(f"{NAME} {n}" for n in range(2, len(taken) + 3)))
        made = Connection(name=next(n for n in free if n not in taken), hosts=now)
        save_connections([*listed, made])
        return made

    async def stop(self) -> None:
        """End the server."""
        await asyncio.to_thread(self.server.stop)
