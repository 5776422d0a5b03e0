"""The run's page over a real session, real files and real worker processes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from loadline.domain.jobs import CsvFolderSource, Job
from loadline.domain.policy import Policy
from loadline.domain.receipt import RunState
from loadline.domain.tasks import TaskState
from loadline.engine.backends.local_pool import LocalPool
from loadline.engine.session import Session
from loadline.gui.models.result_model import Missing
from loadline.gui.run_page.outlets import Outlets
from loadline.gui.run_page.page import RunPage
from loadline.sources.csv_folder import CsvFolder

if TYPE_CHECKING:
    from loadline.engine.run import Run
    from loadline.gui.theme import Theme

ROWS = 500


@pytest.fixture
def pool() -> Iterator[LocalPool]:
    made = LocalPool(2)
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of files whose natural order is not that of their names' letters."""
    made = tmp_path / "files"
    made.mkdir()
    for number in (1, 2, 9, 10, 11):
        lines = [f"{number * 1000 + row},name {row}" for row in range(ROWS)]
        (made / f"part {number}.csv").write_text("key,name\n" + "\n".join(lines) + "\n")
    return made


@asynccontextmanager
async def shown(
    theme: Theme, pool: LocalPool, folder: Path, **policy: float
) -> AsyncIterator[tuple[RunPage, Run]]:
    """Start a run of `folder` and show its page until the test is through."""
    page = RunPage(theme, Outlets())
    page.resize(1096, 772)
    page.show()

    def source_of(job: Job) -> CsvFolder:
        assert isinstance(job.source, CsvFolderSource)
        return CsvFolder(job.source)

    try:
        async with Session(pool, folder.parent / "runs", source_of) as session:
            source = CsvFolderSource(path=str(folder))
            job = Job(name="Parts", source=source, policy=Policy(**policy))  # type: ignore[arg-type]
            run = session.start(job)
            page.show_run(run)
            yield page, run
    finally:
        page.hide()
        page.close_readers()
        page.deleteLater()


async def until(page: RunPage, holds: Callable[[], object]) -> None:
    """Wait until the page shows something, looking whenever it or its results have changed."""
    bell = asyncio.Event()
    model = page.results.model
    signals = (page.looked, model.modelReset, model.rowsInserted, model.dataChanged)
    for signal in signals:
        signal.connect(bell.set)
    try:
        while not holds():
            bell.clear()
            await bell.wait()
    finally:
        for signal in signals:
            signal.disconnect(bell.set)


async def test_a_run_is_shown_to_its_balanced_end_with_the_rows_in_the_order_of_the_files(
    theme: Theme, pool: LocalPool, folder: Path
) -> None:
    async with shown(theme, pool, folder) as (page, run):
        await run.wait()
        await until(page, page.header.strip.isVisible)
        assert page.header.strip.text() == "Balanced: 2,500 rows in 5 files, all accounted for"
        model = page.results.model
        await until(page, lambda: model.total == 5 * ROWS)
        await until(page, lambda: model.cell(4 * ROWS, 0) is not Missing.LOADING)
        names = [column.name for column in model.columns]
        assert names[:2] == ["key", "name"]
        assert model.cell(4 * ROWS, 0) == "11000"
        files = page.tasks.table.model()
        told = [files.index(row, 1).data() for row in range(5)]
        assert told == [f"part {n}.csv" for n in (1, 2, 9, 10, 11)]


async def test_finished_files_are_shown_while_others_still_wait(
    theme: Theme, pool: LocalPool, folder: Path
) -> None:
    async with shown(theme, pool, folder, rate=0.5) as (page, run):
        await until(page, lambda: page.results.model.total == ROWS)
        assert run.state is RunState.RUNNING
        assert page.tasks.filter.chips[TaskState.DONE].accessibleName() == "Done 1"
        page.header.cancel.click()
        await run.wait()
        await until(page, lambda: page.header.pill.text() == "Cancelled")
        assert page.header.retry.isVisible()


async def test_a_damaged_file_stands_in_problems_and_the_rest_is_loaded(
    theme: Theme, pool: LocalPool, folder: Path
) -> None:
    (folder / "part 3.csv.gz").write_bytes(b"\x1f\x8b\x08\x00 not really")
    async with shown(theme, pool, folder) as (page, run):
        await run.wait()
        await until(page, page.header.strip.isVisible)
        assert page.header.pill.text() == "Finished with problems"
        assert page.header.strip.text() == "Not complete: 1 of 6 files is missing"
        page.tabs.show_page(page.problems)
        line = page.problems.model.row_at(0)
        assert line is not None
        assert line.file == "part 3.csv.gz"
        assert line.link_word == "Retry unfinished"


async def test_a_part_that_has_rotted_is_named_where_it_is_read_and_the_rest_is_shown(
    theme: Theme, pool: LocalPool, folder: Path
) -> None:
    async with shown(theme, pool, folder) as (page, run):
        await run.wait()
        await until(page, lambda: page.results.model.total == 5 * ROWS)
        part = run.folder / "parts" / "part-00003.arrow"
        content = bytearray(part.read_bytes())
        content[len(content) // 2] ^= 0xFF
        part.write_bytes(content)
        page.show_run(run)  # as when the run is opened another day
        page.results.model.clear()
        page.results.refresh(run)
        await until(page, lambda: page.results.model.total)
        page.results.model.cell(3 * ROWS + 10, 0)
        await until(page, page.header.damage.isVisible)
        told = "The results of part 10.csv are damaged or no longer there."
        assert page.header.damage.text() == told
        await until(page, lambda: page.results.model.total == 4 * ROWS)
        assert page.header.pill.text() == "Finished with problems"
        page.header.damage.link_clicked.emit()
        await run.wait()
        await until(page, lambda: page.results.model.total == 5 * ROWS)
        await until(page, lambda: not page.header.damage.isVisible())
        assert run.state is RunState.DONE
