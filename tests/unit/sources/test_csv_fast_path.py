from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadline.domain.jobs import CsvFolderSource
from loadline.sources import csv_chunks, csv_reader
from loadline.sources.csv_chunks import Chunks, Irregular
from loadline.sources.csv_columns import FileColumns
from loadline.sources.csv_content import Content
from loadline.sources.csv_dialect import Dialect
from loadline.sources.csv_folder import CsvFolder
from loadline.sources.source import ReadHints, StartOver
from tests.support.csv_folders import LoadedPart, load_part, plan_of, source_for, write_files
from tests.support.csv_loading import Collected

ROWS = 4_000


def load(folder: Path, content: str | bytes, name: str = "a.csv", **spec: Any) -> LoadedPart:
    write_files(folder, {name: content})
    source = source_for(folder, pattern=(name,), **spec)
    return load_part(source, plan_of(source).partitions[0])


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make chunks so small that a test's file has many."""
    monkeypatch.setattr(csv_reader, "CHUNK_BYTES", 512)
    monkeypatch.setattr(csv_reader, "_PER_COLUMN", 1)


def test_a_plain_file_comes_with_types_and_a_count_of_its_own(tmp_path: Path) -> None:
    part = load(tmp_path, "id,at,name\n1,2021-01-02,a\n2,,b\n")
    assert part.types == {"id": "int", "at": "date", "name": "text"}
    assert part.account.rows_read == part.table.num_rows == 2
    assert part.account.reader == "fast"
    assert part.column("at")[1] is None


@pytest.mark.usefixtures("small_chunks")
def test_cells_with_line_ends_and_quotes_are_whole_at_every_chunk_border(tmp_path: Path) -> None:
    told = [(str(i), f'say "{i}",\nthen {"x" * (i % 37)}\r\nend') for i in range(500)]
    out = io.StringIO()
    csv.writer(out).writerows([("id", "said"), *told])
    part = load(tmp_path, out.getvalue())
    assert part.account.reader == "fast"
    assert part.account.rows_read == 500
    assert part.column("said") == [said for _, said in told]


@pytest.mark.usefixtures("small_chunks")
def test_a_late_value_widens_its_column_and_no_other(tmp_path: Path) -> None:
    rows = [f"{i},{i},2021-01-02" for i in range(ROWS)]
    rows[-1] = "x7,1.5,2021-01-02 10:00"
    part = load(tmp_path, "\n".join(["a,b,c", *rows]))
    assert part.types == {"a": "text", "b": "decimal", "c": "timestamp"}
    assert len(part.restarts) == 1
    assert part.column("a")[:2] == ["0", "1"]
    assert part.account.rows_read == ROWS


@pytest.mark.usefixtures("small_chunks")
def test_a_file_is_read_at_most_twice_when_columns_widen_one_after_the_other(
    tmp_path: Path,
) -> None:
    rows = [["1"] * 8 for _ in range(ROWS)]
    for column in range(8):
        rows[ROWS // 2 + column * 200][column] = "x"
    text = "\n".join(",".join(row) for row in [list("abcdefgh"), *rows])
    part = load(tmp_path, text)
    assert set(part.types.values()) == {"text"}
    assert len(part.restarts) == 1


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize(
    ("late", "kind"),
    [
        ("007", "text"),
        ("+7", "text"),
        ("NA", "text"),
        ("9223372036854775808", "text"),
        ("0.5", "decimal"),
        ("1e400", "text"),
        ("nan", "text"),
        ("12345678901234567.5", "text"),
    ],
)
def test_what_was_written_comes_back_however_late_it_stands(
    tmp_path: Path, late: str, kind: str
) -> None:
    part = load(tmp_path, "\n".join(["a,b", *(f"{i},y" for i in range(ROWS)), f"{late},y"]))
    assert part.types["a"] == kind
    assert str(part.column("a")[-1]) == late


@pytest.mark.usefixtures("small_chunks")
def test_a_column_that_is_empty_for_long_gets_the_type_of_its_first_value(
    tmp_path: Path,
) -> None:
    part = load(tmp_path, "\n".join(["a,b", *(f"{i}," for i in range(ROWS)), "5,2021-01-02"]))
    assert part.types == {"a": "int", "b": "date"}
    assert part.column("b")[:1] == [None]


def test_a_column_without_a_value_is_empty(tmp_path: Path) -> None:
    part = load(tmp_path, "a,b\n1,\n2,\n")
    assert part.types == {"a": "int", "b": "empty"}
    assert part.table.schema.field("b").type == pa.null()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", ["", "END", "ENDEND"])
def test_lines_may_end_in_any_way_and_the_last_one_not_at_all(
    tmp_path: Path, end: str, last: str
) -> None:
    lines = ["a,b", "1,x", "2,y"]
    part = load(tmp_path, (end.join(lines) + last.replace("END", end)).encode())
    assert part.column("a") == [1, 2]
    assert part.account.rows_read == 2
    assert part.account.reader == "fast"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Grüße,1\nπ,2\n"),
        ("utf-8-sig", "Grüße,1\nπ,2\n"),
        ("utf-16", "Grüße,1\nπ,2\n"),
        ("utf-16-be", "Grüße,1\nabc,2\n"),
    ],
)
def test_encodings_are_recoded_while_they_stream(tmp_path: Path, encoding: str, text: str) -> None:
    part = load(tmp_path, f"word,n\n{text}".encode(encoding))
    assert part.table.column_names == ["word", "n"]
    assert part.column("word")[0] == "Grüße"
    assert part.account.rows_read == 2


