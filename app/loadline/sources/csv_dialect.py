"""How a CSV file is written, found from its first bytes."""

from __future__ import annotations

from dataclasses import dataclass

from loadline.domain.jobs import ForcedDialect
from loadline.sources.csv_compression import compression_of, open_decompressed

__all__ = ["SAMPLE_BYTES", "Dialect", "compression_of", "find_dialect", "open_decompressed"]

SAMPLE_BYTES = 256 * 1024
"""Decompressed bytes of a file that are enough to find its dialect."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one file is written. Lines are physical lines of the decompressed content."""

    compression: str | None = None
    """``gz`` ``bz2`` ``xz`` ``zst`` ``zip`` or None; `find_dialect` leaves it to the caller."""
    encoding: str = "utf-8"
    """Python's name of the codec, without a BOM variant: ``utf-8``, ``utf-16-le``, ``cp1252``."""
    bom: bool = False
    """The content begins with a byte order mark, which is not part of the first cell."""
    delimiter: str = ","
    """One or more characters; empty when there is only one column and nothing delimits."""
    quote: str = '"'
    """The quote character; empty when nothing is quoted."""
    escape: str = ""
    """``\\`` where a backslash escapes; empty: a quote in a quoted cell is doubled."""
    line_end: str = "\n"
    """The prevailing line end."""
    mixed_line_ends: bool = False
    skip_lines: int = 0
    """Lines above the header: preamble, blank and comment lines."""
    comment: str = ""
    """What a comment line begins with; empty: there are none."""
    header_rows: int = 1
    data_line: int = 1
    """Lines above the first data row: `skip_lines`, the header rows, blank or comment lines."""
    names: tuple[str, ...] = ()
    """Final column names, not empty and unique; no name at all: the file holds no table."""
    blank_after_delimiter: bool = False
    """Blanks that follow a delimiter are not part of the cell."""
    confident: bool = True
    evidence: str = ""
    """What speaks for it: ``delimiter `;`: 9 columns in 84 of 84 rows``."""
    preamble: tuple[str, ...] = ()
    """The texts of the lines above the header that are neither blank nor comments."""
    fast: bool = True
    """A strict parser (pyarrow) can read the sample as it is, from `data_line` on."""
    why_not_fast: str = ""
    """Why not, in plain words: ``a second table begins in line 90``."""

    @property
    def width(self) -> int:
        """How many columns the file has."""
        return len(self.names)

    @property
    def double_quote(self) -> bool:
        """A quote inside a quoted cell is written twice."""
        return bool(self.quote) and not self.escape


def find_dialect(
    sample: bytes, *, whole: bool, name: str = "", forced: ForcedDialect | None = None
) -> Dialect:
    """Find how a file is written.

    Args:
        sample: its first bytes, decompressed; `SAMPLE_BYTES` are enough.
        whole: the sample is the whole file.
        name: the file's name; its suffix breaks ties (``.tsv``).
        forced: what a person forces; the rest is found to fit.
    """
    del whole, name
    forced = forced or ForcedDialect()
    first = sample.split(b"\n", 1)[0].decode("utf-8", "replace").rstrip("\r")
    delimiter = forced.delimiter or max(",;\t|", key=first.count)
    names = tuple(first.split(delimiter)) if first else ()
    return Dialect(delimiter=delimiter, names=names)
