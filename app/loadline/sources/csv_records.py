"""Lines of text as records: embedded line ends kept, a stray quote held to its own line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from loadline.sources.csv_rows import Flaw, Grammar, Row, read_row, split_line

JOIN_LINES = 2_000
"""Most lines that one quoted cell may span."""
_JOIN_TRIES = 200
_MEND_LINES = 40
_MEND_TRIES = 3


class Record(NamedTuple):  # a dataclass takes thrice the time to make, and there are many
    """One record: its cells, the index of its first line and how many lines it takes."""

    line: int
    lines: int
    cells: list[str]
    raw: str
    what: str = ""
    done: str = ""

    @property
    def blank(self) -> bool:
        """Nothing but blanks stands there."""
        return len(self.cells) < 2 and not self.raw.strip()


@dataclass(frozen=True, slots=True)
class LineEnds:
    """How often each line end occurs; a CR that an LF follows counts as CRLF only."""

    lf: int
    crlf: int
    cr: int
    inside: bool = False
    """Quoted cells hold other ones."""

    @property
    def prevailing(self) -> str:
        """The most frequent one."""
        if self.cr > self.lf + self.crlf:
            return "\r"
        return "\r\n" if self.crlf > self.lf else "\n"

    @property
    def mixed(self) -> bool:
        """More than one kind occurs."""
        return self.inside or (self.lf > 0) + (self.crlf > 0) + (self.cr > 0) > 1


def line_ends(text: str) -> LineEnds:
    """Count the line ends of a text; where there are several kinds, those in quoted cells not."""
    found = _count_ends(text)
    if not found.mixed:
        return found
    for quote in "\"'":
        if text.count(quote) > 1:
            bare_text = "".join(text.replace("\\" + quote, "").split(quote)[::2])
            outside = _count_ends(bare_text)
            if not outside.mixed and outside != LineEnds(0, 0, 0):
                return replace(outside, inside=True)
    return found


def _count_ends(text: str) -> LineEnds:
    if "\r" not in text:
        return LineEnds(text.count("\n"), 0, 0)
    crlf = text.count("\r\n")
    return LineEnds(text.count("\n") - crlf, crlf, text.count("\r") - crlf)


def cut_lines(text: str, prevailing: str) -> list[str]:
    """Cut a text into lines, each with its end; a lone CR ends one only where CRs prevail."""
    end = "\r" if prevailing == "\r" else "\n"
    lines = [line + end for line in text.split(end)]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def bare(line: str) -> str:
    """Return a line without its end."""
    if line.endswith("\r\n"):
        return line[:-2]
    return line[:-1] if line.endswith(("\n", "\r")) else line


def records(
    lines: Sequence[str],
    grammar: Grammar,
    width: int = 0,
    habits: frozenset[int] = frozenset(),
    stop: int | None = None,
) -> Iterator[Record]:
    """Yield the records of lines that still have their ends, up to those that begin before `stop`.

    `width` 0: not known yet; then nothing is repaired and a line is cut strictly as far as it goes.
    """
    at = 0
    stop = len(lines) if stop is None else stop
    while at < stop:
        record = _single(lines[at], at, grammar, width, habits) or _joined(
            lines, at, grammar, width
        )
        if record is None:
            alone = read_row(bare(lines[at]), grammar, width, habits) if width else None
            record = alone and _mended(lines, at, grammar, width, habits, alone)
            if record is None:
                yield from _loose(lines[at], at, grammar, width, habits, alone)
                at += 1
                continue
        yield record
        at += record.lines


def _single(
    line: str, at: int, grammar: Grammar, width: int, habits: frozenset[int]
) -> Record | None:
    text = bare(line)
    if "\r" in text or "\n" in text:
        return None
    cells, flaw = split_line(text, grammar)
    if flaw is Flaw.NONE and (not width or len(cells) == width):
        return Record(at, 1, cells, text)
    if flaw is Flaw.OPEN or (grammar.escape and text.endswith(grammar.escape)):
        return None
    if not width:
        return Record(at, 1, cells, text, flaw.value)
    row = read_row(text, grammar, width, habits)
    if len(row.cells) != width and grammar.quote and grammar.quote in text:
        return None
    return _record(at, 1, text, row)


def _mended(
    lines: Sequence[str],
    at: int,
    grammar: Grammar,
    width: int,
    habits: frozenset[int],
    alone: Row,
) -> Record | None:
    """Return an odd row that goes on in later lines, where only together they make a row."""
    text = bare(lines[at])
    if len(alone.cells) == width or not grammar.quote or grammar.quote not in text or "\r" in text:
        return None
    best, away = None, abs(len(alone.cells) - width)
    tries = 0
    for end in range(at + 1, min(len(lines), at + _MEND_LINES)):
        line = bare(lines[end])
        cells, flaw = split_line(line, grammar)
        if flaw is Flaw.NONE and len(cells) == width:
            break
        if grammar.quote not in line:
            continue
        whole = "".join(lines[at:end]) + line
        row = read_row(whole, grammar, width, habits)
        strict = split_line(whole, grammar)[1] is Flaw.NONE
        if len(row.cells) == width:
            return _record(at, end + 1 - at, whole, row)
        off = abs(len(row.cells) - width)
        if strict and len(row.cells) > 1 and off < away + (alone.what != ""):
            best, away = _record(at, end + 1 - at, whole, row), off
        tries += 1
        if tries == _MEND_TRIES:
            break
    return best


def _record(at: int, lines: int, raw: str, row: Row) -> Record:
    return Record(at, lines, row.cells, raw, row.what, row.done)


def _joined(lines: Sequence[str], at: int, grammar: Grammar, width: int) -> Record | None:
    """Return the record that begins in line `at` and ends in a later one, if that is proper."""
    text = bare(lines[at])
    cells, flaw = split_line(text, grammar)
    if flaw is Flaw.NONE and not (grammar.escape and text.endswith(grammar.escape)):
        return None if width and len(cells) != width else Record(at, 1, cells, text)
    tries, last = 0, min(len(lines), at + JOIN_LINES)
    marks = tuple(c for c in (grammar.quote, grammar.escape) if c)
    for end in range(at + 1, last):
        if not any(mark in lines[end] for mark in marks) and flaw is Flaw.OPEN:
            continue
        whole = "".join(lines[at:end]) + bare(lines[end])
        if grammar.escape and whole.endswith(grammar.escape):
            continue
        cells, flaw = split_line(whole, grammar)
        tries += 1
        if flaw is Flaw.STRAY or tries > _JOIN_TRIES:
            return None
        if flaw is not Flaw.OPEN:
            fits = not width or len(cells) == width
            return Record(at, end + 1 - at, cells, whole) if fits else None
    return None


def _loose(
    line: str,
    at: int,
    grammar: Grammar,
    width: int,
    habits: frozenset[int],
    alone: Row | None,
) -> Iterator[Record]:
    """Yield what a line is by itself: several rows if an unusual line end parts it, else one."""
    text = bare(line)
    end = "\r" if "\r" in text else "\n"
    pieces = text.split(end) if end in text else []
    if len(pieces) > 1 and width > 1:
        parts = [read_row(piece, grammar, width, habits) for piece in pieces]
        filled = [(p, r) for p, r in zip(pieces, parts, strict=True) if p]
        if filled and all(len(r.cells) == width for _, r in filled):
            for piece, row in filled:
                what = row.what or "another line end than in the other rows"
                yield Record(at, 1, row.cells, piece, what, row.done or "read as a row of its own")
            return
    if alone is None:
        cells, flaw = split_line(text, grammar)
        yield Record(at, 1, cells, text, flaw.value)
        return
    yield _record(at, 1, text, alone)


def usual_width(found: Iterable[Record]) -> int:
    """Return the width that most records have (of those that have it the larger), 0 for none."""
    counts = Counter(len(r.cells) for r in found if not r.blank)
    return max(counts, key=lambda w: (counts[w], w), default=0)


def quoted_columns(lines: Iterable[str], grammar: Grammar, width: int) -> frozenset[int]:
    """Return the columns of which most filled cells are quoted, from lines cut strictly."""
    quote, delimiter = grammar.quote, grammar.delimiter
    quoted: Counter[int] = Counter()
    rows = 0
    for line in lines:
        if not quote:
            break
        text = bare(line)
        atoms = text.split(delimiter) if delimiter else [text]
        if len(atoms) != width:
            continue
        rows += 1
        quoted.update(
            i for i, a in enumerate(atoms) if len(a) > 1 and a[0] == quote and a[-1] == quote
        )
    return frozenset(i for i, n in quoted.items() if 2 * n > rows)
