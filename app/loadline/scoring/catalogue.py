"""What a person reads about each measure, and what it needs; free of numeric libraries."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MeasureInfo:
    """What a person reads about a measure, and what it needs."""

    name: str
    title: str
    explanation: str
    formula: str
    source: str = ""
    unit: str = ""
    """Unit of the tolerance; empty: the measure has none."""


_ALL = (
    MeasureInfo("exact", "the same", "1 when both are the same, otherwise 0",
                "1 if a = b else 0"),
    MeasureInfo("jaro-winkler", "how alike the spelling is", "good for names and typing errors",
                "Jaro-Winkler similarity, prefix weight 0.1", "Winkler 1990"),
    MeasureInfo("levenshtein", "how few letters differ", "good for codes and short texts",
                "1 − edits / longer length", "Levenshtein 1966"),
    MeasureInfo("token-set", "same words", "good for texts with words in another order",
                "token set ratio / 100", "rapidfuzz, after fuzzywuzzy"),
    MeasureInfo("number", "close in number", "1 when equal, 0 from the tolerance on",
                "max(0, 1 − |a − b| / tolerance)", unit="units"),
    MeasureInfo("date", "close in time", "1 on the same day, 0 from the tolerance on",
                "max(0, 1 − |a − b| / tolerance)", unit="days"),
    MeasureInfo("jaccard", "shared entries", "how many entries or words both have",
                "|A ∩ B| / |A ∪ B|", "Jaccard 1901"),
    MeasureInfo("cosine", "same direction", "for vectors such as text embeddings",
                "(1 + cos) / 2", "Salton 1975"),
    MeasureInfo("euclidean", "close in space", "for vectors of measurements",
                "1 / (1 + d)"),
    MeasureInfo("km", "close on the map", "1 at the same place, 0 from the tolerance on",
                "max(0, 1 − d / tolerance), great-circle distance", "Sinnott 1984", unit="km"),
)  # fmt: skip
CATALOGUE: dict[str, MeasureInfo] = {info.name: info for info in _ALL}
VECTORS = frozenset({"cosine", "euclidean", "km"})
"""Measures that need lists of numbers on both sides."""
