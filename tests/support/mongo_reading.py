"""Documents through the reader without a server: what a stream would have sent, replayed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

import bson
import pyarrow as pa

from loadline.domain.plan import Problem, ReadAccount
from loadline.sources.mongo_reader import MongoReader
from loadline.sources.mongo_stream import Stream
from loadline.sources.source import ReadHints


class Replay:
    """Gives raw batches from memory, in the place of a `Stream`."""

    def __init__(self, batches: Sequence[bytes]) -> None:
        self._batches = batches

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._batches)

    def close(self) -> None:
        """Nothing is open."""


class Heard:
    """A sink that keeps what it is told."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def problem(self, problem: Problem) -> None:
        """Keep a problem."""
        self.problems.append(problem)

    def aside(self, number: int, batch: pa.RecordBatch) -> None:
        """Refuse: documents have no second table."""
        raise AssertionError(number)

    def alive(self, bytes_read: int) -> None:
        """Nobody wants to know."""


def read_raw(
    batches: Sequence[bytes], hints: ReadHints | None = None, sink: Heard | None = None
) -> tuple[pa.Table, ReadAccount]:
    """Return what the reader makes of raw batches, and its account."""
    stream = cast("Stream", Replay(batches))
    reader = MongoReader(lambda _moved: stream, hints or ReadHints(), sink or Heard())
    try:
        table = pa.Table.from_batches(list(reader), reader.schema)
        return table, reader.account()
    finally:
        reader.close()


def read(
    docs: Sequence[dict[str, Any]], hints: ReadHints | None = None, each: int = 1_000
) -> tuple[pa.Table, ReadAccount]:
    """Return what the reader makes of documents, sent in batches of `each`."""
    raw = [bson.encode(doc) for doc in docs]
    batches = [b"".join(raw[start : start + each]) for start in range(0, len(raw), each)]
    return read_raw(batches, hints)
