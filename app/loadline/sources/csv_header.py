"""Where a table begins and ends in a file's records: preamble, header rows, a second table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from loadline.sources.csv_kinds import BOOL, EMPTY, NUMBER, TEXT, TIME, kind_of
from loadline.sources.csv_records import Record

_BODY = 40
_HEADERS = 3
_TITLES = 20
_WATCHED = 2
COMMENTS = ("#", "%", "//", "--", "!")


@dataclass(frozen=True, slots=True)
class Layout:
    """Indexes into the records: the header begins at `header`, the data at `data`."""

    header: int
    data: int
    comment: str
    sure: bool

    @property
    def header_rows(self) -> int:
        """Records between the two; the caller leaves out blank ones and comments."""
        return self.data - self.header


def column_kinds(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Return for each column what at least four fifths of its filled cells look like."""
    kinds: list[str] = []
    for i in range(width):
        counts = Counter(kind_of(row[i]) for row in rows if i < len(row))
        filled = sum(counts.values()) - counts[EMPTY]
        seen = ((k, n) for k, n in counts.items() if k != EMPTY)
        kind, most = max(seen, key=lambda pair: pair[1], default=(EMPTY, 0))
        kinds.append(kind if filled and most >= 0.8 * filled else TEXT if filled else EMPTY)
    return kinds


def value_columns(rows: Sequence[Sequence[str]], width: int) -> tuple[int, ...]:
    """Return up to two columns whose cells begin with no letter in any of the rows."""
    found: list[int] = []
    for column in range(width):
        cells = [row[column].strip() for row in rows if column < len(row)]
        filled = [cell for cell in cells if cell]
        if len(filled) < 3 or len(filled) < 0.5 * len(cells):
            continue
        if all(cell[0].isdigit() or cell[0] in "+-.,($€£¥" for cell in filled):
            found.append(column)
    return tuple(found[:_WATCHED])


def header_votes(row: Sequence[str], kinds: Sequence[str]) -> tuple[int, int]:
    """Count the cells that speak for a header (text above values) and for data (of their kind)."""
    header = data = 0
    for cell, kind in zip(row, kinds, strict=False):
        if kind not in (NUMBER, TIME, BOOL):
            continue
        here = kind_of(cell)
        if here == EMPTY:
            continue
        header += here != kind and here in (TEXT, BOOL)
        data += here == kind
    return header, data


def looks_like_header(row: Sequence[str], body: Sequence[Sequence[str]], width: int) -> bool:
    """Tell whether a row names the columns of the rows below it."""
    if not any(cell.strip() for cell in row):
        return False
    kinds = column_kinds(body, width)
    header, data = header_votes(row, kinds)
    if header or data:
        return header > data or _numbers_as_names(row, body)
    if not body:
        return not any(kind_of(cell) in (NUMBER, TIME) for cell in row)
    return not _recurs(row, body)


