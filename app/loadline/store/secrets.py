"""Passwords of connections: in the system's keyring, or for this session only.

Nothing here writes a password anywhere else, and none is part of a message.
"""

from __future__ import annotations

from typing import Protocol

SERVICE = "loadline"


class Secrets(Protocol):
    """Where passwords are kept, by the name of their connection."""

    @property
    def lasting(self) -> bool:
        """Whether what is kept is there at the next start, too."""

    def get(self, name: str) -> str | None:
        """Return the password of connection `name`, or None."""

    def put(self, name: str, password: str) -> bool:
        """Keep a password; return whether it is there at the next start, too."""

    def forget(self, name: str) -> None:
        """Remove the password of connection `name`, if there is one."""


class SessionSecrets:
    """Keeps passwords in memory, until the program ends."""

    lasting = False

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def __repr__(self) -> str:
        """Tell nothing of what is kept."""
        return "SessionSecrets()"

    def get(self, name: str) -> str | None:
        """Return the password of connection `name`, or None."""
        return self._known.get(name)

    def put(self, name: str, password: str) -> bool:
        """Keep a password for this session."""
        self._known[name] = password
        return False

    def forget(self, name: str) -> None:
        """Remove the password of connection `name`, if there is one."""
        self._known.pop(name, None)


class KeyringSecrets:
    """Keeps passwords in the system's keyring; what it does not take, for this session.

    What was read or kept once is remembered until the program ends: asking a second time must not
    wait for the keyring.
    """

    lasting = True

    def __init__(self) -> None:
        self._session = SessionSecrets()

    def get(self, name: str) -> str | None:
        """Return the password of connection `name`, or None.

        The first time it asks the keyring, which may want to be unlocked and take its time.
        """
        import keyring
        from keyring.errors import KeyringError

        held = self._session.get(name)
        if held is not None:
            return held
        try:
            found = keyring.get_password(SERVICE, name)
        except KeyringError:
            return None
        if found is not None:
            self._session.put(name, found)
        return found

    def put(self, name: str, password: str) -> bool:
        """Keep a password; return False where the keyring did not take it."""
        import keyring
        from keyring.errors import KeyringError

        self._session.put(name, password)
        try:
            keyring.set_password(SERVICE, name, password)
        except KeyringError:
            return False
        return True

    def forget(self, name: str) -> None:
        """Remove the password of connection `name`, if there is one."""
        import keyring
        from keyring.errors import KeyringError

        self._session.forget(name)
        try:
            if keyring.get_password(SERVICE, name) is not None:
                keyring.delete_password(SERVICE, name)
        except KeyringError:
            return  # it cannot be opened, so nothing of it is used either


def open_secrets() -> Secrets:
    """Return the system's keyring, or a store for this session where there is none."""
    import keyring
    from keyring.backends import fail, null

    backend = keyring.get_keyring()
    if isinstance(backend, (fail.Keyring, null.Keyring)) or backend.priority < 1:
        return SessionSecrets()  # among them: files that anybody can read
    return KeyringSecrets()
