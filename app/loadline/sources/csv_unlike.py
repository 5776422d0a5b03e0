"""Rows that look like the header of another table, found in whole columns at once.

Where two columns have held nothing but numbers and dates, a row with words in both of them is
looked at more closely. That costs a few nanoseconds a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from loadline.sources.csv_header import header_like

if TYPE_CHECKING:
    import pyarrow as pa

_MOST = 100
"""Suspects in one piece, above which words among the values are nothing special."""


def unlike_rows(texts: Sequence[pa.StringArray], watched: Sequence[int]) -> list[int]:
    """Return the rows that have words in all watched columns and could be names."""
    if not watched or not len(texts[0]):
        return []
    mask = _begins_with_letter(texts[watched[0]])
    for column in watched[1:]:
        mask &= _begins_with_letter(texts[column])
    rows: list[int] = np.flatnonzero(mask).tolist()
    if len(rows) > _MOST:
        return []
    return [row for row in rows if header_like([str(text[row].as_py() or "") for text in texts])]


def _begins_with_letter(text: pa.StringArray) -> npt.NDArray[np.bool_]:
    _, ends, data = text.buffers()
    offsets = np.frombuffer(ends, np.int32, len(text) + 1, text.offset * 4)
    letters = np.zeros(len(text), bool)
    if data is None or not data.size:
        return letters
    filled = offsets[1:] > offsets[:-1]
    first = np.frombuffer(data, np.uint8)[np.minimum(offsets[:-1], data.size - 1)]
    lower = first | 32
    letters[:] = filled & (((lower >= 97) & (lower <= 122)) | (first >= 128))
    return letters