def _numbers_as_names(row: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Tell whether the numbers in a row are years in a row that the body lacks."""
    numbers = [c.strip() for c in row if kind_of(c) == NUMBER]
    if len(numbers) < 3 or not all(n.isdigit() for n in numbers):
        return False
    values = [int(n) for n in numbers]
    steps = {b - a for a, b in pairwise(values)}
    if len(steps) != 1 or steps == {0} or not all(1800 <= v <= 2200 for v in values):
        return False
    return not any(sum(c.strip() in numbers for c in r) > len(numbers) // 2 for r in body)


def _recurs(row: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Tell whether a row of text is like the rows below: its values come again in their columns."""
    again = 0
    for i, cell in enumerate(row):
        column = [r[i] for r in body if i < len(r)]
        if cell.strip() and cell in column:
            again += 1
    cells = [c.strip().lower() for c in row if c.strip()]
    doubled = len(cells) - len(set(cells))
    return (again > 0 and again >= len(row) / 4) or (doubled > 0 and doubled >= len(row) / 2)


def find_layout(
    found: Sequence[Record], width: int, *, header_rows: int | None, comment: str | None
) -> Layout:
    """Find where header and data begin.

    `header_rows` and `comment` are what a person forces. Blank records and comments may stand
    between the indexes.
    """
    mark = _comment_mark(found, width) if comment is None else comment
    rows = [i for i, r in enumerate(found) if not r.blank and not is_comment(r, mark)]
    if not rows:
        return Layout(len(found), len(found), mark, sure=True)
    start = _first_of_table(found, rows, width)
    body = [found[i].cells for i in rows[start + 1 : start + 1 + _BODY]]
    if header_rows is not None:
        end = min(len(rows), start + header_rows)
        return Layout(rows[start], rows[end] if end < len(rows) else len(found), mark, sure=True)
    is_header = looks_like_header(found[rows[start]].cells, body, width)
    above = start - 1
    if above >= 0 and _adjacent(found, rows, above) and _odd_header(found, rows, above, width):
        votes = header_votes(found[rows[start]].cells, column_kinds(body, width))
        if not (is_header and any(votes)):
            start, is_header = above, True
    if not is_header:
        return Layout(rows[start], rows[start], mark, sure=True)
    end = start + 1
    while end - start < _HEADERS and end + 1 < len(rows) and _goes_on(found, rows, end, width):
        end += 1
    return Layout(rows[start], rows[end] if end < len(rows) else len(found), mark, sure=True)


def is_comment(record: Record, mark: str) -> bool:
    """Tell whether a record is a comment line."""
    return bool(mark) and record.raw.startswith(mark)


def _comment_mark(found: Sequence[Record], width: int) -> str:
    """Return what comment lines begin with: lines that are no rows of the table."""
    for mark in COMMENTS:
        marked = [r for r in found if r.raw.startswith(mark)]
        if not marked or len(marked) > 0.5 * len(found) + 1:
            continue
        unlike = sum(len(r.cells) != width or width == 1 for r in marked)
        if unlike == len(marked) and (width > 1 or marked[0].raw[len(mark) :].startswith(" ")):
            return mark
    return ""


def _first_of_table(found: Sequence[Record], rows: Sequence[int], width: int) -> int:
    """Return the place in `rows` of the first record with the table's width and more than a title.

    Spreadsheets fill title lines and blank lines with delimiters up to the table's width.
    """
    wide = [place for place, i in enumerate(rows) if len(found[i].cells) == width]
    for number, place in enumerate(wide[:_TITLES]):
        below = wide[number + 1 : number + 2]
        title = sum(bool(c.strip()) for c in found[rows[place]].cells) < 2
        if not title and not (below and _is_apart(found, rows, place, width)):
            return place
        if width < 3 and not any(_names(found, rows, p, width) for p in wide[1:_TITLES]):
            return place
    return wide[0] if wide else 0


def _is_apart(found: Sequence[Record], rows: Sequence[int], place: int, width: int) -> bool:
    """Tell whether a row without values stands above a blank line and then a plain header."""
    if any(kind_of(c) in (NUMBER, TIME) for c in found[rows[place]].cells):
        return False
    after = place + 1
    return not _adjacent(found, rows, place) and _names(found, rows, after, width)


def _names(found: Sequence[Record], rows: Sequence[int], place: int, width: int) -> bool:
    """Tell whether a row plainly names the columns of values below it."""
    cells = found[rows[place]].cells
    body = [found[i].cells for i in rows[place + 1 : place + 1 + _BODY]]
    header, data = header_votes(cells, column_kinds(body, width))
    return len(cells) == width and header > 0 and data == 0 and header_like(cells)


def _adjacent(found: Sequence[Record], rows: Sequence[int], above: int) -> bool:
    return not any(r.blank for r in found[rows[above] + 1 : rows[above + 1]])


def _odd_header(found: Sequence[Record], rows: Sequence[int], above: int, width: int) -> bool:
    """Tell whether the record is a header with a cell too many or too few."""
    cells = found[rows[above]].cells
    if any(kind_of(c) in (NUMBER, TIME) for c in cells) or not any(c.strip() for c in cells):
        return False
    if width == 2 and len(cells) == 1:
        return above == 0 and " " not in cells[0].strip()
    return len(cells) > 1 and abs(len(cells) - width) <= max(1, width // 4)


def _goes_on(found: Sequence[Record], rows: Sequence[int], at: int, width: int) -> bool:
    """Tell whether the record is one more header row: text above columns of values."""
    cells = found[rows[at]].cells
    body = [found[i].cells for i in rows[at + 1 : at + 1 + _BODY]]
    if len(cells) != width or len(body) < 3 or any(kind_of(c) in (NUMBER, TIME) for c in cells):
        return False
    typed = [i for i in range(min(width, len(cells))) if _all_values(body, i)]
    named = sum(kind_of(cells[i]) in (TEXT, BOOL) for i in typed)
    return len(typed) > 1 and (named > 1 or 2 * named >= len(typed))


def _all_values(body: Sequence[Sequence[str]], column: int) -> bool:
    """Tell whether a column holds numbers or dates only, more than two."""
    kinds = [kind_of(row[column]) for row in body if column < len(row)]
    filled = [k for k in kinds if k != EMPTY]
    good = sum(k in (NUMBER, TIME) for k in filled)
    if len(filled) < 0.9 * len(kinds):
        return False
    return good > 2 and good >= 0.95 * len(filled)


def joined_names(rows: Sequence[Sequence[str]], width: int) -> tuple[str, ...]:
    """Return final names from header rows: joined with a blank, filled, unique.

    Line ends inside a name become blanks. A name that is empty becomes ``column_3``, a second
    ``a`` becomes ``a_2``.
    """
    raw: list[str] = []
    rows = [_fitted(row, width) for row in rows]
    for i in range(width):
        parts = [_one_line(row[i]) for row in rows if i < len(row)]
        raw.append(" ".join(p for p in parts if p))
    taken = Counter(raw)
    names: list[str] = []
    used = set()
    for i, name in enumerate(raw):
        final = name or f"column_{i + 1}"
        number = 2
        while final in used or (final != name and final in taken):
            final = f"{name or f'column_{i + 1}'}_{number}"
            number += 1
        used.add(final)
        names.append(final)
    return tuple(names)


def _one_line(name: str) -> str:
    return " ".join(part.strip() for part in name.splitlines()).strip()


def _fitted(row: Sequence[str], width: int) -> list[str]:
    """Return a header row without the empty cells that make it too long."""
    cells = list(row)
    if len(cells) > width:
        filled = [c for c in cells if c.strip()]
        if len(filled) == width:
            return filled
    return cells[:width]


def second_table(
    found: Sequence[Record], first: int, width: int, comment: str, names: Sequence[str]
) -> int | None:
    """Return the index of the record with which a second table begins, or None.

    `first` is the first data record. A second table follows a blank line or looks unlike the
    first: a header, and rows of one width below it.
    """
    body: list[list[str]] = []
    gap: int | None = None
    kinds: list[str] | None = None
    for i in range(first, len(found)):
        record = found[i]
        if not any(c.strip() for c in record.cells):
            gap = i if body and gap is None else gap
            continue
        if is_comment(record, comment):
            continue
        blank = gap is not None
        if body and (blank or _is_unlike(found, i, width, kinds)):
            known = kinds or column_kinds(body, width)
            if begins_table(found[i : i + 12], width, known, names, blank):
                return i if gap is None else gap
        gap = None
        if len(record.cells) == width and len(body) < _BODY:
            body.append(record.cells)
            if len(body) in (10, 20, _BODY):
                kinds = column_kinds(body, width)
    return None


def _is_unlike(found: Sequence[Record], at: int, width: int, kinds: Sequence[str] | None) -> bool:
    """Tell whether a record may be the header of another table, at a glance."""
    cells = found[at].cells
    if len(cells) != width:
        return True
    if kinds is None:
        return False
    header, data = header_votes(cells, kinds)
    return data == 0 and (header >= 2 or _values_follow(found, at, kinds))


def _values_follow(found: Sequence[Record], at: int, kinds: Sequence[str]) -> bool:
    """Tell whether the record after a row of names has values where there was text so far."""
    if at + 1 >= len(found) or len(found[at + 1].cells) != len(kinds):
        return False
    below = [kind_of(c) for c in found[at + 1].cells]
    return _new_values(below, kinds) and header_like(found[at].cells)


def _new_values(now: Sequence[str], before: Sequence[str]) -> bool:
    new = sum(a in (NUMBER, TIME) and b == TEXT for a, b in zip(now, before, strict=False))
    return new >= 2 and 2 * new >= len(before)


def _trimmed(cells: Sequence[str]) -> list[str]:
    """Return cells without the empty ones at the end."""
    size = next((i for i in range(len(cells), 0, -1) if cells[i - 1].strip()), 0)
    return list(cells[:size])


def header_like(cells: Sequence[str]) -> bool:
    """Tell whether cells could be names of columns: two or more, filled, different, no numbers."""
    if len(cells) < 2 or len({c.strip() for c in cells}) < len(cells):
        return False
    return all(c.strip() and kind_of(c) not in (NUMBER, TIME) for c in cells)


def begins_table(
    ahead: Sequence[Record], width: int, kinds: Sequence[str], names: Sequence[str], blank: bool
) -> bool:
    """Tell whether another table begins with the first of the records `ahead`.

    `kinds` and `names` are those of the table so far, `blank` tells of a blank line before.
    """
    rows: list[list[str]] = []
    for record in ahead:
        if not any(c.strip() for c in record.cells):
            break
        rows.append(_trimmed(record.cells) if blank else record.cells)
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    top = rows[0]
    other = len(top)
    padded = blank and all(len(record.cells) == width for record in ahead[: len(rows)])
    same = sum(len(row) <= other if padded else len(row) == other for row in rows)
    if other == width and tuple(c.strip() for c in top) == tuple(names):
        return blank
    if not header_like(top):
        return False
    if other == width:
        header, data = header_votes(top, kinds)
        new = len(rows) > 3 and _new_values(column_kinds(rows[1:], other), kinds)
        return data == 0 and (header >= (1 if blank else 2) or new)
    if same < max(2, 0.8 * len(rows)):
        return False
    if blank:
        return True
    return same >= 3 and sum(header_votes(top, column_kinds(rows[1:], other))) > 0
