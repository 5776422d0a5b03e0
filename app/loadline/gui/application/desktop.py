"""The program with a window: pages around one session, and an end that is awaited."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from platformdirs import user_data_path
from PySide6.QtCore import QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from loadline import assets
from loadline.domain.connections import Connection
from loadline.domain.errors import Failure, LoadlineError
from loadline.domain.jobs import CsvFolderSource, DatasetSource, Job, MongoSource
from loadline.gui.application.announcer import Announcer
from loadline.gui.application.demo import finish_demo
from loadline.gui.application.desk import Desk
from loadline.gui.application.example_desk import ExampleDesk
from loadline.gui.application.exports import Exports
from loadline.gui.application.help import Help
from loadline.gui.application.line_desk import LineDesk
from loadline.gui.application.log_desk import LogDesk
from loadline.gui.application.mongo_desk import MongoDesk
from loadline.gui.application.moved_source import MovedSource
from loadline.gui.application.notifier import Notifier
from loadline.gui.application.passwords import PASSWORD, Passwords
from loadline.gui.application.ranking_desk import ranking_questions
from loadline.gui.application.recent import Recent, keep_rule
from loadline.gui.application.result_desk import ResultDesk
from loadline.gui.application.run_desk import RunDesk, readable
from loadline.gui.application.sample_desk import SampleDesk
from loadline.gui.application.signals import ended_by_signals
from loadline.gui.application.status_line import StatusLine
from loadline.gui.application.unseen import Unseen
from loadline.gui.connections_page.page import ConnectionsPage
from loadline.gui.frame.password_question import ask_password
from loadline.gui.frame.question import Question
from loadline.gui.main_window import MainWindow, Page
from loadline.gui.new_job_page.latest import Latest
from loadline.gui.new_job_page.page import NewJobPage
from loadline.gui.new_job_page.services import NewJobServices
from loadline.gui.run_page.outlets import Outlets
from loadline.gui.run_page.page import RunPage
from loadline.gui.runs_page.page import RunsPage, RunsServices
from loadline.gui.settings_page.page import SettingsPage
from loadline.settings import Settings, save_settings
from loadline.store.job_file import read_job, write_job
from loadline.store.recent_jobs import recent_jobs, remember_job

if TYPE_CHECKING:
    from loadline.engine.backends.local_pool import LocalPool
    from loadline.engine.run import Run
    from loadline.gui.application.services import Services
    from loadline.gui.theme import Theme

TICK = 1_000
"""Milliseconds between two looks at the machine and the list of recent runs."""
RUN = "run"
"""The view that shows one run."""


class Desktop(QObject):
    """Owns the window's session; also the `Shell` that the window asks when it is closed."""

    def __init__(
        self,
        theme: Theme,
        services: Services,
        settings: Settings,
        pool: LocalPool,
        desk: LocalPool,
    ) -> None:
        super().__init__()
        from loadline.engine.session import Session

        self._theme = theme
        self._settings = settings
        self._pool = pool
        self._desk = Desk(desk)
        self._source_of = services.source_of
        passwords = Passwords(services.secrets, self._ask_password)
        self._samples = SampleDesk(self._desk, user_data_path("loadline", False) / "sample-server")
        self._mongo = MongoDesk(self._desk, passwords, self._samples, self._load_collection)
        self._waiting = Latest[Callable[[], None]](_go_on, self._tell)
        self._session = Session(
            pool, settings.runs_dir, services.source_of, server_of=services.server_of
        )
        self._over: asyncio.Future[int] = asyncio.get_event_loop().create_future()
        self._group: asyncio.TaskGroup | None = None
        self._live: set[Run] = set()
        self.window = MainWindow(theme, self)
        self.new_job = NewJobPage(theme, self._new_job_services(), settings.defaults.policy)
        self.run_page = RunPage(theme, self._outlets())
        self._exports = Exports(self._desk, self.run_page, self._mongo.server_of)
        self._recent = Recent(settings.runs_dir)
        self._moved = MovedSource(theme, self.window, self._complain)
        self._unseen = Unseen(self.window.unseen, self._recent, self.tasks)
        self.runs_page = RunsPage(theme, self._runs_services())
        self.connections_page = ConnectionsPage(theme, self._mongo)
        self.settings_page = SettingsPage(theme, settings, self._save_settings, assets.languages())
        self._help = Help(theme, self.window)
        self.settings_page.about.manual_asked.connect(self._help.open)
        self._announcer = Announcer(
            self.window, Notifier(), lambda: self._settings.notify, self.show_folder
        )
        self._log = LogDesk(theme, self.window, lambda: self._settings, lambda: self.run_page.run)
        self.settings_page.log_asked.connect(self._log.show)
        self._status = StatusLine(self.window, pool)
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self._look)
        self._add_pages()

    def _new_job_services(self) -> NewJobServices:
        return NewJobServices(
            survey=self._desk.survey,
            preview=self._desk.preview,
            start=self.start_when_ready,
            save_job=self._save_job,
            open_job=self._open_job,
            sample=assets.sample_folder,
            score_rows=ExampleDesk(self._desk, self._source_of).score,
            look=self._mongo.look,
            look_at_run=RunDesk(self._desk).look,
            runs=lambda: readable(self._recent.past),
            connections=partial(self.window.show_page, "connections"),
            new_connection=self._new_connection,
        )

    def _runs_services(self) -> RunsServices:
        return RunsServices(
            open=self.show_folder,
            again=self._run_again,
            resume=self._resume,
            delete=self._delete,
            copy=self._copy_job,
            rename=lambda key, name: self.tasks(self._labelled(key, title=name)),
            pin=lambda key, pinned: self.tasks(self._labelled(key, pinned=pinned)),
            new_job=partial(self.window.show_page, "new"),
        )

    def _outlets(self) -> Outlets:
        return Outlets(
            export=self._export,
            stop_export=self._stop_export,
            estimate=self._estimate,
            connections=self._connection_names,
            again=self._again,
            score=self._score_run,
            show_file=_show_file,
            when_ready=self._run_ready,
            rankings=ranking_questions(self._desk, self._source_of),
            row_of_line=LineDesk(self._desk, self._source_of).row,
            results=ResultDesk(self._desk, self._source_of),
        )

    def _add_pages(self) -> None:
        window = self.window
        window.add_page(Page("new", self.tr("New job"), "plus", self.new_job))
        window.add_page(Page("runs", self.tr("Runs"), "list-checks", self.runs_page))
        window.add_page(
            Page("connections", self.tr("Connections"), "database", self.connections_page)
        )
        window.add_page(
            Page("settings", self.tr("Settings"), "settings", self.settings_page, at_bottom=True)
        )
        window.add_view(RUN, self.run_page, "runs")
        window.recent_chosen.connect(self.show_folder)
        window.unseen.open_asked.connect(self.show_folder)
        window.unseen.resume_asked.connect(self._resume)
        window.path_dropped.connect(self._dropped)
        window.dragged.connect(self.new_job.set_dragged)
        window.page_shown.connect(self._look)
        self.new_job.status_changed.connect(self._look)
        self.new_job.form.recent.set_jobs(recent_jobs())
        self.new_job.form.recent.chosen.connect(self._dropped)
        self.new_job.form.recent.other.connect(self.new_job.browse_job)
        if self._samples.offered:
            for offer in (self.new_job.welcome.connection, self.new_job.form.collection):
                offer.offer_sample()
                offer.sample_wanted.connect(self._try_sample)

    async def main(self, args: argparse.Namespace, failure: Failure | None) -> int:
        """Show the window until everything has ended and return the exit code."""
        async with self._session, asyncio.TaskGroup() as group:
            self._group = group
            await self._recent.refresh()
            self.new_job.show_welcome(first=not self._recent.past and not self._mongo.any())
            self.window.show()
            self._timer.start()
            self._look()
            if failure is not None:
                self._complain(failure)
            self._begin(args)
            self.tasks(self._tidied())
            self.tasks(asyncio.to_thread(load_chart))
            with ended_by_signals(self.quit):
                code = await self._over
            self._exports.stop()
            await self._session.close()
        self._timer.stop()
        self._waiting.drop()
        self.new_job.stop()
        self.runs_page.table.close_reader()
        self.connections_page.stop()
        self._log.stop()
        self.run_page.close_readers()
        await self._samples.stop()
        self.window.close_now()
        return code

    def _begin(self, args: argparse.Namespace) -> None:
        if args.command == "demo":
            run = self.start(demo_job())
            self.tasks(finish_demo(self.window, self.run_page, run, args.screenshot, self._over))
        elif args.job is not None:
            self._dropped(args.job)

    def tasks(self, work: Coroutine[Any, Any, object]) -> None:
        """Let `work` run; it is awaited at the end."""
        assert self._group is not None
        self._group.create_task(work)

    # What the pages ask for

    def start(self, job: Job) -> Run:
        """Start a job and show its run."""
        run = self._session.start(job)
        self.show_run(run)
        return run

    def start_when_ready(self, job: Job) -> None:
        """Start a job; what can be told before anything is read is told at once."""
        self._when_ready(job, partial(self._start_now, job))

    def _start_now(self, job: Job) -> None:
        try:
            self.start(job)
        except LoadlineError as error:
            self._complain(error.failure)

    def _when_ready(self, job: Job, go_on: Callable[[], None]) -> None:
        """Go on at once, or when the password that `job` needs has been found or typed."""
        if not self._mongo.must_wait(job):
            go_on()
        elif not self._waiting.busy:
            self._waiting.ask(partial(self._mongo.ready, job, go_on))

    def _run_ready(self, job: Job, go_on: Callable[[], None]) -> None:
        """Go on with the run on screen when its files and its password are there."""
        run = self.run_page.run
        if run is None or run.job is not job:
            self._when_ready(job, go_on)
        else:
            self._moved.ready(run, lambda: self._when_ready(run.job, go_on))  # type: ignore[arg-type]

    def _tell(self, failure: Failure) -> None:
        if failure.cause != PASSWORD:  # a person who closed the question knows
            self._complain(failure)

    async def _ask_password(self, connection: Connection, *, lasting: bool) -> str | None:
        return await ask_password(self._theme, self.window, connection, lasting=lasting)

    def show_run(self, run: Run) -> None:
        """Bring a run on screen."""
        self.run_page.show_run(run)
        self.window.show_page(RUN)
        # Otherwise the keyboard would go to the first field, and a stray key would change it.
        self.run_page.tasks.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_folder(self, folder: str) -> None:
        """Bring a run on screen, by its folder: a live one, or as it was left."""
        run = self._run_in(folder)
        if run is not None:
            self.show_run(run)

    def _run_in(self, folder: str) -> Run | None:
        """Return the run in a folder, or say why it cannot be opened."""
        try:
            return self._session.reopen(Path(folder))
        except LoadlineError as error:
            self._complain(error.failure)
            return None

    def _save_job(self, path: Path, job: Job) -> None:
        write_job(path, job)
        self._remember(path)

    def _open_job(self, path: Path) -> Job:
        job = read_job(path)
        self._remember(path)
        return job

    def _remember(self, path: Path) -> None:
        remember_job(path)
        self.new_job.form.recent.set_jobs(recent_jobs())

    def _complain(self, failure: Failure) -> None:
        words = " ".join(filter(None, (str(failure.place or ""), failure.cause, failure.advice)))
        title, close = failure.sentence, self.tr("Close")
        Question(self._theme, self.window, title, words, close, "", variant="plain").open()

    def _run_again(self, folder: str) -> None:
        run = self._run_in(folder)
        if run is not None:
            self.start_when_ready(run.job)

    def _copy_job(self, folder: str) -> None:
        run = self._run_in(folder)
        if run is not None:
            self._again(run.job)

    async def _labelled(
        self, folder: str, *, title: str | None = None, pinned: bool | None = None
    ) -> None:
        try:
            await self._recent.relabel(Path(folder), title=title, pinned=pinned)
        except LoadlineError as error:
            self._complain(error.failure)
        self._look()

    async def _tidied(self) -> None:
        """Delete what the settings do not keep, and say so."""
        gone = await self._recent.tidy(keep_rule(self._settings))
        if gone:
            self.runs_page.tell_deleted([one.title for one in gone], sum(one.size for one in gone))
            await self._reread()

    def _resume(self, folder: str) -> None:
        run = self._run_in(folder)
        if run is not None:
            resume = partial(self._resume_now, run)
            self._moved.ready(run, lambda: self._when_ready(run.job, resume))

    def _resume_now(self, run: Run) -> None:
        try:
            run.retry_unfinished()
        except LoadlineError as error:
            self._complain(error.failure)
            return
        self.show_run(run)

    def _delete(self, folder: str) -> None:
        self.tasks(self._deleted(Path(folder)))

    async def _deleted(self, folder: Path) -> None:
        from loadline.store.run_folder import RunFolder

        try:
            await asyncio.to_thread(RunFolder(folder).delete)
        except LoadlineError as error:
            self._complain(error.failure)
        await self._reread()

    async def _reread(self) -> None:
        await self._recent.refresh()
        self._look()

    def _save_settings(self, settings: Settings) -> None:
        save_settings(settings)
        self._settings = settings
        self._theme.choose(settings.appearance)

    def _again(self, job: Job) -> None:
        self.new_job.show_job(job)
        self.window.show_page("new")

    def _score_run(self, folder: Path) -> None:
        self._load_collection(DatasetSource(path=str(folder)), score=True)

    def _load_collection(self, source: MongoSource | DatasetSource, *, score: bool) -> None:
        self.window.show_page("new")
        self.new_job.show_collection(source, score=score)

    def _try_sample(self) -> None:
        self.window.show_page("connections")
        self.connections_page.try_sample()

    def _new_connection(self) -> None:
        self.window.show_page("connections")
        self.connections_page.add()

    def _dropped(self, path: Path) -> None:
        self.window.show_page("new")
        self.new_job.take_path(path)

    def _export(self, run: Any, target: Path, options: Any) -> None:
        self.tasks(self._exports.save(run, target, options))

    def _stop_export(self) -> None:
        self._exports.stop()

    def _estimate(self, run: Any, target: Path, options: Any, tell: Any) -> None:
        self.tasks(self._exports.estimate(run, target, options, tell))

    def _connection_names(self) -> tuple[str, ...]:
        try:
            return tuple(connection.name for connection in self._mongo.connections())
        except LoadlineError:
            return ()  # the Connections page says why

    def _look(self, _page: str = "") -> None:
        live = self._session.runs
        self._log.look(live)
        ended = self._live - set(live)
        for run in ended:
            self._announcer.run_ended(run)
        if ended:
            self.tasks(self._reread())
        self._live = set(live)
        self._unseen.look(live)
        self.window.set_recent(self._recent.rail(live, self._shown_run()))
        self.runs_page.set_lines(self._recent.lines(live))
        left = self.new_job.status() if self.window.shown() == "new" else None
        safety = self.connections_page.safety() if self.window.shown() == "connections" else None
        self._status.tell(self._session.runs, left, safety)

    def _shown_run(self) -> str:
        run = self.run_page.run
        return str(run.folder) if run is not None and self.window.shown() == RUN else ""

    # What the window asks when it is closed

    def live_runs(self) -> Sequence[str]:
        """Return the names of the runs that are still at work."""
        return [run.job.name for run in self._session.runs]

    def quit(self) -> None:
        """Cancel and await what runs; then `main` closes the window."""
        if not self._over.done():
            self._over.set_result(0)


def _go_on(go_on: Callable[[], None]) -> None:
    go_on()


def load_chart() -> None:
    """Import what the first chart needs; in a thread, because it takes a fifth of a second."""
    import pyqtgraph  # noqa: F401


def demo_job() -> Job:
    """Return the job that loads the bundled sample."""
    folder = assets.sample_folder()
    return Job(name="Sample", source=CsvFolderSource(path=str(folder)))


def _show_file(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