@pytest.mark.parametrize("suffix", ["gz", "bz2", "xz", "zst", "zip"])
def test_packed_files_are_read_and_progress_counts_bytes_on_disk(
    tmp_path: Path, suffix: str
) -> None:
    content = "a,b\n" + "".join(f"{i},text {i}\n" for i in range(50_000))
    path = tmp_path / f"a.csv.{suffix}"
    pack(path, content.encode())
    source = source_for(tmp_path)
    (partition,) = plan_of(source).partitions
    part = load_part(source, partition)
    assert partition.size == path.stat().st_size < len(content)
    assert part.account.rows_read == 50_000
    assert part.account.bytes_read == partition.size
    assert part.column("b")[-1] == "text 49999"


def pack(path: Path, content: bytes) -> None:
    import bz2
    import gzip
    import lzma
    import zipfile

    match path.suffix:
        case ".gz":
            path.write_bytes(gzip.compress(content))
        case ".bz2":
            path.write_bytes(bz2.compress(content))
        case ".xz":
            path.write_bytes(lzma.compress(content))
        case ".zst":
            path.write_bytes(pa.compress(content, "zstd", asbytes=True))
        case ".zip":
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("inside.csv", content)


def test_a_cell_of_three_megabytes_is_a_cell(tmp_path: Path) -> None:
    long = "x" * 3_000_000
    part = load(tmp_path, f'a,b\n1,short\n2,"{long}"\n3,{long}\n4,end\n')
    assert [len(cell) for cell in part.column("b")] == [5, 3_000_000, 3_000_000, 3]
    assert part.account.reader == "fast"


def test_ten_thousand_columns_are_read(tmp_path: Path) -> None:
    names = [f"c{i}" for i in range(10_000)]
    row = ",".join(str(i) for i in range(10_000))
    part = load(tmp_path, "\n".join([",".join(names), *[row] * 20]))
    assert part.table.num_rows == part.account.rows_read == 20
    assert part.column("c9999") == [9_999] * 20


def test_only_a_header_gives_columns_without_rows(tmp_path: Path) -> None:
    part = load(tmp_path, "a,b\n", dialect={"header_rows": 1})
    assert part.types == {"a": "empty", "b": "empty"}
    assert part.account.rows_read == part.table.num_rows == 0


@pytest.mark.parametrize("content", ["", "\n", "\r\n\r\n", "\ufeff"])
def test_nothing_at_all_is_no_row_and_no_error(tmp_path: Path, content: str) -> None:
    part = load(tmp_path, content)
    assert part.account.rows_read == part.table.num_rows == 0


