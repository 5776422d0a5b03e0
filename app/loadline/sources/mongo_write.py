"""Documents written into a collection that is there only when it is whole.

They go into a collection of another name, in batches, which is renamed at the end. Whatever goes
wrong, it is dropped, and a collection that was there before is as it was.

A server that cannot rename (it says that it did, and did not) gets a copy instead. While that is
made a third collection says so, so that whoever comes after a kill in its midst knows that what
has the final name is not whole, and drops it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any, Self

from pymongo.errors import BulkWriteError, OperationFailure, PyMongoError

from loadline.domain.browsing import Server
from loadline.domain.errors import OutputExists, OutputRefused, Place, SourceUnreachable
from loadline.sources.mongo_errors import told
from loadline.sources.mongo_target import client_of, collection_of, reach

if TYPE_CHECKING:
    from pymongo.collection import Collection
    from pymongo.database import Database

BATCH = 1_000
PARTIAL = "loadline_partial_"
"""Begins the name of a collection that is not whole yet."""
COPYING = "loadline_copying_"
"""Begins the name of a collection that is there while what it names is copied into place."""
COPIES = 3
"""How often a copy is made when rows are missing in it."""
_DUPLICATE = 11_000


class CollectionWriter:
    """Writes to ``database.collection``; it is in place when the ``with`` block has ended well.

    The temporary collection's name is always the same, so that what a killed program left is
    dropped by the next attempt.
    """

    def __init__(
        self, target: Server, database: str, collection: str, *, overwrite: bool = False
    ) -> None:
        self._where = f"{database}.{collection}"
        self._target = target
        self._overwrite = overwrite
        self._database = database
        self._name = collection
        self._partial: Collection[dict[str, Any]] | None = None
        self._written = 0

    def __enter__(self) -> Self:
        """Begin; raises `OutputExists`, `OutputRefused` and `SourceError`."""
        try:
            reach(self._target)
            database = client_of(self._target)[self._database]
            _drop_half_copied(database, self._name)
            self._check(database.list_collection_names())
            self._partial = database[f"{PARTIAL}{self._name}"]
            self._partial.drop()
        except PyMongoError as error:
            raise told(error, self._where) from error
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Put the collection in place, or drop what was written."""
        partial = self._partial
        assert partial is not None
        if kind is not None:
            with suppress(PyMongoError):  # the first error says more
                partial.drop()
            return
        try:
            names = partial.database.list_collection_names()
            self._check_once_more(names, partial)
            if partial.name not in names:
                partial.database.create_collection(partial.name)
            self._put_in_place(partial)
        except PyMongoError as error:
            with suppress(PyMongoError):
                partial.drop()
            raise told(error, self._where) from error

    def write(self, documents: Iterable[dict[str, Any]]) -> None:
        """Add documents, in order, a thousand at a time; raises `OutputRefused`, `SourceError`."""
        for batch in _in_batches(documents):
            self._insert(batch)

    def _put_in_place(self, partial: Collection[dict[str, Any]]) -> None:
        """Rename; copy where a server says that it did and did not (those on other databases)."""
        database = partial.database
        found = partial.count_documents({})
        if found < self._written:
            raise self._lost()
        if found > self._written:
            raise OutputRefused(
                "Somebody else has written the same collection at the same time.",
                place=Place(self._where),
                advice="Start again when nobody else writes it.",
            )
        with suppress(OperationFailure):
            partial.rename(self._name, dropTarget=self._overwrite)
        names = database.list_collection_names()
        if partial.name not in names:
            return
        self._check_once_more(names, partial)
        target = database[self._name]
        database[f"{COPYING}{self._name}"].insert_one({"_id": self._name})
        if not any(self._copied(partial, target) for _ in range(COPIES)):
            target.drop()
            database[f"{COPYING}{self._name}"].drop()
            raise OutputRefused(
                "The server did not take all rows.",
                place=Place(self._where),
                advice=f"They are in the collection {partial.name}.",
            )
        database[f"{COPYING}{self._name}"].drop()
        partial.drop()

    def _copied(self, partial: Collection[dict[str, Any]], target: Collection[Any]) -> bool:
        """Copy all and tell whether it is there: a killed server may lose what it has taken."""
        target.drop()
        for documents in _in_batches(partial.find().sort("$natural", 1)):
            target.insert_many(documents, ordered=True)
        return bool(target.count_documents({}) == self._written)

    def _lost(self) -> SourceUnreachable:
        return SourceUnreachable(
            "The database has lost rows that it had taken.",
            place=Place(self._where),
            advice="They are written again.",
        )

    def _insert(self, documents: list[dict[str, Any]]) -> None:
        assert self._partial is not None
        try:
            self._partial.insert_many(documents, ordered=True)
            self._written += len(documents)
        except BulkWriteError as error:
            first = (error.details.get("writeErrors") or [{}])[0]
            raise self._refused(first, str(error)) from error
        except PyMongoError as error:
            raise told(error, self._where) from error

    def _refused(self, first: dict[str, Any], cause: str) -> OutputRefused:
        place = Place(self._where)
        if first.get("code") == _DUPLICATE:
            return OutputRefused(
                "Two rows have the same _id.",
                place=place,
                cause=str(first.get("errmsg", cause)),
                advice="Leave the column _id out, then every row gets its number instead.",
            )
        return OutputRefused(
            "The server did not take a row.", place=place, cause=str(first.get("errmsg", cause))
        )

    def _check_once_more(self, names: list[str], partial: Collection[dict[str, Any]]) -> None:
        """Drop what was written where somebody has made the collection meanwhile."""
        try:
            self._check(names)
        except OutputExists:
            partial.drop()
            raise

    def _check(self, names: list[str]) -> None:
        if self._name in names and not self._overwrite:
            raise _exists(self._where)


def give_up(target: Server, database: str, collection: str) -> None:
    """Drop what a killed writer left of ``database.collection``; raises `SourceError`."""
    where = f"{database}.{collection}"
    try:
        reach(target)
        found = client_of(target)[database]
        _drop_half_copied(found, collection)
        found[f"{PARTIAL}{collection}"].drop()
    except PyMongoError as error:
        raise told(error, where) from error


def check_free(target: Server, database: str, collection: str) -> None:
    """Raise `OutputExists` where a whole collection is there already; raises `SourceError`."""
    if is_there(target, database, collection):
        raise _exists(f"{database}.{collection}")


def is_there(target: Server, database: str, collection: str) -> bool:
    """Tell whether a collection is there and whole; raises `SourceError` and `JobError`."""
    found = collection_of(target, database, collection).database
    try:
        reach(target)
        names = found.list_collection_names()
    except PyMongoError as error:
        raise told(error, f"{database}.{collection}") from error
    return collection in names and f"{COPYING}{collection}" not in names


def _exists(where: str) -> OutputExists:
    return OutputExists(
        "The collection is there already.",
        place=Place(where),
        advice="Choose another name, or allow it to be replaced.",
    )


def _drop_half_copied(database: Database[dict[str, Any]], name: str) -> None:
    mark = database[f"{COPYING}{name}"]
    if mark.name in database.list_collection_names():
        database[name].drop()
        mark.drop()


def _in_batches(documents: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    left = iter(documents)
    while batch := list(islice(left, BATCH)):
        yield batch
