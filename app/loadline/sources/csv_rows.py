"""One line of a CSV file as cells: strictly, and carefully where the strict way fails.

The strict way is RFC 4180 with the dialect's delimiter, quote and escape. The careful way looks at
all readings of a line in which stray or missing quotes explain what is seen, and takes the one
that needs the fewest repairs to have as many cells as the other rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from loadline.sources.csv_kinds import NUMBER, TIME, kind_of

OTHER_DELIMITERS = (",", ";", "\t", "|", ":", "~", "^", " ")
_SPAN = 12
_MERGED = 12
_ATOMS = 2_000


class Flaw(Enum):
    """What keeps a line from being read strictly."""

    NONE = ""
    OPEN = "a quote is opened and not closed"
    STRAY = "a quote stands where none belongs"
    TEXT = "a cell that is not quoted ends with a quote"


@dataclass(frozen=True, slots=True)
class Grammar:
    """The characters that structure a line; empty texts mean that there is none."""

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    blanks: bool = False
    """Blanks after a delimiter are skipped."""

    @property
    def special(self) -> tuple[str, ...]:
        """Characters that an escape takes the meaning from."""
        return tuple(c for c in (self.escape, self.quote, self.delimiter, "\n", "\r") if c)


def split_line(line: str, grammar: Grammar) -> tuple[list[str], Flaw]:
    """Split a line (without its end) into cells the strict way.

    Where a flaw is told, the cells are those found before it and the rest of the line.
    """
    quote, escape = grammar.quote, grammar.escape
    if (quote and quote in line) or (escape and escape in line):
        return _scan(line, grammar)
    if not grammar.delimiter:
        return [line], Flaw.NONE
    cells = line.split(grammar.delimiter)
    if grammar.blanks:
        cells[1:] = [cell.lstrip(" ") for cell in cells[1:]]
        if grammar.delimiter == " ":
            cells = [cell for cell in cells if cell]
    return cells, Flaw.NONE


def _scan(line: str, grammar: Grammar) -> tuple[list[str], Flaw]:
    cells: list[str] = []
    at, size, step = 0, len(line), max(1, len(grammar.delimiter))
    flaw = Flaw.NONE
    while True:
        if grammar.blanks and (cells or grammar.delimiter == " "):
            while at < size and line[at] == " ":
                at += 1
        if grammar.quote and line.startswith(grammar.quote, at):
            close, end = _closing(line, at + 1, grammar)
            if close < 0:
                return [*cells, line[at:]], Flaw.OPEN if end < 0 else Flaw.STRAY
            cells.append(unescaped(line[at + 1 : close], grammar, quoted=True))
        else:
            end = _next_delimiter(line, at, grammar)
            cells.append(unescaped(line[at:end], grammar, quoted=False))
            if grammar.quote and end > at and line.startswith(grammar.quote, end - 1):
                flaw = Flaw.TEXT
        if end >= size:
            return cells, flaw
        at = end + step


def _closing(line: str, at: int, grammar: Grammar) -> tuple[int, int]:
    """Return where the closing quote is and where its cell ends; (-1, -1) open, (-1, n) stray."""
    quote, size = grammar.quote, len(line)
    while True:
        at = line.find(quote, at)
        if at < 0:
            return -1, -1
        if grammar.escape and _escaped(line, at, grammar.escape):
            at += 1
            continue
        if not grammar.escape and line.startswith(quote, at + 1):
            at += 2
            continue
        end = at + 1
        if grammar.delimiter not in ("", " "):
            while end < size and line[end] == " ":
                end += 1
        if end == size or (grammar.delimiter and line.startswith(grammar.delimiter, end)):
            return at, end
        return -1, at


def _escaped(line: str, at: int, escape: str) -> bool:
    count = 0
    while at - count - 1 >= 0 and line[at - count - 1] == escape:
        count += 1
    return count % 2 == 1


def _next_delimiter(line: str, at: int, grammar: Grammar) -> int:
    if not grammar.delimiter:
        return len(line)
    while True:
        end = line.find(grammar.delimiter, at)
        if end < 0:
            return len(line)
        if not grammar.escape or not _escaped(line, end, grammar.escape):
            return end
        at = end + 1


def unescaped(text: str, grammar: Grammar, *, quoted: bool) -> str:
    """Return a cell's text without doubled quotes and without escapes of special characters."""
    if not grammar.escape:
        quote = grammar.quote
        return text.replace(quote + quote, quote) if quoted and quote in text else text
    if grammar.escape not in text:
        return text
    out: list[str] = []
    at, special = 0, grammar.special
    while (found := text.find(grammar.escape, at)) >= 0:
        out.append(text[at:found])
        after = text[found + 1 : found + 2]
        if after and any(s.startswith(after) for s in special):
            out.append(after)
            at = found + 2
        else:
            out.append(grammar.escape)
            at = found + 1
    out.append(text[at:])
    return "".join(out)


