"""How a file is written is found from its first bytes, and the evidence is told."""

from __future__ import annotations

import pytest

from loadline.domain.jobs import ForcedDialect
from loadline.sources.csv_dialect import Dialect, find_dialect
from tests.support.pollution import orders


def found(text: str, **forced: object) -> Dialect:
    """Find the dialect of a whole text."""
    wanted = ForcedDialect(**forced)  # type: ignore[arg-type]
    return find_dialect(text.encode(), whole=True, forced=wanted)


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b,c\n1,2,3\n", ","),
        ("a;b;c\n1,5;2;3\n2,5;4;4\n", ";"),
        ("a\tb\n1\t2\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("a b c\n1 2 3\n4 5 6\n", " "),
        ("a||b||c\n1||2||3\n", "||"),
        ("a;;b\n1;;2\n", ";;"),
        ("a::b\n1::2\n", "::"),
        ("a~b\n1~2\n", "~"),
        ("word\nother\n", ""),
        ("hello world\nfoo bar\n", ""),
        ("value\n1,5\n2,7\n", ""),
        ("when\n2018-01-01 12:00\n2018-01-02 13:00\n", ""),
    ],
)
def test_the_delimiter_is_found(text: str, delimiter: str) -> None:
    """Also where another character is frequent."""
    assert found(text).delimiter == delimiter


def test_blanks_after_delimiters_are_not_part_of_the_cells() -> None:
    """As in hand-written files."""
    dialect = found('a, b, c\n1, 2, "x, y"\n')
    assert (dialect.delimiter, dialect.blank_after_delimiter) == (",", True)
    assert dialect.names == ("a", "b", "c")


@pytest.mark.parametrize(
    ("text", "quote", "escape"),
    [
        ('a,b\n"x,y",2\n', '"', ""),
        ("'a','b'\n'x,y','2'\n'it','q'\n", "'", ""),
        ("a,b\nit's,2\nO'Brien,3\n", '"', ""),
        ('n,q\n"a \\"x\\" b",2\n"c",3\n', '"', "\\"),
        ('n,q\n"a ""x"" b",2\n"c:\\d",3\n', '"', ""),
    ],
)
def test_quote_and_escape_are_found(text: str, quote: str, escape: str) -> None:
    """An apostrophe is no quote."""
    dialect = found(text)
    assert (dialect.quote, dialect.escape) == (quote, escape)


@pytest.mark.parametrize(
    ("text", "rows", "names"),
    [
        ("a,b\n1,2\n", 1, ("a", "b")),
        ("a,b,c\n", 1, ("a", "b", "c")),
        ("1,2,3\n4,5,6\n", 0, ("column_1", "column_2", "column_3")),
        ("country,2018,2019,2020\nA,1,2,3\nB,3,4,5\n", 1, ("country", "2018", "2019", "2020")),
        ("John,male\nMary,female\nJim,male\n", 0, ("column_1", "column_2")),
        (
            "date,temp,\n,C,%\n2018-01-01,3,4\n2018-01-02,5,6\n2018-01-03,5,6\n",
            2,
            ("date", "temp C", "%"),
        ),
        ("a,a,\n1,2,3\n", 1, ("a", "a_2", "column_3")),
        ("a,a,a_2\n1,2,3\n", 1, ("a", "a_3", "a_2")),
    ],
)
def test_header_rows_are_told_from_data(text: str, rows: int, names: tuple[str, ...]) -> None:
    """Names are unique and never empty."""
    dialect = found(text)
    assert (dialect.header_rows, dialect.names) == (rows, names)


def test_the_preamble_is_kept_out_of_the_table() -> None:
    """And told, line by line."""
    dialect = found("Sales\nby hand, today\n\na;b;c\n1;2;3\n4;5;6\n")
    assert dialect.preamble == ("Sales", "by hand, today")
    assert (dialect.skip_lines, dialect.data_line, dialect.names) == (3, 4, ("a", "b", "c"))


def test_titles_filled_up_by_a_spreadsheet_are_preamble() -> None:
    """They have the table's width but one cell only."""
    dialect = found("Sales,,\n,,\na,b,c\n1,2,3\n4,5,6\n")
    assert (dialect.skip_lines, dialect.names) == (2, ("a", "b", "c"))


def test_comments_are_told_from_a_header_with_a_hash() -> None:
    """Only lines unlike the rows are comments."""
    assert found("# c\n# d\nid,n\n1,2\n#x\n3,4\n").comment == "#"
    hashed = found("#id,n\n1,2\n3,4\n")
    assert (hashed.comment, hashed.names) == ("", ("#id", "n"))


@pytest.mark.parametrize("text", ["", "\n\n\n", "\ufeff"])
def test_a_file_without_any_text_has_no_columns(text: str) -> None:
    """It is not an error."""
    assert found(text).names == ()


def test_what_is_forced_is_kept_and_the_rest_found_to_fit() -> None:
    """For the whole folder or for one file."""
    dialect = found("a;b,c\n1;2,3\n4;5,6\n", delimiter=",", header_rows=0)
    assert (dialect.delimiter, dialect.names) == (",", ("column_1", "column_2"))
    assert found("x\ny\na,b\n1,2\n", skip_lines=2).names == ("a", "b")
    assert found("a,b\n1,2\n", quote="").quote == ""


def test_the_evidence_is_told() -> None:
    """In the words that a person reads."""
    table = orders()
    dialect = found(table.text().replace(",", ";"))
    assert dialect.evidence == "delimiter `;`: 9 columns in 85 of 85 rows"


def test_a_file_that_is_not_for_a_strict_parser_says_why() -> None:
    """The receipt tells it."""
    assert found("a,b\n1,2\n3\n").why_not_fast == "line 3 has 1 of 2 cells"
    assert found("a,b\n1,2\n3,4\n").fast
