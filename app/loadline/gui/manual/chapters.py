"""The chapters of the manual, as files in ``resources/manual``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from loadline import assets

LANGUAGE = "en"
"""The language that every chapter is written in; others may have fewer."""
_TITLE = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter; `key` is its file's name without number and suffix."""

    key: str
    title: str
    path: Path


def chapters(language: str = LANGUAGE) -> tuple[Chapter, ...]:
    """Return the chapters in order, in `language` as far as they are written in it."""
    whole = sorted(assets.path("manual", LANGUAGE).glob("*.html"))
    return tuple(_chapter(_in(language, path)) for path in whole)


def _in(language: str, path: Path) -> Path:
    own = path.parents[1] / language / path.name
    return own if own.is_file() else path


def _chapter(path: Path) -> Chapter:
    found = _TITLE.search(path.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"The chapter {path.name} has no title.")
    return Chapter(path.stem.partition("-")[2], found[1].strip(), path)
