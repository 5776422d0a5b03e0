"""From what the form says to a job, and the name under which its result is saved."""

from __future__ import annotations

import re
from pathlib import Path

from loadline.domain.jobs import CsvFolderSource, DatasetSource, Job, MongoSource, Output
from loadline.domain.policy import Policy

SUFFIXES = (".parquet", ".csv", ".feather", ".jsonl")


def job_name(folder: Path) -> str:
    """Return a job's name from its folder, e.g. ``Polls`` from ``…/polls``."""
    name = folder.name or "Files"
    return name[:1].upper() + name[1:]


def plain_run_name(folder: str) -> str:
    """Return a run's name without the moment of its start, e.g. ``Polls``."""
    name = re.sub(r"-\d{4}(-\d\d){5}(-\d+)?$", "", Path(folder).name) or "run"
    return name[:1].upper() + name[1:]


def free_output(folder: Path) -> str:
    """Return a file name beside `folder` that is not taken, e.g. ``polls.parquet``."""
    stem = folder.name or "result"
    for number in range(1, 1000):
        name = f"{stem}.parquet" if number == 1 else f"{stem}-{number}.parquet"
        if not (folder.parent / name).exists():
            return name
    return ""


def output_path(text: str, folder: Path) -> Path | None:
    """Return where the result is saved: a bare name stands beside `folder`; None for no text."""
    text = text.strip()
    if not text:
        return None
    path = Path(text).expanduser()
    if not path.suffix:
        path = path.with_name(f"{path.name}.parquet")
    return path if path.is_absolute() else folder.parent / path


def draft(
    source: CsvFolderSource | MongoSource | DatasetSource,
    policy: Policy,
    output: Path | None,
    *,
    overwrite: bool,
    name: str = "",
) -> Job:
    """Return the job that loads `source`."""
    if isinstance(source, DatasetSource):
        folder = Path(plain_run_name(source.path))
    else:
        folder = Path(source.path if isinstance(source, CsvFolderSource) else source.collection)
    target = Output(path=str(output), overwrite=overwrite) if output else None
    return Job(name=name or job_name(folder), source=source, policy=policy, output=target)
