"""What one attempt writes: its part, its further tables, its problems."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from loadline.domain.arrow import domain_schema
from loadline.domain.plan import Problem, Report, WrittenAside
from loadline.store.part import PartWriter, WrittenPart
from loadline.store.part_ref import PARTS
from loadline.store.problems import ProblemsWriter

if TYPE_CHECKING:
    import pyarrow as pa


class Outputs:
    """Takes what a reader gives; a `Sink`. Nothing is in place before `finish`.

    Attributes:
        asides: the further tables, after `finish`.
    """

    def __init__(self, folder: Path, index: int, serial: int, report: Report | None = None) -> None:
        self._report = report
        self.asides: tuple[WrittenAside, ...] = ()
        self._place = (folder / PARTS, index, serial)
        self._part: PartWriter | None = None
        self._tables: dict[int, tuple[PartWriter, pa.Schema]] = {}
        self._problems = ProblemsWriter(folder / "problems", index, serial)

    def begin(self, schema: pa.Schema) -> PartWriter:
        """Return the part's writer, made for `schema` the first time."""
        if self._part is None:
            self._part = PartWriter(*self._place, schema)
        return self._part

    def write(self, batch: pa.RecordBatch) -> None:
        """Add records to the part."""
        self.begin(batch.schema).write(batch)

    def problem(self, problem: Problem) -> None:
        """Add a line to the problems file."""
        self._problems.write(problem)

    def alive(self, bytes_read: int) -> None:
        """Pass on that reading goes on; raises `Cancelled`."""
        if self._report is not None:
            self._report(0, bytes_read)

    def aside(self, number: int, batch: pa.RecordBatch) -> None:
        """Add records to table `number`."""
        if number not in self._tables:
            writer = PartWriter(*self._place, batch.schema, aside=number)
            self._tables[number] = (writer, batch.schema)
        self._tables[number][0].write(batch)

    def finish(self) -> WrittenPart:
        """Put everything in place, the part last, and return the part's facts."""
        assert self._part is not None
        self._problems.finish()
        self.asides = tuple(
            _aside(number, schema, writer.finish())
            for number, (writer, schema) in sorted(self._tables.items())
        )
        return self._part.finish()

    def discard(self) -> None:
        """Remove what is not in place; harmless after `finish`."""
        self._problems.discard()
        for writer, _ in self._tables.values():
            writer.discard()
        if self._part is not None:
            self._part.discard()


def _aside(number: int, schema: pa.Schema, written: WrittenPart) -> WrittenAside:
    return WrittenAside(
        number, written.file, written.rows, written.bytes, written.checksum, domain_schema(schema)
    )
