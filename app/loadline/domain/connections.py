"""A saved connection to a database server, and the address (URI) that says the same.

Passwords are never part of it: `parse_uri` hands them out beside the connection, and an address
that a person may see is made without them. Address format: MongoDB connection string
(https://www.mongodb.com/docs/manual/reference/connection-string/).
"""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import parse_qsl, quote, unquote

import msgspec
from msgspec import Struct

from loadline.domain.errors import JobError

Mechanism = Literal[
    "", "SCRAM-SHA-256", "SCRAM-SHA-1", "MONGODB-X509", "PLAIN", "GSSAPI", "MONGODB-AWS"
]
ReadPreference = Literal[
    "", "primary", "primaryPreferred", "secondary", "secondaryPreferred", "nearest"
]

_SECRET_OPTIONS = frozenset({"tlscertificatekeyfilepassword"})
_FIELDS = {
    "authmechanism": "mechanism",
    "authsource": "auth_database",
    "replicaset": "replica_set",
    "readpreference": "read_preference",
    "tlscafile": "ca_file",
    "tlscertificatekeyfile": "certificate_file",
}
_NAMES = {
    "mechanism": "authMechanism",
    "auth_database": "authSource",
    "replica_set": "replicaSet",
    "read_preference": "readPreference",
    "ca_file": "tlsCAFile",
    "certificate_file": "tlsCertificateKeyFile",
}
_ADDRESS = re.compile(
    r"(?P<scheme>mongodb(?:\+srv)?)://(?:(?P<user>[^/?]*)@)?(?P<hosts>[^/?@]*)"
    r"(?:/(?P<database>[^?]*))?(?:\?(?P<options>.*))?",
    re.DOTALL,
)
_MASKED = re.compile(r"(mongodb(?:\+srv)?://[^:/?@\s]*):[^\s/?]*@")
_MASKED_OPTION = re.compile(
    r"(?i)(tlsCertificateKeyFilePassword=|AWS_SESSION_TOKEN(?::|%3A))[^&;,\s]*"
)


class Connection(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """How a server is reached; the password is kept apart, in the keyring."""

    name: str
    hosts: tuple[str, ...] = ("localhost",)
    """Each with its port where it is not 27017: ``db.shop.example:27018``, ``[::1]:27017``."""
    srv: bool = False
    """The one host is a DNS name that lists the servers (``mongodb+srv``)."""
    user: str = ""
    mechanism: Mechanism = ""
    """How to sign in; empty: what the server prefers, or not at all without a user."""
    auth_database: str = ""
    tls: bool = False
    tls_unverified: bool = False
    """Accept any certificate: whoever sits between can read along."""
    ca_file: str = ""
    certificate_file: str = ""
    replica_set: str = ""
    read_preference: ReadPreference = ""
    database: str = ""
    options: dict[str, str] = {}
    """Further options of the address, by the name that it gives them."""

    @property
    def wants_password(self) -> bool:
        """Whether signing in takes a password."""
        return bool(self.user) and self.mechanism not in ("MONGODB-X509", "GSSAPI")


def uri_of(connection: Connection) -> str:
    """Return the address of `connection`, without a password."""
    scheme = "mongodb+srv" if connection.srv else "mongodb"
    user = f"{quote(connection.user, safe='')}@" if connection.user else ""
    hosts = ",".join(connection.hosts)
    options = [
        (name, value) for field, name in _NAMES.items() if (value := getattr(connection, field))
    ]
    if connection.tls != connection.srv:
        options.append(("tls", "true" if connection.tls else "false"))
    if connection.tls_unverified:
        options.append(("tlsAllowInvalidCertificates", "true"))
    options += connection.options.items()
    asked = "&".join(f"{name}={quote(value, safe='/:,')}" for name, value in options)
    database = quote(connection.database, safe="")
    return f"{scheme}://{user}{hosts}/{database}{'?' if asked else ''}{asked}"


def parse_uri(uri: str, name: str = "") -> tuple[Connection, str]:
    """Return the connection that an address says, and the password that it holds (or "").

    Raises `JobError` with what is wrong in plain words, never with the address itself.
    """
    match = _ADDRESS.fullmatch(uri.strip())
    if match is None:
        raise _wrong("An address begins with mongodb:// or mongodb+srv://.")
    hosts = tuple(host.strip() for host in unquote(match["hosts"]).split(","))
    srv = match["scheme"].endswith("srv")
    _check_hosts(hosts, srv)
    user, _, password = (match["user"] or "").partition(":")
    fields, options = _options(match["options"] or "", srv)
    try:
        connection = msgspec.convert(
            {
                "name": name
                or hosts[0].rpartition("]:")[0].strip("[")
                or hosts[0].partition(":")[0],
                "hosts": hosts,
                "srv": srv,
                "user": unquote(user),
                "database": unquote(match["database"] or ""),
                "options": options,
                **fields,
            },
            Connection,
        )
    except msgspec.ValidationError as error:
        raise _wrong(f"An option of the address has a value that is not known: {error}.") from error
    return connection, unquote(password)


def masked(text: str) -> str:
    """Return `text` with the passwords of all addresses in it left out."""
    return _MASKED_OPTION.sub(r"\1***", _MASKED.sub(r"\1:***@", text))


def _options(asked: str, srv: bool) -> tuple[dict[str, object], dict[str, str]]:
    fields: dict[str, object] = {"tls": srv}
    options: dict[str, str] = {}
    for name, value in parse_qsl(asked.replace(";", "&"), keep_blank_values=True):
        lower = name.lower()
        if lower in _FIELDS:
            fields[_FIELDS[lower]] = value
        elif lower in ("tls", "ssl"):
            fields["tls"] = value.lower() == "true"
        elif lower in ("tlsallowinvalidcertificates", "tlsinsecure"):
            fields["tls_unverified"] = value.lower() == "true"
        elif lower not in _SECRET_OPTIONS:
            options[name] = value
    return fields, options


def _name_of(host: str) -> str:
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]


def _check_hosts(hosts: tuple[str, ...], srv: bool) -> None:
    if not all(hosts):
        raise _wrong("The address names no server, or has a comma too many.")
    if srv and (len(hosts) > 1 or ":" in hosts[0]):
        raise _wrong("With mongodb+srv:// there is one name, without a port.")
    for host in hosts:
        port = re.fullmatch(r"(?:\[[^\]]*\]|[^:]*):(.*)", host)
        if port and not (port[1].isdigit() and 0 < int(port[1]) < 65_536):
            raise _wrong(f"{port[1] or 'Nothing'} is not a port: it is a number up to 65535.")


def _wrong(sentence: str) -> JobError:
    return JobError(sentence, cause="uri", advice="Example: mongodb://db.example:27017")
