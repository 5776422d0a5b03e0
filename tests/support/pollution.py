"""Clean tables, and what happens to CSV files in the wild: a corpus with known answers.

The kinds of pollution are those named in public studies of messy CSV files; tables and files are
generated here. What a person would read in a polluted file is the expected answer: a merged cell
stays merged, a cell too many is one more cell, a quote that belongs to no pair is text.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

Row = list[str]
_BARE = "none"
"""Quotes in quoted cells are neither doubled nor escaped."""


@dataclass(frozen=True)
class Table:
    """A clean table and the dialect that it is written in."""

    name: str
    header: Row
    rows: list[Row]
    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    end: str = "\r\n"
    quote_all: bool = False
    encoding: str = "utf-8"

    def line(self, row: Sequence[str], delimiter: str = "") -> str:
        """Return a row as it is written, without its end."""
        return (delimiter or self.delimiter).join(self.cell(c, delimiter) for c in row)

    def cell(self, cell: str, delimiter: str = "") -> str:
        """Return a cell as it is written."""
        quote = self.quote
        special = (delimiter or self.delimiter, quote, "\n", "\r")
        if not quote or not (self.quote_all or any(s in cell for s in special)):
            return cell
        mark = "" if self.escape == _BARE else self.escape or quote
        inner = cell.replace(quote, mark + quote)
        return quote + inner + quote

    def lines(self) -> list[str]:
        """Return header and rows as they are written."""
        return [self.line(self.header), *(self.line(row) for row in self.rows)]

    def text(self, lines: Sequence[str] | None = None) -> str:
        """Return lines (default: all) as a file's text."""
        return "".join(line + self.end for line in (self.lines() if lines is None else lines))


@dataclass(frozen=True)
class Case:
    """A polluted file and what a person would read in it."""

    kind: str
    name: str
    data: bytes
    header: Row
    rows: list[Row]
    aside: list[Row] = field(default_factory=list)


def orders(rows: int = 84) -> Table:
    """Return a table of numbers, dates and texts, some of which must be quoted."""
    pick = random.Random(7)
    towns = ("Oslo", "New York, NY", "São Paulo", "Köln", "St. John's", 'the "old" town', "Rome")
    items = ("Lamp", "Chair, red", "Desk", 'Screen 24"', "Rug", "Clock", "Shelf")
    header = ["Order", "Date", "Time", "Town", "Item", "Count", "Price", "Phone", "Remark"]
    table = [
        [
            f"A{1000 + i}",
            f"2018-{1 + i % 12:02d}-{1 + i % 28:02d}",
            f"{i % 24:02d}:{i * 7 % 60:02d}",
            pick.choice(towns),
            pick.choice(items),
            str(pick.randrange(1, 40)),
            f"{pick.randrange(100, 99999) / 100:.2f}",
            f"0{pick.randrange(10**8, 10**9)}",
            pick.choice(("", "paid", "sent, not paid", "ok")),
        ]
        for i in range(rows)
    ]
    return Table("orders", header, table)


def people(rows: int = 60) -> Table:
    """Return a table of text only."""
    pick = random.Random(11)
    first = ("Ann", "Bo", "Cem", "Dina", "Eli", "Fay", "Gus", "Hana", "Ivo", "Jo")
    last = ("Lee", "Moe", "Nash", "Orr", "Pike", "Quist", "Reed", "Sol", "Tran", "Udo")
    town = ("Bonn", "Lyon, 3e", "Graz", "Bath", "Cork", "Turku")
    table = [
        [f"{pick.choice(first)} {pick.choice(last)}", pick.choice(town), pick.choice(last) + " Ltd",
         f"{pick.choice(first).lower()}.{i}@example.org"]
        for i in range(rows)
    ]  # fmt: skip
    return Table("people", ["Name", "City", "Company", "Mail"], table)


def measures(rows: int = 40) -> Table:
    """Return a table of numbers with every cell quoted and LF line ends."""
    pick = random.Random(3)
    table = [
        [str(i), f"{pick.uniform(-20, 40):.1f}", str(pick.randrange(300, 1100)), f"S-{i % 7}"]
        for i in range(rows)
    ]
    return Table("measures", ["id", "temp", "hPa", "station"], table, end="\n", quote_all=True)


