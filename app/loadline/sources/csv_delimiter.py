"""Which delimiter, quote and escape a text is written with.

Every candidate is tried on the first lines. Its score follows the consistency measure of van den
Burg, Nazábal and Sutton ("Wrangling messy CSV files by detecting row and type patterns", 2019):
how regular the rows become, times how much the cells look like values; the regularity here is
the sum of squared shares of the row widths, which one odd row hardly moves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from loadline.sources.csv_header import COMMENTS
from loadline.sources.csv_kinds import NUMBER, TIME, kind_of, known
from loadline.sources.csv_records import Record, bare, records, usual_width
from loadline.sources.csv_rows import DELIMITER_NAMES, Grammar

LINES = 100
"""Lines that candidates are tried on."""
_PRIOR = {"::": 0.95, ",": 1.0, ";": 1.0, "\t": 1.0, "|": 0.98, " ": 0.5, ":": 0.5}
_PRIOR |= dict.fromkeys("~^\x01\x1f\x1e§¦", 0.9) | dict.fromkeys("#!&*=%@$/", 0.35)
_LEAST = 0.1
_CELLS = 600


@dataclass(frozen=True, slots=True)
class Found:
    """The structure of a text: its grammar, and how sure that is (0..1)."""

    grammar: Grammar
    score: float
    width: int


def find_grammar(
    lines: Sequence[str], *, delimiter: str | None, quote: str | None, escape: str | None
) -> Found:
    """Find delimiter, quote and escape in lines that still have their ends; set ones are kept."""
    lines = _telling(lines)
    best = Found(Grammar("", '"' if quote is None else quote, escape or ""), 0.0, 1)
    chars = _candidates(lines) if delimiter is None else [delimiter]
    for one in _quotes(lines) if quote is None else (quote,):
        for way in _escapes(lines, one) if escape is None else (escape,):
            for char in chars:
                blanks = 3 * sum(f"{char} {one}" in line for line in lines) > len(lines)
                trial = Grammar(char, one, way, blanks and char != " ")
                found = _scored(lines, trial, forced=delimiter is not None)
                if found.score > best.score * 1.02:
                    best = found
    if best.score < _LEAST and delimiter is None:
        best = Found(Grammar("", '"' if quote is None else quote, escape or ""), 0.5, 1)
    if escape is None:
        best = _with_escape(lines, best)
    return _longer(lines, best) if delimiter is None else _blanks(lines, best)


def _telling(lines: Sequence[str]) -> list[str]:
    """Return the first lines, without blank ones and what look like comments."""
    filled = [line for line in lines[: 2 * LINES] if line.strip(" \r\n")][:LINES]
    bare_of = [line for line in filled if not line.startswith(COMMENTS)]
    return bare_of if len(bare_of) > 1 else filled


def _escapes(lines: Sequence[str], quote: str) -> tuple[str, ...]:
    return ("", "\\") if quote and any("\\" + quote in line for line in lines) else ("",)


def _quotes(lines: Sequence[str]) -> tuple[str, ...]:
    text = "\n" + "".join(lines).replace("\r", "\n") + "\n"
    double, single = (_pairs(text, quote) for quote in "\"'")
    if not single:
        return ('"',)
    return ('"', "'") if double else ("'", '"')


def _pairs(text: str, quote: str) -> int:
    """Count how many cells a quote could open and close, at the most."""
    beside = r"[\n,;\t| :~^\x1f]"
    opens = len(re.findall(f"(?<={beside}){quote}", text))
    return min(opens, len(re.findall(f"{quote}(?={beside})", text)))


def _candidates(lines: Sequence[str]) -> list[str]:
    counts: Counter[str] = Counter()
    for line in lines:
        counts.update(set(bare(line)))
    least = max(1, len(lines) // 4) if len(lines) > 4 else 1
    found = [c for c in _PRIOR if len(c) == 1 and counts[c] >= least]
    doubled = sum("::" in line for line in lines) >= max(1, len(lines) // 2)
    return [*found, "::"] if doubled else found


def _scored(lines: Sequence[str], grammar: Grammar, *, forced: bool) -> Found:
    found = list(records(lines, grammar))
    widths = Counter(len(r.cells) for r in found)
    total = sum(r.lines for r in found) or 1
    share = sum((n / len(found)) ** 2 * ((w - 1) / w) for w, n in widths.items() if w > 1)
    width = usual_width(found)
    if forced:
        return Found(grammar, 1.0 + share, width)
    prior = _PRIOR.get(grammar.delimiter, 0.5)
    score = share * _value_score(found, width) * prior * (len(found) / total) ** 0.25
    if grammar.delimiter in " :#!&*=%@$/" and not _is_table(found, width):
        score = 0.0
    if grammar.delimiter == "," and _decimals(found, width):
        score = 0.0
    return Found(grammar, score, width)


def _value_score(found: Sequence[Record], width: int) -> float:
    total = count = 0.0
    for record in found:
        weight = 1.0 if len(record.cells) == width else 0.5
        if record.what:
            weight *= 0.5
            total -= 0.2
        for cell in record.cells:
            total += weight * known(cell)
        count += weight * len(record.cells)
        if count > _CELLS:
            break
    return max(0.0, total / count) if count else 0.0


def _is_table(found: Sequence[Record], width: int) -> bool:
    """Tell whether text cut at a common character is a table: steady width and typed columns."""
    rows = [r.cells for r in found if len(r.cells) == width]
    if width < 2 or len(rows) < 2 or len(rows) < 0.8 * len(found):
        return False
    quoted = sum('"' in r.raw and not r.what for r in found)
    if len(rows) == len(found) > 2 and 3 * quoted >= len(found):
        return True
    body = rows[1:] if len(rows) > 1 else rows
    typed = sum(all(kind_of(row[i]) in (NUMBER, TIME) for row in body) for i in range(width))
    whole = sum(kind_of(r.raw) in (NUMBER, TIME) for r in found)
    return typed > 0 and whole < 0.5 * len(found)


def _decimals(found: Sequence[Record], width: int) -> bool:
    """Tell whether the commas are those of decimals in a single column below its name."""
    if width != 2 or len(found) < 3 or len(found[0].cells) != 1:
        return False
    return all(kind_of(r.raw) == NUMBER and len(r.cells) < 3 for r in found[1:])


def _with_escape(lines: Sequence[str], found: Found) -> Found:
    """Add the backslash as escape where it explains more rows than doubled quotes do."""
    grammar = found.grammar
    text = "".join(lines)
    marks = [c for c in (grammar.quote, grammar.delimiter) if c]
    if not any("\\" + c in text for c in marks):
        return found
    trial = Grammar(grammar.delimiter, grammar.quote, "\\")
    plain = list(records(lines, grammar))
    escaped = list(records(lines, trial))
    width = usual_width(escaped)

    def right(rows: list[Record]) -> int:
        return sum(r.lines for r in rows if len(r.cells) == width and not r.what)

    better = right(escaped) - right(plain)
    quote = grammar.quote
    end = re.escape(grammar.delimiter) or "\n"
    doubled = quote and re.search(rf"[^\\\n{end}]{quote}{quote}[^\r\n{end}]", text)
    if better > 0 or (better == 0 and quote and "\\" + quote in text and not doubled):
        return Found(trial, found.score, width)
    return found


def _longer(lines: Sequence[str], found: Found) -> Found:
    """Lengthen the delimiter by what always stands next to it (``||``, ``, ``, `` | ``)."""
    delimiter = found.grammar.delimiter
    if not delimiter:
        return found
    grammar, width = found.grammar, found.width
    doubled = _doubled(lines, grammar)
    if doubled > 1:
        long = Grammar(delimiter * doubled, grammar.quote, grammar.escape)
        return Found(long, found.score, usual_width(records(lines, long)))
    if delimiter == " ":
        return found
    around = _always_around(lines, grammar)
    if around:
        long = Grammar(around[0] + delimiter + around[1], grammar.quote, grammar.escape)
        trial = usual_width(records(lines, long))
        if trial == width:
            return Found(long, found.score, width)
    return _blanks(lines, found)


def _doubled(lines: Sequence[str], grammar: Grammar) -> int:
    """Return how many delimiters always stand together, 1 where they do not."""
    if len(grammar.delimiter) > 1:
        return 1
    runs: Counter[int] = Counter()
    pattern = re.compile(f"(?:{re.escape(grammar.delimiter)})+")
    for line in lines:
        runs.update(len(run) for run in pattern.findall(_unquoted(bare(line), grammar)))
    total = sum(runs.values())
    if not total or runs[1] > 0.4 * total:
        return 1
    least = min((n for n in runs if n > 1), default=1)
    if sum(n for r, n in runs.items() if r % least == 0) > 0.98 * total:
        return least
    return least if _steady(lines, pattern, grammar, least) else 1


def _steady(lines: Sequence[str], pattern: re.Pattern[str], grammar: Grammar, times: int) -> bool:
    """Tell whether a repeated delimiter parts the first and nearly all lines evenly."""
    if any(len(run) % times for run in pattern.findall(bare(lines[0]))):
        return False
    long = Grammar(grammar.delimiter * times, grammar.quote, grammar.escape)
    widths = Counter(len(r.cells) for r in records(lines, long))
    width, most = widths.most_common(1)[0]
    return width > 1 and most >= 0.9 * sum(widths.values())


def _unquoted(text: str, grammar: Grammar) -> str:
    quote = grammar.quote
    return "x".join(text.split(quote)[::2]) if quote and quote in text else text


def _always_around(lines: Sequence[str], grammar: Grammar) -> tuple[str, str] | None:
    """Return the punctuation that nearly always stands before and after the delimiter."""
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    total = 0
    for line in lines:
        atoms = _unquoted(bare(line), grammar).split(grammar.delimiter)
        total += len(atoms) - 1
        before.update(a[-1:] for a in atoms[:-1])
        after.update(a[:1] for a in atoms[1:])
    if not total:
        return None
    (left, n), (right, m) = before.most_common(1)[0], after.most_common(1)[0]
    marks = "|~^#*<>:;§¦"
    if min(n, m) >= 0.95 * total and left and right:
        if left in marks and right in marks:
            return left, right
        if left == right == " " and grammar.delimiter in "|;":
            return left, right
    return None


def _blanks(lines: Sequence[str], found: Found) -> Found:
    """Skip the blanks after delimiters where nearly all delimiters have one."""
    grammar = found.grammar
    if not grammar.delimiter or grammar.delimiter.endswith(" "):
        return found
    with_blank = total = 0
    for line in lines:
        pieces = _unquoted(bare(line), grammar).split(grammar.delimiter)[1:]
        if len(pieces) + 1 != found.width and grammar.quote not in line:
            continue
        total += len(pieces)
        with_blank += sum(p.startswith(" ") for p in pieces)
    quoted = sum(f"{grammar.delimiter} {grammar.quote}" in line for line in lines)
    if total and (with_blank >= 0.7 * total or quoted > 0.5 * len(lines)):
        trial = Grammar(grammar.delimiter, grammar.quote, grammar.escape, blanks=True)
        strict = Grammar(grammar.delimiter + " ", grammar.quote, grammar.escape)
        loose_width, loose = _most(lines, trial)
        strict_width, exact = _most(lines, strict)
        if exact > loose and strict_width > 1:
            return Found(strict, found.score, strict_width)
        return Found(trial, found.score, loose_width)
    return found


def _most(lines: Sequence[str], grammar: Grammar) -> tuple[int, int]:
    """Return the usual width and how many records have it."""
    rows = list(records(lines, grammar))
    width = usual_width(rows)
    return width, sum(len(r.cells) == width for r in rows)


def delimiter_name(delimiter: str) -> str:
    """Return a delimiter as a person reads it."""
    return DELIMITER_NAMES.get(delimiter, f"`{delimiter}`")
