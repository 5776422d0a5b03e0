"""Dates in a format that a person has forced, read by Arrow and proved by Python's strict reader.

Arrow's ``strptime`` takes 30 February for 2 March and reads the year 98 where ``%Y`` is asked
for. A value that does not come out again as it was written is therefore read once more, by
`datetime.strptime`, whose word counts.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from loadline.domain.arrow import arrow_type
from loadline.domain.schema import ColumnType

_TIME_OF_DAY = ("%H", "%I", "%M", "%S", "%T", "%R", "%X", "%c", "%p", "%f")
_PADDING = r"(^|[^0-9])0+([0-9])"


def format_type(written: str) -> ColumnType:
    """Return whether a strptime format says days or moments."""
    moments = any(part in written for part in _TIME_OF_DAY)
    return ColumnType.TIMESTAMP if moments else ColumnType.DATE


def dates(text: pa.StringArray, written: str) -> pa.Array:
    """Return the column as dates or timestamps; null where a cell does not follow the format."""
    kind = arrow_type(format_type(written))
    if "%f" in written:
        return pa.array([_strict(cell, written) for cell in text.to_pylist()], kind)
    read = pc.strptime(text, format=written, unit="s", error_is_null=True)
    doubtful = pc.invert(pc.fill_null(_same(pc.strftime(read, format=written), text), False))
    if "%Y" in written:
        doubtful = pc.or_(doubtful, pc.fill_null(pc.less(pc.year(read), 1000), True))
    moments = pc.cast(read, pa.timestamp("us"))
    if pc.any(doubtful).as_py():
        again = [_strict(cell, written) for cell in text.filter(doubtful).to_pylist()]
        moments = pc.replace_with_mask(moments, doubtful, pa.array(again, pa.timestamp("us")))
    return moments if kind == moments.type else pc.cast(moments, kind)


def _same(a: pa.StringArray, b: pa.StringArray) -> pa.BooleanArray:
    """Compare dates as they are written, whether numbers have leading zeros or not."""
    return pc.equal(_bare(a), _bare(b))


def _bare(text: pa.StringArray) -> pa.StringArray:
    return pc.replace_substring_regex(text, _PADDING, r"\1\2")


@lru_cache(maxsize=100_000)
def _strict(cell: str | None, written: str) -> datetime | None:
    if not cell:
        return None
    try:
        return datetime.strptime(cell, written)  # noqa: DTZ007 - moments have no zone
    except ValueError:
        return None
