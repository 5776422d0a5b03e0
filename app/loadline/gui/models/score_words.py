"""Scoring in words: what a measure looks for, what it found, what a score is made of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from msgspec import UNSET
from PySide6.QtCore import QCoreApplication

from loadline.domain.jobs import Comparison, MongoSource, Score
from loadline.gui.models import figures
from loadline.scoring.catalogue import CATALOGUE
from loadline.scoring.own import own_scorers
from loadline.scoring.ranking import Hit
from loadline.scoring.sample import Example

_translate = QCoreApplication.translate
IDENTITY = ("_id", "_source", "_row")
_ALIKE = ("jaro-winkler", "levenshtein")
_LONG = 48
FIELDS_MOST = 4
"""Fields of a record that the ranking shows beside its score."""


def _tr(text: str) -> str:
    return _translate("ScoreWords", text)


def looked_for(comparison: Comparison) -> str:
    """Return what a comparison looks for, e.g. ``within 25 km`` or ``same words``."""
    info = CATALOGUE.get(comparison.measure)
    if info is None:
        own = own_scorers().get(comparison.measure)
        return own.explanation if own is not None else comparison.measure
    if not info.unit or comparison.tolerance is UNSET:
        return _tr(info.title)
    return _tr("within {0}").format(_amount(comparison, comparison.tolerance))


def found(comparison: Comparison, closeness: float | None) -> str:
    """Return what a comparison found, e.g. ``78 % alike``, ``The same day``, ``0.5 km apart``."""
    if closeness is None:
        return _tr("no value")
    if comparison.tolerance is not UNSET and comparison.measure in ("number", "date", "km"):
        return _apart(comparison, closeness, comparison.tolerance)
    share = figures.percent(closeness)
    words = {
        "exact": _tr("The same") if closeness == 1.0 else _tr("Different"),
        "token-set": _tr("The same words") if closeness == 1.0 else _tr("{0} same words"),
        "jaccard": _tr("{0} shared"),
        "cosine": _tr("{0} the same direction"),
    }
    if comparison.measure in _ALIKE and closeness == 1.0:
        return _tr("The same")
    return words.get(comparison.measure, _tr("{0} alike")).format(share)


def _apart(comparison: Comparison, closeness: float, tolerance: float) -> str:
    if closeness == 1.0:
        same = {"date": _tr("The same day"), "km": _tr("The same place")}
        return same.get(comparison.measure, _tr("Equal"))
    if closeness == 0.0:
        return _tr("{0} or more apart").format(_amount(comparison, tolerance))
    return _tr("{0} apart").format(_amount(comparison, (1.0 - closeness) * tolerance))


def _amount(comparison: Comparison, number: float) -> str:
    rounded = float(f"{number:.3g}")
    places = 0 if rounded == round(rounded) else 1 if rounded >= 10 else 2
    text = figures.decimal(rounded, places)
    if places == 2 and text.endswith("0"):
        text = text[:-1]
    if comparison.measure == "km":
        return _tr("{0} km").format(text)
    if comparison.measure == "date":
        return _tr("1 day") if rounded == 1 else _tr("{0} days").format(text)
    return text


def short_name(field: str, score: Score) -> str:
    """Return a nested field's own name, e.g. ``city``, where no compared one ends so as well."""
    own = field.rpartition(".")[2]
    ends = {c.field for c in score.compare if c.field.rpartition(".")[2] == own}
    return own if own and len(ends - {field}) == 0 else field


def missing_rule(score: Score) -> str:
    """Return how a missing value counts, as a sentence."""
    if score.missing == "zero":
        return _tr("An empty field counts as not alike at all.")
    if score.missing == "half":
        return _tr("An empty field counts as half alike.")
    return _tr("A record with an empty field is scored on its other fields.")


def value(of: Any) -> str:
    """Return a field's value as text."""
    if of is None or of == "":
        return figures.NONE
    if isinstance(of, bool):
        return "true" if of else "false"
    if isinstance(of, float) and of.is_integer() and abs(of) < 1e15:
        return str(int(of))
    if isinstance(of, list | tuple):
        return ", ".join(value(each) for each in of)
    return str(of)


def score_text(number: float) -> str:
    """Return a score or points with three places."""
    return figures.decimal(number, 3)


def example(of: Example) -> str:
    """Return what a comparison gives two values, e.g. ``“Ann Lee” and “Anne Lee”: 0.96``."""
    pair = [value(each) for each in (of.reference, of.record)]
    short = [text if len(text) <= _LONG else f"{text[: _LONG - 1]}…" for text in pair]
    return _tr("“{0}” and “{1}”: {2}").format(*short, figures.decimal(of.closeness, 2))


def records(number: int) -> str:
    """Return e.g. ``1 record`` or ``41 records``."""
    return _tr("1 record") if number == 1 else _tr("{0} records").format(figures.count(number))


def reference_title(score: Score) -> str:
    """Return what the reference may be called: its first text among the compared fields."""
    if score.reference is None:
        return references_title(score)
    reference = score.reference
    names = [c.against or c.field for c in score.compare]
    values = [reference.get(name) for name in (*names, *reference)]
    texts = [each for each in values if isinstance(each, str) and each.strip()]
    return texts[0].strip() if texts else _tr("The reference")


def references_title(score: Score) -> str:
    """Return where many references come from: the name of the file, folder or collection."""
    source = score.reference_source
    if isinstance(source, MongoSource):
        return f"{source.database}.{source.collection}"
    path = score.reference_file or (source.path if source is not None else "")
    return PurePath(path).name or _tr("The references")


def shown_fields(score: Score, hits: Sequence[Hit]) -> list[str]:
    """Return the fields that tell records apart: those compared (texts first), then others."""
    present = dict.fromkeys(name for hit in hits for name in hit.fields)
    if not hits:
        present = dict.fromkeys(c.field for c in score.compare)
    compared = [c.field for c in score.compare if c.field in present]
    compared.sort(key=lambda name: not any(isinstance(h.fields.get(name), str) for h in hits))
    own = [name for name in present if name not in IDENTITY]
    ordered = dict.fromkeys([*compared, *own, *(n for n in IDENTITY if n in present)])
    return list(ordered)[:FIELDS_MOST]
