"""Reads one piece of a collection: gathers its documents, settles their columns, yields batches.

A piece is small (some thousand documents, or some tens of megabytes), so all of it is met before
the first batch is given away: the columns are then known, and a connection that broke off in
between has doubled nothing. What does not fit in memory waits in a temporary file.
"""

from __future__ import annotations

import gc
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from loadline.domain.errors import SourceChanged
from loadline.domain.plan import PROBLEMS_KEPT, Problem, ProblemKind, ReadAccount
from loadline.domain.schema import ColumnType, Schema
from loadline.sources.mongo_columns import IDENTITY, REST, Shape, Table, common_of
from loadline.sources.mongo_documents import Documents, decoded, pieces
from loadline.sources.mongo_layout import Found, Place, batch_of, domain_schema, schema_of
from loadline.sources.mongo_stream import Stream, WindowMoved
from loadline.sources.mongo_tally import Tally, tally_of, with_tally
from loadline.sources.source import ReadHints, Sink

if TYPE_CHECKING:
    import pyarrow as pa

KEPT_BYTES = 8 << 20
"""Bytes of documents that are kept decoded, about eight times as much in memory."""

OpenStream = Callable[[bool], Stream]
"""Opens the stream of a piece; True: asked for in a way that does not depend on its place."""


@dataclass(slots=True)
class _Kept:
    documents: Documents
    table: Table


class MongoReader:
    """A `Reader` of one piece; its batches carry `KEEPS_NULLS`, as null is null here."""

    def __init__(self, opened: OpenStream, hints: ReadHints, sink: Sink) -> None:
        self._opened = opened
        self._hints: Mapping[str, ColumnType] = dict(hints.types)
        self._common = set(hints.columns) if REST[0] in self._hints and hints.columns else None
        self._sink = sink
        self._stream: Stream | None = None
        self._layout: tuple[Place, ...] | None = None
        self._schema: pa.Schema | None = None
        self._spool: IO[bytes] | None = None
        self._reason = ""
        self._rest = _Rest()
        self._start_over()

    def _start_over(self) -> None:
        self.bytes_read = 0
        self._read = self._rejected = 0
        self._shape = Shape(common=self._common, settled=self._common is not None)
        self._tally: Tally | None = None
        self._found = Found()
        self._kept: list[_Kept] = []
        self._problems: list[Problem] = []
        self._problem_count = 0

    @property
    def schema(self) -> pa.Schema:
        """The columns; reads the whole piece when asked for the first time."""
        if self._schema is None:
            self._gather()
        return self._schema

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        """Yield the batches once."""
        schema, layout = self.schema, self._layout or ()
        self._kept.reverse()
        while self._kept:
            yield batch_of(self._kept.pop().table, layout, schema)
        if self._spool is not None:
            for raw in _from_spool(self._spool):
                yield batch_of(Table(decoded(raw, late=True).docs, self._shape), layout, schema)

    def account(self) -> ReadAccount:
        """Return the account; only after the last batch."""
        return ReadAccount(
            rows_read=self._read,
            rejected=self._rejected,
            bytes_read=self.bytes_read,
            schema=self._told_schema(),
            problems=tuple(self._problems),
            problem_count=self._problem_count,
            reason=self._reason,
        )

    def _told_schema(self) -> Schema:
        schema = domain_schema(self._layout or ())
        return schema if self._tally is None else with_tally(schema, self._tally)

    def close(self) -> None:
        """Let cursor and temporary file go; harmless when repeated."""
        if self._stream is not None:
            self._stream.close()
        if self._spool is not None:
            self._spool.close()
            self._spool = None
        self._kept.clear()
        self._rest.end()

    def _gather(self) -> None:
        self._rest.begin()
        try:
            self._take(self._opened(False))
        except WindowMoved:
            self.close()
            self._rest.begin()
            self._start_over()
            self._reason = "The collection changed while it was read"
            self._take_again()
        self._tell()
        self._settle()

    def _take_again(self) -> None:
        try:
            self._take(self._opened(True))
        except WindowMoved as moved:
            raise SourceChanged(
                "The collection changes faster than it can be read.",
                advice="Load it again when fewer write to it.",
            ) from moved

    def _take(self, stream: Stream) -> None:
        self._stream = stream
        for batch in stream:
            for raw in pieces(batch):
                self._add(raw)
            self._sink.alive(self.bytes_read)
        stream.close()

    def _add(self, raw: bytes) -> None:
        documents = decoded(raw, late=True)
        self._read += documents.read
        self.bytes_read += documents.size
        self._problems += documents.problems
        table = Table(documents.docs, self._shape)
        self._found.add(table)
        if self._spool is None and self.bytes_read <= KEPT_BYTES:
            self._kept.append(_Kept(documents, table))
            return
        if self._spool is None:
            self._spool = tempfile.TemporaryFile(prefix="loadline-")  # noqa: SIM115 - see close
        self._spool.write(len(raw).to_bytes(4, "little") + raw)

    def _tell(self) -> None:
        for problem in self._problems:
            self._sink.problem(problem)
        self._problem_count = len(self._problems)
        self._rejected = sum(p.kind is ProblemKind.REJECTED for p in self._problems)
        del self._problems[PROBLEMS_KEPT:]

    def _settle(self) -> None:
        shape = self._shape
        whole = {p for p in shape.counts if p and shape.keys_are_data(p)}
        whole |= {p for p in shape.counts if self._hints.get(".".join(p)) is ColumnType.TEXT and p}
        settled = whole <= shape.whole
        shape.whole |= whole
        common = self._common if shape.settled else self._common_here()
        settled = settled and common == shape.common
        shape.common, shape.settled = common, True
        self._tally = tally_of(shape, common)
        if not settled:
            self._again()
        self._layout = self._found.layout(shape, self._hints)
        self._schema = schema_of(self._layout)

    def _common_here(self) -> set[str] | None:
        """Return the only fields with columns of their own, as these documents alone have it."""
        counts, documents = self._shape.counts.get((), Counter()), self._shape.documents[()]
        if REST[0] in self._hints and IDENTITY[0] in self._hints:  # these are all its columns
            kept = {top for name in self._hints for top in (name, name.partition(".")[0])}
            return None if kept.issuperset(counts) else kept - set(REST)
        return common_of(counts, documents) if self._shape.keys_are_data(()) else None

    def _again(self) -> None:
        """Take the documents apart anew, now that it is known what stays whole."""
        self._found = Found()
        for kept in self._kept:
            kept.table = Table(kept.documents.docs, self._shape)
            self._found.add(kept.table)
        if self._spool is not None:
            for raw in _from_spool(self._spool):
                self._found.add(Table(decoded(raw, late=True).docs, self._shape))


class _Rest:
    """Keeps the garbage collector from looking through thousands of new documents time and again.

    There are no cycles in them; it costs a sixth of the time of decoding and taking apart.
    """

    def __init__(self) -> None:
        self._ours = False

    def begin(self) -> None:
        """Stop the collector."""
        if gc.isenabled():
            self._ours = True
            gc.disable()

    def end(self) -> None:
        """Let it go on, if it was stopped here; harmless when repeated."""
        if self._ours:
            self._ours = False
            gc.enable()


def _from_spool(spool: IO[bytes]) -> Iterator[bytes]:
    spool.seek(0)
    while head := spool.read(4):
        yield spool.read(int.from_bytes(head, "little"))
