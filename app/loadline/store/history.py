"""The runs there are, as far as their folders are sound."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from loadline.domain.errors import LoadlineError
from loadline.domain.jobs import Job, MongoSource
from loadline.domain.plan import PartResult
from loadline.domain.receipt import RunState
from loadline.store.entries import RunEnded
from loadline.store.replay import Replayed, last_words, replay
from loadline.store.run_folder import RunFolder, folder_size
from loadline.store.run_label import read_label

_FAILED = frozenset({RunState.FAILED, RunState.PROBLEMS, RunState.INTERRUPTED})


@dataclass(frozen=True, slots=True)
class PastRun:
    """A run as a list of runs shows it."""

    folder: Path
    name: str
    """Of the run, which is its folder's."""
    title: str
    """What a person calls it, or else the job's name."""
    kind: str
    source: str
    """What it reads, in a few words: a folder's path, or ``database.collection``."""
    state: RunState
    """*Interrupted* when nobody works on it and it has not ended."""
    started: datetime | None
    seconds: float = 0.0
    rows: int = 0
    rejected: int = 0
    problems: int = 0
    tasks: int = 0
    failed: int = 0
    size: int = 0
    """Bytes that the folder takes."""
    balanced: bool = False
    damage: tuple[str, ...] = ()
    """What is wrong with the folder, in sentences."""
    pinned: bool = False
    """Never deleted by a rule."""
    end: str = ""
    """Tells this end of the run from another one."""
    dismissed: bool = False
    """A person has dismissed this end."""

    @property
    def unseen(self) -> bool:
        """It failed, at least in part, or was broken off, and nobody has dismissed that."""
        return self.state in _FAILED and not self.dismissed


def list_runs(runs_dir: Path) -> list[PastRun]:
    """Return the runs below `runs_dir`, the latest first; folders that are none are left out."""
    if not runs_dir.is_dir():
        return []
    found = []
    for path in runs_dir.iterdir():
        if path.name.startswith(".") or path.is_symlink() or not path.is_dir():
            continue
        with suppress(OSError):  # it is being deleted meanwhile, or may not be looked into
            run = past_run(path)
            if run is not None:
                found.append(run)
    return sorted(found, key=_age, reverse=True)


def _age(run: PastRun) -> tuple[float, str]:
    return (run.started.timestamp() if run.started else 0.0, run.name)


def past_run(path: Path) -> PastRun | None:
    """Return what is known of the run in folder `path`; None when it is no run's.

    A run of a newer format, or a damaged one, comes with that said in `damage`. Raises `OSError`.
    """
    folder = RunFolder(path)
    damage: list[str] = []
    created = ""
    try:
        created = folder.mark().created
    except LoadlineError as error:
        if not (path / "run.json").exists():
            return None
        damage.append(error.failure.sentence)
    job = _job(folder, damage)
    end = _end(folder, damage)
    label = read_label(path)
    return PastRun(
        folder=path,
        name=path.name,
        title=label.title or (job.name if job else folder.name),
        kind=job.kind if job else "",
        source=source_words(job) if job else "",
        state=end.state,
        started=moment(created),
        seconds=end.at,
        rows=end.rows,
        rejected=end.rejected,
        problems=end.problems,
        tasks=end.tasks,
        failed=end.failed,
        size=folder_size(path),
        balanced=end.balanced,
        damage=tuple(damage),
        pinned=label.pinned,
        end=_mark(end),
        dismissed=label.dismissed == _mark(end),
    )


def _mark(end: RunEnded) -> str:
    return f"{end.state.value} {end.when or round(end.at, 1)}"


def _job(folder: RunFolder, damage: list[str]) -> Job | None:
    try:
        return folder.job()
    except LoadlineError as error:
        damage.append(error.failure.sentence)
        return None


def source_words(job: Job) -> str:
    """Return what a job reads, without a secret."""
    if isinstance(job.source, MongoSource):
        return f"{job.source.database}.{job.source.collection}"
    return job.source.path


def _end(folder: RunFolder, damage: list[str]) -> RunEnded:
    """Return how the run ended, or how far it has come."""
    with suppress(FileNotFoundError):
        if (end := last_words(folder.journal)) is not None:
            return end
    told = replay(folder.journal)
    damage.extend(f"{found.what} (line {found.line:,})" for found in told.damage)
    state = RunState.RUNNING if folder.in_use else RunState.INTERRUPTED
    return _so_far(told, state)


def _so_far(told: Replayed, state: RunState) -> RunEnded:
    results: list[PartResult] = list(told.results().values())
    accounts = [result.account for result in results]
    return RunEnded(
        at=max((getattr(entry, "at", 0.0) for entry in told.entries), default=0.0),
        state=state,
        tasks=len(told.partitions),
        rows=sum(result.rows for result in results),
        rejected=sum(account.rejected for account in accounts),
        problems=sum(account.problem_count for account in accounts),
        bytes=sum(account.bytes_read for account in accounts),
        part_bytes=sum(result.part_bytes for result in results),
    )


def moment(text: str) -> datetime | None:
    """Return a time with its zone, which one told without has from this computer; None: none."""
    try:
        return datetime.fromisoformat(text).astimezone() if text else None
    except (ValueError, OverflowError):  # no time, or none that every zone can tell
        return None