def shop(rows: int = 84) -> Table:
    """Return a table with addresses, prices with commas, and cells of two lines."""
    pick = random.Random(5)
    items = ("Chair", "Lamp, 40W", 'TV 42" LED', "Mug; blue", "Rug\nhand made, wool", 'a "big" box')
    header = ["DATE", "TIME", "Qty", "ID", "Price", "Type", "Description", "URL", "Comment"]
    table = [
        [
            f"{1 + i % 12}/{1 + i % 28}/2018",
            f"{i % 24}:{i * 7 % 60:02d}:00",
            str(pick.randrange(1, 9)),
            f"P-{pick.randrange(1000):04d}",
            f"${pick.randrange(1, 3000):,}.{pick.randrange(100):02d}",
            pick.choice(("home", "office", "garden")),
            pick.choice(items),
            f"http://www.example.org/item?id={i}&x=a|b",
            pick.choice(("", "ok", "late; refund", "N/A", "it's fine")),
        ]
        for i in range(rows)
    ]
    return Table("shop", header, table)


def ledger(rows: int = 50) -> Table:
    """Return a table as programs in many countries write it: semicolons and decimal commas."""
    pick = random.Random(9)
    texts = ("Miete", "Lohn, März", "Zins; neu", "Gebühr")
    table = [
        [
            f"{1 + i % 28:02d}.{1 + i % 12:02d}.2019",
            f"{pick.randrange(1000)},{pick.randrange(100):02d}",
            pick.choice(texts),
            f"DE{pick.randrange(10**9)}",
        ]
        for i in range(rows)
    ]
    return Table("ledger", ["Datum", "Betrag", "Text", "Konto"], table, delimiter=";")


def bases() -> list[Table]:
    """Return the clean tables."""
    return [orders(), people(), measures(), shop(), ledger()]


def with_(table: Table, **changes: object) -> Table:
    """Return the table written in another dialect."""
    return Table(**{**table.__dict__, **changes})


def corpus(*, thin: int = 1) -> Iterator[Case]:
    """Yield all cases; of those at every row and column only each `thin`-th."""
    for table in bases():
        yield from whole_files(table)
        for number, case in enumerate(single_pollutions(table)):
            if number % thin == 0:
                yield case


def whole_files(table: Table) -> Iterator[Case]:
    """Yield the cases that concern the whole file."""
    yield _case("clean", table)
    yield from _dialects(table)
    yield from _encodings(table)
    yield from _payloads(table)
    yield from _frames(table)
    yield from _second_tables(table)


def _case(kind: str, table: Table, text: str | None = None, name: str = "") -> Case:
    data = (table.text() if text is None else text).encode(table.encoding)
    return Case(kind, f"{table.name} {name or kind}", data, table.header, table.rows)


def _dialects(table: Table) -> Iterator[Case]:
    for delimiter in (";", "\t", "|", " ", ", ", "||", ";;", "::"):
        yield _case("delimiter", with_(table, delimiter=delimiter), name=f"delimiter {delimiter!r}")
    yield _case("quote", with_(table, quote="'"), name="quote '")
    yield _case("escape", with_(table, escape="\\"), name="escape \\")
    bare = with_(table, escape=_BARE)
    if '"' in table.text():
        yield _case("escape", bare, name="no escape")
    for end in ("\n", "\r\n", "\r"):
        yield _case("line end", with_(table, end=end), name=f"line end {end!r}")


def _encodings(table: Table) -> Iterator[Case]:
    codecs = (
        "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "cp1252",
        "iso-8859-1", "mac_roman",
    )  # fmt: skip
    for encoding in codecs:
        yield _case("encoding", with_(table, encoding=encoding), name=encoding)


def _payloads(table: Table) -> Iterator[Case]:
    yield Case("nothing", f"{table.name} nothing", b"", [], [])
    yield _case("only a header", with_(table, rows=[]))
    yield _case("one data row", with_(table, rows=table.rows[:1]))
    text = table.text()
    yield _case("no last line end", table, text.removesuffix(table.end))
    yield _case("doubled last line end", table, text + table.end)


def _frames(table: Table) -> Iterator[Case]:
    end, lines = table.end, table.lines()
    plain = [f"column_{i + 1}" for i in range(len(table.header))]
    yield Case("no header", f"{table.name} no header", table.text(lines[1:]).encode(), plain,
               table.rows)  # fmt: skip
    above = f"Sales of the year{end}made by hand, on Monday{end}{end}"
    yield _case("preamble", table, above + table.text())
    wide = [["Sales of the year"], ["made by hand"], [""]]
    titles = [table.line([*line, *[""] * (len(plain) - 1)]) for line in wide]
    if not table.quote_all:
        yield _case("preamble", table, table.text([*titles, *lines]), "preamble, filled up")
    yield _case("comments", table, f"# made by hand{end}# for Ann{end}" + table.text())
    if table.name in ("people", "ledger"):
        return
    for rows in (2, 3):
        parts = [[f"{name}{n}" for name in table.header] for n in range(rows)]
        names = [" ".join(column) for column in zip(*parts, strict=True)]
        text = table.text([*(table.line(part) for part in parts), *lines[1:]])
        kind = "header of several rows"
        yield Case(kind, f"{table.name} {rows} header rows", text.encode(), names, table.rows)


