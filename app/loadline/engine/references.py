"""Many references of a scoring job: read once per worker from a file or a source.

What was read when the list of tasks was made is known by its digest, so that no task is ever
scored against other references than its neighbours.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from loadline.domain.errors import JobError, Place, SourceChanged, SourceDamaged, SourceMissing
from loadline.domain.plan import Partition, Problem, Report
from loadline.sources.source import ReadHints, Source, StartOver

if TYPE_CHECKING:
    import pyarrow as pa

MOST = 20_000
"""References of one job."""
MOST_KEPT = 500_000
"""Best records of all references together: what a worker keeps of them stays under 150 MB."""
_RESTARTS = 30
_read: dict[bytes, Loaded] = {}

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Loaded:
    """The references in their order, and what tells them from any others."""

    records: tuple[Record, ...]
    digest: str


@dataclass(frozen=True)
class References:
    """Where references come from; frozen and picklable. A file, or a source of any kind."""

    file: str = ""
    source: Source | None = None
    fields: tuple[str, ...] = ()
    """What the scorecard needs of them; their first field is kept too, to know them by."""

    def loaded(self, report: Report, digest: str = "", *, anew: bool = False) -> Loaded:
        """Return the references, read once per process unless `anew`; in a worker.

        With `digest`, raises `SourceChanged` when they are not those any more. Raises `JobError`
        for too many of them, and what reading raises.
        """
        key = pickle.dumps(self)
        found = None if anew else _read.get(key)
        if found is None or (digest and found.digest != digest):
            found = self._load(report)
            _read.clear()
            _read[key] = found
        if digest and found.digest != digest:
            raise SourceChanged(
                "The references are no longer what they were when this job began.",
                place=Place(self.file) if self.file else None,
                advice="Start this job again as a new run.",
            )
        return found

    def first(self, report: Report) -> Record:
        """Return the first reference, with all of its fields; in a worker, as `loaded`."""
        for batch in self._batches(report):
            if batch.num_rows:
                told: Record = batch.slice(0, 1).to_pylist()[0]
                return told
        raise SourceMissing("There are no references.", place=Place(self.file or "reference"))

    def _load(self, report: Report) -> Loaded:
        records: list[Record] = []
        for batch in self._batches(report):
            names = batch.schema.names
            kept = [n for n in names if n in self.fields or n == "_id" or n == _first(names)]
            records += batch.select(kept).to_pylist()
            report(0, 0)
            if len(records) > MOST:
                raise JobError(
                    f"There are more than {MOST:,} references.",
                    cause="score.reference_file",
                    advice="Split them into several jobs.",
                )
        if not records:
            raise SourceMissing("There are no references.", place=Place(self.file or "reference"))
        encoded = msgspec.json.encode(records, enc_hook=str)
        return Loaded(tuple(records), hashlib.blake2b(encoded, digest_size=12).hexdigest())

    def _batches(self, report: Report) -> Iterator[pa.RecordBatch]:
        if self.source is None:
            yield from _file_batches(Path(self.file))
            return
        for partition in self.source.plan(report).partitions:
            yield from _partition_batches(self.source, partition, report)


def list_references(references: References, report: Report) -> tuple[Record, ...]:
    """Return the references as they are now; in a worker. Raises what reading them raises."""
    return references.loaded(report, anew=True).records


def _first(names: Sequence[str]) -> str:
    """Return the field to know a reference by: the first that is no place."""
    return next((name for name in names if name not in ("_id", "_source", "_row")), "_id")


def _partition_batches(
    source: Source, partition: Partition, report: Report
) -> list[pa.RecordBatch]:
    hints = ReadHints()
    for _ in range(_RESTARTS):
        reader = source.open(partition, hints, _Deaf(report))
        try:
            return list(_counted(reader, report))
        except StartOver as wanted:
            hints = wanted.hints
        finally:
            reader.close()
    raise SourceDamaged("The references' types cannot be found.", place=Place(partition.name))


def _counted(batches: Any, report: Report) -> Iterator[pa.RecordBatch]:
    rows = 0
    for batch in batches:
        report(0, 0)
        rows += batch.num_rows
        yield batch
        if rows > MOST:
            return  # it is refused


def _file_batches(path: Path) -> Iterator[pa.RecordBatch]:
    """Yield the records of a .json, .jsonl or .parquet file; raises `SourceError`."""
    import pyarrow as pa

    try:
        if path.suffix == ".parquet":
            from pyarrow import parquet

            with parquet.ParquetFile(path) as file:
                yield from file.iter_batches(batch_size=8_192)
        else:
            told = _json_records(path)
            yield pa.RecordBatch.from_pylist(told)
    except FileNotFoundError as error:
        raise SourceMissing("There is no such file.", place=Place(str(path))) from error
    except (OSError, ValueError, pa.ArrowException) as error:
        raise SourceDamaged(
            "The references cannot be read.", place=Place(str(path)), cause=str(error)
        ) from error


def _json_records(path: Path) -> list[Record]:
    """Return a list of objects, or an object per line."""
    text = path.read_text(encoding="utf-8-sig")
    # Other marks that end a line of text may stand inside a text of JSON.
    lines = text.split("\n") if path.suffix in (".jsonl", ".ndjson") else [text]
    told: list[Any] = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            found = msgspec.json.decode(line)
            here = found if isinstance(found, list) else [found]
            if not all(isinstance(record, dict) for record in here):
                raise ValueError(f"line {number}: a reference must be an object with fields")
            told += here
    names = dict.fromkeys(name for record in told for name in record)
    return [{name: record.get(name) for name in names} for record in told]


class _Deaf:
    """A `Sink` for references: what is odd in them is told by what cannot be compared."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def problem(self, problem: Problem) -> None:
        """Forget it."""

    def aside(self, number: int, batch: pa.RecordBatch) -> None:
        """Forget it."""

    def alive(self, bytes_read: int) -> None:
        """Hear whether to stop."""
        self._report(0, 0)
