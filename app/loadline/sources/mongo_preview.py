"""A few documents as a person sees them: a table, trees, and the fields with their types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from bson.binary import Binary
from bson.code import Code
from bson.datetime_ms import DatetimeMS
from bson.dbref import DBRef
from bson.decimal128 import Decimal128
from bson.errors import BSONError
from bson.int64 import Int64
from bson.max_key import MaxKey
from bson.min_key import MinKey
from bson.objectid import ObjectId
from bson.regex import Regex
from bson.timestamp import Timestamp

from loadline.domain.browsing import DocumentsSeen, FieldSeen, Node
from loadline.domain.schema import ColumnType
from loadline.sources.mongo_columns import IDENTITY, Path, Shape, Table
from loadline.sources.mongo_documents import decoded
from loadline.sources.mongo_kinds import json_of
from loadline.sources.mongo_layout import Found, Place, batch_of, schema_of

LONGEST = 1_000
MOST_CHILDREN = 200
MOST_LISTED, DEEPEST = 12, 3
"""Values that stand in one line, and how deep it is looked for them."""
MOST_COLUMNS = 200

_WORDS: dict[type, str] = {
    type(None): "nothing",
    bool: "true/false",
    int: "whole number",
    Int64: "whole number",
    float: "decimal",
    str: "text",
    ObjectId: "object id",
    DatetimeMS: "date and time",
    Decimal128: "exact decimal",
    bytes: "bytes",
    Binary: "bytes",
    Regex: "pattern",
    Code: "code",
    DBRef: "reference",
    Timestamp: "timestamp",
    MinKey: "smallest key",
    MaxKey: "largest key",
}


def shown(raw: bytes) -> DocumentsSeen:
    """Return what there is to see of a batch of documents."""
    docs = decoded(raw).docs
    shape, found = Shape(), Found()
    table = Table(docs, shape)
    found.add(table)
    layout = found.layout(shape, {})
    kept = layout[:MOST_COLUMNS]
    batch = batch_of(table, kept, schema_of(kept))
    cells = [
        [_cell(value, place.column.type) for value in array.to_pylist()]
        for array, place in zip(batch.columns, kept, strict=True)
    ]
    kinds = _kinds(docs)
    return DocumentsSeen(
        fields=tuple(_field(place, kinds) for place in kept),
        rows=tuple(zip(*cells, strict=True)),
        trees=tuple(tuple(_node(name, value) for name, value in doc.items()) for doc in docs),
        left_out=len(layout) - len(kept),
    )


def _field(place: Place, kinds: dict[Path, Counter[str]]) -> FieldSeen:
    seen = kinds.get(place.path, Counter())
    return FieldSeen(place.name, place.column.type, seen.total(), tuple(seen.most_common()))


def _cell(value: Any, kind: ColumnType) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join("" if item is None else str(item) for item in value)[:LONGEST]
    if kind is ColumnType.TIMESTAMP:
        return str(value.isoformat(sep=" "))
    return (value.hex(" ") if isinstance(value, bytes) else str(value))[:LONGEST]


def _node(name: str, value: Any) -> Node:
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = [(str(number), item) for number, item in enumerate(value)]
    else:
        return Node(name, value_text(value), type_words(value))
    children = tuple(_node(key, item) for key, item in inside[:MOST_CHILDREN])
    return Node(name, value_text(value), type_words(value), children)


def type_words(value: Any) -> str:
    """Return the type of a value in words."""
    if isinstance(value, dict):
        return "1 field" if len(value) == 1 else f"{len(value):,} fields"
    if isinstance(value, list):
        return "list of 1" if len(value) == 1 else f"list of {len(value):,}"
    return _WORDS.get(type(value), type(value).__name__.lower())


def value_text(value: Any, depth: int = 0) -> str:
    """Return a value as one short line; of documents and lists the first values."""
    if isinstance(value, dict):
        text = _listed(value.values(), depth)
    elif isinstance(value, list):
        text = f"[{_listed(value, depth)}]"
    else:
        text = _plain_text(value)
    return " ".join(text[:LONGEST].split())


def _listed(values: Iterable[Any], depth: int) -> str:
    if depth >= DEEPEST:
        return "…"
    shown = [value_text(value, depth + 1) for value in islice(values, MOST_LISTED + 1)]
    return ", ".join(shown[:MOST_LISTED]) + (" …" if len(shown) > MOST_LISTED else "")


def _plain_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | ObjectId | Decimal128):
        return str(value)
    if isinstance(value, DatetimeMS):
        return _moment(value)
    return "" if value is None else json_of(value)


def _moment(value: DatetimeMS) -> str:
    try:
        return value.as_datetime().replace(tzinfo=None).isoformat(sep=" ")
    except (BSONError, OverflowError, ValueError):  # outside the years 1 to 9999
        return json_of(value)


def _kinds(docs: list[dict[str, Any]]) -> dict[Path, Counter[str]]:
    """Return how often each type was seen at each path, sub-documents themselves included."""
    types: dict[Path, Counter[str]] = {}
    for doc in docs:
        for path, value in _flat(doc, ()):
            types.setdefault(path, Counter())[_field_type(value)] += 1
    return types


def _flat(doc: dict[str, Any], path: Path) -> Iterator[tuple[Path, Any]]:
    for key, value in doc.items():
        here = (*path, key)
        yield here, value
        if isinstance(value, dict) and here != IDENTITY:
            yield from _flat(value, here)


def _field_type(value: Any) -> str:
    if isinstance(value, dict):
        return "document"
    return "list" if isinstance(value, list) else type_words(value)
