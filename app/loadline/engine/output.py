"""Where a job's result goes besides its run folder, and what is wrong with that beforehand."""

from __future__ import annotations

import os
from pathlib import Path

from loadline.domain.errors import OutputRefused, Place
from loadline.domain.jobs import Job
from loadline.store.export import check_target


def output_file(job: Job) -> Path | None:
    """Return the file that the job's result is written to, or None: it stays in its run folder."""
    if job.output is None or not job.output.path:
        return None
    path = Path(job.output.path)
    return None if path.is_dir() or not path.suffix else path


def check_output(job: Job) -> None:
    """Raise the `OutputError` for which the result could not be written at the end."""
    path = output_file(job)
    if path is None or job.output is None:
        return
    check_target(path, overwrite=job.output.overwrite)
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise OutputRefused(
            "The folder for the output may not be written.",
            place=Place(str(path.parent)),
            advice="Choose another folder.",
        )
