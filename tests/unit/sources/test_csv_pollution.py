"""A single pollution costs at most its own row, wherever it is and whatever it is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from loadline.domain.plan import ProblemKind
from loadline.sources import csv_stream
from loadline.sources.csv_compression import compression_of
from tests.support.csv_loading import load_file
from tests.support.pollution import Case, Table, bases, single_pollutions, whole_files
from tests.support.pollution_score import score

WHOLE = [case for table in bases() for case in whole_files(table)]
SINGLE = [case for table in bases() for case in single_pollutions(table)]


@pytest.mark.parametrize("case", WHOLE, ids=lambda case: case.name)
def test_a_whole_file_is_read_as_a_person_reads_it(case: Case, tmp_path: Path) -> None:
    """Names, rows and cells; a further table stays apart."""
    path = tmp_path / "table.csv"
    path.write_bytes(case.data)
    loaded = load_file(path)
    assert score(case, loaded.header, loaded.rows).perfect
    assert [list(row.values()) for row in loaded.asides.get(2, [])] == case.aside or not case.aside
    assert loaded.account.rows_read == len(case.rows)


@pytest.mark.time_limit(120)
@given(case=st.sampled_from(SINGLE))
@settings(
    max_examples=250, derandomize=True, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
def test_a_single_pollution_loses_no_other_row(case: Case, tmp_path: Path) -> None:
    """All rows are there, all but one as they are in the clean table, and the odd one is told."""
    path = tmp_path / "table.csv"
    path.write_bytes(case.data)
    loaded = load_file(path)
    got = Counter(tuple(cell or "" for cell in row) for row in loaded.rows)
    wanted = Counter(tuple(row) for row in case.rows)
    assert len(loaded.rows) == len(case.rows)
    assert sum((wanted - got).values()) <= 1
    assert score(case, loaded.header, loaded.rows).total > 9.8


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a,b,c\n1,2,3\n4,5\n6,7,8\n", "the row has 2 of 3 cells"),
        ("a,b,c\n1,2,3\n4,5,6,7\n6,7,8\n", "the row has 4 cells, 3 were expected"),
        ('a,b,c\n1,2,3\n"4,5,6\n6,7,8\n', "a quote is opened and not closed"),
        ("a,b,c\n1,2,3\n4;5;6\n6,7,8\n", "the row is delimited by `;`"),
    ],
)
def test_an_odd_row_is_told_with_line_byte_and_text(text: str, what: str, tmp_path: Path) -> None:
    """So that a person finds it in the file."""
    path = tmp_path / "table.csv"
    path.write_text(text, newline="")
    loaded = load_file(path)
    (problem,) = loaded.problems
    line = text.split("\n")[2]
    assert (problem.line, problem.byte, problem.raw) == (3, text.index(line), line)
    assert (problem.kind, problem.what) == (ProblemKind.REPAIRED, what)
    assert problem.done
    assert loaded.account.rows_read == 3
    assert loaded.account.reader == "tolerant"
    assert loaded.account.reason


def test_short_rows_are_filled_with_nothing_and_long_ones_keep_their_cells(tmp_path: Path) -> None:
    """The extra cells stand in a column of their own."""
    path = tmp_path / "table.csv"
    path.write_text("a,b\n1,2\n3\n4,5,6,7\n")
    assert load_file(path).table.to_pylist() == [
        {"a": "1", "b": "2", "_extra": None},
        {"a": "3", "b": None, "_extra": None},
        {"a": "4", "b": "5", "_extra": ["6", "7"]},
    ]


def test_types_are_found_on_the_tolerant_path_too(tmp_path: Path) -> None:
    """And widened by starting over when a later row does not fit."""
    path = tmp_path / "table.csv"
    rows = "".join(f"{i},0{i},2018-01-01\n" for i in range(200_000))
    path.write_text(f"n,code,day\n{rows}7;8;x\n1,2\n")
    loaded = load_file(path, types="infer")
    assert [str(f.type) for f in loaded.table.schema] == ["int64", "string", "string"]
    assert loaded.table.num_rows == 200_002
    assert loaded.table.column("code")[5].as_py() == "05"
    assert loaded.passes <= 3


def test_a_stray_quote_in_the_middle_of_a_large_file_costs_its_own_row_only(
    tmp_path: Path,
) -> None:
    """It does not swallow the rest."""
    path = tmp_path / "table.csv"
    lines = [f'{i},"text {i}, more",{i * 3}' for i in range(60_000)]
    lines[31_111] = '31111,"text 31111, more,93333'
    path.write_text("a,b,c\n" + "\n".join(lines) + "\n")
    loaded = load_file(path)
    assert len(loaded.rows) == 60_000
    assert loaded.rows[31_111] == ["31111", "text 31111, more", "93333"]
    assert [p.line for p in loaded.problems] == [31_113]


def test_line_ends_in_quoted_cells_are_kept_where_blocks_are_cut(tmp_path: Path) -> None:
    """Nothing depends on where a block ends."""
    path = tmp_path / "table.csv"
    rows = [f'{i},"line one of {i}\nline two, {"x" * (i % 50)}"' for i in range(40_000)]
    path.write_text("a,b\n" + "\n".join(rows) + "\n5\n", newline="")
    loaded = load_file(path)
    assert len(loaded.rows) == 40_001
    assert all(row[1] == f"line one of {i}\nline two, {'x' * (i % 50)}"
               for i, row in enumerate(loaded.rows[:-1]))  # fmt: skip


def test_bytes_of_another_encoding_cost_a_guess_in_their_row(tmp_path: Path) -> None:
    """The others stay as they are."""
    path = tmp_path / "table.csv"
    path.write_bytes("a,b\n1,Köln\n2,Zürich\n3,".encode() + b"Caf\xe9\n4,x\n")
    loaded = load_file(path)
    assert [row[1] for row in loaded.rows] == ["Köln", "Zürich", "Café", "x"]
    assert [(p.line, p.what) for p in loaded.problems] == [(4, "bytes that are not UTF-8")]


def test_the_line_column_names_the_line_of_every_row(tmp_path: Path) -> None:
    """Past preamble, blank lines and cells of several lines."""
    path = tmp_path / "table.csv"
    path.write_text('Title\n\na,b\n1,2\n\n3,"x\ny"\n4\n5,6\n', newline="")
    loaded = load_file(path, row_column=True)
    assert loaded.table.column("_row").to_pylist() == [4, 6, 8, 9]


@pytest.mark.parametrize("table", bases(), ids=lambda table: table.name)
def test_both_paths_read_the_same(table: Table, tmp_path: Path) -> None:
    """A clean file has the same rows, types and lines on either."""
    path = tmp_path / "table.csv"
    path.write_bytes(table.text().encode())
    for types in ("text", "infer"):
        either = load_file(path, types=types, row_column=True)
        tolerant = load_file(path, by="tolerant", types=types, row_column=True)
        assert tolerant.account.reader == "tolerant"
        assert tolerant.table.equals(either.table)
        assert tolerant.account.schema == either.account.schema
        assert not tolerant.problems


@pytest.mark.time_limit(120)
@given(data=st.binary(max_size=400) | st.text(alphabet='ab1,;"\n\r\t \\|#', max_size=300))
@settings(
    max_examples=300, derandomize=True, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
def test_no_content_at_all_makes_it_fail(data: bytes | str, tmp_path: Path) -> None:
    """And the account adds up."""
    content = data if isinstance(data, bytes) else data.encode()
    assume(compression_of(content) is None)  # a packed file may be damaged
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    loaded = load_file(path, types="infer")
    assert loaded.account.rows_read == len(loaded.rows) + loaded.account.rejected


def test_a_line_too_long_to_be_read_is_rejected_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows around it are there."""
    monkeypatch.setattr(csv_stream, "LONGEST_LINE", 1 << 20)
    path = tmp_path / "table.csv"
    path.write_text("a,b\n1,2\n" * 3000 + "x" * (3 << 20) + "\n3,4\n")
    loaded = load_file(path, by="tolerant")
    assert loaded.rows[-1] == ["3", "4"]
    assert loaded.account.rejected == 1
    assert loaded.account.rows_read == len(loaded.rows) + 1
    assert [p.kind for p in loaded.problems].count(ProblemKind.REJECTED) == 1


@pytest.mark.parametrize(
    "row",
    ['{0},{0}" pipe,x', '{0},"a \\"q\\" {0}",x', '{0},"one\ntwo, {0}",x', "{0},a\\,{0},x"],
    ids=["inches", "escaped quotes", "two lines", "escaped delimiter"],
)
def test_files_full_of_what_looks_odd_are_read_right(row: str, tmp_path: Path) -> None:
    """What is regular goes through Arrow, with the same result as line by line."""
    path = tmp_path / "table.csv"
    rows = [row.format(i) for i in range(9_000)]
    path.write_text("id,name,sort\n" + "\n".join(rows) + "\n", newline="")
    loaded = load_file(path, by="tolerant")
    name = row.replace('\\"', "'").split(",", 1)[1].rpartition(",")[0]
    wanted = name.strip('"') if name.startswith('"') else name
    wanted = wanted.replace("'", '"').replace("\\,", ",")
    assert [r[1] for r in loaded.rows] == [wanted.format(i) for i in range(9_000)]
    assert not loaded.problems