class Row(NamedTuple):  # quicker to make than a dataclass
    """A line's cells and, where it was not strictly right, what was odd and what was done."""

    cells: list[str]
    what: str = ""
    done: str = ""


def read_row(line: str, grammar: Grammar, width: int, habits: frozenset[int] = frozenset()) -> Row:
    """Read a line into `width` cells if any reading of it can.

    `habits` are the columns whose cells are quoted as a rule: there a lone quote at a cell's
    begin or end is the rest of a pair, elsewhere it is text. A row that stays shorter or longer
    is returned as it is; the caller fills it and tells.
    """
    cells, flaw = split_line(line, grammar)
    if flaw is Flaw.NONE:
        if len(cells) == width:
            return Row(cells)
        return _other_delimiter(line, grammar, width, len(cells)) or _unwrapped(
            cells, grammar, width, habits
        )
    repaired = _one_lone_quote(line, grammar, width, habits)
    if repaired is None:
        repaired = _repaired(line, grammar, width, habits)
    if len(repaired) != width:
        other = _other_delimiter(line, grammar, width, len(repaired))
        if other:
            return other
    if flaw is Flaw.TEXT:
        if repaired == cells:
            return Row(cells)
        return Row(repaired, Flaw.STRAY.value, "read as the rest of a pair")
    return Row(repaired, flaw.value, "the quote was read as text")


def _one_lone_quote(
    line: str, grammar: Grammar, width: int, habits: frozenset[int]
) -> list[str] | None:
    """Return the cells of a row in which one quote is all that is odd, quickly."""
    if grammar.escape or grammar.blanks or line.count(grammar.quote) != 1:
        return None
    cells = line.split(grammar.delimiter) if grammar.delimiter else [line]
    if len(cells) != width:
        return None
    for i in habits:
        cells[i] = cells[i].strip(grammar.quote)
    return cells


def _other_delimiter(line: str, grammar: Grammar, width: int, found: int) -> Row | None:
    if width < 2 or found >= width:
        return None
    for delimiter in OTHER_DELIMITERS:
        if line.count(delimiter) + 1 < width or delimiter in grammar.delimiter:
            continue
        if delimiter in " :" and (width < 3 or found > 1):
            continue
        if width == 2 and found > 1:
            continue
        trial = Grammar(delimiter, grammar.quote, grammar.escape)
        cells, flaw = split_line(line, trial)
        if flaw is Flaw.NONE and len(cells) == width:
            if delimiter in " :" and not _mostly_values(cells):
                continue
            name = DELIMITER_NAMES.get(delimiter, f"`{delimiter}`")
            return Row(cells, f"the row is delimited by {name}", "read with that delimiter")
    return None


def _mostly_values(cells: list[str]) -> bool:
    """Tell numbers and dates, parted by a common character, from a sentence."""
    values = sum(kind_of(cell) in (NUMBER, TIME) for cell in cells)
    return 2 * values >= len(cells)


DELIMITER_NAMES = {"\t": "tab", " ": "blank"}


def _unwrapped(cells: list[str], grammar: Grammar, width: int, habits: frozenset[int]) -> Row:
    if (
        len(cells) != 1
        or not grammar.quote
        or width < 2
        or not grammar.delimiter
        or grammar.delimiter not in cells[0]
    ):
        return Row(cells)
    inner = read_row(cells[0], grammar, width, habits)
    if len(inner.cells) != width:
        return Row(cells)
    return Row(inner.cells, "the whole row is quoted as one cell", "read without the outer quotes")


