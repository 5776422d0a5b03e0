"""The job files that were saved or opened last, for the New job page."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import msgspec

from loadline.domain.errors import OutputError
from loadline.store.writing import write_whole

MOST = 8


def recent_file() -> Path:
    """Return where the list is kept for this user."""
    from platformdirs import user_state_path

    return user_state_path("loadline", appauthor=False) / "recent-jobs.json"


def recent_jobs(file: Path | None = None) -> tuple[Path, ...]:
    """Return the job files that are still there, the latest first; none where nobody knows."""
    try:
        names = msgspec.json.decode((file or recent_file()).read_bytes(), type=list[str])
    except (OSError, ValueError):
        return ()
    return tuple(path for path in map(Path, names) if path.is_file())


def remember_job(path: Path, file: Path | None = None) -> None:
    """Put `path` first; a list that cannot be kept is no reason to stop anybody."""
    file = file or recent_file()
    path = path.absolute()
    paths = [path, *(other for other in recent_jobs(file) if other != path)]
    with suppress(OSError, OutputError, UnicodeEncodeError):  # a name may be no text
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, msgspec.json.encode([str(one) for one in paths[:MOST]]))
