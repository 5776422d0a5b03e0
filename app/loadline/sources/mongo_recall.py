"""One document again, found by its ``_id``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from bson import json_util
from bson.binary import Binary
from bson.decimal128 import Decimal128
from bson.errors import BSONError
from bson.objectid import ObjectId

from loadline.domain.errors import Place, SourceDamaged, SourceMissing
from loadline.domain.schema import ColumnType, Schema
from loadline.sources.mongo_kinds import CODEC, Kind
from loadline.sources.mongo_layout import LITERAL
from loadline.sources.mongo_piece import Piece, piece_of
from loadline.sources.mongo_reader import MongoReader
from loadline.sources.mongo_stream import Stream
from loadline.sources.mongo_tally import own_form
from loadline.sources.recall import Recalled, Wanted, row_of
from loadline.sources.source import ReadHints, Sink

if TYPE_CHECKING:
    import pyarrow as pa

KEY = "_id"
_WIDER = {Kind.MIXED: ColumnType.TEXT, Kind.WHOLE: ColumnType.TEXT, Kind.ITEMS: ColumnType.LIST}


_CERTAIN = (Kind.OID, Kind.STRING, Kind.INT, Kind.TIMESTAMP)
"""Kinds of ``_id`` that every server finds, so that one it does not find is not there."""


def recall_document(
    stream: Callable[[Piece], Stream], where: str, wanted: Wanted, sink: Sink
) -> Recalled:
    """Return the document of `where` with the kept ``_id``, whatever its other fields say now.

    Raises `SourceMissing` where there is none, and what reading raises.
    """
    forms = {column.name: own_form(column).removesuffix(LITERAL) for column in wanted.schema}
    hints = ReadHints(types=tuple(_types(wanted.schema)))
    key, form = wanted.fields[KEY], forms.get(KEY, "")
    for one in ids_of(key, form):
        reader = MongoReader(_opener(stream, Piece("ids", ids=(one,))), hints, sink)
        with suppress(SourceDamaged):  # a server that cannot look for such an _id
            if reader.schema.names:
                return Recalled(row_of(reader, 0, where), where, by_key=True)
        reader.close()
    if form not in _CERTAIN:
        piece = piece_of(wanted.partition.key)
        found = _among(MongoReader(_opener(stream, piece), hints, sink), key)
        if found is not None:
            return Recalled(found, where, by_key=True)
    raise SourceMissing(
        "The document is not in the collection any more.",
        place=Place(where, record=str(key)),
        advice="What was kept of it is shown above.",
    )


def _among(reader: MongoReader, key: Any) -> pa.RecordBatch | None:
    """Return the document of a piece whose ``_id`` is told as `key`."""
    try:
        for batch in reader:
            told = batch.column(batch.schema.get_field_index(KEY)).to_pylist()
            for row, one in enumerate(told):
                if one == key or str(one) == str(key):
                    return batch.slice(row, 1)
    finally:
        reader.close()
    return None


def _opener(stream: Callable[[Piece], Stream], piece: Piece) -> Callable[[bool], Stream]:
    return lambda _moved: stream(piece)


def ids_of(told: Any, form: str) -> list[Any]:
    """Return the ``_id`` that a column of this form tells as `told`; several where it is open."""
    if isinstance(told, bool | int | float) and form not in _FROM_TEXT:
        return [told]
    if form in _FROM_TEXT:
        return [_FROM_TEXT[form](str(told))]
    found = [told]
    with suppress(ValueError, TypeError, BSONError):
        options = json_util.JSONOptions(datetime_conversion=CODEC.datetime_conversion)
        found.append(json_util.loads(str(told), json_options=options))
    return found


def _moment(told: str) -> datetime:
    return datetime.fromisoformat(told).replace(tzinfo=UTC)


_FROM_TEXT: dict[str, Callable[[str], Any]] = {
    Kind.OID: ObjectId,
    Kind.DIGITS: Decimal128,
    Kind.UUID: lambda told: Binary.from_uuid(UUID(told)),
    Kind.TIMESTAMP: _moment,
    Kind.STRING: str,
}


def _types(schema: Schema) -> Iterator[tuple[str, ColumnType]]:
    """Yield the columns that a single document must be read as wide as the whole collection."""
    for column in schema:
        form = own_form(column).removesuffix(LITERAL)
        if form in _WIDER:
            yield column.name, _WIDER[Kind(form)]
