"""How much is in a collection, and what it is: measured, with the deadlines of a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import bson
from pymongo.errors import ExecutionTimeout, OperationFailure

from loadline.sources.mongo_split import Size

if TYPE_CHECKING:
    from pymongo.collection import Collection
    from pymongo.database import Database

COMMAND_NOT_FOUND = 59
COUNT_SECONDS = 60.0
"""How long counting may take before an estimate has to do."""
LOOKED_AT = 20
"""Documents whose size is looked at where the server does not tell it."""
LEAST_EACH, USUAL_EACH = 16, 1_000


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of documents; `exact` where they were counted one by one."""

    count: int
    exact: bool


def kind_of_collection(database: Database[dict[str, Any]], name: str) -> str:
    """Return ``collection``, ``view``, ``timeseries``, or empty where there is none.

    Where the user may not list collections, the collection is believed to be one.
    """
    try:
        found = {one["name"]: one.get("type", "collection") for one in database.list_collections()}
    except OperationFailure:
        return "collection"
    return str(found.get(name, ""))


def count(docs: Collection[dict[str, Any]], query: dict[str, Any]) -> Counted:
    """Return how many documents match, by an estimate where counting takes too long.

    Asks by the ``count`` command, which some servers answer a hundred times as quickly as the
    aggregation that does the same.
    """
    asked = {"count": docs.name, "query": query, "maxTimeMS": int(COUNT_SECONDS * 1000)}
    try:
        return Counted(int(docs.database.command(asked)["n"]), exact=True)
    except ExecutionTimeout:
        return Counted(docs.estimated_document_count(), exact=False)
    except OperationFailure as error:
        if error.code != COMMAND_NOT_FOUND:
            raise
    return Counted(docs.count_documents(query), exact=True)


def size_of(docs: Collection[dict[str, Any]], query: dict[str, Any], *, stats: bool) -> Size:
    """Return how many documents match and how big they are, about."""
    counted = count(docs, query)
    each = _told_size(docs) if stats else 0
    return Size(counted.count, counted.exact, max(each or _seen_size(docs, query), LEAST_EACH))


def _told_size(docs: Collection[dict[str, Any]]) -> int:
    try:
        told = docs.database.command("collStats", docs.name)
    except OperationFailure:
        return 0
    return int(told.get("avgObjSize") or 0)


def _seen_size(docs: Collection[dict[str, Any]], query: dict[str, Any]) -> int:
    asked = docs.find_raw_batches(query, limit=LOOKED_AT, batch_size=LOOKED_AT)
    raw = b"".join(bytes(batch) for batch in asked)  # type: ignore[arg-type]
    number = sum(1 for _ in bson.decode_iter(raw)) if raw and len(raw) < 1 << 20 else 0
    return len(raw) // number if number else USUAL_EACH
