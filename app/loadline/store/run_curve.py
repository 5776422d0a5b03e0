"""The speed of a run over its time, small enough for a line in a table."""

from __future__ import annotations

from pathlib import Path

import msgspec

from loadline.store.entries import PartDone, Sampled, decode_entry

POINTS = 24
_SAMPLED, _DONE = b'"Sampled"', b'"PartDone"'
_HEAD = 40
"""Bytes at a line's start in which the kind of its entry stands."""


def read_curve(journal: Path) -> tuple[float, ...]:
    """Return rows per second in `POINTS` equal spans of the run's time; empty if nobody knows.

    From the samples that were taken, or without them from the parts that were finished. A journal
    that cannot be read has no curve.
    """
    try:
        lines = journal.read_bytes().splitlines()
    except OSError:
        return ()
    rows = _samples(lines) or _parts(lines)
    end = max((at for at, _ in rows), default=0.0)
    if end <= 0:
        return ()
    spans = [0.0] * POINTS
    for at, count in rows:
        spans[min(POINTS - 1, int(at / end * POINTS))] += count * POINTS / end
    return tuple(spans)


def _samples(lines: list[bytes]) -> list[tuple[float, float]]:
    """Return moments and the rows since the moment before."""
    told: list[tuple[float, float]] = []
    before = 0
    for line in lines:
        if _SAMPLED in line[:_HEAD] and isinstance(entry := _entry(line), Sampled):
            told.append((entry.at, max(0, entry.rows - before)))
            before = entry.rows
    return told if before else []


def _parts(lines: list[bytes]) -> list[tuple[float, float]]:
    return [
        (entry.at, entry.result.rows)
        for line in lines
        if _DONE in line[:_HEAD] and isinstance(entry := _entry(line), PartDone)
    ]


def _entry(line: bytes) -> object:
    try:
        return decode_entry(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
