"""New job pages for tests: what they asked for, and answers that a test may hold back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from loadline.domain.jobs import CsvFolderSource, Job
from loadline.domain.policy import Policy
from loadline.domain.survey import Preview, Survey
from loadline.gui.new_job_page import NewJobPage, NewJobServices
from loadline.store.job_file import read_job, write_job
from tests.support import surveys

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance
    from pytestqt.qtbot import QtBot

    from loadline.gui.theme import Theme


@dataclass
class Asked:
    """What a page has asked its surroundings for, and what it is answered."""

    sources: list[CsvFolderSource] = field(default_factory=list)
    previews: list[str] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    answer: Callable[[CsvFolderSource], Awaitable[Survey]] | None = None
    sample: Path | None = None

    async def survey(self, source: CsvFolderSource) -> Survey:
        """Answer with the polls, or as the test says."""
        self.sources.append(source)
        return surveys.polls() if self.answer is None else await self.answer(source)

    async def preview(self, source: CsvFolderSource, file: str) -> Preview:
        """Answer with made-up rows."""
        self.previews.append(file)
        return surveys.preview(file)

    def services(self) -> NewJobServices:
        """Return services that record."""
        return NewJobServices(
            self.survey, self.preview, self.jobs.append, write_job, read_job, lambda: self.sample
        )


async def until(signal: SignalInstance, holds: Callable[[], object]) -> None:
    """Return once `holds()` is true, looking again whenever `signal` is emitted."""
    while not holds():
        emitted: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def told(*_args: Any, emitted: asyncio.Future[None] = emitted) -> None:
            if not emitted.done():
                emitted.set_result(None)

        connection = signal.connect(told)
        await emitted
        signal.disconnect(connection)


async def looked_at(page: NewJobPage) -> None:
    """Wait until the page has an answer about its folder."""
    await until(page.status_changed, lambda: page.settled)


@pytest.fixture
def asked() -> Asked:
    """Return what the page of this test asks for."""
    return Asked()


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, asked: Asked) -> Iterator[NewJobPage]:
    """Return a New job page, shown at 1096 × 772."""
    made = NewJobPage(theme, asked.services(), Policy())
    qtbot.addWidget(made)
    made.resize(1096, 772)
    made.show()
    yield made
    made.stop()


@pytest.fixture
def polls_folder(tmp_path: Path) -> Path:
    """Return a folder with two small files."""
    folder = tmp_path / "polls"
    folder.mkdir()
    (folder / "raw-polls-2014.tsv").write_text("race\tyear\nUS\t1998\n")
    (folder / "raw-polls-2016.csv").write_text("race,year\nUS,2000\n")
    return folder
