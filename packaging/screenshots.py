"""Take the manual's pictures from the real window, with the sample that is shipped.

    python packaging/screenshots.py [folder]

The window is drawn without a screen. Every picture is written anew, none is edited by hand.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("QT_API", "pyside6")

from PySide6.QtWidgets import QApplication, QTableView, QWidget

from loadline import assets
from loadline.bootstrap import local_pool, source_of
from loadline.domain.jobs import Comparison, Score
from loadline.gui.application.desktop import Desktop
from loadline.gui.application.services import Services
from loadline.gui.loop import Loop
from loadline.gui.theme import Theme
from loadline.settings import Settings
from loadline.store.secrets import open_secrets

PICTURES = Path(__file__).resolve().parents[1] / "resources" / "manual" / "images"
SIZE = (1180, 760)
DEADLINE = 60.0
"""Seconds after which something has gone wrong."""
STARTS = 2.0
"""Starts per second of the run in the pictures, so that there is something to see."""
HALF = 4
"""Files that are done in the picture of a run."""
SETTLE = 0.7
"""Seconds for charts and tables, which are painted a few times a second."""
ODD = (
    ("quay-3.csv", "300900,Grey Star,EE,box,02"),
    ("quay-7.csv", "700901;Green Tide;DE;reefer;02;2021-06-01;7.2;3442;3.7;two tugs;late"),
    ("quay-12.csv", '1200902,"Polar Anchor,MT,ro-ro,01,2021-06-02,15.7,4744,4.4,3'),
)
"""Rows as they should not be, put at the end of these files of the sample."""
COMPARE = (
    Comparison(field="ship", measure="jaro-winkler", weight=2.0),
    Comparison(field="cargo_t", measure="number", tolerance=5_000.0),
    Comparison(field="arrived", measure="date", tolerance=365.0),
)
REFERENCE = {"ship": "Silver Gannet", "cargo_t": 5000, "arrived": "2021-03-01"}


class Photographer:
    """Uses the window as a person would and takes a picture at each stop."""

    def __init__(self, desktop: Desktop, folder: Path, data: Path) -> None:
        self._desktop = desktop
        self._data = data
        self._window = desktop.window
        self._folder = folder

    async def until(self, fact: Callable[[], object]) -> None:
        """Wait for a fact about the window; raises `TimeoutError` when it does not come true."""
        async with asyncio.timeout(DEADLINE):
            while not fact():  # noqa: ASYNC110 - the facts of several pages have no one signal
                await asyncio.sleep(0.02)

    async def take(self, name: str, widget: QWidget | None = None) -> None:
        """Write the picture `name` of the window, or of a part of it."""
        await asyncio.sleep(SETTLE)
        picture = (widget or self._window).grab()
        picture.save(str(self._folder / f"{name}.png"), "PNG")
        print(f"{name}.png", flush=True)

    async def all(self) -> None:
        """Take all of them."""
        await self.until(self._window.isVisible)
        self._window.resize(*SIZE)
        await self._load()
        await self._score()
        await self._connect()
        self._window.show_page("runs")
        await self.take("runs")

    async def _load(self) -> None:
        new_job = self._desktop.new_job
        new_job.take_path(self._data)
        await self.until(lambda: new_job.settled and new_job.form.footer.start.isEnabled())
        await self.take("new-job")
        await self.take("drift", new_job.looked_at.drift)
        new_job.start()
        page = self._desktop.run_page
        await self.until(lambda: page.run is not None)
        assert page.run is not None
        page.run.set_rate(STARTS)
        await self.until(lambda: page.run is not None and len(page.run.results) >= HALF)
        await self.take("run")
        await self._ended()
        self._window.resize(SIZE[0], SIZE[1] + 120)
        for name, tab in (
            ("results", page.results),
            ("problems", page.problems),
            ("timeline", page.timeline),
            ("receipt", page.receipt),
        ):
            page.tabs.show_page(tab)
            await self.take(name)
        self._window.resize(*SIZE)

    async def _connect(self) -> None:
        page = self._desktop.connections_page
        self._window.show_page("connections")
        page.try_sample()
        await self.until(lambda: page.settled and page.browse.table.model().rowCount())
        await self.take("connections")

    async def _score(self) -> None:
        self._window.show_page("new")
        new_job = self._desktop.new_job
        new_job.take_path(self._data)
        await self.until(lambda: new_job.settled and new_job.form.footer.start.isEnabled())
        new_job.form.what.choose("score")
        panel = new_job.scoring.panel
        await self.until(lambda: panel.rows)
        table = new_job.findChild(QTableView, "previewTable")
        assert isinstance(table, QTableView)
        await self.until(lambda: table.model().rowCount())
        panel.show_score(Score(compare=COMPARE, reference=REFERENCE), REFERENCE)
        await self.until(new_job.form.footer.start.isEnabled)
        await self.take("scorecard")
        new_job.start()
        await self._ended()
        self._window.resize(SIZE[0], SIZE[1] + 120)
        page = self._desktop.run_page
        page.tabs.show_page(page.ranking)
        await self.take("ranking")
        self._window.resize(*SIZE)

    async def _ended(self) -> None:
        page = self._desktop.run_page
        await self.until(lambda: self._window.shown() == "run" and page.run is not None)
        run = page.run
        await self.until(lambda: run is not None and run.receipt is not None)


async def photograph(app: QApplication, folder: Path, home: Path) -> None:
    """Start the program, take the pictures, end it."""
    pool, desk = local_pool(2), local_pool(1)
    pool.prestart()
    data = home / "harbour"
    shutil.copytree(assets.sample_folder(), data)
    for name, row in ODD:
        with (data / name).open("a", encoding="utf-8") as file:
            file.write(f"{row}\n")
    services = Services(local_pool, source_of, open_secrets)
    desktop = Desktop(
        Theme(app, "light"), services, Settings(runs_folder=str(home / "runs")), pool, desk
    )
    main = asyncio.create_task(desktop.main(argparse.Namespace(command="window", job=None), None))
    try:
        await Photographer(desktop, folder, data).all()
    finally:
        desktop.quit()
        await main
        desk.close()
        pool.close()


def run(folder: Path) -> None:
    """Write the pictures into `folder`, with a home of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            os.environ[name] = home
        os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
        app = QApplication([])
        app.setQuitOnLastWindowClosed(False)
        loop = Loop(app)
        asyncio.set_event_loop(loop)
        with loop:
            loop.run_until_complete(photograph(app, folder, Path(home)))


if __name__ == "__main__":
    run(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES)