def _second_tables(table: Table) -> Iterator[Case]:
    width = len(table.header)
    for kind, columns in (("fewer", width - 2), ("same", width), ("more", width + 2)):
        header = [f"Key{chr(65 + i)}" for i in range(columns)]
        rows = [[f"k{r}", *(str(r * 10 + c) for c in range(1, columns))] for r in range(20)]
        second = [table.line(header), *(table.line(row) for row in rows)]
        gaps = [[""], []]
        if not table.quote_all:
            gaps.append([table.line([""] * width)])
        for gap in gaps:
            lines = [*table.lines(), *gap, *second]
            name = f"{table.name} second table, {kind} columns, gap {gap}"
            data = table.text(lines).encode()
            yield Case("second table", name, data, table.header, table.rows, rows)


def single_pollutions(table: Table) -> Iterator[Case]:
    """Yield the cases of one odd row: at every row (0 is the header) and column."""
    for place in range(len(table.rows) + 1):
        yield from _row_cases(table, place)
        for column in range(len(table.header)):
            yield from _cell_cases(table, place, column)


def _polluted(table: Table, kind: str, place: int, line: str, cells: Row, note: str = "") -> Case:
    lines = table.lines()
    lines[place] = line
    rows = [table.header, *table.rows]
    rows[place] = cells
    name = f"{table.name} {kind} {note} row {place}"
    return Case(kind, name, table.text(lines).encode(table.encoding), rows[0], rows[1:])


def _row_cases(table: Table, place: int) -> Iterator[Case]:
    row = [table.header, *table.rows][place]
    for other in sorted({";", "\t", "|", ","} - {table.delimiter}):
        line = table.line(row, other)
        yield _polluted(table, "row with another delimiter", place, line, row, repr(other))
    lines = table.lines()
    if "\n" in "".join(lines[place : place + 2]):
        return  # with a line end inside a cell beside it, nobody could say what was meant
    end = "\r" if table.end != "\r" else "\n"
    text = table.text(lines[:place]) + lines[place] + end + table.text(lines[place + 1 :])
    yield _case("row with another line end", table, text, f"row {place} ends with {end!r}")


def _cell_cases(table: Table, place: int, column: int) -> Iterator[Case]:
    row = [table.header, *table.rows][place]
    written = [table.cell(c) for c in row]
    if column + 1 < len(row):
        yield _less(table, place, column, row)
    more = [*row[:column], "", *row[column:]]
    line = table.delimiter.join([*written[:column], "", *written[column:]])
    read = more if place else row
    yield _polluted(table, "one delimiter more", place, line, read, f"column {column}")
    quote = table.quote
    bare = not written[column].startswith(quote)
    middle = len(row[column]) // 2
    for at, note in ((0, "begin"), (middle, "middle"), (len(row[column]), "end")):
        inside = row[column][:at] + quote + row[column][at:]
        if bare:
            cell, value = inside, inside
        else:
            inner = written[column][1:-1]
            if quote in inner:
                continue
            cell, value = quote + inner[:at] + quote + inner[at:] + quote, inside
        line = table.delimiter.join([*written[:column], cell, *written[column + 1 :]])
        cells = [*row[:column], value, *row[column + 1 :]]
        yield _polluted(table, "one quote more", place, line, cells, f"column {column} {note}")
    if not bare and quote not in row[column] and "\n" not in row[column]:
        for cell, note in ((written[column][1:], "open"), (written[column][:-1], "close")):
            line = table.delimiter.join([*written[:column], cell, *written[column + 1 :]])
            yield _polluted(table, "one quote less", place, line, row, f"column {column} {note}")


def _less(table: Table, place: int, column: int, row: Row) -> Case:
    merged = [*row[:column], row[column] + row[column + 1], *row[column + 2 :]]
    read = merged if place else [*merged, f"column_{len(row)}"]
    return _polluted(
        table, "one delimiter less", place, table.line(merged), read, f"column {column}"
    )
