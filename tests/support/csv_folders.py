"""Loads whole CSV folders through the real source, as the engine does, without processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa

from loadline.domain.jobs import CsvFolderSource
from loadline.domain.plan import Partition, Plan, ReadAccount
from loadline.domain.schema import Schema
from loadline.sources.csv_folder import CsvFolder
from loadline.sources.source import ReadHints, Settled, StartOver
from tests.support.csv_loading import Collected


@dataclass(frozen=True)
class LoadedPart:
    """One file: its rows in types, its account, what was odd, and why it was begun again."""

    name: str
    table: pa.Table
    account: ReadAccount
    sink: Collected
    restarts: tuple[ReadHints, ...]

    @property
    def types(self) -> dict[str, str]:
        """The columns' types by name."""
        return {column.name: column.type.value for column in self.account.schema}

    def column(self, name: str) -> list[Any]:
        """Return a column's values."""
        values: list[Any] = self.table.column(name).to_pylist()
        return values


@dataclass(frozen=True)
class LoadedFolder:
    """All files in order, and how they were settled before any was read again."""

    plan: Plan
    parts: tuple[LoadedPart, ...]
    settled: Settled

    @property
    def schema(self) -> Schema:
        """The settled columns."""
        return self.settled.schema

    @property
    def types(self) -> dict[str, str]:
        """The settled types by name."""
        return {column.name: column.type.value for column in self.schema}


def source_for(folder: Path, **spec: Any) -> CsvFolder:
    """Return the source for a folder; `spec` are fields of the job file's source table."""
    table = {"type": "csv-folder", "path": str(folder), **spec}
    return CsvFolder(msgspec.convert(table, CsvFolderSource))


def plan_of(source: CsvFolder) -> Plan:
    """Plan a source without telling progress."""
    return source.plan(lambda rows, size: None)


def load_part(
    source: CsvFolder, partition: Partition, hints: ReadHints | None = None
) -> LoadedPart:
    """Read a partition, beginning again as often as its reader asks."""
    hints = hints or ReadHints()
    restarts: list[ReadHints] = []
    while True:
        sink = Collected()
        reader = source.open(partition, hints, sink)
        try:
            batches = list(reader)
            account = reader.account()
            assert reader.bytes_read == partition.size
            table = pa.Table.from_batches(batches, schema=reader.schema)
            return LoadedPart(partition.name, table, account, sink, tuple(restarts))
        except StartOver as again:
            hints = again.hints
            restarts.append(hints)
        finally:
            reader.close()


def load_folder(folder: Path, **spec: Any) -> LoadedFolder:
    """Read all files of a folder once."""
    source = source_for(folder, **spec)
    plan = plan_of(source)
    parts = tuple(load_part(source, partition) for partition in plan.partitions)
    return LoadedFolder(plan, parts, source.settle([part.account.schema for part in parts]))


def read_again(folder: LoadedFolder, source: CsvFolder) -> tuple[LoadedPart, ...]:
    """Read the files that settling names once more and return all parts."""
    again = dict(folder.settled.again)
    return tuple(
        load_part(source, folder.plan.partitions[i], again[i]) if i in again else part
        for i, part in enumerate(folder.parts)
    )


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files with their content and return the folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder
