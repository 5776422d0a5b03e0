"""Passwords for a look at a collection or a run: kept ones, else asked for once per session.

A keyring may ask to be unlocked and take its time, so it is never asked on the window's thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Protocol

from loadline.domain.connections import Connection
from loadline.domain.errors import JobError

if TYPE_CHECKING:
    from loadline.store.secrets import Secrets

PASSWORD = "password"
"""The cause of a failure for want of a password."""


class AskPassword(Protocol):
    """Asks a person."""

    def __call__(self, connection: Connection, *, lasting: bool) -> Awaitable[str | None]:
        """Return what is typed, or None; `lasting` says that it is kept in the keyring."""


class Passwords:
    """`find` gives a connection's password; one question at a time stands over the window."""

    def __init__(self, secrets: Callable[[], Secrets], ask: AskPassword) -> None:
        self._secrets = secrets
        self._ask = ask
        self._refused: set[str] = set()
        self._asking = asyncio.Lock()

    async def find(self, connection: Connection, *, again: bool = False) -> str:
        """Return the password, or "" where none is wanted.

        A person who closed the question is asked again only with `again`. Raises `JobError`
        without a password.
        """
        if not connection.wants_password:
            return ""
        async with self._asking:
            found = await self.kept(connection.name)
            if not found and (again or connection.name not in self._refused):
                found = await self._asked(connection)
        if found:
            return found
        self._refused.add(connection.name)
        raise JobError(
            f"The password of {connection.name} is not known.",
            cause=PASSWORD,
            advice="Type it on the Connections page.",
        )

    async def _asked(self, connection: Connection) -> str:
        typed = await self._ask(connection, lasting=await self.lasting())
        if typed:
            await self.keep(connection.name, typed)
        return typed or ""

    async def kept(self, name: str) -> str | None:
        """Return the password of a connection, where one is kept."""
        return await asyncio.to_thread(lambda: self._secrets().get(name))

    async def keep(self, name: str, password: str) -> bool:
        """Keep a password; return whether it is there at the next start, too."""
        self._refused.discard(name)
        return await asyncio.to_thread(lambda: self._secrets().put(name, password))

    async def forget(self, name: str) -> None:
        """Remove the password of a connection."""
        self._refused.discard(name)
        await asyncio.to_thread(lambda: self._secrets().forget(name))

    async def lasting(self) -> bool:
        """Return whether passwords are kept beyond this session."""
        return await asyncio.to_thread(lambda: self._secrets().lasting)
