"""What went wrong with a database, in plain words and as the right kind of error."""

from __future__ import annotations

import re
import socket

from bson.errors import BSONError
from pymongo.errors import (
    AutoReconnect,
    ConfigurationError,
    ConnectionFailure,
    CursorNotFound,
    ExecutionTimeout,
    InvalidURI,
    OperationFailure,
    PyMongoError,
    WaitQueueTimeoutError,
)

from loadline.domain.connections import masked
from loadline.domain.errors import (
    JobError,
    LoadlineError,
    Place,
    SourceDamaged,
    SourceMissing,
    SourceRefused,
    SourceUnreachable,
)
from loadline.sources.mongo_tls import told_of_encryption

# Codes of servers: https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml
_WRONG_PASSWORD = frozenset({18, 8000})
_NOT_ALLOWED = frozenset({13, 31, 33})
_GONE = frozenset({26, 166, 175})
_TOO_LONG = frozenset({50, 262})
_PASSES = frozenset({6, 7, 43, 63, 89, 91, 112, 133, 134, 136, 150, 189, 234, 237,
                     9001, 10107, 11600, 11602, 13388, 13435, 13436})  # fmt: skip
_NO_NAME = (
    "name or service not known",
    "nodename nor servname",
    "getaddrinfo failed",
    "no address associated",
    "temporary failure in name resolution",
    "dns query name does not exist",
    "does not exist: _mongodb",
)
_SILENCE = ("timed out", "timeout", "operation cancelled")
"""The driver cancels what waits for a server that gives no sign of life."""
_DEADLINES = re.compile(r"\(configured timeouts: [^)]*\)")
"""What the driver adds to every error of a connection, whether time was the cause or not."""
CAN_PASS = (AutoReconnect, ConnectionFailure, CursorNotFound)
"""Errors after which reading can go on where it stopped."""


def told(error: BaseException, where: str, record: str = "") -> LoadlineError:
    """Return `error` of the driver or the system as what a person can understand.

    `where` is the collection or server, `record` the last ``_id`` read. No secret gets through.
    """
    if isinstance(error, LoadlineError):
        return error
    place = Place(where, record=record) if where else None
    cause = masked(f"{type(error).__name__}: {error}")[:2_000]
    if isinstance(error, OperationFailure):
        return _answered(error, place, cause)
    if isinstance(error, BSONError):
        return SourceDamaged("The database sent something that is no document.",
                             place=place, cause=cause)  # fmt: skip
    if isinstance(error, ConfigurationError) and "wire version" in cause:
        return SourceRefused(
            "This server is too old or too new for Loadline.", place=place, cause=cause,
            advice="MongoDB 4.4 and later are spoken to.",
        )  # fmt: skip
    if isinstance(error, (InvalidURI, ConfigurationError, ValueError)) and not _no_name(cause):
        return JobError(
            f"The database's address is not valid: {masked(str(error)).rstrip('.')}.",
            cause="source.uri",
        )
    if isinstance(error, (PyMongoError, OSError)):
        return _no_answer(error, place, cause)
    raise error


def passes(error: BaseException) -> bool:
    """Tell whether the same question may be answered a moment later."""
    if isinstance(error, OperationFailure):
        return error.code in _PASSES or "RetryableError" in str(error.details)
    return isinstance(error, CAN_PASS)


def _answered(error: OperationFailure, place: Place | None, cause: str) -> LoadlineError:
    code, said = error.code, str((error.details or {}).get("errmsg") or error).rstrip(".")
    lower = said.lower()
    if code in _WRONG_PASSWORD or "authentication failed" in lower:
        return SourceRefused(
            "The database does not accept this user name and password.",
            place=place, cause=cause,
            advice="Check both, the way of signing in and the database that knows the user.",
        )  # fmt: skip
    if code in _NOT_ALLOWED or "not authorized" in lower or "requires authentication" in lower:
        return SourceRefused(
            "This user may not read here.", place=place, cause=cause,
            advice="Sign in as another user, or ask for the right to read.",
        )  # fmt: skip
    if code in _GONE:
        return SourceMissing(
            "The collection is no longer there.", place=place, cause=cause,
            advice="Choose another collection.",
        )  # fmt: skip
    if isinstance(error, ExecutionTimeout) or code in _TOO_LONG:
        return SourceUnreachable(
            "The database took too long for an answer.", place=place, cause=cause,
            advice="Narrow the filter, or give it an index.",
        )  # fmt: skip
    if passes(error):
        return SourceUnreachable("The database broke off.", place=place, cause=cause)
    return SourceDamaged(
        f"The database cannot do this: {masked(said)[:300]}.", place=place, cause=cause,
        advice="Check the filter and the fields.",
    )  # fmt: skip


def _no_answer(error: BaseException, place: Place | None, cause: str) -> LoadlineError:
    lower = _DEADLINES.sub("", cause).lower()
    if isinstance(error, socket.gaierror) or _no_name(cause):
        return SourceUnreachable(
            "There is no server of this name.", place=place, cause=cause,
            advice="Check the spelling, and whether this network knows the name.",
        )  # fmt: skip
    if (about_tls := told_of_encryption(_DEADLINES.sub("", cause), place)) is not None:
        return about_tls
    if "refused" in lower:
        return SourceUnreachable(
            "The server refuses the connection: no database listens there.",
            place=place, cause=cause,
            advice="Check the address and the port, and whether the database runs.",
        )  # fmt: skip
    if isinstance(error, WaitQueueTimeoutError) or any(words in lower for words in _SILENCE):
        return SourceUnreachable(
            "The database does not answer.", place=place, cause=cause,
            advice="Check the address, the network and whether the database runs.",
        )  # fmt: skip
    return SourceUnreachable("The connection to the database broke off.", place=place, cause=cause)


def _no_name(cause: str) -> bool:
    lower = cause.lower()
    return any(words in lower for words in _NO_NAME)
