"""What the New job page is given by the program around it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from loadline.domain.jobs import CsvFolderSource, Job
from loadline.domain.survey import Preview, Survey
from loadline.gui.new_job_page.collection_choice import LookAt
from loadline.gui.new_job_page.run_card import EarlierRun
from loadline.gui.new_job_page.run_choice import LookAtRun
from loadline.scoring.sample import Sampled, SampleSpec


@dataclass(frozen=True, slots=True)
class NewJobServices:
    """The page's doors to the outside; nothing here may block the window.

    `survey` and `preview` are awaited and raise `LoadlineError`; `save_job` and `open_job` touch
    one small file and raise it as well; `start` hands a job over and returns at once. `sample`
    gives the folder of the sample data, where it is shipped.
    """

    survey: Callable[[CsvFolderSource], Awaitable[Survey]]
    preview: Callable[[CsvFolderSource, str], Awaitable[Preview]]
    start: Callable[[Job], None]
    save_job: Callable[[Path, Job], None]
    open_job: Callable[[Path], Job]
    sample: Callable[[], Path | None] = lambda: None
    look: LookAt | None = None
    """Looks at a collection; raises `LoadlineError`."""
    look_at_run: LookAtRun | None = None
    """Looks at the result of an earlier run; raises `LoadlineError`."""
    runs: Callable[[], Sequence[EarlierRun]] = tuple
    """Returns the earlier runs whose results can be read, the newest first."""
    connections: Callable[[], None] = lambda: None
    """Shows the Connections page."""
    new_connection: Callable[[], None] = lambda: None
    """Shows it with a new connection begun."""
    score_rows: Callable[[SampleSpec], Awaitable[Sampled]] | None = None
    """Scores previewed rows as an example; None: none is shown."""
