"""The saved connections of a person: one TOML file, without any password."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec
import tomli_w
from msgspec import Struct

from loadline.domain.connections import Connection
from loadline.domain.errors import JobError, Place, SettingsError
from loadline.store.writing import write_whole

FORMAT = 1


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal[1] = 1
    connection: tuple[Connection, ...] = ()


def connections_file() -> Path:
    """Return where the connections are kept for this user."""
    from platformdirs import user_config_path

    return user_config_path("loadline", appauthor=False) / "connections.toml"


def load_connections(file: Path | None = None) -> tuple[Connection, ...]:
    """Return the saved connections in their order; raises `SettingsError` for a wrong file."""
    file = file or connections_file()
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _wrong(file, f"The saved connections cannot be read: {error}.") from error
    if isinstance(table.get("format"), int) and table["format"] > FORMAT:
        raise _wrong(file, "The saved connections were written by a newer version of the program.")
    try:
        return msgspec.convert(table, _File).connection
    except msgspec.ValidationError as error:
        raise _wrong(file, f"The saved connections are not valid: {error}.") from error


def save_connections(connections: Iterable[Connection], file: Path | None = None) -> None:
    """Write all connections, whole or not at all.

    Raises `JobError` when two have one name, `OutputError` when the disk does not take them.
    """
    listed = tuple(connections)
    names = [connection.name for connection in listed]
    for name in names:
        if not name.strip() or names.count(name) > 1:
            raise JobError(
                f"There are two connections called {name}."
                if name.strip()
                else "A connection needs a name.",
                cause="name",
            )
    file = file or connections_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    table = {"format": FORMAT, "connection": [msgspec.to_builtins(one) for one in listed]}
    write_whole(file, tomli_w.dumps(table).encode())


def find_connection(name: str, file: Path | None = None) -> Connection:
    """Return the saved connection called `name`; raises `JobError` when there is none."""
    for connection in load_connections(file):
        if connection.name == name:
            return connection
    raise JobError(
        f"There is no saved connection called {name}.",
        cause="source.connection",
        advice="Add it on the Connections page, or give its address as uri.",
    )


def _wrong(file: Path, sentence: str) -> SettingsError:
    return SettingsError(
        sentence, place=Place(str(file)), advice="Correct the file, or move it away."
    )
