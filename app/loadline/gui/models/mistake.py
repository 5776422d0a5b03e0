"""Which characters of a filter, or of a list of fields, a failure is about."""

from __future__ import annotations

import re

from loadline.domain.errors import Failure

FILTER = "source.filter"
FIELDS = "source.projection"
"""The causes of failures that name a place in what was typed."""
_WORD = re.compile(r'"(?:[^"\\]|\\.)*"?|[\w.$+\-]+|.', re.DOTALL)
_OPERATOR = re.compile(r"\$\w+")


def mistake(text: str, failure: Failure) -> tuple[int, int] | None:
    """Return first character and length of the mistake in `text`, or None for another failure.

    A server names the operator that it refuses, not its place: it is looked for.
    """
    if not text.strip():
        return None
    if failure.cause in (FILTER, FIELDS):
        place = failure.place.byte if failure.place and failure.place.byte is not None else 0
        lead = len(text) - len(text.lstrip())
        return _word(text, place + lead)
    for name in _OPERATOR.findall(f"{failure.sentence} {failure.cause}"):
        at = text.find(f'"{name}"')
        if at >= 0:
            return at, len(name) + 2
    return None


def _word(text: str, start: int) -> tuple[int, int]:
    """Return the word at `start`; past the end it is the last character."""
    last = len(text.rstrip()) - 1
    found = _WORD.match(text, min(start, last))
    return (found.start(), len(found.group())) if found else (last, 1)


def refused(failure: Failure) -> bool:
    """Tell whether a server understood the question and would not answer it."""
    return failure.kind == "SourceDamaged" and failure.cause.startswith("OperationFailure")
