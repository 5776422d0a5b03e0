"""The collections of the sample server: ships calling at a harbour, from the sample folder."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from loadline.domain.browsing import Server
from loadline.domain.errors import SourceUnreachable
from loadline.domain.plan import Report

DATABASE = "harbour"
CALLS = "calls"
SHIPS = "ships"
_FILES = ("quay-2.csv", "quay-10.csv")
_EACH = 2_500
_BATCH = 1_000
_FIRST_ID = 1_000_000
"""Added to a call's number: `_id`s of one length stand in order on servers that sort text, too."""
_UP_SECONDS = 20
_READ: dict[str, Callable[[str], Any]] = {
    "arrived": datetime.fromisoformat, "hours": float, "cargo_t": int, "tugs": int,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SampleSpec:
    """A server that has just been started, and the sample folder."""

    server: Server
    folder: str


def fill(spec: SampleSpec, report: Report) -> int:
    """Put the sample into a server that lacks it, once it answers; return the documents (work).

    Raises `SourceUnreachable` when it does not answer within 20 s.
    """
    from pymongo import MongoClient
    from pymongo.errors import PyMongoError

    calls = list(_calls(Path(spec.folder)))
    ships = list(_ships(calls))
    try:
        with MongoClient[dict[str, Any]](
            spec.server.uri, serverSelectionTimeoutMS=_UP_SECONDS * 1000
        ) as client:
            database = client[DATABASE]
            for name, documents in ((CALLS, calls), (SHIPS, ships)):
                if database[name].count_documents({}) != len(documents):
                    _put(database[name], documents, report)
    except PyMongoError as error:
        raise SourceUnreachable(
            "The sample server does not answer.", cause=str(error)[:500], advice="Try it again."
        ) from error
    return len(calls) + len(ships)


def _put(collection: Any, documents: list[dict[str, Any]], report: Report) -> None:
    collection.drop()
    for start in range(0, len(documents), _BATCH):
        report(start, 0)
        collection.insert_many(documents[start : start + _BATCH])


def _calls(folder: Path) -> Iterator[dict[str, Any]]:
    for name in _FILES:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            for row in islice(csv.DictReader(file), _EACH):
                yield _call(row)


def _call(row: dict[str, str]) -> dict[str, Any]:
    """Return a row as a document; an empty cell is a field that is not there."""
    call: dict[str, Any] = {
        "_id": _FIRST_ID + int(row["call"]),
        "ship": {"name": row["ship"], "flag": row["flag"], "kind": row["kind"]},
        "berth": row["berth"],
    }
    for name, read in _READ.items():
        if row.get(name):
            call[name] = read(row[name])
    return call


def _ships(calls: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    berths: dict[str, list[str]] = {}
    first: dict[str, dict[str, str]] = {}
    for call in calls:
        name = call["ship"]["name"]
        first.setdefault(name, call["ship"])
        berths.setdefault(name, []).append(call["berth"])
    for name in sorted(first):
        used = sorted(set(berths[name]))
        yield {"_id": name, "flag": first[name]["flag"], "kind": first[name]["kind"],
               "calls": len(berths[name]), "berths": used}  # fmt: skip
