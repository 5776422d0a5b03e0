"""Documents as columns: nested fields side by side, each field's values in one list.

A field ``b`` of a sub-document ``a`` becomes the path ``("a", "b")``. Null and "not there" are one.
An empty sub-document and whatever else stands in a field besides sub-documents are values of the
field itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from loadline.sources.mongo_kinds import Kind, array_of, is_wide, kind_of

Path = tuple[str, ...]

MOST_KEYS = 64
"""A sub-document with more different keys, most of them rare, stays one column."""
MOST_FIELDS = 512
"""The same for whole documents: the rare fields then share the column `REST`."""
MOST_COUNTED = 20_000
"""Keys that are counted; beyond it the rarest are forgotten."""
RARE = 8
"""A key is rare when fewer than one in so many documents have it."""
REST: Path = ("_extra",)

IDENTITY: Path = ("_id",)
"""Never taken apart: it is one value, whatever it is made of."""


@dataclass(slots=True)
class Cells:
    """The values of one path; `rows` are their rows, None: one for each row in turn."""

    values: Sequence[Any]
    rows: list[int] | None
    kind: Kind = Kind.EMPTY
    array: pa.Array | None = None

    @property
    def wide(self) -> bool:
        """Whether whole numbers stand here that a double cannot hold exactly."""
        if self.array is None:
            return False
        if self.kind is Kind.INTS:
            return is_wide(self.array.flatten())
        return self.kind is Kind.INT and is_wide(self.array)

    def built(self, kind: Kind, rows: int) -> pa.Array | None:
        """Return the cells as an array of `rows` entries of `kind`, or None (see `array_of`)."""
        array = self.array if kind is self.kind and self.array is not None else None
        if array is None:
            array = array_of(self.values, kind)
        return array if array is None or self.rows is None else _spread(array, self.rows, rows)


@dataclass(slots=True)
class Shape:
    """What is known of the documents met so far, and what is decided for all of them.

    Attributes:
        whole: paths of sub-documents that stay one column.
        common: the only top-level fields with columns of their own; None: all have one.
        settled: whether `common` stands, and is not to be found by looking at the documents.
        counts: in how many sub-documents at a path each key occurs; ``()`` is the documents.
        documents: how many sub-documents there are at a path.
    """

    whole: set[Path] = field(default_factory=set)
    common: set[str] | None = None
    settled: bool = False
    counts: dict[Path, Counter[str]] = field(default_factory=dict)
    documents: Counter[Path] = field(default_factory=Counter)

    def keys_are_data(self, path: Path) -> bool:
        """Tell whether the keys at `path` are data rather than names."""
        counts = self.counts.get(path, Counter())
        most = MOST_KEYS if path else MOST_FIELDS
        return keys_are_data(counts, self.documents[path], most)


def keys_are_data(counts: Counter[str], documents: int, most: int) -> bool:
    """Tell whether there are more than `most` keys, most of them rare among `documents`."""
    if len(counts) <= most:
        return False
    rare = sum(count * RARE < documents for count in counts.values())
    return rare * 2 > len(counts)


class Table:
    """Some documents side by side; `cells` by path, in order of first appearance.

    Attributes:
        nested: the sub-documents at each path that was taken apart, as they are.
    """

    def __init__(self, docs: Sequence[dict[str, Any]], shape: Shape) -> None:
        self.rows = len(docs)
        self.cells: dict[Path, Cells] = {}
        self.nested: dict[Path, Cells] = {}
        self._shape = shape
        self._take(docs, None, ())

    def _take(self, docs: Sequence[dict[str, Any]], rows: list[int] | None, path: Path) -> None:
        if not docs:
            return
        shape = self._shape
        first = docs[0]
        keys = list(first)
        counts = shape.counts.setdefault(path, Counter())
        shape.documents[path] += len(docs)
        if all(map(keys.__eq__, map(list, docs))) and (path or self._all_common(keys)):
            counts.update(dict.fromkeys(keys, len(docs)))
            columns = zip(*map(dict.values, docs), strict=True)
            for key, values in zip(keys, columns, strict=True):
                self._field((*path, key), values, rows)
            return
        mine = Counter(key for doc in docs for key in doc)
        counts.update(mine)
        if len(counts) > MOST_COUNTED:
            shape.counts[path] = Counter(dict(counts.most_common(MOST_COUNTED // 2)))
        if path and keys_are_data(mine, len(docs), MOST_KEYS):
            shape.whole.add(path)
            return
        if not path and self._has_rest(mine, len(docs)):
            self._common(docs, mine)
            return
        self._fields(docs, mine, rows, path)

    def _all_common(self, keys: Iterable[str]) -> bool:
        common = self._shape.common
        return common is None or common.issuperset(keys)

    def _has_rest(self, counts: Counter[str], documents: int) -> bool:
        if self._shape.common is None and not self._shape.settled:
            return keys_are_data(counts, documents, MOST_FIELDS)
        return self._shape.common is not None

    def _common(self, docs: Sequence[dict[str, Any]], counts: Counter[str]) -> None:
        """Take what is common; the rest becomes one document in `REST`."""
        if self._shape.common is None:
            self._shape.common = common_of(counts, len(docs))
        common = self._shape.common
        self._fields(docs, [key for key in counts if key in common], None, ())
        rest = [{k: v for k, v in doc.items() if k not in common} or None for doc in docs]
        if any(rest):
            self.cells[REST] = Cells(rest, None, Kind.WHOLE)

    def _fields(
        self,
        docs: Sequence[dict[str, Any]],
        keys: Iterable[str],
        rows: list[int] | None,
        path: Path,
    ) -> None:
        listed = list(keys)
        if len(listed) <= MOST_KEYS:
            for key in listed:
                self._field((*path, key), [doc.get(key) for doc in docs], rows)
            return
        wanted = dict.fromkeys(listed)
        sparse: dict[str, tuple[list[Any], list[int]]] = {key: ([], []) for key in listed}
        places: Collection[int] = range(len(docs)) if rows is None else rows
        for place, doc in zip(places, docs, strict=True):
            for key, value in doc.items():
                if key in wanted:
                    values, at = sparse[key]
                    values.append(value)
                    at.append(place)
        for key, (values, at) in sparse.items():
            self._field((*path, key), values, at)

    def _field(self, path: Path, values: Sequence[Any], rows: list[int] | None) -> None:
        types = set(map(type, values))
        if dict not in types or path == IDENTITY:
            self._leaf(path, values, rows, types)
            return
        self.nested[path] = Cells(values, rows, Kind.WHOLE)
        if path not in self._shape.whole:
            self._apart(path, values, rows, types)
        if path in self._shape.whole:
            self.cells[path] = self.nested[path]

    def _apart(
        self, path: Path, values: Sequence[Any], rows: list[int] | None, types: set[type]
    ) -> None:
        """Take the sub-documents of a field apart; other values stay its own."""
        if types == {dict} and all(values):
            self._take(values, rows, path)
            return
        others = [None if type(v) is dict and v else v for v in values]
        self._leaf(path, others, rows, set(map(type, others)))
        docs, at = [], []
        for place, value in zip(range(len(values)) if rows is None else rows, values, strict=True):
            if type(value) is dict and value:
                docs.append(value)
                at.append(place)
        self._take(docs, at, path)

    def _leaf(
        self, path: Path, values: Sequence[Any], rows: list[int] | None, types: set[type]
    ) -> None:
        cells = self.cells[path] = Cells(values, rows, kind_of(values, types))
        cells.array = array_of(values, cells.kind)
        if cells.array is None:
            cells.kind = Kind.MIXED


def common_of(counts: Counter[str], documents: int) -> set[str]:
    """Return the keys that are not rare among `documents`; ``_id`` is never rare.

    A field that is called as `REST` is goes there itself.
    """
    common = {key for key, count in counts.items() if count * RARE >= documents}
    return (common | set(IDENTITY)) - set(REST)


def _spread(array: pa.Array, rows: list[int], count: int) -> pa.Array:
    """Return `array` with its entries at `rows` of `count`, null elsewhere."""
    import numpy as np

    places = np.full(count, -1, dtype=np.int64)
    places[rows] = np.arange(len(rows))
    return array.take(pa.array(places, mask=places < 0))