def test_a_batch_has_no_more_rows_than_a_part_may_have(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.csv": "a,b\n" + "1,\n" * 300_000})
    source = source_for(tmp_path)
    reader = source.open(plan_of(source).partitions[0], hints=HINTS, sink=Collected())
    sizes = [batch.num_rows for batch in reader]
    reader.close()
    assert max(sizes) <= 65_536
    assert sum(sizes) == 300_000


HINTS = ReadHints()


@pytest.mark.usefixtures("small_chunks")
def test_rows_know_the_line_they_begin_in(tmp_path: Path) -> None:
    rows = [f'{i},"one\ntwo"' if i % 3 == 0 else f"{i},one" for i in range(300)]
    part = load(tmp_path, "\n".join(["a,b", *rows]), row_column=True)
    lines, expected = part.column("_row"), 2
    for i, line in enumerate(lines):
        assert line == expected
        expected += 2 if i % 3 == 0 else 1


def test_a_value_that_does_not_fit_a_forced_type_is_left_empty_and_told(tmp_path: Path) -> None:
    part = load(tmp_path, "a,b\n1,x\nabc,y\n03,z\n", column_types={"a": "int"})
    assert part.column("a") == [1, None, 3]
    (problem,) = part.sink.problems
    assert (problem.line, problem.raw, problem.done) == (3, "abc", "Left empty")
    assert part.account.problem_count == 1


def test_a_forced_date_format_gives_dates(tmp_path: Path) -> None:
    part = load(tmp_path, "d\n11/3/98\n2/30/98\n", date_formats={"d": "%m/%d/%y"})
    assert [str(day) for day in part.column("d")] == ["1998-11-03", "None"]
    assert part.account.problem_count == 1


def test_text_is_asked_for_and_nothing_becomes_anything_else(tmp_path: Path) -> None:
    part = load(tmp_path, "a,b\n1,2021-01-02\n,true\n", types="text")
    assert part.table.to_pylist() == [{"a": "1", "b": "2021-01-02"}, {"a": "", "b": "true"}]


# What is not for this path


class Bytes:
    """A stream of bytes for `Chunks`."""

    def __init__(self, content: bytes) -> None:
        self._stream = io.BytesIO(content)

    def readinto(self, view: memoryview) -> int:
        return self._stream.readinto(view)


def chunks(content: bytes, size: int = 64, quote: str = '"') -> list[bytes]:
    cut = Chunks(Bytes(content), line_end="\n", quote=quote, delimiter=",", size=size)
    return [bytes(chunk.data) for chunk in cut]


@pytest.mark.parametrize(
    "line",
    [b'1,5" pipe\n', b'1,"open\n', b'1,"a"b\n', b'1,"a" \n', b'1, "a"\n', b'1,a""b\n'],
)
def test_a_stray_quote_is_seen_wherever_it_stands(line: bytes) -> None:
    with pytest.raises(Irregular):
        chunks(b"1,ok\n" * 5 + line + b'1,ok\n2,"q"\n' * 5)


@given(
    st.lists(st.lists(st.text('a",\n ', max_size=9), min_size=2, max_size=2), min_size=1),
    st.integers(24, 200),
)
def test_chunks_end_with_records_and_lose_no_byte(rows: list[list[str]], size: int) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    content = out.getvalue()
    pieces = chunks(content.encode(), size)
    assert b"".join(pieces).decode() == content
    found = [row for piece in pieces for row in csv.reader(io.StringIO(piece.decode(), newline=""))]
    assert found == rows


def test_a_record_without_an_end_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_chunks, "LONGEST_RECORD", 5_000)
    with pytest.raises(Irregular, match="longer than"):
        chunks(b'1,"' + b"a\n" * 20_000)


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize(
    ("odd", "why"),
    [
        ("1,2,3", "line 4002 has 3 cells instead of 2"),
        ("1", "line 4002 has 1 cell instead of 2"),
        ("", "blank lines"),
        ('1,5" pipe', "quote"),
        ("1,a\rb,2", "line"),
    ],
)
def test_what_the_strict_parser_would_get_wrong_goes_to_the_tolerant_path(
    tmp_path: Path, odd: str, why: str
) -> None:
    lines = ["a,b", *["7,text"] * ROWS, odd, "8,end"]
    write_files(tmp_path, {"a.csv": "\n".join(lines)})
    source = source_for(tmp_path)
    reader = source.open(plan_of(source).partitions[0], HINTS, Collected())
    assert isinstance(reader, csv_reader.FastReader)
    with pytest.raises(StartOver) as again:
        list(reader)
    reader.close()
    assert again.value.hints.reader == "tolerant"
    assert why in again.value.hints.reason.replace(",", "")


def test_the_receipt_says_which_path_read_a_file_and_why(tmp_path: Path) -> None:
    part = load(tmp_path, "a,b\n" + "1,2\n" * 5_000 + "1,2,3\n")
    assert part.account.reader == "tolerant"
    assert "3 cells instead of 2" in part.account.reason
    assert part.account.rows_read == 5_001


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\x00", exclude_categories=["Cs"]),
    max_size=12,
)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(TEXTS, min_size=width, max_size=width), min_size=1, max_size=12)
)


