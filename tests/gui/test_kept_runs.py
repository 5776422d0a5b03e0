"""Labels and the rule for old runs, in the whole program."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from loadline.domain.jobs import CsvFolderSource, Job
from loadline.domain.receipt import RunState
from loadline.store import entries as en
from loadline.store.journal import Journal
from loadline.store.run_folder import RunFolder
from loadline.store.run_label import RunLabel, read_label, write_label
from tests.gui.test_desktop import program, until

pytestmark = [pytest.mark.time_limit(60), pytest.mark.usefixtures("qapp")]


def run(runs: Path, name: str, days: int) -> Path:
    job = Job(name=name, source=CsvFolderSource(path=str(runs)))
    with RunFolder.create(runs, job, datetime.now(UTC) - timedelta(days=days)) as folder:
        with Journal(folder.journal) as journal:
            journal.append(en.RunEnded(1.0, RunState.DONE, rows=3, balanced=True))
        return folder.path


async def test_old_runs_are_deleted_at_the_start_and_told_pinned_ones_stay(
    tmp_path: Path,
) -> None:
    old, kept, young = (run(tmp_path, *what) for what in (("old", 91), ("kept", 200), ("new", 1)))
    write_label(kept, RunLabel(pinned=True))
    async with program(tmp_path) as desktop:
        await until(desktop.runs_page.notice.text)
        assert "deleted" in desktop.runs_page.notice.text()
        assert "old" in desktop.runs_page.notice.text()
        await until(lambda: desktop.runs_page.model.total == 2)
    assert not old.exists()
    assert kept.exists()
    assert young.exists()


async def test_a_name_and_a_pin_are_kept_and_shown(tmp_path: Path) -> None:
    folder = run(tmp_path, "Polls", 1)
    async with program(tmp_path) as desktop:
        page = desktop.runs_page
        await until(lambda: page.model.total == 1)
        page.model.setData(page.model.index(0, 0), "Wahl 🎉")
        await until(lambda: page.model.line(0).name == "Wahl 🎉")
        page.pin_button.click()
        await until(lambda: page.model.line(0).pinned)
    assert read_label(folder) == RunLabel("Wahl 🎉", pinned=True)


async def test_a_copy_of_a_run_is_a_new_job_to_be_changed(tmp_path: Path) -> None:
    run(tmp_path, "Polls", 1)
    async with program(tmp_path) as desktop:
        await until(lambda: desktop.runs_page.model.total == 1)
        desktop.window.show_page("runs")
        desktop.runs_page.copy_button.click()
        await until(lambda: desktop.window.shown() == "new")
        assert not desktop.live_runs()
