"""Reading a journal back, as far as it is sound."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from loadline.domain.errors import Place, RunError
from loadline.domain.plan import Partition, PartResult
from loadline.store.entries import (
    AnyEntry,
    PartDone,
    PartLost,
    Planned,
    RunContinued,
    RunEnded,
    RunOpened,
    decode_entry,
)

TAIL = 1 << 16
"""Bytes at the end in which the last entry of an ended run stands."""
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What a line raises; the last one where it is nested a thousand times."""


@dataclass(frozen=True, slots=True)
class Damage:
    """A line that cannot be read; `line` counts from 1."""

    line: int
    what: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """The entries that can be read, in order, and what cannot."""

    entries: tuple[AnyEntry, ...]
    damage: tuple[Damage, ...] = ()
    torn: bool = False
    """The last line has no end: the program was killed while it was written. No damage."""

    @property
    def partitions(self) -> tuple[Partition, ...]:
        """The partitions of the latest plan."""
        plans = [entry for entry in self.entries if isinstance(entry, Planned)]
        return plans[-1].partitions if plans else ()

    def results(self) -> dict[int, PartResult]:
        """Return the latest line of each part that stands, by index, in index order."""
        found: dict[int, PartResult] = {}
        for entry in self.entries:
            if isinstance(entry, PartDone):
                found[entry.result.index] = entry.result
            elif isinstance(entry, PartLost):
                found.pop(entry.index, None)
        return dict(sorted(found.items()))

    @property
    def end(self) -> RunEnded | None:
        """How the run ended; None when it goes on or was interrupted."""
        return _end(self.entries)


def replay(path: Path) -> Replayed:
    """Read the journal at `path`.

    A last line that is torn is left out; a damaged line in the middle is told and passed over.
    A missing journal is an empty one with a damage. Raises `RunError` when it cannot be opened.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Replayed((), (Damage(0, "The journal is missing."),))
    except OSError as error:
        raise RunError(
            "The run's journal cannot be read.", place=Place(str(path)), cause=str(error)
        ) from error
    *lines, rest = content.split(b"\n")
    entries: list[AnyEntry] = []
    damage: list[Damage] = []
    for number, line in enumerate(lines, start=1):
        try:
            entries.append(decode_entry(line))
        except _UNREADABLE as error:
            damage.append(Damage(number, f"This line of the journal cannot be read: {error}."))
    return Replayed(tuple(entries), tuple(damage), torn=bool(rest))


def last_words(path: Path) -> RunEnded | None:
    """Return how the run ended, from the journal's last lines only; None: it did not end.

    Raises `OSError`.
    """
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - TAIL))
        *lines, _ = file.read().split(b"\n")
    entries: list[AnyEntry] = []
    for line in lines:
        try:
            entries.append(decode_entry(line))
        except _UNREADABLE:
            continue  # the first one is cut, others are damaged
    return _end(entries)


def _end(entries: list[AnyEntry] | tuple[AnyEntry, ...]) -> RunEnded | None:
    for entry in reversed(entries):
        if isinstance(entry, RunEnded):
            return entry
        if isinstance(entry, RunOpened | RunContinued):
            return None
    return None
