"""The job of a run that is reopened; where its file is damaged, one that stands in for it.

What the run has read can be shown and exported without the job; only reading again needs it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

from loadline.domain.errors import JobError, Place
from loadline.domain.jobs import CsvFolderSource, Job
from loadline.store.run_folder import RunFolder
from loadline.store.run_label import read_label

if TYPE_CHECKING:
    from loadline.sources.source import Source

SourceOf = Callable[[Job], "Source"]
UNKNOWN = "unknown source"


def job_of(folder: RunFolder, source_of: SourceOf) -> tuple[Job, SourceOf, tuple[str, ...]]:
    """Return the job in `folder`, what makes its source, and what is wrong with it, in sentences.

    The source of a job that cannot be read raises `JobError` when it is wanted.
    """
    try:
        return folder.job(), source_of, ()
    except JobError as error:
        cause = f"{error.sentence} {error.cause}".strip()

    def refuse(_: Job) -> NoReturn:
        raise JobError(
            "The run's job file is damaged, so nothing can be read again.",
            place=Place(str(folder.job_file)),
            cause=cause,
            advice="What it has read can be shown and exported.",
        )

    name = read_label(folder.path).title or folder.name
    # A path that is not there: nobody may read something else in its stead.
    stand_in = Job(name=name, source=CsvFolderSource(path=str(folder.path / UNKNOWN)))
    told = "The run's job file is damaged: what it has read stands, nothing can be read again."
    return stand_in, refuse, (told,)
