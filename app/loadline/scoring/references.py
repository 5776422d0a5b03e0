"""The one reference of a scoring job: typed into the job, or the only record of a small file."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from loadline.domain.errors import JobError, Place
from loadline.domain.jobs import Score

JSON_OR_PARQUET = (".json", ".jsonl", ".ndjson", ".parquet")
SMALL = 65_536
"""Bytes of a file that may hold one record; what is larger is read by workers as many."""


def only_reference(score: Score) -> Mapping[str, Any] | None:
    """Return the reference's fields, or None: there are many.

    Raises `JobError` for a file that cannot be read. A ``.json`` file holds an object or a list
    of them; a CSV file of one row, with commas, is one record.
    """
    if score.reference is not None:
        return score.reference
    if score.reference_source is not None:
        return None
    path = Path(score.reference_file)
    try:
        small = path.stat().st_size <= SMALL
        if not small or path.suffix.lower() in (".jsonl", ".ndjson", ".parquet"):
            return None
        content = path.read_bytes()
    except OSError as error:
        raise _wrong(path, f"The reference cannot be read: {error}.") from error
    if path.suffix.lower() != ".json":
        return _only_row(content)
    rows = _json(path, content.decode("utf-8-sig", errors="replace"))
    return rows[0] if len(rows) == 1 else None


def _only_row(content: bytes) -> dict[str, Any] | None:
    """Return the only row of a plain CSV file; None for anything else."""
    try:
        rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    except (UnicodeDecodeError, csv.Error):
        return None
    alone = len(rows) == 1 and len(rows[0]) > 1 and None not in rows[0]
    return dict(rows[0]) if alone else None


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
