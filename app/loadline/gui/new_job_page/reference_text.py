"""The reference's values between what is typed, what is pasted, and what a job holds."""

from __future__ import annotations

import json
from typing import Any

from loadline.domain.errors import JobError, Place
from loadline.domain.schema import ColumnType

_LISTS = frozenset(
    {ColumnType.LIST, ColumnType.INTS, ColumnType.NUMBERS, ColumnType.EMPTIES}
)  # fmt: skip


def value_of(text: str, kind: ColumnType) -> Any:
    """Return what typed `text` means in a field of type `kind`; text where it is nothing else."""
    text = text.strip()
    if kind is ColumnType.INT and text.lstrip("+-").isdecimal():
        return int(text)
    if kind in (ColumnType.DECIMAL, ColumnType.INT):
        try:
            return float(text)
        except ValueError:
            return text
    if kind in _LISTS or text[:1] == "[":
        return _list(text, kind)
    return text


def _list(text: str, kind: ColumnType) -> Any:
    try:
        told = json.loads(text if text[:1] == "[" else f"[{text}]")
    except ValueError:
        told = [part.strip() for part in text.split(",")] if kind in _LISTS else text
    return told


def text_of(value: Any) -> str:
    """Return a reference's value as it is typed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def parse_reference(text: str) -> dict[str, Any]:
    """Return the record that pasted JSON says; nested fields become ``a.b``.

    Raises `JobError` with line and column (both from 1) of the mistake.
    """
    try:
        told = json.loads(text)
    except json.JSONDecodeError as error:
        raise JobError(
            f"This is not JSON: {_in_words(error.msg)}.",
            place=Place("the reference", line=error.lineno),
            cause=f"{error.lineno}:{error.colno}",
        ) from error
    if isinstance(told, list) and len(told) == 1:
        told = told[0]
    if not isinstance(told, dict) or not told:
        raise JobError('This is not one record: write { "field": value, … }.', cause="1:1")
    flat: dict[str, Any] = {}
    _flatten(told, "", flat)
    return flat


def _flatten(record: dict[str, Any], before: str, flat: dict[str, Any]) -> None:
    for name, value in record.items():
        if isinstance(value, dict) and value and not any(key.startswith("$") for key in value):
            _flatten(value, f"{before}{name}.", flat)
        else:
            flat[f"{before}{name}"] = value


def _in_words(message: str) -> str:
    words = {
        "Expecting value": "a value is missing",
        "Expecting ',' delimiter": "a comma is missing",
        "Expecting ':' delimiter": "a colon is missing",
        "Expecting property name enclosed in double quotes": 'a name in "quotes" is missing',
        "Extra data": "something follows after its end",
        "Unterminated string starting at": 'a closing " is missing',
    }
    return words.get(message, message[:1].lower() + message[1:])
