"""Checking that finished parts still have the bytes that were told of them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from loadline.domain.errors import RunError
from loadline.domain.plan import PartResult, Report
from loadline.engine.calls import Calls, all_of
from loadline.store.part_ref import PARTS

LEAST_PIECES = 8
MOST_FILES = 250
"""The checks are cut into pieces: enough for all workers, none too long to be handed over."""
TRIES = 10
"""Times that what follows the reading is done when workers die under it."""

Checked = tuple[int, str, str, int]
"""A file inside ``parts/`` and what was told of it: index, name, checksum, rows."""


@dataclass(frozen=True, slots=True)
class VerifySpec:
    """Files to check; `folder` is the run folder."""

    folder: Path
    files: tuple[Checked, ...]


def verify_parts(spec: VerifySpec, report: Report) -> tuple[int, ...]:
    """Return the indexes of the parts that are not what was told. Runs in a worker.

    The others last through a power cut from now on. Raises `OutputError` where they cannot.
    """
    from loadline.store.verify import verify_part

    bad = []
    done = 0
    for index, file, checksum, rows in spec.files:
        report(0, done)
        try:
            done += verify_part(spec.folder / PARTS / file, checksum, rows)
        except RunError:
            bad.append(index)
    return tuple(bad)


async def damaged(calls: Calls, folder: Path, results: Sequence[PartResult]) -> set[int]:
    """Return the indexes of those parts that are damaged, checked side by side in workers."""
    pieces = await calls.thread(partial(_pieces, folder, results))
    checks = []
    for piece in pieces:
        checks.append(asyncio.ensure_future(calls.run(verify_parts, piece, tries=TRIES)))
        await asyncio.sleep(0)  # handing over takes a millisecond each
    found = await all_of(checks)
    return {index for bad in found for index in bad}


def _pieces(folder: Path, results: Sequence[PartResult]) -> list[VerifySpec]:
    files = [file for result in results for file in _files(result)]
    size = max(1, min(MOST_FILES, -(-len(files) // LEAST_PIECES)))
    return [
        VerifySpec(folder, tuple(files[start : start + size]))
        for start in range(0, len(files), size)
    ]


def _files(result: PartResult) -> list[Checked]:
    index = result.index
    files = [(index, aside.part, aside.checksum, aside.rows) for aside in result.asides]
    own = (index, result.part, result.checksum, result.rows)
    return [own, *files] if result.part else files
