"""The fields that a job reads of a collection, as a person types them.

Names with commas between, or extended JSON as MongoDB takes it for a projection:
``["name", "address.city"]`` or ``{"name": 1, "address.city": 1}``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from loadline.domain.errors import JobError, Place
from loadline.gui.models.mistake import FIELDS

_PLAIN = re.compile(r'[^,"\[\]{}\s](?:[^,"\[\]{}]*[^,"\[\]{}\s])?')


def _tr(text: str) -> str:
    return QCoreApplication.translate("field list", text)


def fields_text(fields: Sequence[str]) -> str:
    """Return the text that `parse_fields` reads as `fields`."""
    if all(_PLAIN.fullmatch(name) for name in fields):
        return ", ".join(fields)
    return json.dumps(list(fields), ensure_ascii=False)


def parse_fields(text: str) -> tuple[str, ...]:
    """Return the fields that are named, in their order; none for an empty text.

    Raises `JobError`, whose ``place.byte`` is the character of the mistake from 0.
    """
    text = text.strip()
    named = _json_fields(text) if text[:1] in ("[", "{") else _plain_fields(text)
    fields = tuple(dict.fromkeys(named))
    for name in fields:
        _check(name, fields, text)
    return fields


def _plain_fields(text: str) -> list[str]:
    if not text:
        return []
    found, at = [], 0
    for part in text.split(","):
        name = part.strip()
        if not name:
            raise _wrong(_tr("The name of a field is missing"), min(at, len(text) - 1))
        if not _PLAIN.fullmatch(name):
            odd = next(n for n, sign in enumerate(part) if sign in '"[]{}')
            raise _wrong(_tr('Write such names as a list: ["…", "…"]'), at + odd)
        found.append(name)
        at += len(part) + 1
    return found


def _json_fields(text: str) -> list[str]:
    try:
        told = json.loads(text)
    except json.JSONDecodeError as error:
        raise _wrong(_tr("This is no list of names in double quotes"), error.pos) from error
    except RecursionError as error:
        raise _wrong(_tr("This is nested too deeply"), 0) from error
    if isinstance(told, dict):
        return [_kept(name, value, text) for name, value in told.items()]
    for name in told:
        if not isinstance(name, str):
            raise _wrong(_tr("A field's name stands in double quotes"),
                         max(0, text.find(json.dumps(name))))  # fmt: skip
    return list(told)


def _kept(name: str, value: Any, text: str) -> str:
    if value is True or value == 1:
        return name
    if value is False or value == 0:
        words = _tr("Name the fields to keep: fields cannot be left out")
    else:
        words = _tr("Only 1 can stand here: the field is kept")
    raise _wrong(words, _place(text, name))


def _check(name: str, fields: Sequence[str], text: str) -> None:
    if not name:
        raise _wrong(_tr("The name of a field is missing"), _place(text, name))
    if name.startswith("$"):
        raise _wrong(_tr("A field's name does not begin with $"), _place(text, name))
    parent = next((other for other in fields if name.startswith(f"{other}.")), "")
    if parent:
        words = _tr("{0} is part of {1}, which is named as well").format(name, parent)
        raise _wrong(words, _place(text, name))


def _place(text: str, name: str) -> int:
    if text[:1] in ("[", "{"):
        return max(0, text.find(json.dumps(name, ensure_ascii=False)))
    found = re.search(rf"(?:^|,)\s*({re.escape(name)})\s*(?:,|$)", text)
    return found.start(1) if found else 0


def _wrong(what: str, position: int) -> JobError:
    where = _tr("character {0}").format(position + 1)
    return JobError(
        f"{what} ({where}).", place=Place("projection", line=1, byte=position), cause=FIELDS
    )
