"""Saved connections: one readable file without passwords, which live in the keyring only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked

from loadline.domain.connections import Connection
from loadline.domain.errors import JobError, SettingsError
from loadline.store.connections import find_connection, load_connections, save_connections
from loadline.store.secrets import KeyringSecrets, SessionSecrets, open_secrets

SHOP = Connection(name="Shop", hosts=("a.example", "b.example:27018"), user="ann", tls=True)
FILMS = Connection(name="Films", srv=True, hosts=("films.example",), options={"w": "1"})


class MemoryKeyring(KeyringBackend):
    """A keyring in memory, which can be locked."""

    priority = 5.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._open()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._open()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._open()
        del self.kept[service, username]

    def _open(self) -> None:
        if self.locked:
            raise KeyringLocked


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    """Put a keyring in memory in the place of the system's."""
    before = keyring.get_keyring()
    ring = MemoryKeyring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def test_connections_come_back_in_their_order(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "connections.toml"
    save_connections([SHOP, FILMS], file)
    assert load_connections(file) == (SHOP, FILMS)
    assert find_connection("Films", file) == FILMS


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    assert load_connections(tmp_path / "none.toml") == ()


def test_two_of_one_name_are_refused_and_the_file_stays(tmp_path: Path) -> None:
    file = tmp_path / "connections.toml"
    save_connections([SHOP], file)
    with pytest.raises(JobError, match="two connections called Shop"):
        save_connections([SHOP, SHOP], file)
    assert load_connections(file) == (SHOP,)


@pytest.mark.parametrize("text", ["format = 9", "[[connection]]\nhosts = 5", "[", "x = 1"])
def test_a_wrong_file_is_told_and_left_alone(text: str, tmp_path: Path) -> None:
    file = tmp_path / "connections.toml"
    file.write_text(text)
    with pytest.raises(SettingsError):
        load_connections(file)
    assert file.read_text() == text


def test_a_job_names_a_connection_that_is_not_saved(tmp_path: Path) -> None:
    with pytest.raises(JobError, match="no saved connection called Shop"):
        find_connection("Shop", tmp_path / "none.toml")


def test_a_password_goes_into_the_keyring_and_nowhere_else(ring: MemoryKeyring) -> None:
    secrets = open_secrets()
    assert secrets.lasting
    assert secrets.put("Shop", "sesame")
    assert ring.kept == {("loadline", "Shop"): "sesame"}
    assert secrets.get("Shop") == "sesame"
    secrets.forget("Shop")
    assert secrets.get("Shop") is None
    assert ring.kept == {}


def test_a_locked_keyring_means_asking_once_per_session(ring: MemoryKeyring) -> None:
    secrets = KeyringSecrets()
    ring.locked = True
    assert secrets.get("Shop") is None
    assert not secrets.put("Shop", "sesame")
    assert secrets.get("Shop") == "sesame"
    assert KeyringSecrets().get("Shop") is None


@pytest.mark.usefixtures("ring")
def test_without_a_keyring_a_password_lasts_for_the_session() -> None:
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    secrets = open_secrets()
    assert not secrets.lasting
    assert not secrets.put("Shop", "sesame")
    assert secrets.get("Shop") == "sesame"


def test_what_keeps_passwords_does_not_show_them() -> None:
    secrets = SessionSecrets()
    secrets.put("Shop", "sesame")
    assert "sesame" not in repr(secrets)
