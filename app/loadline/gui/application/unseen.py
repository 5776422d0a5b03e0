"""Failures stay in sight until a person dismisses them, also over a restart."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loadline.gui.application.recent import Recent
from loadline.gui.frame.unseen_bar import UnseenBar, UnseenRun

if TYPE_CHECKING:
    from loadline.engine.run import Run
    from loadline.store.history import PastRun

Tasks = Callable[[Coroutine[Any, Any, object]], None]


class Unseen:
    """Fills the bar from the runs on disk, and keeps what is dismissed in their folders."""

    def __init__(self, bar: UnseenBar, recent: Recent, tasks: Tasks) -> None:
        self._bar = bar
        self._recent = recent
        self._tasks = tasks
        bar.dismissed.connect(self._dismiss)
        bar.all_dismissed.connect(self._dismiss_all)

    def look(self, live: Sequence[Run]) -> None:
        """Show the newest run that nobody has dismissed and that is not at work again."""
        at_work = {run.folder for run in live}
        waiting = [run for run in self._recent.unseen() if run.folder not in at_work]
        first = _shown(waiting[0]) if waiting else None
        self._bar.show_run(first, max(0, len(waiting) - 1))

    def _dismiss(self, key: str) -> None:
        self._tasks(self._dismissed([Path(key)]))

    def _dismiss_all(self) -> None:
        self._tasks(self._dismissed([run.folder for run in self._recent.unseen()]))

    async def _dismissed(self, folders: Sequence[Path]) -> None:
        await self._recent.dismiss(folders)
        self.look(())


def _shown(run: PastRun) -> UnseenRun:
    return UnseenRun(str(run.folder), run.title, run.state, run.tasks, run.failed, run.problems)
