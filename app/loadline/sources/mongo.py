"""A MongoDB collection as a source: pieces in the order of ``_id``, one schema for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace as replace_fields

from loadline.domain.errors import SourceMissing
from loadline.domain.jobs import MongoSource
from loadline.domain.plan import Partition, Plan, Report
from loadline.domain.schema import Schema
from loadline.sources.source import Reader, ReadHints, Recounted, Settled, Sink

if TYPE_CHECKING:
    from pymongo.collection import Collection

    from loadline.domain.browsing import Server
    from loadline.sources.mongo_piece import Piece
    from loadline.sources.mongo_stream import Stream
    from loadline.sources.recall import Recalled, Wanted

MEASURED = 2_000
"""Documents that are read to measure how long they take."""
MOST_CHUNK = 20_000
"""Documents in a chunk of measured size: a server that serves many at once is slower for each."""


@dataclass(frozen=True)
class MongoCollection:
    """A `Source`; frozen and picklable. The password travels in `target`, in memory only."""

    spec: MongoSource
    target: Server
    only: tuple[str, ...] | None = None
    """The columns that are needed; None: all that the job asks for."""

    def narrowed(self, fields: Sequence[str]) -> MongoCollection:
        """Return the same collection with ``_id`` and the top-level fields of the columns `fields`.

        A field is read whole, so that its columns are those of a full reading.
        """
        return replace(self, only=tuple(fields))

    def beginning(self) -> Partition:
        """Return a thousand documents or two to measure with; raises `SourceUnreachable`."""
        from loadline.sources.mongo_piece import Piece
        from loadline.sources.mongo_target import reach

        reach(self.target)
        piece = Piece("some", count=MEASURED)
        return self._partition(0, piece, (piece,))

    def cut(self, rows: int) -> MongoCollection:
        """Return the same collection in chunks of about `rows`, unless the job says how many."""
        usual = MongoSource(database="", collection="").chunk
        if self.spec.chunk != usual:
            return self
        return replace(self, spec=replace_fields(self.spec, chunk=min(rows, MOST_CHUNK)))

    @property
    def where(self) -> str:
        """The collection's full name."""
        return f"{self.spec.database}.{self.spec.collection}"

    def plan(self, report: Report) -> Plan:
        """Count and cut the collection; raises `JobError` for the filter, and `SourceError`."""
        from bson.errors import BSONError
        from pymongo.errors import PyMongoError

        from loadline.sources.mongo_errors import told
        from loadline.sources.mongo_target import reach

        query = self._query()
        reach(self.target)
        report(0, 0)
        try:
            return self._plan(query, report)
        except (PyMongoError, BSONError, OSError) as error:
            raise told(error, self.where) from error

    def open(self, partition: Partition, hints: ReadHints, sink: Sink) -> Reader:
        """Begin to read a piece; nothing is asked before its schema or first batch is."""
        from loadline.sources.mongo_piece import piece_of
        from loadline.sources.mongo_reader import MongoReader
        from loadline.sources.mongo_stream import planned_again

        piece = piece_of(partition.key)

        def opened(moved: bool) -> Stream:
            return self._stream(planned_again(piece) if moved else piece)

        return MongoReader(opened, hints, sink)

    def recall(self, wanted: Wanted, hints: ReadHints, sink: Sink) -> Recalled:
        """Read one document again by its ``_id``; without one, by its place."""
        from loadline.sources.mongo_recall import KEY, recall_document
        from loadline.sources.mongo_target import reach
        from loadline.sources.recall import Recalled, row_of

        if wanted.fields.get(KEY) is None:
            reader = self.open(wanted.partition, hints, sink)
            return Recalled(row_of(reader, wanted.row, self.where), self.where)
        reach(self.target)
        return recall_document(self._stream, self.where, wanted, sink)

    def settle(self, schemas: Sequence[Schema | None]) -> Settled:
        """Settle one schema; names parts to read again where a field is mixed elsewhere."""
        from loadline.sources.mongo_settle import settle

        return settle(schemas)

    def recount(self, plan: Plan, rows_read: int) -> Recounted:
        """Count what is there after the end, and compare."""
        from bson.errors import BSONError
        from pymongo.errors import PyMongoError

        from loadline.sources.mongo_errors import told
        from loadline.sources.mongo_recount import recount

        if plan.records is None:
            return Recounted((f"{rows_read:,} documents were read.",))
        try:
            return recount(self._collection(), self._query(), plan.records, rows_read)
        except (PyMongoError, BSONError, OSError) as error:
            raise told(error, self.where) from error

    def _plan(self, query: dict[str, Any], report: Report) -> Plan:
        from loadline.sources.mongo_narrow import has_odd_names
        from loadline.sources.mongo_piece import Piece
        from loadline.sources.mongo_size import kind_of_collection, size_of
        from loadline.sources.mongo_split import split
        from loadline.sources.mongo_target import client_of, greet

        docs = self._collection()
        greet(client_of(self.target))
        kind = kind_of_collection(docs.database, docs.name)
        if not kind:
            raise SourceMissing(
                f"There is no collection {self.spec.collection} in {self.spec.database}.",
                advice="Choose another collection.",
            )
        size = size_of(docs, query, stats=kind == "collection")
        report(0, 0)
        if kind == "collection":
            pieces = split(docs, query, size, self.spec.chunk, report)
        else:
            pieces = [Piece("natural", count=size.count, each=size.each)]
        if self.only is not None and has_odd_names(docs, query, self.only, size.each):
            pieces = [replace(piece, entire=True) for piece in pieces]
        word = "documents" if size.exact else "documents (estimated)"
        return Plan(
            tuple(self._partition(index, piece, pieces) for index, piece in enumerate(pieces)),
            notes=(f"{size.count:,} {word} counted before the start.",),
            records=size.count if size.exact else None,
        )

    def _partition(self, index: int, piece: Piece, pieces: Sequence[Piece]) -> Partition:
        from loadline.sources.mongo_piece import key_of
        from loadline.sources.mongo_words import name_of

        return Partition(
            index=index,
            name=name_of(self.spec.collection, piece, index, len(pieces)),
            key=key_of(piece),
            size=piece.count * piece.each,
            rows=piece.count,
        )

    def _stream(self, piece: Piece) -> Stream:
        from loadline.sources.mongo_narrow import fields_of
        from loadline.sources.mongo_stream import Stream
        from loadline.sources.mongo_target import reach

        return Stream(
            self._collection(),
            piece,
            self._query(),
            fields_of(self.spec.projection, None if piece.entire else self.only),
            lambda: reach(self.target),
        )

    def _collection(self) -> Collection[dict[str, Any]]:
        from loadline.sources.mongo_target import collection_of

        return collection_of(self.target, self.spec.database, self.spec.collection)

    def _query(self) -> dict[str, Any]:
        from loadline.sources.mongo_filter import parse_filter

        return parse_filter(self.spec.filter)
