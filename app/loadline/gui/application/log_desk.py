"""The log page among the others, and what is noted about runs."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from types import TracebackType

from loadline import __version__
from loadline.gui.application.report import report
from loadline.gui.application.run_log import RunLog
from loadline.gui.log_page.page import LogPage
from loadline.gui.main_window import MainWindow
from loadline.gui.run_page.run_like import RunLike
from loadline.gui.theme import Theme
from loadline.settings import Settings
from loadline.store.log_file import log_file

LOG = "log"
"""The view that shows the log."""
log = logging.getLogger("loadline.window")


class LogDesk:
    """Adds the page below Settings; `run` tells which run is on screen."""

    def __init__(
        self,
        theme: Theme,
        window: MainWindow,
        settings: Callable[[], Settings],
        run: Callable[[], RunLike | None],
    ) -> None:
        self._runs = RunLog()
        self.page = LogPage(theme, log_file(), lambda entries: report(settings(), run(), entries))
        self._window = window
        window.add_view(LOG, self.page, "settings")
        self.page.back_asked.connect(self._back)

    def show(self) -> None:
        """Bring the log on screen."""
        self._window.show_page(LOG)

    def look(self, live: Sequence[RunLike]) -> None:
        """Note what has changed in the runs; called about once a second."""
        self._runs.look(live)

    def stop(self) -> None:
        """End what reads; call before the program ends."""
        self.page.stop()

    def _back(self) -> None:
        self._window.show_page("settings")


def note_unforeseen() -> None:
    """Note the program's start, and from now on errors that nobody caught."""
    log.info("Loadline %s starts on %s", __version__, sys.platform)
    before = sys.excepthook

    def noted(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.error("An error that nobody foresaw", exc_info=(kind, error, trace))
        before(kind, error, trace)

    sys.excepthook = noted
