"""``dataset.json``: what a sealed dataset consists of; and ``receipt.json`` next to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from loadline.domain.errors import Place, RunError
from loadline.domain.plan import PartResult
from loadline.domain.receipt import Receipt
from loadline.domain.schema import Schema, union
from loadline.store.part_ref import PartRef
from loadline.store.replay import Replayed, replay
from loadline.store.run_folder import FORMAT, RunFolder
from loadline.store.writing import LARGE, sync_files, sync_folder, write_whole, writing


class SealedPart(Struct, frozen=True, omit_defaults=True):
    """A part of a sealed dataset; `name` is what people call its partition."""

    index: int
    name: str
    file: str = ""
    rows: int = 0
    bytes: int = 0
    checksum: str = ""

    @property
    def ref(self) -> PartRef:
        """The part as readers know it."""
        return PartRef(self.index, self.name, self.rows, self.file, self.checksum)


class SealedTable(Struct, frozen=True):
    """A table: its columns, and its parts in index order."""

    columns: Schema
    parts: tuple[SealedPart, ...]

    @property
    def rows(self) -> int:
        """Rows of all parts."""
        return sum(part.rows for part in self.parts)


class Manifest(Struct, frozen=True):
    """A run's dataset, and the further tables found below the first ones, by number from 2."""

    format: int
    table: SealedTable
    asides: dict[int, SealedTable] = {}


def manifest_of(
    schema: Schema, results: Iterable[PartResult], names: Mapping[int, str]
) -> Manifest:
    """Return the manifest of the parts that `results` tell; `names` of partitions by index."""
    ordered = sorted(results, key=lambda result: result.index)
    parts = tuple(
        SealedPart(r.index, names.get(r.index, ""), r.part, r.rows, r.part_bytes, r.checksum)
        for r in ordered
    )
    numbers = sorted({aside.number for r in ordered for aside in r.asides})
    asides = {number: _aside(number, ordered, names) for number in numbers}
    return Manifest(FORMAT, SealedTable(schema, parts), asides)


def _aside(number: int, results: Iterable[PartResult], names: Mapping[int, str]) -> SealedTable:
    found = [(r, aside) for r in results for aside in r.asides if aside.number == number]
    parts = tuple(
        SealedPart(r.index, names.get(r.index, ""), a.part, a.rows, a.part_bytes, a.checksum)
        for r, a in found
    )
    return SealedTable(union(aside.schema for _, aside in found), parts)


def seal(
    folder: RunFolder, schema: Schema, results: Iterable[PartResult], names: Mapping[int, str]
) -> Manifest:
    """Write ``dataset.json`` over parts that `loadline.store.verify` found sound.

    Raises `OutputError`; the dataset is then as it was before.
    """
    manifest = manifest_of(schema, results, names)
    tables = (manifest.table, *manifest.asides.values())
    small = [part.file for table in tables for part in table.parts if 0 < part.bytes < LARGE]
    with writing(folder.parts):
        sync_files([folder.parts / file for file in small])
        sync_files(list(folder.problems.glob("part-*.jsonl")))
        sync_folder(folder.parts)
    write_whole(folder.dataset, msgspec.json.encode(manifest))
    return manifest


def read_manifest(folder: RunFolder) -> Manifest:
    """Return the sealed dataset's manifest, or without one what the journal knows of.

    Raises `RunError`.
    """
    place = Place(str(folder.dataset))
    try:
        content = folder.dataset.read_bytes()
    except FileNotFoundError:
        return _from_journal(folder)
    except OSError as error:
        raise RunError("The dataset cannot be read.", place=place, cause=str(error)) from error
    try:
        manifest = msgspec.json.decode(content, type=Manifest)
    except msgspec.DecodeError as error:
        return _from_journal(folder, cause=str(error))
    if manifest.format > FORMAT:
        raise RunError(
            f"This dataset has format {manifest.format}; this program reads up to {FORMAT}.",
            place=place,
            advice="Install a newer version of Loadline.",
        )
    return manifest


def _from_journal(folder: RunFolder, cause: str = "") -> Manifest:
    told: Replayed = replay(folder.journal)
    results = told.results()
    if not results:
        raise RunError(
            "This run has no result yet.",
            place=Place(str(folder.path)),
            cause=cause,
            advice="Retry what is unfinished.",
        )
    names = {partition.index: partition.name for partition in told.partitions}
    return manifest_of(union(r.account.schema for r in results.values()), results.values(), names)


def write_receipt(folder: RunFolder, receipt: Receipt) -> None:
    """Write ``receipt.json``, whole or not at all; raises `OutputError`."""
    write_whole(folder.receipt, msgspec.json.encode(receipt))


def read_receipt(path: Path) -> Receipt | None:
    """Return the receipt in the file at `path`; None where there is none. Raises `RunError`."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Receipt)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as error:
        raise RunError(
            "The receipt cannot be read.", place=Place(str(path)), cause=str(error)
        ) from error
