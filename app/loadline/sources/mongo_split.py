"""Cuts a collection into ordered pieces, by the way that this server turns out to be quick at.

1. Windows: pieces by their place in the order of ``_id``, checked against their bounds, where
   there is no filter and the server finds the last place about as quickly as the first.
2. Ranges of ``_id`` between values of a small random sample, where the server finds a range by an
   index, which is measured on one of them.
3. Lists of ``_id``: where a filter, ``_id`` of several types or a slow server rule out the others.
4. One piece.

No server is known by its name; what one claims about itself (``splitVector``) is not asked.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pymongo.collection import Collection
from pymongo.errors import ExecutionTimeout, OperationFailure

from loadline.domain.plan import Report
from loadline.sources.mongo_kinds import CODEC
from loadline.sources.mongo_piece import Piece

Docs = Collection[dict[str, Any]]

PIECE_BYTES = 64 << 20
"""Most bytes in a piece, about."""
SAMPLE_SHARE = 20
"""One document of so many is the most that is sampled: more makes servers sort everything."""
PER_CUT = 20
"""Sampled documents for each cut, so that pieces come out about equal."""
MOST_SAMPLED = 20_000
PROBED = 100
"""Documents that are asked for to see how long finding a place takes."""
MOST_BY_PLACE = 2_000_000
"""Documents up to which windows are tried where they take more than a moment."""
QUICK_SECONDS = 0.1
"""A window found in less is found quickly enough, whatever the first one takes."""
SCAN_FACTOR = 4.0
SCAN_SECONDS = 0.05
"""A range that takes so much longer than as many documents from the start is not indexed."""
MOST_LISTED = 2_000_000
"""``_id`` that a plan may hold."""
LIST_BATCH = 10_000


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is: documents that match, whether counted exactly, bytes of each."""

    count: int
    exact: bool
    each: int


