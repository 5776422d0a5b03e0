"""The parts of a run in index order, read as one table with one schema.

A page of rows costs the decoding of the one or two record batches it lies in; the last ones stay
decoded. Part files are opened when they are first looked into, so that 10,000 parts cost nothing
before. How values of narrower parts become values of the dataset is told in
`loadline.store.conform`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Self

from loadline.domain.arrow import arrow_schema
from loadline.domain.errors import Place, RunError
from loadline.domain.schema import Schema
from loadline.store.part_ref import PARTS, PartRef

if TYPE_CHECKING:
    import pyarrow as pa

    from loadline.store.manifest import Manifest
    from loadline.store.part_reader import PartReader
    from loadline.store.recent import Recent

__all__ = ["Dataset", "PartRef"]


class Dataset:
    """One table in a run folder. Safe to use from several threads.

    Attributes:
        folder: the run folder.
        schema: its columns.
        parts: those with rows, in index order.
        num_rows: rows of all parts.
    """

    def __init__(self, folder: Path, parts: Sequence[PartRef], schema: Schema) -> None:
        """Read `parts` of the run in `folder` as columns `schema`; opens no file yet."""
        self.folder = folder
        self.schema = schema
        self.parts = tuple(sorted((p for p in parts if p.file and p.rows), key=lambda p: p.index))
        self._starts = [0, *accumulate(part.rows for part in self.parts)]
        self.num_rows = self._starts[-1]
        self._asides: dict[int, tuple[Schema, tuple[PartRef, ...]]] = {}
        self._sound: set[int] = set()
        """Parts that have been looked through."""
        self._lock = Lock()
        self._recent: Recent | None = None

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Return the dataset of an earlier run; one that was not sealed as far as it came.

        Raises `RunError` when there is none, or it is of a newer format.
        """
        from loadline.store.manifest import read_manifest
        from loadline.store.run_folder import RunFolder

        return cls.of_manifest(folder, read_manifest(RunFolder.open(folder)))

    @classmethod
    def of_manifest(cls, folder: Path, manifest: Manifest) -> Self:
        """Return the dataset that a manifest describes."""
        table = manifest.table
        dataset = cls(folder, [part.ref for part in table.parts], table.columns)
        dataset._asides = {
            number: (aside.columns, tuple(part.ref for part in aside.parts))
            for number, aside in manifest.asides.items()
        }
        return dataset

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(column.name for column in self.schema)

    @property
    def asides(self) -> tuple[int, ...]:
        """Numbers (from 2) of the further tables that stood below the first in some partition."""
        return tuple(sorted(self._asides))

    def aside(self, number: int) -> Dataset:
        """Return a further table as a dataset of its own; raises `KeyError`."""
        schema, parts = self._asides[number]
        return Dataset(self.folder, parts, schema)

    def arrow_schema(self, columns: Sequence[str] | None = None) -> pa.Schema:
        """Return the Arrow schema of all or some columns."""
        return arrow_schema(self._chosen(columns))

    def page(self, start: int, count: int, columns: Sequence[str] | None = None) -> pa.Table:
        """Return up to `count` rows from row `start` (from 0), all or some columns.

        Raises `RunError` when a part is damaged.
        """
        import pyarrow as pa

        schema = self.arrow_schema(columns)
        end = min(start + count, self.num_rows)
        batches = []
        with self._lock:
            recent = self._recently()
            while start < end:
                number = bisect_right(self._starts, start) - 1
                offset = start - self._starts[number]
                path = self._checked(number)
                batch = recent.rest(path, schema, offset, end - start)
                if not batch.num_rows:
                    raise _short(self.parts[number])
                batches.append(batch)
                start += batch.num_rows
        return pa.Table.from_batches(batches, schema)

    def batches(
        self, columns: Sequence[str] | None = None, start: int = 0, stop: int | None = None
    ) -> Iterator[pa.RecordBatch]:
        """Yield rows `start` to `stop` (all) in order, in batches of at most 65,536.

        Holds one batch at a time. Raises `RunError` when a part is damaged.
        """
        schema = self.arrow_schema(columns)
        stop = self.num_rows if stop is None else min(stop, self.num_rows)
        while start < stop:
            number = bisect_right(self._starts, start) - 1
            first = self._starts[number]
            last = min(stop, self._starts[number + 1])
            yield from self._part_batches(number, schema, start - first, last - first)
            start = last

    def locate(self, row: int) -> tuple[PartRef, int]:
        """Return the part that holds `row`, and the row's number in it (from 0)."""
        number = bisect_right(self._starts, row) - 1
        return self.parts[number], row - self._starts[number]

    def first_row(self, index: int) -> int | None:
        """Return the number of the first row of partition `index`; None if it has no rows."""
        for part, start in zip(self.parts, self._starts, strict=False):
            if part.index == index:
                return start
        return None

    def close(self) -> None:
        """Let files and decoded batches go; the dataset can still be used."""
        with self._lock:
            if self._recent is not None:
                self._recent.clear()

    def _part_batches(
        self, number: int, schema: pa.Schema, start: int, stop: int
    ) -> Iterator[pa.RecordBatch]:
        reader = self._reader(number, schema)
        try:
            while start < stop:
                batch = reader.find(start)
                skip = start - reader.start(batch)
                rows = reader.read(batch).slice(skip, stop - start)
                start += rows.num_rows
                yield rows
        finally:
            reader.close()

    def _reader(self, number: int, schema: pa.Schema) -> PartReader:
        from loadline.store.part_reader import PartReader

        reader = PartReader(self._checked(number), schema)
        if reader.rows != self.parts[number].rows:
            reader.close()
            raise _short(self.parts[number])
        return reader

    def _recently(self) -> Recent:
        if self._recent is None:
            from loadline.store.recent import Recent

            self._recent = Recent()
        return self._recent

    def _checked(self, number: int) -> Path:
        """Return where a part is, its bytes looked through before they are first used."""
        part = self.parts[number]
        path = self.folder / PARTS / part.file
        if number not in self._sound:
            from loadline.store.sound import check_part

            check_part(path, part)
            self._sound.add(number)
        return path

    def _chosen(self, columns: Sequence[str] | None) -> Schema:
        if columns is None:
            return self.schema
        by_name = {column.name: column for column in self.schema}
        return tuple(by_name[name] for name in columns)


def _short(part: PartRef) -> RunError:
    return RunError(
        "A part has other rows than were told of it.",
        place=Place(part.name or part.file),
        advice="Retry: it is read again.",
    )
