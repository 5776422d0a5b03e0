"""The whole program with a window: a real folder, real workers, a close that is awaited."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from loadline.bootstrap import local_pool, source_of
from loadline.domain.receipt import RunState
from loadline.gui.application.desktop import Desktop
from loadline.gui.application.services import Services
from loadline.gui.theme import Theme
from loadline.settings import Settings

pytestmark = [pytest.mark.time_limit(60), pytest.mark.usefixtures("qapp")]


@asynccontextmanager
async def program(runs: Path, path: Path | None = None) -> AsyncIterator[Desktop]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = Theme(app, "light")
    pool, desk = local_pool(2), local_pool(1)
    settings = Settings(runs_folder=str(runs))
    desktop = Desktop(theme, Services(local_pool, source_of), settings, pool, desk)
    args = argparse.Namespace(command="window", job=path)
    main = asyncio.create_task(desktop.main(args, None))
    try:
        yield desktop
    finally:
        desktop.quit()
        await main
        desk.close()
        pool.close()
        desktop.window.deleteLater()


async def until(fact: Callable[[], object]) -> None:
    """Wait until `fact` is true; the test's time limit is the deadline."""
    # The facts of several processes and pages: there is no one signal for them.
    while not fact():  # noqa: ASYNC110
        await asyncio.sleep(0.01)


def below(folder: Path, pattern: str) -> list[Path]:
    return list(folder.rglob(pattern))


def folder(tmp_path: Path, files: int, rows: int) -> Path:
    data = tmp_path / "data"
    data.mkdir()
    for number in range(files):
        lines = [f"{number},{row},some text" for row in range(rows)]
        (data / f"{number}.csv").write_text("\n".join(["file,row,note", *lines, ""]))
    return data


async def test_a_dropped_folder_is_two_clicks_from_a_balanced_table(tmp_path: Path) -> None:
    data = folder(tmp_path, files=3, rows=50)
    async with program(tmp_path / "runs") as desktop:
        await until(desktop.window.isVisible)
        desktop.window.path_dropped.emit(data)
        start = desktop.new_job.form.footer.start
        await until(start.isEnabled)
        start.click()
        await until(lambda: desktop.run_page.run is not None)
        run = desktop.run_page.run
        assert run is not None
        await until(lambda: run.receipt is not None)
        assert run.state is RunState.DONE
        model = desktop.run_page.results.model
        await until(lambda: model.total == 150)
        assert model.columnCount() == 4
    assert len(below(tmp_path, "*.parquet")) == 1


async def test_closing_during_a_run_asks_then_awaits_the_cancel(tmp_path: Path) -> None:
    data = folder(tmp_path, files=40, rows=20_000)
    runs = tmp_path / "runs"
    async with program(runs, data) as desktop:
        await until(desktop.new_job.form.footer.start.isEnabled)
        desktop.new_job.form.advanced.rate.set_value(0.5)
        desktop.new_job.start()
        await until(desktop.live_runs)
        desktop.window.close()
        await until(lambda: desktop.window.findChild(QDialog) is not None)
        assert desktop.window.isVisible()
        question = desktop.window.findChild(QDialog)
        assert question is not None
        run = desktop.run_page.run
        assert run is not None
        question.accept()
        await until(lambda: run.receipt is not None)
        assert run.state is RunState.CANCELLED
        await until(lambda: not desktop.window.isVisible())
    assert not below(runs, "*.tmp")
