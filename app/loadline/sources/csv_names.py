"""What columns are called in the dataset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

SOURCE_COLUMN = "_source"
ROW_COLUMN = "_row"


def dataset_names(
    names: Sequence[str], joined: Mapping[str, str], with_source: bool, with_rows: bool
) -> tuple[str, ...]:
    """Return what a file's columns are called in the dataset: all different, own names kept free.

    `joined` gives the columns that stand under another name; where that name is taken in the
    same file the column keeps its own.
    """
    taken = {SOURCE_COLUMN} if with_source else set()
    if with_rows:
        taken.add(ROW_COLUMN)
    own = set(names) - set(joined)
    final: list[str] = []
    for name in names:
        wanted = joined.get(name, name)
        if wanted != name and (wanted in own or wanted in taken):
            wanted = name
        final.append(free_name(wanted, taken))
        taken.add(final[-1])
    return tuple(final)


def free_name(name: str, taken: set[str]) -> str:
    """Return `name`, or the first of ``name_2``, ``name_3`` … that is not taken."""
    if name not in taken:
        return name
    number = 2
    while f"{name}_{number}" in taken:
        number += 1
    return f"{name}_{number}"
