"""The saved connections while they are edited: names that stay apart, and what a look found."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from PySide6.QtCore import QCoreApplication

from loadline.domain.browsing import Answer, DatabaseSeen, Server
from loadline.domain.connections import Connection
from loadline.domain.errors import Failure, JobError
from loadline.gui.connections_page.connection_list import ConnectionLine
from loadline.gui.theme import Look


@dataclass(frozen=True, slots=True)
class Seen:
    """A server that answered: what it said of itself, and what it holds."""

    server: Server
    answer: Answer
    databases: tuple[DatabaseSeen, ...]


Outcome = Seen | Failure | None


def _tr(text: str) -> str:
    return QCoreApplication.translate("connections", text)


class ConnectionBook:
    """Connections in their order, one of them perhaps not saved yet."""

    def __init__(self) -> None:
        self.saved: tuple[Connection, ...] = ()
        self.draft: Connection | None = None
        """A new one, at the end of the list until it is saved."""
        self.outcomes: dict[str, Outcome] = {}
        """How the last look at a connection ended, by name."""

    def all(self) -> tuple[Connection, ...]:
        """Return the saved ones, then the new one."""
        return (*self.saved, *([self.draft] if self.draft else []))

    def lines(self) -> list[ConnectionLine]:
        """Return what the list shows."""
        return [self._line(one) for one in self.all()]

    def _line(self, connection: Connection) -> ConnectionLine:
        name = connection.name or _tr("New connection")
        hosts = ", ".join(connection.hosts)
        if connection is self.draft:
            return ConnectionLine(name, _tr("not saved"), Look("plus", "", "queued"))
        outcome = self.outcomes.get(connection.name)
        if isinstance(outcome, Failure) and outcome.cause == "password":
            look = Look("key-round", _tr("Password missing"), "waiting")
            return ConnectionLine(name, _tr("needs its password"), look)
        if isinstance(outcome, Failure):
            kinds = {
                "SourceUnreachable": _tr("cannot be reached"),
                "SourceRefused": _tr("does not let you in"),
            }
            below = kinds.get(outcome.kind, _tr("does not work"))
            return ConnectionLine(name, below, Look("circle-x", _tr("Failed"), "failed"))
        if outcome is None:
            return ConnectionLine(name, hosts, Look("circle-dashed", _tr("Not tried"), "queued"))
        return ConnectionLine(name, hosts, Look("circle-check", _tr("Connected"), "done"))

    def add(self, base: Connection | None = None) -> Connection:
        """Begin a new connection, or a copy of `base`."""
        if base is None:
            self.draft = Connection(name="")
        else:
            self.draft = msgspec.structs.replace(base, name=self.free_name(base.name))
        return self.draft

    def free_name(self, name: str) -> str:
        """Return `name`, with a number where it is taken."""
        taken = {one.name for one in self.saved}
        number = 2
        free = name
        while free in taken:
            free, number = f"{name} {number}", number + 1
        return free

    def with_changed(self, row: int, told: Connection) -> tuple[Connection, ...]:
        """Return what to save when the connection in `row` becomes `told`.

        Raises `JobError` where its name is missing or that of another one.
        """
        if not told.name:
            raise JobError(_tr("The connection needs a name."), cause="name")
        others = [one.name for number, one in enumerate(self.saved) if number != row]
        if told.name in others:
            raise JobError(_tr("There is another connection called {0}.").format(told.name),
                           cause="name")  # fmt: skip
        kept = list(self.saved)
        kept[row : row + 1] = [told]
        return tuple(kept)
