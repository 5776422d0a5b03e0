"""What a person copies for support: versions, machine, settings, the run, the log's end.

Without passwords, without records, without names of files, and with the home folder as ``~``.
It is not translated: who reads it writes the program.
"""

from __future__ import annotations

import os
import platform
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version

import msgspec
from PySide6.QtCore import QLocale, qVersion
from PySide6.QtGui import QGuiApplication

from loadline import __version__
from loadline.domain.redaction import homeless, redacted, without_values
from loadline.gui.run_page.run_like import RunLike
from loadline.settings import Settings
from loadline.store.log_file import LogEntry

LINES = 100
"""How many entries of the log are in it."""
ERRORS = 10
_PACKAGES = ("PySide6-Essentials", "qasync", "pyarrow", "pandas", "pymongo", "rapidfuzz")


def report(settings: Settings, run: RunLike | None, entries: Sequence[LogEntry]) -> str:
    """Return the report; `run` is the one on screen."""
    parts = ["Loadline report", *_versions(), "", "Machine", *_machine(), "", "Settings"]
    parts += [*_settings(settings), "", "Run", *_run(run), "", "Log"]
    parts += [str(entry) for entry in entries[-LINES:]] or ["empty"]
    return homeless(redacted("\n".join(parts))) + "\n"


def _versions() -> Iterator[str]:
    yield f"Loadline {__version__}, Python {platform.python_version()}, Qt {qVersion()}"
    yield ", ".join(f"{name} {_version(name)}" for name in _PACKAGES)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"


def _machine() -> Iterator[str]:
    import psutil

    memory = psutil.virtual_memory()
    yield platform.platform()
    free, total = memory.available / 2**30, memory.total / 2**30
    yield f"{os.cpu_count()} cores, {total:.1f} GiB of memory, {free:.1f} free"
    locale = QLocale.system().name()
    yield f"display {QGuiApplication.platformName()}, {_screens()}, language {locale}"


def _screens() -> str:
    return " + ".join(
        f"{s.size().width()}x{s.size().height()} @{s.devicePixelRatio():g}"
        for s in QGuiApplication.screens()
    )


def _settings(settings: Settings) -> Iterator[str]:
    changed = msgspec.to_builtins(settings)
    if not changed:
        yield "all as shipped"
    for key, value in changed.items():
        yield f"{key} = {value}"


def _run(run: RunLike | None) -> Iterator[str]:
    if run is None:
        yield "none on screen"
        return
    policy = msgspec.to_builtins(run.job.policy)
    yield f"{run.name}: {run.job.kind} from {type(run.job.source).__name__}, {run.state.value}"
    yield f"policy {policy}, {run.cap} at once, {run.rate:g} starts per second"
    states = Counter(row.state.value for row in run.board.rows)
    told = ", ".join(f"{number} {state}" for state, number in states.items()) or "none"
    yield f"tasks: {told}; {run.board.retries} retries; {run.elapsed():.1f} s"
    receipt = run.receipt
    if receipt is not None:
        yield (
            f"receipt: {receipt.rows_read} read = {receipt.rows} loaded + {receipt.rejected} "
            f"rejected, {receipt.problems} problems, balanced {receipt.balanced}, "
            f"{len(receipt.schema)} columns"
        )
    if run.failure is not None:
        yield f"failure: {run.failure.kind}: {without_values(run.failure.sentence)}"
    errors = [(row.index, row.error) for row in run.board.rows if row.error is not None]
    for index, error in errors[:ERRORS]:
        yield f"task {index}: {error.kind}: {without_values(error.sentence)}"
