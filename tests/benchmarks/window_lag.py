"""How long the window's event loop is held up while a run's page shows 10,000 files.

Run it: ``python -m tests.benchmarks.window_lag`` (offscreen, or under Xvfb with
``QT_QPA_PLATFORM=xcb``). A precise timer of one millisecond notes how much later than asked it
fires, while a scripted run feeds the board 2,000 events a second. Printed per situation: the
50th and 99th percentile and the greatest delay, in milliseconds; behind them the 99th percentile
and the greatest processor time that the window's thread used without a break, which a busy
machine does not falsify.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from loadline.domain import events as ev
from loadline.domain.errors import Failure
from loadline.domain.tasks import TaskState, WaitReason
from loadline.domain.throughput import MarkKind, Sample
from loadline.gui.models.problem_model import ProblemPage
from loadline.gui.models.task_order import TaskColumn, TaskView
from loadline.gui.run_page.outlets import Outlets
from loadline.gui.run_page.page import RunPage
from loadline.gui.theme import Theme
from tests.support.scripted_run import FileScript, ScriptedRun

FILES = 10_000
EVENTS = 2_000
"""Per second."""
AT_ONCE = 16
SECONDS = 5.0
_SLOW = Failure("SourceUnreachable", "The network drive did not answer.", transient=True)


class Lag(QObject):
    """Notes how late a timer of one millisecond fires."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[float] = []
        self.used: list[float] = []
        self._expected = 0.0
        self._spent = 0.0
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=1)
        self._timer.timeout.connect(self._note)

    def start(self) -> None:
        """Begin anew."""
        self.late, self.used = [], []
        self._spent = time.thread_time()
        self._expected = time.perf_counter() + 0.001
        self._timer.start()

    def stop(self) -> tuple[float, ...]:
        """Return p50, p99 and greatest delay, p99 and greatest processor time, in ms."""
        self._timer.stop()
        late, used = sorted(self.late), sorted(self.used)
        nearly = int(len(late) * 0.99)
        return late[len(late) // 2], late[nearly], late[-1], used[nearly], used[-1]

    def _note(self) -> None:
        now = time.perf_counter()
        self.late.append(max(0.0, (now - self._expected) * 1000))
        self._expected = now + 0.001
        spent = time.thread_time()
        self.used.append((spent - self._spent) * 1000)
        self._spent = spent


class Feeder(QObject):
    """Lets a run of many small files make `EVENTS` events a second, in real time."""

    def __init__(self, run: ScriptedRun) -> None:
        super().__init__()
        self.run = run
        self.fed = 0
        self._random = random.Random(1)
        self._began = time.perf_counter()
        self._next = 0
        self._running: dict[int, int] = {}
        self._retry: list[int] = []
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=10)
        self._timer.timeout.connect(self._feed)

    def start(self) -> None:
        """Begin to feed."""
        self._began = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        """Feed no more."""
        self._timer.stop()

    def _feed(self) -> None:
        self.run.now = time.perf_counter() - self._began
        due = int(self.run.now * EVENTS)
        while self.fed < due:
            self._one()
            self.fed += 1
        board = self.run.board
        held = 900_000_000 + 30_000_000 * len(self._running)
        last = self.run.throughput.now().at
        if self.run.now - last >= 0.5:
            sample = Sample(self.run.now, board.rows_loaded, board.bytes_read, held)
            self.run.throughput.add(sample)

    def _one(self) -> None:
        run, now = self.run, self.run.now
        if len(self._running) < AT_ONCE and (self._retry or self._next < FILES):
            index = self._retry.pop() if self._retry and self._next % 7 == 0 else self._next
            self._next += index == self._next
            row = run.board.rows[index]
            worker = self._random.randint(1, 8)
            run.board.handle(ev.TaskStarted(index, now, row.attempt + 1, worker))
            self._running[index] = 0
            return
        index = self._random.choice(list(self._running))
        step = self._running[index] = self._running[index] + 1
        row = run.board.rows[index]
        if step < 6:
            run.board.handle(ev.TaskProgress(index, now, step * 150, row.size * step // 6))
            return
        del self._running[index]
        chance = self._random.random()
        if chance < 0.02 and row.attempt < 3:
            event = ev.TaskWaiting(index, now, WaitReason.RETRY, now + 1.0, _SLOW)
            run.board.handle(event)
            run.mark(MarkKind.RETRY, f"{row.name}: it did not answer", index)
            self._retry.append(index)
        elif chance < 0.03:
            run.board.handle(ev.TaskFailed(index, now, _SLOW))
        else:
            run.board.handle(ev.TaskDone(index, now, 900, 0, row.size))


def wait(seconds: float) -> None:
    """Let the loop run."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


def measure(name: str, lag: Lag, act: Callable[[], object], seconds: float = SECONDS) -> None:
    """Do something, let time pass, and print how late the loop was."""
    lag.start()
    act()
    wait(seconds)
    figures = "".join(f"{value:9.2f}" for value in lag.stop())
    sys.stdout.write(f"{name:<40}{figures}\n")
    sys.stdout.flush()


def main() -> None:
    """Print all situations."""
    app = QApplication(sys.argv[:1])
    theme = Theme(app, "light")
    outlets = Outlets(read_problems=lambda run, start, count: ProblemPage((), more=False))
    page = RunPage(theme, outlets)
    page.resize(1736, 1052)
    files = [FileScript(f"orders-{n:05}.csv", 20_000 + n, 900) for n in range(FILES)]
    run = ScriptedRun(files, cap=AT_ONCE)
    page.show_run(run)
    page.show()
    wait(1.5)  # the chart is loaded once
    lag, feeder = Lag(), Feeder(run)
    table = page.tasks.table
    assert table.tasks is not None
    tasks = table.tasks
    heads = "".join(f"{head:>9}" for head in ("p50", "p99", "max", "cpu p99", "cpu max"))
    sys.stdout.write(f"{'delay of the event loop, ms':<40}{heads}\n")
    measure("nothing happens", lag, lambda: None, 2.0)
    measure(f"{FILES:,} files appear", lag, run.plan, 2.0)
    feeder.start()
    measure(f"{EVENTS:,} events a second, results tab", lag, lambda: None)
    tabs: list[tuple[str, QWidget]] = [
        ("problems tab", page.problems),
        ("timeline tab", page.timeline),
        ("receipt tab", page.receipt),
    ]
    for name, tab in tabs:
        measure(name, lag, lambda tab=tab: page.tabs.show_page(tab))  # type: ignore[misc]
    measure("sorted by rows, descending", lag,
            lambda: tasks.look(TaskView(column=TaskColumn.ROWS, descending=True)))  # fmt: skip
    waiting = frozenset({TaskState.RUNNING, TaskState.WAITING, TaskState.FAILED})
    measure("three states, sorted by name", lag,
            lambda: tasks.look(TaskView(states=waiting, column=TaskColumn.FILE)))  # fmt: skip
    measure("all again, by number", lag, lambda: tasks.look(TaskView()), 3.0)
    feeder.stop()
    done = run.board.counts[TaskState.DONE]
    sys.stdout.write(f"{feeder.fed:,} events, {done:,} files done\n")
    page.hide()
    page.close_readers()


if __name__ == "__main__":
    main()
