"""Job files as presets: saved, opened, dropped on the window, and offered again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from loadline.domain.jobs import CsvFolderSource, Job
from loadline.store.job_file import write_job
from loadline.store.recent_jobs import MOST, recent_file, recent_jobs, remember_job
from tests.gui.test_desktop import folder, program, until

pytestmark = [pytest.mark.time_limit(60), pytest.mark.usefixtures("qapp")]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    recent_file().unlink(missing_ok=True)


def saved(path: Path, data: Path) -> Path:
    write_job(path, Job(name=path.stem, source=CsvFolderSource(path=str(data))))
    return path


def test_the_latest_job_files_come_first_and_only_once(tmp_path: Path) -> None:
    kept = tmp_path / "list" / "recent.json"
    jobs = [saved(tmp_path / f"{n}.loadline", tmp_path) for n in range(MOST + 2)]
    for job in [*jobs, jobs[5]]:
        remember_job(job, kept)
    found = recent_jobs(kept)
    assert [path.stem for path in found[:3]] == ["5", "9", "8"]
    assert len(found) == MOST
    jobs[5].unlink()
    assert recent_jobs(kept)[0] == jobs[9]
    kept.write_bytes(b"{")
    assert recent_jobs(kept) == ()


async def test_a_job_file_dropped_on_the_window_opens_and_is_offered_from_then_on(
    tmp_path: Path,
) -> None:
    data = folder(tmp_path, files=2, rows=3)
    job = saved(tmp_path / "My polls.loadline", data)
    async with program(tmp_path / "runs") as desktop:
        await until(desktop.window.isVisible)
        dropped = QMimeData()
        dropped.setUrls([QUrl.fromLocalFile(str(job))])
        desktop.window.dropEvent(
            QDropEvent(
                QPointF(9, 9), Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            )
        )  # fmt: skip
        page = desktop.new_job
        await until(page.form.footer.start.isEnabled)
        opened = page.job()
        assert opened is not None
        assert opened.name == "My polls"
        assert recent_jobs() == (job,)
    async with program(tmp_path / "runs") as desktop:
        await until(desktop.window.isVisible)
        recent = desktop.new_job.form.recent
        recent.menu_shown.actions()[0].trigger()
        await until(desktop.new_job.form.footer.start.isEnabled)
        assert desktop.new_job.job() == opened
        desktop._save_job(tmp_path / "Copy.loadline", opened)
        assert [a.text() for a in recent.menu_shown.actions()[:2]] == ["Copy", "My polls"]
