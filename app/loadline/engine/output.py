"""Where a job's result goes besides its run folder, and what is wrong with that beforehand."""

from __future__ import annotations

import os
from pathlib import Path

from loadline.domain.connections import masked
from loadline.domain.errors import OutputRefused, Place
from loadline.domain.jobs import Job, Output
from loadline.store.export import check_target
from loadline.store.partial import discard, partial_of
from loadline.store.writing import writing


def output_file(job: Job) -> Path | None:
    """Return the file that the job's result is written to, or None: there is none."""
    if job.output is None or not job.output.path:
        return None
    path = Path(job.output.path)
    return None if path.is_dir() or not path.suffix else path


def collection_output(job: Job) -> Output | None:
    """Return the collection that the job's result is written to, or None: there is none."""
    return job.output if job.output is not None and job.output.type == "mongo" else None


def collection_name(job: Job) -> str:
    """Return what people call the collection of `collection_output`, with its server."""
    output = collection_output(job)
    if output is None:
        return ""
    server = output.connection or masked(output.uri)
    return f"{server.rstrip('/')}/{output.database}.{output.collection}"


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


def begin_output(path: Path) -> str:
    """Make the file that will be renamed to `path`, and return its `identity`; may block.

    A program that is killed right after the renaming can tell by it that the file at `path` is
    the run's own and may be written again. Raises `OutputError`.
    """
    partial = partial_of(path)
    with writing(partial):
        partial.open("wb").close()
        return identity(partial)


def give_up_output(path: Path) -> None:
    """Remove the file that was to be renamed to `path`, as far as that is possible; may block."""
    discard(path)


def identity(path: Path) -> str:
    """Return what tells a file from all others on this machine, whatever its name.

    Raises `OSError`.
    """
    found = path.stat()
    return f"{found.st_dev}:{found.st_ino}"
