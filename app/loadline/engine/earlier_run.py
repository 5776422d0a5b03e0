"""The dataset of an earlier run as the dataset source reads it: sound, ended, known in full."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from loadline.domain.errors import (
    Place,
    RunError,
    SourceDamaged,
    SourceMissing,
    SourceRefused,
)
from loadline.domain.receipt import RunState
from loadline.domain.schema import Schema
from loadline.engine.rankings import RANKING_COLUMNS
from loadline.store.checksum import checksum, file_checksum
from loadline.store.dataset import Dataset
from loadline.store.history import past_run
from loadline.store.manifest import Manifest, SealedPart, SealedTable, read_manifest
from loadline.store.part_ref import PARTS
from loadline.store.run_folder import RunFolder

if TYPE_CHECKING:
    import pyarrow as pa

_AGAIN = "Run that job again, then choose its new result."
_Seen = tuple[int, int, str]
_verified: dict[Path, _Seen] = {}
"""Size, time of change and checksum of the parts that this process has verified."""


def open_earlier(path: str) -> Earlier:
    """Return the dataset in the run folder at `path`.

    Raises `SourceMissing` where there is no run or no result, `SourceRefused` while it is at
    work, and `RunError` for one of a newer format.
    """
    folder = Path(path)
    place = Place(str(folder))
    if not folder.is_dir():
        raise SourceMissing(
            "There is no such run.", place=place, advice="Choose the folder of an earlier run."
        )
    there = [name for name in ("run.json", "job.toml", "journal.jsonl") if (folder / name).exists()]
    if not there:
        raise SourceMissing(
            "This is not the folder of a run.", place=place, advice="Choose one that is."
        )
    run = RunFolder.open(folder)
    if run.in_use:
        raise SourceRefused(
            "This run is still at work.", place=place, advice="Wait until it has ended."
        )
    sealed = run.dataset.exists()
    try:
        manifest = read_manifest(run)
    except RunError as error:
        if sealed:
            raise
        raise SourceMissing(
            "This run has no result yet.", place=place, advice="Finish it, or choose another."
        ) from error
    digest = checksum(msgspec.json.encode(manifest.table))
    return Earlier(folder, manifest, Dataset.of_manifest(folder, manifest), digest)


@dataclass(frozen=True)
class Earlier:
    """The opened dataset of an earlier run; see `loadline.sources.dataset.EarlierRun`."""

    folder: Path
    manifest: Manifest
    dataset: Dataset
    digest: str
    """The checksum over the checksums of all parts, and the columns."""
    _parts: dict[int, SealedPart] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self._parts.update({part.index: part for part in self.manifest.table.parts})

    @property
    def name(self) -> str:
        """The run's name."""
        return self.folder.name

    @property
    def schema(self) -> Schema:
        """Its columns."""
        return self.dataset.schema

    @property
    def rows(self) -> int:
        """Its rows."""
        return self.dataset.num_rows

    @property
    def notes(self) -> tuple[str, ...]:
        """Say when it is not complete, or has further tables that are not read."""
        notes = []
        run = past_run(self.folder)
        if run is None or run.state is not RunState.DONE:
            notes.append(
                "The earlier run did not end with everything done: its result may not be complete."
            )
        further = [t for t in self.manifest.asides.values() if not _is_rankings(t)]
        if further:
            told = "1 further table of it is" if len(further) == 1 else (
                f"{len(further):,} further tables of it are"
            )  # fmt: skip
            notes.append(f"{told} not read.")
        return tuple(notes)

    def size_of(self, start: int, stop: int) -> int:
        """Return about how many bytes of parts rows `start` to `stop` take."""
        return sum(
            part.bytes * (last - first) // part.rows
            for part, first, last in self._overlapped(start, stop)
        )

    def arrow_schema(self, columns: Sequence[str]) -> pa.Schema:
        """Return the Arrow schema of some columns."""
        return self.dataset.arrow_schema(columns)

    def batches(
        self, columns: Sequence[str], start: int, stop: int, alive: Callable[[], None]
    ) -> Iterator[pa.RecordBatch]:
        """Yield rows `start` to `stop`, part by part, each verified before it is decoded."""
        row = start
        for part, first, last in list(self._overlapped(start, stop)):
            alive()
            self._verify(part)
            try:
                yield from self.dataset.batches(columns, row, row + last - first)
            except RunError as error:
                raise self._unsound(part, error.sentence, error.cause) from error
            row += last - first

    def _overlapped(self, start: int, stop: int) -> Iterator[tuple[SealedPart, int, int]]:
        """Yield the parts that hold rows `start` to `stop`, and which of their rows these are."""
        while start < stop:
            ref, first = self.dataset.locate(start)
            last = min(ref.rows, first + stop - start)
            yield self._parts[ref.index], first, last
            start += last - first

    def _verify(self, part: SealedPart) -> None:
        """Raise `SourceDamaged` unless the part's bytes are those that were sealed."""
        path = self.folder / PARTS / part.file
        try:
            stat = path.stat()
            seen = (stat.st_size, stat.st_mtime_ns, part.checksum)
            if _verified.get(path) == seen:
                return
            found, _ = file_checksum(path)
        except FileNotFoundError as error:
            raise self._unsound(part, "It is not there.") from error
        except OSError as error:
            raise self._unsound(part, "It cannot be read.", str(error)) from error
        if found != part.checksum:
            told = f"{part.checksum} was sealed, {found} is there"
            raise self._unsound(part, "Its bytes have changed since.", told)
        _verified[path] = seen

    def _unsound(self, part: SealedPart, what: str, cause: str = "") -> SourceDamaged:
        holds = f", which holds {part.name}," if part.name else ""
        return SourceDamaged(
            f"The part {part.file} of {self.name}{holds} is not what was written. {what}",
            place=Place(str(self.folder / PARTS / part.file)),
            cause=cause,
            advice=_AGAIN,
        )


def _is_rankings(table: SealedTable) -> bool:
    """Tell whether a further table is the rankings of many references, which nobody misses."""
    return {column.name for column in table.columns} >= RANKING_COLUMNS
