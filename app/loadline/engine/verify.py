"""Checking that finished parts still have the bytes that were told of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from loadline.domain.errors import RunError
from loadline.domain.plan import PartResult, Report
from loadline.engine.calls import Calls, all_of
from loadline.store.part_ref import PARTS

AT_ONCE = 8
"""Pieces of work that the checks are cut into."""
TRIES = 3
"""Times that a check is done when workers die under it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file inside ``parts/``, and what was told of it."""

    index: int
    file: str
    checksum: str
    rows: int


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
    for checked in spec.files:
        report(0, done)
        try:
            done += verify_part(spec.folder / PARTS / checked.file, checked.checksum, checked.rows)
        except RunError:
            bad.append(checked.index)
    return tuple(bad)


async def damaged(calls: Calls, folder: Path, results: Sequence[PartResult]) -> set[int]:
    """Return the indexes of those parts that are damaged, checked side by side in workers."""
    files = [file for result in results for file in _files(result)]
    if not files:
        return set()
    share = -(-len(files) // AT_ONCE)
    specs = [
        VerifySpec(folder, tuple(files[start : start + share]))
        for start in range(0, len(files), share)
    ]
    found = await all_of(calls.run(verify_parts, spec, tries=TRIES) for spec in specs)
    return {index for bad in found for index in bad}


def _files(result: PartResult) -> list[Checked]:
    index = result.index
    files = [Checked(index, aside.part, aside.checksum, aside.rows) for aside in result.asides]
    own = Checked(index, result.part, result.checksum, result.rows)
    return [own, *files] if result.part else files
