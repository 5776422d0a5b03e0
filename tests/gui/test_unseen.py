"""Failures stay in sight until they are dismissed; interrupted runs are offered at the start."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from loadline.domain.jobs import CsvFolderSource, Job
from loadline.domain.receipt import RunState
from loadline.store import entries as en
from loadline.store.job_file import read_job
from loadline.store.journal import Journal
from loadline.store.run_folder import RunFolder
from tests.gui.test_desktop import folder, program, until

pytestmark = [pytest.mark.time_limit(60), pytest.mark.usefixtures("qapp")]


def left(runs: Path, name: str, state: RunState | None, days: int = 0, source: str = "") -> Path:
    """Leave a run that ended in `state`; None: that was broken off."""
    job = Job(name=name, source=CsvFolderSource(path=source or str(runs)))
    with RunFolder.create(runs, job, datetime.now(UTC) - timedelta(days=days)) as made:
        with Journal(made.journal) as journal:
            journal.append(en.RunOpened(made.name, "", "", ""))
            if state is not None:
                journal.append(en.RunEnded(1.0, state, tasks=8, failed=2, rows=3))
        return made.path


async def test_a_failed_end_is_told_on_every_page_until_it_is_dismissed_for_good(
    tmp_path: Path,
) -> None:
    left(tmp_path, "Polls", RunState.PROBLEMS)
    left(tmp_path, "Fine", RunState.DONE, days=1)
    left(tmp_path, "Stopped", RunState.CANCELLED, days=1)
    async with program(tmp_path) as desktop:
        bar = desktop.window.unseen
        await until(bar.isVisible)
        assert bar.notice.text() == "Polls ended with failures: 2 of 8 failed."
        assert not bar.resume.isVisible()
        assert not bar.every.isVisible()
        desktop.window.show_page("settings")
        assert bar.isVisible()
        bar.dismiss.click()
        await until(lambda: not bar.isVisible())
    async with program(tmp_path) as desktop:
        await until(lambda: desktop.runs_page.model.total == 3)
        assert not desktop.window.unseen.isVisible()


async def test_the_next_failure_of_a_dismissed_run_is_told_again(tmp_path: Path) -> None:
    run = left(tmp_path, "Polls", RunState.FAILED)
    async with program(tmp_path) as desktop:
        await until(desktop.window.unseen.isVisible)
        desktop.window.unseen.dismiss.click()
        await until(lambda: not desktop.window.unseen.isVisible())
    with Journal(run / "journal.jsonl") as journal:
        journal.append(en.RunEnded(7.0, RunState.FAILED, tasks=8, failed=1))
    async with program(tmp_path) as desktop:
        await until(desktop.window.unseen.isVisible)


async def test_several_failures_are_told_one_by_one_or_dismissed_together(tmp_path: Path) -> None:
    for days, name in enumerate(("New", "Old", "Older")):
        left(tmp_path, name, RunState.FAILED, days=days)
    async with program(tmp_path) as desktop:
        bar = desktop.window.unseen
        await until(bar.isVisible)
        assert bar.notice.text().startswith("New ended with failures")
        assert bar.notice.text().endswith("2 more runs wait to be looked at.")
        bar.dismiss.click()
        await until(lambda: bar.notice.text().startswith("Old "))
        bar.every.click()
        await until(lambda: not bar.isVisible())


async def test_an_interrupted_run_is_offered_at_the_start_and_resumed_with_a_click(
    tmp_path: Path,
) -> None:
    data = folder(tmp_path, files=2, rows=3)
    left(tmp_path / "runs", "Polls", None, source=str(data))
    async with program(tmp_path / "runs") as desktop:
        bar = desktop.window.unseen
        await until(bar.isVisible)
        assert bar.notice.text() == "Polls was interrupted. What is done is kept."
        bar.resume.click()
        await until(lambda: desktop.run_page.run is not None)
        run = desktop.run_page.run
        assert run is not None
        await until(lambda: run.state is RunState.DONE)
        await until(lambda: not bar.isVisible())


async def test_the_bar_leads_to_the_failed_run(tmp_path: Path) -> None:
    run = left(tmp_path, "Polls", RunState.PROBLEMS)
    async with program(tmp_path) as desktop:
        await until(desktop.window.unseen.isVisible)
        desktop.window.unseen.open.click()
        assert desktop.window.shown() == "run"
        assert desktop.run_page.run is not None
        assert desktop.run_page.run.folder == run
        assert desktop.window.unseen.isVisible()


async def test_a_run_from_another_computer_asks_where_its_files_are_now(tmp_path: Path) -> None:
    data = folder(tmp_path, files=2, rows=3)
    left(tmp_path / "runs", "Polls", None, source="/far/away")
    async with program(tmp_path / "runs") as desktop:
        await until(desktop.window.unseen.isVisible)
        desktop.window.unseen.resume.click()
        moved = desktop._moved
        assert moved.question is not None
        assert "/far/away" in moved.question.accessibleDescription()
        moved.question.agree.click()
        assert moved.dialog is not None
        moved.dialog.fileSelected.emit(str(data))
        moved.dialog.close()
        await until(lambda: desktop.run_page.run is not None)
        run = desktop.run_page.run
        assert run is not None
        await until(lambda: run.state is RunState.DONE)
        assert read_job(run.folder / "job.toml").source == run.job.source
        assert run.receipt is not None
        assert run.receipt.rows == 6
