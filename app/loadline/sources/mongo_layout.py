"""The columns of a partition: a name, a path and a kind for each, settled over all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa

from loadline.domain.arrow import KEEPS_NULLS, arrow_type
from loadline.domain.schema import Column, ColumnType, Schema
from loadline.sources.mongo_columns import REST, Cells, Path, Shape, Table
from loadline.sources.mongo_kinds import COLUMN, Kind, join

LITERAL = "!"
"""Ends the form of a column whose name holds a dot that stands in a field's own name."""


@dataclass(frozen=True, slots=True)
class Place:
    """One column: its name in the dataset, where its values are, of what kind."""

    name: str
    path: Path
    kind: Kind
    wide: bool = False

    @property
    def column(self) -> Column:
        """The column as the dataset's schema has it."""
        literal = LITERAL if any("." in key for key in self.path) else ""
        kind = COLUMN.get(self.kind, ColumnType.TEXT)
        return Column(self.name, kind, self.wide, f"{self.kind}{literal}")


class Found:
    """What the documents of a partition turned out to hold.

    Attributes:
        kinds: by path, in order of first appearance.
        wide: paths with whole numbers that a double cannot hold exactly.
    """

    def __init__(self) -> None:
        self.kinds: dict[Path, Kind] = {}
        self.wide: set[Path] = set()

    def add(self, table: Table) -> None:
        """Take note of some documents."""
        for path, cells in table.cells.items():
            self.kinds[path] = join(self.kinds.get(path, Kind.EMPTY), cells.kind)
            if cells.wide:
                self.wide.add(path)

    def layout(self, shape: Shape, hints: Mapping[str, ColumnType]) -> tuple[Place, ...]:
        """Return the columns; `hints` name those that must be read as text or list."""
        kinds = dict(_without_empty_parents(_with_whole(self.kinds, shape.whole)))
        if shape.common is not None and REST in kinds:
            kinds[REST] = kinds.pop(REST)  # behind all others, wherever it was met first
        return tuple(
            Place(name, path, self._kind(path, kind, hints.get(name)), path in self.wide)
            for (path, kind), name in zip(kinds.items(), names_of(kinds), strict=True)
        )

    def _kind(self, path: Path, kind: Kind, hint: ColumnType | None) -> Kind:
        if path in self.wide and kind is Kind.DECIMAL:
            kind = Kind.MIXED
        elif path in self.wide and kind is Kind.NUMBERS:
            kind = Kind.ITEMS
        if hint is ColumnType.TEXT:
            return kind if kind is Kind.WHOLE else Kind.MIXED
        return join(kind, Kind.ITEMS) if hint is ColumnType.LIST else kind


def _with_whole(kinds: Mapping[Path, Kind], whole: set[Path]) -> Iterator[tuple[Path, Kind]]:
    """Put one column in the place of all those below a path that stays whole."""
    done: set[Path] = set()
    for path, kind in kinds.items():
        above = next((path[:n] for n in range(1, len(path) + 1) if path[:n] in whole), None)
        if above is None:
            yield path, kind
        elif above not in done:
            done.add(above)
            yield above, Kind.WHOLE
    tops = (path for path in whole if not any(path[:n] in whole for n in range(1, len(path))))
    yield from ((path, Kind.WHOLE) for path in sorted(tops) if path not in done)


def _without_empty_parents(kinds: Iterable[tuple[Path, Kind]]) -> Iterator[tuple[Path, Kind]]:
    """Leave out a field that is null wherever it is no sub-document."""
    listed = list(kinds)
    parents = {path[:n] for path, _ in listed for n in range(1, len(path))}
    yield from ((p, k) for p, k in listed if k is not Kind.EMPTY or p not in parents)


def names_of(paths: Iterable[Path]) -> Iterator[str]:
    r"""Yield a name for each path, no two the same: ``a.b``, where that is taken ``a\.b``.

    A nested field goes before one whose own name has a dot in it.
    """
    listed = list(paths)
    plain: dict[str, Path] = {}
    for path in listed:
        name = ".".join(path)
        if name not in plain or len(path) > len(plain[name]):
            plain[name] = path
    taken = set(plain)
    for path in listed:
        name = ".".join(path)
        if plain[name] != path:
            name = ".".join(key.replace(".", "\\.") for key in path)
            while name in taken:
                name += "_"
            taken.add(name)
        yield name


def schema_of(layout: Iterable[Place]) -> pa.Schema:
    """Return the Arrow schema of a partition with these columns."""
    fields = [pa.field(place.name, _stored(place.kind)) for place in layout]
    return pa.schema(fields, metadata=KEEPS_NULLS)


def domain_schema(layout: Iterable[Place]) -> Schema:
    """Return the columns as the account tells them."""
    return tuple(place.column for place in layout)


def batch_of(table: Table, layout: Iterable[Place], schema: pa.Schema) -> pa.RecordBatch:
    """Return the documents of `table` in these columns."""
    arrays = []
    for place, field in zip(layout, schema, strict=True):
        cells = _cells(table, place)
        array = None if cells is None else cells.built(place.kind, table.rows)
        arrays.append(pa.nulls(table.rows, field.type) if array is None else array)
    if not arrays:
        struct = pa.array([{}] * table.rows, pa.struct([]))
        return pa.RecordBatch.from_struct_array(struct)
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _cells(table: Table, place: Place) -> Cells | None:
    if place.kind is Kind.WHOLE and place.path in table.nested and place.path != REST:
        return table.nested[place.path]
    return table.cells.get(place.path)


def _stored(kind: Kind) -> pa.DataType:
    return arrow_type(COLUMN.get(kind, ColumnType.TEXT))
