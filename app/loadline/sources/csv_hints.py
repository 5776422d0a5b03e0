"""What is worth knowing about a folder before the start, in a few sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from loadline.domain.schema import ColumnType
from loadline.domain.survey import Hint, Presence
from loadline.sources.csv_drift import TYPE_WORDS, Drift, DriftColumn, File

MOST_HINTS = 6


def hints_of(drift: Drift, files: Sequence[File]) -> tuple[Hint, ...]:
    """Return the sentences, the most useful first."""
    found = [
        *_renamed(drift),
        *_text_for_a_reason(drift, files),
        *_written_differently(drift, files),
    ]
    return tuple(found[:MOST_HINTS])


def _renamed(drift: Drift) -> Iterator[Hint]:
    names = {column.name for column in drift.columns}
    for other, known in drift.alike.items():
        if other in names or known in names:
            yield Hint(f"{other} looks like another name of {known}. Click it to join them.", other)


def _text_for_a_reason(drift: Drift, files: Sequence[File]) -> Iterator[Hint]:
    """Say which numbers stay text and why, columns with one reason together."""
    groups: dict[tuple[str, int], list[tuple[DriftColumn, str]]] = defaultdict(list)
    for column in drift.columns:
        if column.type is not ColumnType.TEXT or column.forced:
            continue
        for number, there in enumerate(column.there):
            if there and there.shape and there.shape.key in ("zeros", "long"):
                groups[there.shape.words, number].append((column, there.shape.example))
                break
    for (words, number), columns in groups.items():
        first, example = columns[0]
        what = first.name if len(columns) == 1 else f"{first.name} and {len(columns) - 1} more"
        verb = "stays" if len(columns) == 1 else "stay"
        yield Hint(
            f"{what} {verb} text: there are {words} ({example}), which a number would change.",
            first.name,
            files[number].name,
        )


def _written_differently(drift: Drift, files: Sequence[File]) -> Iterator[Hint]:
    for column in drift.columns:
        odd = [
            number
            for number, cell in enumerate(column.cells)
            if cell.presence is Presence.WRITTEN_DIFFERENTLY and column.there[number]
        ]
        if not odd:
            continue
        there = column.there[odd[0]]
        shape = there.shape if there else None
        if shape is None:
            continue
        count = "1 file" if len(odd) == 1 else f"{len(odd):,} files"
        kind = TYPE_WORDS[column.type]
        yield Hint(
            f"{column.name} has {shape.words} in {count} ({shape.example}). "
            f"It stays {kind}, so nothing changes.",
            column.name,
            files[odd[0]].name,
        )
