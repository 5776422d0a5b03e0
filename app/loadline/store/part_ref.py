"""A finished part of a run as its readers know it."""

from __future__ import annotations

from dataclasses import dataclass

from loadline.domain.plan import PartResult

PARTS = "parts"
"""The folder of a run in which its parts are."""


def stem(index: int, aside: int = 0) -> str:
    """Return the start of a part's file name; beyond 99,999 it grows longer."""
    return f"part-{index:05d}.aside-{aside}" if aside else f"part-{index:05d}"


def temporary(index: int, attempt: int | str, aside: int = 0) -> str:
    """Return the file name that a part, or its problems, has while an attempt writes it."""
    return f"{stem(index, aside)}.{attempt}.tmp"


@dataclass(frozen=True, slots=True)
class PartRef:
    """Which partition it holds, and where it is."""

    index: int
    name: str
    """The partition's name, as people read it."""
    rows: int
    file: str
    """Its file name inside ``parts/``; empty when there is nothing in it."""
    checksum: str = ""
    """What its bytes add up to; empty when that is not known."""


def part_ref(result: PartResult, name: str) -> PartRef:
    """Return the part that an attempt at the partition called `name` has left."""
    return PartRef(result.index, name, result.rows, result.part, result.checksum)


def aside_refs(result: PartResult, name: str) -> dict[int, PartRef]:
    """Return the further tables that an attempt has left, by their number (from 2)."""
    return {
        aside.number: PartRef(result.index, name, aside.rows, aside.part, aside.checksum)
        for aside in result.asides
    }
