"""Encrypted connections (TLS): whether one can be made, and what is wrong with it.

The driver tries for as long as it may and tells the last try only. A handshake of our own tells
within a moment whether a server encrypts, and what is wrong with its certificate.
"""

from __future__ import annotations

import socket
import ssl
from typing import Any

from pymongo import MongoClient
from pymongo.errors import PyMongoError
from pymongo.uri_parser import parse_uri

from loadline.domain.browsing import Server
from loadline.domain.errors import (
    JobError,
    Place,
    SourceError,
    SourceRefused,
    SourceUnreachable,
)

ASKING_SECONDS = 0.7
"""How long a server that hung up is asked whether it wants an encrypted connection."""
_CERTIFICATES = (
    ("certificate required", "The server wants a certificate from whoever connects.",
     "Name the file with your certificate and its key."),
    ("mismatch", "The server's certificate was made for another name.",
     "Use the name that stands in the certificate as the address."),
    ("has expired", "The server's certificate has expired.", "Ask for a new one."),
    ("certificate", "The server's certificate is not trusted.",
     "Name the CA file that vouches for it."),
)  # fmt: skip
_NOT_ENCRYPTED = ("wrong_version_number", "wrong version number", "http request")
_NOT_AGREED = ("alert", "no_shared_cipher", "unsupported_protocol", "no ciphers")
WHO_ENCRYPTS = "Check whether the server uses TLS."


def told_of_encryption(cause: str, place: Place | None) -> SourceError | None:
    """Return what `cause`, an error in the driver's words, says of TLS; None: nothing for sure.

    A line that breaks off is no answer about TLS.
    """
    lower = cause.lower()
    for words, sentence, advice in _CERTIFICATES:
        if words in lower and "certificate" in lower:
            return SourceRefused(sentence, place=place, cause=cause, advice=advice)
    if any(words in lower for words in _NOT_ENCRYPTED):
        return _not_encrypted(cause, place)
    if "ssl" in lower and any(words in lower for words in _NOT_AGREED):
        return SourceRefused(
            "The server and this program find no way to encrypt (TLS) that both know.",
            place=place, cause=cause, advice=WHO_ENCRYPTS,
        )  # fmt: skip
    return None


def shake_hands(line: socket.socket, host: str, context: ssl.SSLContext) -> None:
    """Make a connection encrypted and end it; raises `SourceError` and `TimeoutError`."""
    try:
        context.wrap_socket(line, server_hostname=host).close()
    except TimeoutError:
        raise
    except (ssl.CertificateError, OSError) as error:
        place, cause = Place(host), f"{type(error).__name__}: {error}"
        raise told_of_encryption(cause, place) or _not_encrypted(cause, place) from error


def is_encrypted(client: MongoClient[dict[str, Any]]) -> bool:
    """Tell whether a client encrypts what it sends."""
    return client.options.pool_options._ssl_context is not None


def encryption_of(target: Server) -> ssl.SSLContext | None:
    """Return what connections to `target` are encrypted by; None: they are not.

    Raises `JobError` for a file of certificates that cannot be read.
    """
    if not _is_on(parse_uri(target.uri, validate=False, warn=False)["options"]):
        return None
    try:
        client: MongoClient[dict[str, Any]] = MongoClient(target.uri, connect=False)
    except (OSError, PyMongoError, ValueError) as error:
        if (unreadable := unreadable_file(error)) is not None:
            raise unreadable from error
        return None  # whoever connects in earnest is told
    with client:
        found: Any = client.options.pool_options._ssl_context
    return found if isinstance(found, ssl.SSLContext) else None


def unreadable_file(error: BaseException) -> JobError | None:
    """Return what is wrong with a file of certificates, None when `error` is of another kind."""
    if isinstance(error, ssl.SSLError):
        what = "A file with certificates is named that holds none."
    elif isinstance(error, OSError) and error.strerror:
        what = f"The file with the certificates cannot be read: {error.strerror}."
    else:
        return None
    return JobError(what, cause="source.uri", advice="Check the CA file and the own certificate.")


def wants_encryption(client: MongoClient[dict[str, Any]]) -> SourceRefused | None:
    """Return that the servers take TLS only, where they do and `client` asks without."""
    if is_encrypted(client):
        return None
    for host, port in client.topology_description.server_descriptions():
        if port is not None and _encrypts(host, port):
            return SourceRefused(
                "The server takes encrypted connections (TLS) only.", place=Place(f"{host}:{port}"),
                advice="Switch TLS on for this connection.",
            )  # fmt: skip
    return None


def _encrypts(host: str, port: int) -> bool:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # nothing is sent
    try:
        with (
            socket.create_connection((host, port), timeout=ASKING_SECONDS) as line,
            context.wrap_socket(line, server_hostname=host),
        ):
            return True
    except (ValueError, OSError):
        return False


def _is_on(options: Any) -> bool:
    return str(options.get("tls", "false")).lower() == "true"


def _not_encrypted(cause: str, place: Place | None) -> SourceUnreachable:
    return SourceUnreachable(
        "The server takes no encrypted connection (TLS).", place=place, cause=cause,
        advice="Switch TLS off for this connection, or check the address and the port.",
    )  # fmt: skip