@settings(deadline=None)
@given(
    TABLES,
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_any_table_comes_back_cell_by_cell(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[list[str]],
    delimiter: str,
    end: str,
    quoted: bool,
) -> None:
    folder = tmp_path_factory.mktemp("table")
    header = [f"column {i}" for i in range(len(rows[0]))]
    out = io.StringIO()
    writer = csv.writer(
        out,
        delimiter=delimiter,
        lineterminator=end,
        quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL,
    )
    writer.writerows([header, *rows])
    path = folder / "a.csv"
    path.write_bytes(out.getvalue().encode())
    dialect = Dialect(delimiter=delimiter, line_end=end, names=tuple(header))
    columns = FileColumns.of(header, CsvFolderSource(path=str(folder), types="text"), (), None)
    reader = csv_reader.FastReader(
        Content(path, "a.csv"), "a.csv", dialect, columns, HINTS, Collected()
    )
    table = pa.Table.from_batches(list(reader), reader.schema)
    assert [list(row.values()) for row in table.to_pylist()] == rows
    assert reader.account().rows_read == len(rows)
    reader.close()


COLUMN = st.sampled_from(
    [
        st.integers(-(10**6), 10**6).map(str),
        st.integers(-(10**20), 10**20).map(str),
        st.floats(allow_nan=True, allow_infinity=True).map(repr),
        st.decimals(-1000, 1000, places=2).map(str),
        st.dates().map(str),
        st.datetimes().map(str),
        st.sampled_from(["true", "false", ""]),
        st.sampled_from(["7", "007", "+7", "", "7.0", "7e1"]),
    ]
)


@settings(deadline=None)
@given(st.data(), st.lists(COLUMN, min_size=2, max_size=4), st.integers(1, 60))
def test_typed_columns_say_what_was_written_wherever_odd_values_stand(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, kinds: list[Any], size: int
) -> None:
    odd = st.sampled_from(["", "x", "0", "1.5", "007", "nan", "2021-01-02", "9" * 16])
    rows = [[data.draw(kind) for kind in kinds] for _ in range(size)]
    for row in rows[size // 2 :: 7]:
        row[-1] = data.draw(odd)
    path = tmp_path_factory.mktemp("typed") / "a.csv"
    path.write_text("".join(",".join(row) + "\n" for row in rows))
    names = [f"c{i}" for i in range(len(kinds))]
    table, types = read_fast(path, Dialect(names=tuple(names), header_rows=0, data_line=0))
    for name, written in zip(names, zip(*rows, strict=True), strict=True):
        for text, value in zip(written, table.column(name).to_pylist(), strict=True):
            assert_says(text, value, types[name])


def read_fast(path: Path, dialect: Dialect) -> tuple[pa.Table, dict[str, str]]:
    """Read a file on the fast path in chunks of a few lines, beginning again when asked to."""
    hints = HINTS
    while True:
        spec = CsvFolderSource(path=str(path.parent))
        columns = FileColumns.of(dialect.names, spec, hints.types, None)
        content = Content(path, path.name)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(csv_reader, "CHUNK_BYTES", 256)
            patch.setattr(csv_reader, "_PER_COLUMN", 1)
            reader = csv_reader.FastReader(content, path.name, dialect, columns, hints, Collected())
        try:
            table = pa.Table.from_batches(list(reader), reader.schema)
            assert reader.account().rows_read == table.num_rows
            return table, {c.name: c.type.value for c in reader.account().schema}
        except StartOver as again:
            hints = again.hints
            if hints.reader == "tolerant":
                pytest.fail(f"left the fast path: {hints.reason}")
        finally:
            reader.close()


def assert_says(text: str, value: object, kind: str) -> None:
    """Assert that a typed value is the text that was written, or for decimals its number."""
    if kind == "text":
        assert value == text
    elif value is None:
        assert text == ""
    elif kind == "decimal":
        assert float(text) == value
    elif kind == "timestamp":
        assert value == datetime.fromisoformat(text)
    else:
        assert str(value).lower() == text


def test_a_source_is_a_frozen_description(tmp_path: Path) -> None:
    import pickle

    source = source_for(tmp_path, columns="common")
    assert pickle.loads(pickle.dumps(source)) == source
    assert isinstance(source, CsvFolder)
