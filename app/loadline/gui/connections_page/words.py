"""What a test of a connection found, in a sentence or two."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from loadline.domain.browsing import Answer
from loadline.domain.errors import Failure


def _tr(text: str) -> str:
    return QCoreApplication.translate("connections", text)


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def connected(answer: Answer, *, unverified: bool) -> str:
    """Return e.g. ``Connected in 48 ms  MongoDB 7.0.12. The connection is encrypted.``."""
    lead = _tr("Connected in {0} ms").format(max(1, round(answer.seconds * 1000)))
    server = f"MongoDB {answer.version}" if answer.version else "MongoDB"
    if answer.servers > 1:
        server = _tr("{0}, {1} servers in one group").format(server, answer.servers)
    text = _tr("{0}. The connection is encrypted.") if answer.encrypted else _tr(
        "{0}. The connection is not encrypted."
    )  # fmt: skip
    told = text.format(_plain(server))
    if unverified and answer.encrypted:
        told += " " + _tr("Nobody checks that it is the right server: any certificate will do.")
    return f"<b>{lead}</b>&nbsp; {told}"


def failed(failure: Failure) -> str:
    """Return what went wrong, and what can be done."""
    return f"<b>{_plain(failure.sentence)}</b> {_plain(failure.advice)}".strip()