def split(docs: Docs, query: dict[str, Any], size: Size, chunk: int, report: Report) -> list[Piece]:
    """Return the pieces of a collection in the order of ``_id``."""
    chunk = max(1, min(chunk, PIECE_BYTES // max(size.each, 1)))
    number = -(-size.count // chunk)
    if number < 2:
        return [Piece("all", count=size.count, each=size.each)]
    docs = docs.with_options(codec_options=CODEC)
    if not query and size.exact and _finds_places(docs, size, chunk):
        return _windows(docs, size, chunk, report)
    report(0, 0)
    cuts = _cuts(docs, query, size, number)
    report(0, 0)
    if cuts and _alike(docs, query, cuts) and not _scans(docs, cuts, chunk):
        return _ranges(cuts, size)
    report(0, 0)
    return _lists(docs, query, size, chunk, report) or [
        Piece("all", count=size.count, each=size.each)
    ]


def _cuts(docs: Docs, query: dict[str, Any], size: Size, number: int) -> list[Any]:
    """Return ``_id`` that cut the collection into about `number` pieces, as the server sorts them.

    The server sorts, as only it knows its collation.
    """
    wanted = min(PER_CUT * number, MOST_SAMPLED, size.count // SAMPLE_SHARE)
    stages: list[dict[str, Any]] = [{"$sample": {"size": max(wanted, 1)}}]
    if query:
        stages.insert(0, {"$match": query})
    stages += [{"$project": {"_id": 1}}, {"$sort": {"_id": 1}}]
    try:
        found = [doc.get("_id") for doc in docs.aggregate(stages, allowDiskUse=True)]
    except OperationFailure:
        return []
    found = [key for before, key in zip([None, *found], found, strict=False) if key != before]
    if len(found) < number:
        return found
    return [found[len(found) * place // number] for place in range(1, number)]


def _alike(docs: Docs, query: dict[str, Any], cuts: Sequence[Any]) -> bool:
    """Tell whether all ``_id`` are of one type: a range never holds those of another type.

    The order of ``_id`` goes by type first, so the two ends tell it.
    """
    ends = [docs.find_one(query, {"_id": 1}, sort=[("_id", way)]) for way in (1, -1)]
    keys = [*cuts, *(end.get("_id") for end in ends if end)]
    if len({_bracket(key) for key in keys}) != 1 or _bracket(keys[0]) is None:
        return False
    return _increasing(cuts)


def _increasing(cuts: Sequence[Any]) -> bool:
    """Tell whether the server sorts as it compares, or by another rule (a collation, say).

    Ranges between values that are sorted one way and compared another way overlap.
    """
    keys = [key.encode() if isinstance(key, str) else key for key in cuts]
    try:
        return all(a < b for a, b in pairwise(keys))
    except TypeError:
        return False


def _bracket(key: Any) -> type | None:
    if isinstance(key, bool) or key is None:
        return None
    if isinstance(key, int | float):
        return float
    return None if isinstance(key, dict | list) else type(key)


def _scans(docs: Docs, cuts: Sequence[Any], chunk: int) -> bool:
    """Tell whether the server goes through everything to find one range."""
    if len(cuts) < 2:
        return False
    middle = len(cuts) // 2
    bounds = {"_id": {"$gte": cuts[middle - 1], "$lt": cuts[middle]}}
    slow, count = _timed(lambda: sum(1 for _ in docs.find(bounds, {"_id": 1}).limit(chunk)))
    if slow < SCAN_SECONDS:
        return False
    count = max(count, 1)
    quick, _ = _timed(lambda: sum(1 for _ in docs.find({}, {"_id": 1}).sort("_id", 1).limit(count)))
    return slow > SCAN_FACTOR * quick


def _timed(ask: Callable[[], int]) -> tuple[float, int]:
    """Return how long it takes, and the answer; the shorter time of two when it is short."""
    times = []
    count = 0
    for _ in range(2):
        began = time.perf_counter()
        count = ask()
        times.append(time.perf_counter() - began)
        if not SCAN_SECONDS < times[0] < 1.0:
            break
    return min(times), count


def _ranges(cuts: Sequence[Any], size: Size) -> list[Piece]:
    bounds: list[tuple[Any, ...]] = [(), *((cut,) for cut in cuts), ()]
    count = size.count // (len(cuts) + 1)
    return [Piece("range", a, b, count=count, each=size.each) for a, b in pairwise(bounds)]


def _finds_places(docs: Docs, size: Size, chunk: int) -> bool:
    """Tell whether the last window is found about as quickly as the first."""
    last = (size.count - 1) // chunk * chunk
    slow = _timed(lambda: _count_ids(docs, last, PROBED))[0]
    if slow < QUICK_SECONDS:
        return True
    quick = _timed(lambda: _count_ids(docs, 0, PROBED))[0]
    return slow < SCAN_FACTOR * quick and size.count <= MOST_BY_PLACE


def _windows(docs: Docs, size: Size, chunk: int, report: Report) -> list[Piece]:
    firsts: list[tuple[Any, ...]] = [()]
    for offset in range(chunk, size.count, chunk):
        found = docs.find_one({}, {"_id": 1}, sort=[("_id", 1)], skip=offset)
        if found is None:
            break
        firsts.append((found["_id"],))
        report(0, 0)
    return [
        Piece("window", first, last, number * chunk, min(chunk, size.count - number * chunk),
              each=size.each)
        for number, (first, last) in enumerate(zip(firsts, [*firsts[1:], ()], strict=True))
    ]  # fmt: skip


def _count_ids(docs: Docs, offset: int, limit: int) -> int:
    asked = docs.find({}, {"_id": 1}).sort("_id", 1).skip(offset).limit(limit)
    return sum(1 for _ in asked)


def _lists(
    docs: Docs, query: dict[str, Any], size: Size, chunk: int, report: Report
) -> list[Piece]:
    """Return lists of ``_id``, or nothing where they are too many or not unique."""
    if size.count > MOST_LISTED:
        return []
    asked = docs.find(query, {"_id": 1}).sort("_id", 1).batch_size(LIST_BATCH)
    ids: list[Any] = []
    try:
        for doc in asked:
            if "_id" not in doc or len(ids) >= MOST_LISTED:
                return []
            ids.append(doc["_id"])
            if len(ids) % LIST_BATCH == 0:
                report(0, 0)
    except ExecutionTimeout:
        return []
    if not _unique(ids):
        return []
    return [
        Piece("ids", count=len(part), ids=tuple(part), each=size.each)
        for start in range(0, len(ids), chunk)
        for part in [ids[start : start + chunk]]
    ]


def _unique(ids: Iterable[Any]) -> bool:
    told = [repr(key) for key in ids]
    return len(set(told)) == len(told)
