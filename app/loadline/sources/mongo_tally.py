"""In how many documents of a part each top-level field occurs, as the part's schema tells it.

Which fields get columns of their own depends on the whole collection: every part tells its counts,
packed into the form of one of its columns, and all parts are read with what their sum says.
"""

from __future__ import annotations

import json
import zlib
from base64 import b85decode, b85encode
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from loadline.domain.schema import Column, ColumnType, Schema
from loadline.sources.mongo_columns import (
    IDENTITY,
    MOST_FIELDS,
    MOST_KEYS,
    REST,
    Shape,
    common_of,
    keys_are_data,
)
from loadline.sources.source import ReadHints

MOST_SUMMED = 200_000
"""Different fields whose counts are summed; beyond it the rarest are forgotten."""
_BEHIND = " "
"""Stands between what a column's form says of it and the packed counts."""
_AS_REST = (REST[0], ColumnType.TEXT)


@dataclass(frozen=True, slots=True)
class Tally:
    """The fields of some documents.

    Attributes:
        documents: how many there are.
        columns: in how many of them each field occurs that has columns of its own.
        rest: the same for the fields that share the column `REST`.
        nested: by name of a field that was taken apart, how many sub-documents it has and in how
            many of them each key occurs.
    """

    documents: int
    columns: dict[str, int]
    rest: dict[str, int]
    nested: dict[str, tuple[int, dict[str, int]]] = field(default_factory=dict)

    @property
    def counts(self) -> Counter[str]:
        """All fields."""
        return Counter(self.columns) + Counter(self.rest)


def tally_of(shape: Shape, common: Collection[str] | None) -> Tally:
    """Return the tally of documents that were read with columns for `common` (None: for all)."""
    counts, documents = shape.counts.get((), Counter()), shape.documents[()]
    nested = {
        ".".join(path): (shape.documents[path], dict(keys))
        for path, keys in shape.counts.items()
        if path and path not in shape.whole and not any("." in key for key in path)
    }
    if common is None:
        return Tally(documents, dict(counts), {}, nested)
    columns = {key: count for key, count in counts.items() if key in common}
    rest = {key: count for key, count in counts.items() if key not in common}
    return Tally(documents, columns, rest, nested)


def own_form(column: Column) -> str:
    """Return what the form of a column says of the column itself."""
    return column.form.partition(_BEHIND)[0]


def with_tally(schema: Schema, tally: Tally) -> Schema:
    """Return `schema` with the counts in the form of ``_id``, or of the first column."""
    place = next((n for n, column in enumerate(schema) if column.name == IDENTITY[0]), 0)
    facts = [tally.documents, tally.columns, tally.rest, tally.nested]
    told = json.dumps(facts, separators=(",", ":"))
    packed = b85encode(zlib.compress(told.encode("utf-8", "surrogatepass"), 1)).decode()
    return tuple(
        replace(column, form=f"{own_form(column)}{_BEHIND}{packed}") if n == place else column
        for n, column in enumerate(schema)
    )


def told_tally(schema: Schema) -> Tally | None:
    """Return the counts that a part's schema tells; None: it tells none."""
    for column in schema:
        packed = column.form.partition(_BEHIND)[2]
        if packed:
            return Tally(*json.loads(zlib.decompress(b85decode(packed))))
    return None


@dataclass(frozen=True, slots=True)
class Fields:
    """Which fields of a collection have columns of their own: all, where `common` is None."""

    common: frozenset[str] | None
    every: tuple[str, ...]
    """All fields of the collection."""
    tallies: tuple[Tally | None, ...]

    def are_data(self, name: str) -> bool | None:
        """Tell whether the keys below a field are data over all parts; None: not known."""
        documents, counts = 0, Counter[str]()
        for tally in self.tallies:
            if tally and name in tally.nested:
                more, keys = tally.nested[name]
                documents += more
                counts.update(keys)
        return keys_are_data(counts, documents, MOST_KEYS) if counts else None

    def wanted(self, index: int) -> ReadHints | None:
        """Return how a part must be read; None: it finds out by itself."""
        tally = self.tallies[index]
        if self.common is not None:
            return _with_columns(sorted(self.common))
        if tally and keys_are_data(tally.counts, tally.documents, MOST_FIELDS):
            return _with_columns(sorted({*self.every, *tally.columns, *tally.rest}))
        return None

    def otherwise_read(self) -> list[int]:
        """Return the parts that have other columns than they should have."""
        return [n for n, tally in enumerate(self.tallies) if tally and not self._fits(tally)]

    def has(self, name: str) -> bool:
        """Tell whether a column is of a field that has columns of its own."""
        common = self.common
        if common is None or "\\" in name:  # where two names met, which is not worth it
            return True
        return name in common or name.partition(".")[0] in common

    def _fits(self, tally: Tally) -> bool:
        if self.common is None:
            return not (tally.rest.keys() - {REST[0]})
        return tally.columns.keys() <= self.common and self.common.isdisjoint(tally.rest)


def fields_of_all(schemas: Sequence[Schema | None]) -> Fields:
    """Decide for all parts by the sum of their counts, as a part of all documents would."""
    told = tuple(told_tally(schema) if schema else None for schema in schemas)
    if any(schema and tally is None for schema, tally in zip(schemas, told, strict=True)):
        return Fields(None, (), (None,) * len(told))  # parts of a run from before there were counts
    counts = _sum(tally for tally in told if tally)
    documents = sum(tally.documents for tally in told if tally)
    data = keys_are_data(counts, documents, MOST_FIELDS)
    common = frozenset(common_of(counts, documents)) if data else None
    return Fields(common, tuple(counts), told)


def _sum(tallies: Iterable[Tally]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for tally in tallies:
        counts.update(tally.columns)
        counts.update(tally.rest)
        if len(counts) > MOST_SUMMED:
            counts = Counter(dict(counts.most_common(MOST_SUMMED // 2)))
    return counts


def _with_columns(fields: Iterable[str]) -> ReadHints:
    return ReadHints(types=(_AS_REST,), columns=tuple(fields))