@dataclass(frozen=True, slots=True)
class _Step:
    cost: float
    before: tuple[int, int] | None
    text: str = ""
    lone: bool = False


def _repaired(line: str, grammar: Grammar, width: int, habits: frozenset[int]) -> list[str]:
    """Return the cells of the cheapest reading; see the costs in `_readings`."""
    atoms = line.split(grammar.delimiter) if grammar.delimiter else [line]
    if len(atoms) > _ATOMS:
        return atoms
    best: list[dict[int, _Step]] = [{} for _ in range(len(atoms) + 1)]
    best[0][0] = _Step(0.0, None)
    for start in range(len(atoms)):
        steps = best[start]
        for end, cost, text, lone in _readings(atoms, start, grammar):
            for merged, step in steps.items():
                now = merged + end - start - 1
                if now > _MERGED:
                    continue
                total = step.cost + cost
                old = best[end].get(now)
                if old is None or total < old.cost:
                    best[end][now] = _Step(total, (start, merged), text, lone)
    return _walk_back(best, len(atoms), width, habits)


def _walk_back(
    best: list[dict[int, _Step]], atoms: int, width: int, habits: frozenset[int]
) -> list[str]:
    def total(merged: int) -> float:
        return best[atoms][merged].cost + 2.0 * abs(atoms - merged - width)

    merged = min(best[atoms], key=total)
    step = best[atoms][merged]
    cells: list[tuple[str, bool]] = []
    while step.before is not None:
        cells.append((step.text, step.lone))
        step = best[step.before[0]][step.before[1]]
    cells.reverse()
    return [
        text.strip("\"'") if lone and i in habits else text for i, (text, lone) in enumerate(cells)
    ]


def _readings(atoms: list[str], start: int, grammar: Grammar) -> list[tuple[int, float, str, bool]]:
    """Return the readings of a cell that begins with atom `start`: (end, cost, text, lone quote).

    Costs: 0 properly quoted or plain; 1 a quote taken as text; 0.9 a stray quote inside a quoted
    cell, more for each closing quote passed over; 1.5 a cell over several atoms of whose pair of
    quotes one is missing. A cell too many or too few costs 2 (see `_walk_back`).
    """
    quote = grammar.quote
    first = atoms[start]
    if grammar.blanks and start:
        first = first.lstrip(" ")
    opened = first.startswith(quote)
    out: list[tuple[int, float, str, bool]] = []
    if quote not in first:
        out.append((start + 1, 0.0, unescaped(first, grammar, quoted=False), False))
    elif not (opened and len(first) > 1 and first.endswith(quote)):
        lone = first.count(quote) == 1 and (opened or first.endswith(quote))
        cost = 1.0 if opened or first.endswith(quote) else 0.3
        out.append((start + 1, cost, first, lone))
    elif first == quote * 3:
        out.append((start + 1, 1.0, quote, False))
    text = first
    for end in range(start + 1, min(len(atoms), start + _SPAN) + 1):
        if end > start + 1:
            text = text + grammar.delimiter + atoms[end - 1]
        reading = _spanning(text, grammar, opened=opened, several=end > start + 1)
        if reading is not None:
            out.append((end, *reading))
    return out


def _spanning(
    text: str, grammar: Grammar, *, opened: bool, several: bool
) -> tuple[float, str, bool] | None:
    quote = grammar.quote
    whole = text.rstrip(" ")
    closed = len(whole) > 1 and whole.endswith(quote)
    if opened and closed:
        inner = whole[1:-1]
        bare = inner.replace(quote + quote, "")
        if grammar.escape:
            bare = bare.replace(grammar.escape + quote, "")
        if quote not in bare:
            return 0.0, unescaped(inner, grammar, quoted=True), False
        passed = inner.count(quote + grammar.delimiter) if grammar.delimiter else 0
        pairs = inner.count(quote + grammar.delimiter + quote) if grammar.delimiter else 0
        cost = 0.9 + 0.5 * passed + 2.0 * pairs
        return cost, unescaped(inner, grammar, quoted=True), False
    if several and (opened != closed) and whole.count(quote) == 1:
        return 1.5, whole[1:] if opened else whole[:-1], False
    return None
