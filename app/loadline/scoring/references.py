"""The reference of a scoring job: typed into the job, or read from a small file."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from loadline.domain.errors import JobError, Place
from loadline.domain.jobs import Score


def reference_of(score: Score) -> Mapping[str, Any]:
    """Return the reference's fields; raises `JobError` for a file that holds no single record.

    A ``.json`` file holds one object, any other one CSV row below its header.
    """
    if score.reference is not None:
        return score.reference
    path = Path(score.reference_file)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(path, f"The reference cannot be read: {error}.") from error
    rows = _json(path, text) if path.suffix == ".json" else list(csv.DictReader(text.splitlines()))
    if len(rows) != 1:
        raise _wrong(path, f"The reference must be one record; the file has {len(rows):,}.")
    return {str(name): value for name, value in rows[0].items()}


def _json(path: Path, text: str) -> list[dict[str, Any]]:
    try:
        told = json.loads(text)
    except ValueError as error:
        raise _wrong(path, f"The reference is not JSON: {error}.") from error
    found = told if isinstance(told, list) else [told]
    if not all(isinstance(record, dict) for record in found):
        raise _wrong(path, "The reference must be an object with fields.")
    return found


def _wrong(path: Path, sentence: str) -> JobError:
    return JobError(sentence, place=Place(str(path)), cause="score.reference_file")
