"""Whatever Python's csv module writes comes back cell by cell, and nobody is told anything.

What no reader could tell apart is left out, and only this:

- a single column (nothing shows what the delimiter would be);
- rows without any text (they are blank lines) and files without a row;
- a cell that is nothing but blanks or begins or ends with one, next to a delimiter without quotes;
- a backslash that may be text or may be escaped by a second one;
- an escaped ' where nothing is quoted;
- an LF in a cell that Python does not quote, because CR ends the lines;
- quotes that are written neither doubled nor escaped;
- a header that is not one: here its names are words that stand in no row;
- text of random characters as a row of names or values without any quote: cells hold words,
  and the characters that structure a file stand between them.
"""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import lzma
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.support.csv_loading import load_file

WORDS = ("Oslo", "red", "x1", "7", "19.5", "2018-03-04", "é", "Zürich", "a b", "N", "0031", "-4")
JOINTS = (",", ";", "|", "\t", '"', '""', "'", "\n", "\r\n", " ", ", ", "\\", "#")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252")


def _zip(data: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("table.csv", data)
    return packed.getvalue()


def _zstd(data: bytes) -> bytes:
    return bytes(pa.compress(data, codec="zstd", asbytes=True))


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes, ".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress,
    ".zip": _zip, ".zst": _zstd,
}  # fmt: skip


@dataclass(frozen=True)
class Way:
    """How a table is written."""

    delimiter: str
    quote: str
    quoting: Literal[0, 1, 2]
    escape: str | None
    end: str
    encoding: str
    packing: str


@st.composite
def cells(draw: st.DrawFn) -> str:
    """Return words with structuring characters between them."""
    parts = draw(st.lists(st.sampled_from(WORDS), min_size=0, max_size=3))
    text = "".join(p + draw(st.sampled_from(JOINTS)) for p in parts[:-1]) + "".join(parts[-1:])
    return text.replace("\r\n", "\n") if draw(st.booleans()) else text


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    """Return a header and rows."""
    width = draw(st.integers(2, 6))
    header = [f"name{chr(97 + i)}" for i in range(width)]
    row = st.lists(cells(), min_size=width, max_size=width).filter(any)
    return header, draw(st.lists(row, min_size=3, max_size=12))


ways = st.builds(
    Way,
    delimiter=st.sampled_from(",;\t|"),
    quote=st.sampled_from("\"'"),
    quoting=st.sampled_from((csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC)),
    escape=st.sampled_from((None, "\\")),
    end=st.sampled_from(("\n", "\r\n", "\r")),
    encoding=st.sampled_from(ENCODINGS),
    packing=st.sampled_from(tuple(PACKERS)),
)


def written(header: list[str], rows: list[list[str]], way: Way) -> bytes:
    """Return the file's bytes."""
    text = io.StringIO(newline="")
    writer = csv.writer(
        text, delimiter=way.delimiter, quotechar=way.quote, quoting=way.quoting,
        escapechar=way.escape, doublequote=way.escape is None, lineterminator=way.end,
    )  # fmt: skip
    writer.writerow(header)
    writer.writerows(rows)
    return PACKERS[way.packing](text.getvalue().encode(way.encoding))


@pytest.mark.time_limit(120)
@given(table=tables(), way=ways)
@settings(
    max_examples=150,
    derandomize=True,
    phases=(Phase.generate,),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_table_comes_back_cell_by_cell(
    table: tuple[list[str], list[list[str]]], way: Way, tmp_path: Path
) -> None:
    """Delimiter, quote, escape, line end, encoding and packing are all found."""
    header, rows = table
    if way.escape:
        rows = [[cell.replace("\\", "/").replace("'", "’") for cell in row] for row in rows]
    if way.end == "\r" and way.quoting == csv.QUOTE_MINIMAL:
        rows = [[cell.replace("\n", " ") for cell in row] for row in rows]
    path = tmp_path / f"table.csv{way.packing}"
    path.write_bytes(written(header, rows, way))
    loaded = load_file(path)
    assert loaded.header == header
    assert [[cell or "" for cell in row] for row in loaded.rows] == rows
    assert loaded.account.rows_read == len(rows)


@pytest.mark.parametrize("packing", PACKERS)
def test_a_packed_file_is_known_by_its_content_and_not_its_name(
    packing: str, tmp_path: Path
) -> None:
    """The suffix is not asked."""
    path = tmp_path / "table.csv"
    path.write_bytes(PACKERS[packing](b"a,b\n1,2\n3,4\n"))
    assert load_file(path).rows == [["1", "2"], ["3", "4"]]
