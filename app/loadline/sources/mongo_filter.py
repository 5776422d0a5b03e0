"""Filters as extended JSON: read with the place of every mistake, server-side code refused.

Format: MongoDB Extended JSON v2, canonical or relaxed
(https://github.com/mongodb/specifications/blob/master/source/extended-json.md).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from bson import json_util
from bson.codec_options import DatetimeConversion
from bson.errors import BSONError

from loadline.domain.errors import JobError, Place

REFUSED = frozenset({"$where", "$function", "$accumulator"})
"""Operators that have the server run code."""

_READING = json_util.JSONOptions(
    json_mode=json_util.JSONMode.CANONICAL,
    datetime_conversion=DatetimeConversion.DATETIME_MS,
)
_IN_WORDS = (
    ("Expecting property name enclosed in double quotes", "A name in double quotes is expected"),
    ("Expecting ':' delimiter", "A colon is expected"),
    ("Expecting ',' delimiter", "A comma or a closing bracket is expected"),
    ("Expecting value", "A value is expected"),
    ("Unterminated string starting at", "This text is not closed by a quotation mark"),
    ("Invalid control character at", "A line break or tab must be written as \\n or \\t"),
    ("Invalid \\escape", "This backslash must be written twice"),
    ("Invalid \\uXXXX escape", "\\u takes four digits"),
    ("Extra data", "The filter ends before this"),
    ("Illegal trailing comma before end of object", "There is a comma too many"),
    ("Illegal trailing comma before end of array", "There is a comma too many"),
)


def parse_filter(text: str) -> dict[str, Any]:
    """Return the filter that `text` says; an empty text is no filter.

    Raises `JobError`, whose ``place.byte`` is the character of the mistake from 0, for what is no
    extended JSON object, for a name that is given twice, and for server-side code at any depth.
    """
    if not text.strip():
        return {}
    try:
        plain = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise _wrong(_words(error.msg), text, error.pos) from error
    except _Twice as error:
        raise _wrong(
            f"{error.name} is given twice", text, _place_of(text, error.name, last=True)
        ) from error
    except RecursionError as error:
        raise _wrong("This is nested too deeply", text, 0) from error
    if not isinstance(plain, dict):
        raise _wrong("A filter stands in curly brackets", text, 0)
    for name in _names(plain):
        if name in REFUSED:
            raise _wrong(
                f"{name} would run code on the server, which is not allowed here",
                text,
                _place_of(text, name),
            )
    return _typed(text)


def _typed(text: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json_util.loads(text, json_options=_READING)
    except (BSONError, ValueError, TypeError, KeyError, OverflowError, re.error) as error:
        name = next((n for n in re.findall(r'"(\$[a-zA-Z]+)"', text) if n in str(error)), "")
        name = name or next(iter(re.findall(r'"(\$(?:oid|date|number\w+|binary|uuid|regular\w+))"',
                                            text)), "")  # fmt: skip
        raise _wrong(f"This value cannot be read: {error}", text, _place_of(text, name)) from error
    return found


class _Twice(Exception):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return found


def _no_constant(name: str) -> None:
    raise json.JSONDecodeError(f'{name} is written {{"$numberDouble": "{name}"}}', name, 0)


def _names(value: Any) -> Iterator[str]:
    """Yield all names at any depth, without recursion."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield from one
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def _place_of(text: str, name: str, *, last: bool = False) -> int:
    quoted = json.dumps(name, ensure_ascii=False)
    found = text.rfind(quoted) if last else text.find(quoted)
    return max(found, 0)


def _words(message: str) -> str:
    for said, words in _IN_WORDS:
        if message.startswith(said):
            return words
    return message


def _wrong(what: str, text: str, position: int) -> JobError:
    line = text.count("\n", 0, position) + 1
    column = position - (text.rfind("\n", 0, position) + 1) + 1
    where = f"line {line}, character {column}" if "\n" in text.strip() else f"character {column}"
    return JobError(
        f"{what} ({where}).", place=Place("filter", line=line, byte=position),
        cause="source.filter",
    )  # fmt: skip
