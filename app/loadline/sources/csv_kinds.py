"""What single cells look like: evidence for delimiters and headers, not the types of columns."""

from __future__ import annotations

import re
from functools import lru_cache

_NUMBER = re.compile(
    r"[-+(]?\s?[$€£¥]?\s?(?:\d{1,3}(?:[., '\u00a0]\d{3})+|\d+)?(?:[.,]\d+)?"
    r"(?:[eE][-+]?\d+)?\s?[%€$£)]?"
)
_MONTH = r"(?:[A-Za-zÀ-ÿ]{3,9}\.?)"
_DAY = (
    r"(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\.?"
    rf"|\d{{1,2}}[- .]{_MONTH}[- .,]*\d{{2,4}}|{_MONTH} \d{{1,2}},? \d{{4}})"
)
_CLOCK = r"(?:\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s?[AaPp]\.?[Mm]\.?)?(?:Z|[-+]\d{2}:?\d{2})?)"
_TIME = re.compile(rf"{_DAY}(?:[T ]\s?{_CLOCK})?|{_CLOCK}")
_BOOL = frozenset({"true", "false", "yes", "no", "y", "n", "t", "f"})
_PLAIN = re.compile(r"[\w \-.'/()&+#:@°%!?*\u00a0’]*")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[^@\s]+@[^@\s]+\.\w+|\d+\.\d+\.\d+\.\d+")
_NOTHING = frozenset({"", "-", "–", "na", "n/a", "nan", "null", "none", ".", "?", "\\n"})

EMPTY, NUMBER, TIME, BOOL, TEXT = "enkbt"


@lru_cache(maxsize=20_000)
def kind_of(cell: str) -> str:
    """Return what a cell looks like: nothing, a number, a date or time, yes or no, or text."""
    text = cell.strip()
    if text.lower() in _NOTHING:
        return EMPTY
    if text.lower() in _BOOL:
        return BOOL
    if any(c.isdigit() for c in text[:4]) or text[-1].isdigit():
        if _NUMBER.fullmatch(text):
            return NUMBER
        if _TIME.fullmatch(text):
            return TIME
    return TEXT


@lru_cache(maxsize=20_000)
def known(cell: str) -> float:
    """Return how much a cell looks like one value and not like several or a part of one, 0..1."""
    if kind_of(cell) != TEXT:
        return 1.0
    text = cell.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return 0.02
    if _PLAIN.fullmatch(text):
        return 0.9 if text == cell else 0.8
    if _ADDRESS.fullmatch(text):
        return 0.9
    if any(c in text for c in ";|\t"):
        return 0.1
    if text[0] in "\"'" or text[-1] in "\"'":
        return 0.2
    return 0.5
