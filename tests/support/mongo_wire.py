"""MongoDB's wire protocol, as far as a scripted server needs it.

Messages: https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/. A driver greets by
OP_QUERY, which is answered by OP_REPLY; everything else is OP_MSG.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import bson

OP_REPLY, OP_QUERY, OP_MSG = 1, 2004, 2013
_HEAD = struct.Struct("<iiii")
_REPLY = struct.Struct("<iqii")
_LENGTH = struct.Struct("<i")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: its number, how it came, and its document."""

    number: int
    operation: int
    command: dict[str, Any]

    @property
    def name(self) -> str:
        """The command's name."""
        return next(iter(self.command))


def receive(line: socket.socket) -> Asked | None:
    """Return the next question, None when the other side has gone."""
    head = _exactly(line, _HEAD.size)
    if not head:
        return None
    length, number, _, operation = _HEAD.unpack(head)
    if operation not in (OP_QUERY, OP_MSG):
        raise ValueError(f"a message of the unknown kind {operation}")
    body = _exactly(line, length - _HEAD.size)
    # Before the document: name and numbers; or flags, and the kind of the first section.
    start = body.index(b"\0", 4) + 1 + 8 if operation == OP_QUERY else 5
    (size,) = _LENGTH.unpack_from(body, start)
    return Asked(number, operation, bson.decode(body[start : start + size]))


def answer(line: socket.socket, asked: Asked, document: bytes) -> None:
    """Send an answer, a whole encoded document."""
    if asked.operation == OP_QUERY:
        body = _REPLY.pack(8, 0, 0, 1) + document
        operation = OP_REPLY
    else:
        body = b"\0\0\0\0\0" + document
        operation = OP_MSG
    line.sendall(_HEAD.pack(_HEAD.size + len(body), 1, asked.number, operation) + body)


def batch(where: str, cursor: int, documents: Sequence[bytes], *, first: bool) -> bytes:
    """Return the answer to ``find`` or ``getMore`` with documents that are encoded already."""
    listed = b"".join(b"\x03%d\0%b" % pair for pair in enumerate(documents))
    array = _document(listed)
    inside = (
        b"\x04" + (b"firstBatch" if first else b"nextBatch") + b"\0" + array
        + b"\x12id\0" + cursor.to_bytes(8, "little")
        + b"\x02ns\0" + _LENGTH.pack(len(where.encode()) + 1) + where.encode() + b"\0"
    )  # fmt: skip
    return _document(b"\x03cursor\0" + _document(inside) + b"\x01ok\0" + struct.pack("<d", 1.0))


def _document(elements: bytes) -> bytes:
    return _LENGTH.pack(len(elements) + 5) + elements + b"\0"


def _exactly(line: socket.socket, size: int) -> bytes:
    found = bytearray()
    while len(found) < size:
        some = line.recv(size - len(found))
        if not some:
            return b""
        found += some
    return bytes(found)
