"""Files of one folder are mostly written alike: a short look at the twin of one already known.

The whole look takes about a millisecond, which is most of what a file of a few rows costs. A file
is a twin when its first line is, byte for byte, the header of a file that was looked at in full
under the same settings, and nothing in it could mean anything else: plain ASCII, no quote, the
same number of cells in every line, and values wherever the other had values.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import replace

from loadline.domain.jobs import ForcedDialect
from loadline.sources.csv_dialect import Dialect

KNOWN = 64
"""Headers remembered per process."""
_ROWS = re.compile(r"[\d,]+ of [\d,]+ rows")
_NOT_PLAIN = (b'"', b"'", b"\\", b"\x00")
_VALUE = frozenset("0123456789+-.")
_Key = tuple[ForcedDialect, bytes]


class Twins:
    """Remembers how files were written, by their first line."""

    def __init__(self) -> None:
        self._known: OrderedDict[_Key, Dialect] = OrderedDict()

    def learn(self, sample: bytes, forced: ForcedDialect, found: Dialect) -> None:
        """Remember a file that was looked at in full, if it is plain enough to have twins."""
        if not _plain(sample) or not _simple(found):
            return
        self._known[forced, _first_line(sample, found)] = found
        if len(self._known) > KNOWN:
            self._known.popitem(last=False)

    def find(self, sample: bytes, forced: ForcedDialect) -> Dialect | None:
        """Return how the file of this `sample`, its whole content, is written, if it is a twin."""
        if not self._known or not _plain(sample):
            return None
        end = sample.find(b"\n")
        if end < 0:
            return None
        known = self._known.get((forced, sample[:end].removesuffix(b"\r")))
        if known is None:
            return None
        rows = _rows(sample.decode("ascii"), known)
        if rows is None or not _values(rows[1:], known.watched):
            return None
        count = f"{len(rows):,} of {len(rows):,} rows"
        return replace(known, evidence=_ROWS.sub(count, known.evidence))


def _plain(sample: bytes) -> bool:
    return sample.isascii() and not any(mark in sample for mark in _NOT_PLAIN)


def _simple(found: Dialect) -> bool:
    return (
        found.confident
        and found.fast
        and found.encoding == "utf-8"
        and found.data_line == 1
        and found.header_rows == 1
        and found.second_line is None
        and found.line_end in ("\n", "\r\n")
        and not (found.mixed_line_ends or found.comment or found.blank_after_delimiter)
        and len(found.delimiter) == 1
    )


def _first_line(sample: bytes, found: Dialect) -> bytes:
    return sample.split(found.line_end.encode(), 1)[0]


def _rows(text: str, known: Dialect) -> list[list[str]] | None:
    """Return the cells of all lines, or None where a line is not like the others."""
    lines = text.removesuffix(known.line_end).split(known.line_end)
    ends = text.count("\n") + text.count("\r")
    if ends != text.count(known.line_end) * len(known.line_end) or len(lines) < 2:
        return None
    rows = [line.split(known.delimiter) for line in lines]
    if any(len(row) != known.width or row[0][:1] == "#" for row in rows):
        return None
    # A row without anything in it parts tables, and a repeated header begins one.
    if any(row == rows[0] or not any(row) for row in rows[1:]):
        return None
    return rows


def _values(rows: list[list[str]], watched: tuple[int, ...]) -> bool:
    """Tell whether the columns that held values elsewhere hold values here."""
    return all(row[column][:1] in _VALUE for column in watched for row in rows if row[column])
