"""What tells the documents of a collection from any others, whatever order they come in.

The content is how many documents there are, and the sum of a hash of each (BLAKE2b of its BSON,
fields by name, whole numbers without their width, which a server may change).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import bson
from pymongo.errors import PyMongoError

from loadline.domain.browsing import Server
from loadline.domain.plan import Report
from loadline.sources.mongo_errors import told
from loadline.sources.mongo_kinds import CODEC
from loadline.sources.mongo_target import collection_of

_BYTES = 16
_BETWEEN_REPORTS = 1_000


@dataclass(frozen=True, slots=True)
class Content:
    """How many documents, and the sum of their hashes modulo 2^128."""

    documents: int = 0
    sum: int = 0

    def with_all(self, documents: Iterable[dict[str, Any]]) -> Content:
        """Return the content with further documents."""
        count, total = self.documents, self.sum
        for document in documents:
            count += 1
            hashed = hashlib.blake2b(bson.encode(_ordered(document)), digest_size=_BYTES)
            total += int.from_bytes(hashed.digest())
        return Content(count, total % (1 << 8 * _BYTES))


def content_there(target: Server, database: str, collection: str, report: Report) -> Content:
    """Return the content of a collection; raises `SourceError`, and `Cancelled` by `report`."""
    found = collection_of(target, database, collection).with_options(CODEC)
    content = Content()
    batch: list[dict[str, Any]] = []
    try:
        for document in found.find({}, batch_size=_BETWEEN_REPORTS):
            batch.append(document)
            if len(batch) == _BETWEEN_REPORTS:
                report(0, 0)
                content, batch = content.with_all(batch), []
    except PyMongoError as error:
        raise told(error, f"{database}.{collection}") from error
    return content.with_all(batch)


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _ordered(value[name]) for name in sorted(value)}
    if isinstance(value, list):
        return [_ordered(each) for each in value]
    return int(value) if isinstance(value, int) and not isinstance(value, bool) else value
