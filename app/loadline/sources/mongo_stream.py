"""Streams the documents of one piece as raw batches, going on where a lost connection stopped.

Nothing is doubled and nothing left out: after a break the next question begins at the last document
that was taken, by its place in the order; it must be met again there, and is dropped. No ``_id`` is
compared for that, as servers differ in what they think the order of two values is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import random
from typing import TYPE_CHECKING, Any

import bson
from bson.errors import BSONError
from pymongo.errors import PyMongoError, ServerSelectionTimeoutError

from loadline.domain.errors import SourceUnreachable
from loadline.domain.policy import backoff
from loadline.sources.mongo_documents import each, walked
from loadline.sources.mongo_elements import id_of_document, key_of_document
from loadline.sources.mongo_errors import passes, told
from loadline.sources.mongo_piece import Piece
from loadline.sources.mongo_target import ANSWER_SECONDS

if TYPE_CHECKING:
    from pymongo.collection import Collection
    from pymongo.cursor import RawBatchCursor

BATCH_BYTES = 4 << 20
"""About how many bytes are asked for at once."""
MOST_PER_BATCH = 5_000
FIRST_IDS, MOST_IDS = 100, 5_000
"""Documents of an ``_id`` list that are asked for at once."""
TRIES = 3
"""Times that reading goes on after a break without a document in between."""


class WindowMoved(Exception):
    """The collection changed so that a window no longer lies where it was planned."""


class Stream:
    """Raw batches of one piece, each whole documents in order.

    `query` is the person's filter, `fields` the projection, `probe` raises when the server cannot
    be reached at all.
    """

    def __init__(
        self,
        collection: Collection[dict[str, Any]],
        piece: Piece,
        query: dict[str, Any],
        fields: dict[str, int] | None,
        probe: Callable[[], None],
    ) -> None:
        self._collection = collection
        self._piece = piece
        self._query = query
        self._fields = fields
        self._probe = probe
        self._read = 0
        self._last: tuple[Any, ...] = ()
        self._cursor: RawBatchCursor[Any] | None = None
        self.resumed = 0

    def __iter__(self) -> Iterator[bytes]:
        """Yield the batches once; raises `SourceError` and `WindowMoved`."""
        tries, before = 0, -1
        while True:
            try:
                yield from self._batches()
            except (PyMongoError, BSONError, OSError) as error:
                self.close()
                tries = 1 if self._read > before else tries + 1
                before = self._read
                if tries > TRIES or not self._goes_on_after(error):
                    raise self._told(error) from error
                self._wait(tries)
            else:
                return

    def close(self) -> None:
        """Let the server's cursor go; harmless when repeated."""
        cursor, self._cursor = self._cursor, None
        if cursor is not None:
            try:
                cursor.close()
            except (PyMongoError, OSError):
                return  # it ends there by itself

    def _goes_on_after(self, error: BaseException) -> bool:
        """Tell whether reading can go on here; a server that is down is waited for by the run."""
        if isinstance(error, ServerSelectionTimeoutError) or self._piece.way == "natural":
            return False
        return passes(error)

    def _wait(self, tries: int) -> None:
        self.resumed += 1
        time.sleep(backoff(tries, random()))

    def _find_server(self) -> None:
        """Raise at once when no server listens: the driver would look for one for a while."""
        seen = self._collection.database.client.topology_description
        if not seen.has_readable_server(self._collection.read_preference):
            self._probe()

    def _told(self, error: BaseException) -> BaseException:
        from loadline.sources.mongo_documents import record_of

        where = f"{self._collection.database.name}.{self._collection.name}"
        record = record_of(self._last[0]) if self._last else ""
        found = told(error, where, record)
        if isinstance(found, SourceUnreachable):
            self._probe()  # says better what is wrong
        return found

    def _batches(self) -> Iterator[bytes]:
        self._find_server()
        match self._piece.way:
            case "window":
                yield from self._window()
            case "ids":
                yield from self._listed()
            case "natural":
                yield from self._asked(self._query, sort=False)
            case "some":
                yield from self._asked(self._query, sort=False, limit=self._piece.count)
            case _:
                yield from self._range()

    def _range(self) -> Iterator[bytes]:
        own = self._piece.bounds
        query = {"$and": [self._query, own]} if self._query and own else self._query or own
        again = 1 if self._read else 0
        waiting = self._last if again else ()
        for batch in self._asked(query, skip=self._read - again):
            if waiting:
                self._must_be(id_of_document(batch), waiting)
                waiting = ()
                own_part = batch[_size(batch) :]
            else:
                own_part = batch
            if own_part:
                yield self._taken(own_part)
        if waiting:
            raise WindowMoved

    def _window(self) -> Iterator[bytes]:
        """Read a window and one document more, which must be the first of the next one."""
        piece, again = self._piece, 1 if self._read else 0
        skip = piece.offset + self._read - again
        limit = piece.count - self._read + again + 1 if piece.last else 0
        waiting = self._last if again else piece.first
        for batch in self._asked(self._query, skip=skip, limit=limit):
            own = batch
            if waiting:
                self._must_be(id_of_document(batch), waiting)
                waiting = ()
                own = batch[_size(batch) :] if again else batch
            own = self._without_next(own)
            if own:
                yield self._taken(own)
        if waiting or (piece.last and self._read <= piece.count):
            raise WindowMoved  # its beginning or its end was not met

    def _without_next(self, batch: bytes) -> bytes:
        """Cut off the document behind the window, once it is there and the right one."""
        piece = self._piece
        if not piece.last or not batch:
            return batch
        number, last = walked(batch)
        if self._read + number <= piece.count:
            return batch
        self._must_be(id_of_document(batch[last:]), piece.last)
        self._read += 1  # tells that the end was met
        return batch[:last]

    def _must_be(self, found: Any, wanted: tuple[Any, ...]) -> None:
        if found != wanted[0] or type(found) is not type(wanted[0]):
            raise WindowMoved

    def _listed(self) -> Iterator[bytes]:
        ids, step = self._piece.ids, FIRST_IDS
        if self._piece.each:
            step = max(1, min(MOST_IDS, BATCH_BYTES // self._piece.each))
        while self._read < len(ids):
            asked = ids[self._read : self._read + step]
            # Without the filter: these are the documents that matched when the list was made.
            found: dict[bytes, bytes] = {}
            for batch in self._asked({"_id": {"$in": list(asked)}}, sort=False):
                found.update((key_of_document(one), one) for one in each(batch))
            keys = (bson.encode({"_id": key}) for key in asked)
            batch = b"".join(found.get(key, b"") for key in keys)
            self._read += len(asked)
            self._last = (asked[-1],)
            if batch:
                yield batch

    def _asked(
        self, query: dict[str, Any], *, sort: bool = True, skip: int = 0, limit: int = 0
    ) -> Iterator[bytes]:
        size = self._piece.each or 1_000
        cursor = self._collection.find_raw_batches(
            query,
            self._fields,
            skip=skip,
            limit=limit,
            sort=[("_id", 1)] if sort else None,
            batch_size=max(2, min(MOST_PER_BATCH + 1, BATCH_BYTES // size)),
            max_time_ms=int(ANSWER_SECONDS * 1000),
        )
        self._cursor = cursor
        try:
            for batch in cursor:
                if batch:
                    yield bytes(batch)  # type: ignore[arg-type]
        finally:
            self.close()

    def _taken(self, batch: bytes) -> bytes:
        number, last = walked(batch)
        self._read += number
        self._last = (id_of_document(batch[last:]),)
        return batch


def planned_again(piece: Piece) -> Piece:
    """Return a window as the range that it stands for; raises `WindowMoved` where there is none."""
    if piece.first and piece.last and type(piece.first[0]) is not type(piece.last[0]):
        raise WindowMoved  # a range holds no values of two types
    return replace(piece, way="range", offset=0)


def _size(batch: bytes) -> int:
    return int.from_bytes(batch[:4], "little")
