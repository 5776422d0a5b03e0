"""An earlier run as the source on the New job page: picked, previewed, loaded, scored."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from loadline.domain.jobs import CsvFolderSource, DatasetSource, Job, Score
from loadline.domain.receipt import RunState
from loadline.gui.application.desktop import Desktop
from loadline.store.job_file import write_job
from tests.gui.test_desktop import program, until
from tests.support import command
from tests.support.scored_runs import COMPARE, PEOPLE, REFERENCE, write_people
from tests.support.sealed_runs import people_run

pytestmark = [pytest.mark.time_limit(60), pytest.mark.usefixtures("qapp")]


async def picked(desktop: Desktop) -> None:
    """Switch to earlier runs and pick the newest one from the list."""
    page = desktop.new_job
    page.form.kind.button("run").click()
    page.form.run_card.menu().actions()[0].trigger()
    await until(lambda: page.collection.look is not None)


async def test_a_run_picked_from_the_list_is_shown_and_copied(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    earlier = people_run(runs)
    async with program(runs) as desktop:
        page = desktop.new_job
        await until(desktop.window.isVisible)
        page.form.kind.button("run").click()
        assert not page.form.footer.start.isEnabled()
        assert "Choose an earlier run." in page.form.footer.words()
        await picked(desktop)
        table = page.looked_at.preview.table.model()
        assert table.rowCount() == len(PEOPLE)
        assert "8 rows, 3 columns" in page.form.footer.words()
        page.form.output.setText("")
        job = page.job()
        assert job is not None
        assert job.source == DatasetSource(path=str(earlier))
        assert job.name == "People"
        page.start()
        await until(lambda: desktop.run_page.run is not None)
        run = desktop.run_page.run
        assert run is not None
        await until(lambda: run.receipt is not None)
        assert run.state is RunState.DONE
        assert run.receipt is not None
        assert run.receipt.rows == len(PEOPLE)


async def test_a_saved_job_on_a_run_that_is_gone_says_so(tmp_path: Path) -> None:
    file = tmp_path / "job.loadline"
    write_job(file, Job(name="Gone", source=DatasetSource(path=str(tmp_path / "gone"))))
    async with program(tmp_path / "runs", file) as desktop:
        page = desktop.new_job
        await until(lambda: page.form.kind.key() == "run" and page.settled)
        await until(page.message.isVisible)
        assert not page.form.footer.start.isEnabled()


async def test_the_result_on_screen_is_scored_in_the_window_as_by_the_command(
    tmp_path: Path,
) -> None:
    people = write_people(tmp_path / "people")
    async with program(tmp_path / "runs") as desktop:
        await until(desktop.window.isVisible)
        loaded = desktop.start(Job(name="People", source=CsvFolderSource(path=str(people))))
        await until(lambda: loaded.receipt is not None)
        score = desktop.run_page.header.score
        await until(score.isVisible)
        score.click()
        page = desktop.new_job
        await until(lambda: page.collection.look is not None and page.scoring.panel.rows)
        assert page.isVisible()
        assert page.form.what.key() == "score"
        page.scoring.panel.show_score(Score(compare=COMPARE), REFERENCE)
        page.form.output.setText("")
        job = page.job()
        assert job is not None
        assert job.source == DatasetSource(path=str(loaded.folder))
        write_job(tmp_path / "job.toml", job)
        page.start()
        await until(lambda: desktop.run_page.run is not loaded)
        run = desktop.run_page.run
        assert run is not None
        await until(lambda: run.receipt is not None and desktop.run_page.ranking.table.hits.hits)
        assert run.state is RunState.DONE
        shown = [(hit.key, hit.score) for hit in desktop.run_page.ranking.table.hits.hits]
        record = desktop.run_page.ranking.why.record
        record.unfold(True)
        await until(record.table.isVisible)
        assert record.state.text() == f"From row 1 of the run {loaded.folder.name}"
    ended = await asyncio.to_thread(command.run, tmp_path / "job.toml")
    assert [(hit["_id"], hit["score"]) for hit in ended.receipt["top"]] == shown
    assert len(shown) == len(PEOPLE)


async def test_a_result_without_a_row_is_not_offered_to_be_scored(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    (folder / "none.csv").write_text("name,born\n")
    async with program(tmp_path / "runs") as desktop:
        await until(desktop.window.isVisible)
        run = desktop.start(Job(name="None", source=CsvFolderSource(path=str(folder))))
        again = desktop.run_page.header.again
        await until(lambda: run.receipt is not None and again.isVisible())
        assert not desktop.run_page.header.score.isVisible()
