"""Runs the program as a person would: a process of its own, its exit code, what it printed."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.ipc

# A finder that refuses the window's libraries, put before everything else in the child.
_WITHOUT_QT = """
import sys
class _Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"PySide6", "shiboken6", "qasync", "pyqtgraph"}:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, _Refuse())
"""


@dataclass(frozen=True)
class Ended:
    """How the program ended."""

    code: int
    out: str
    err: str

    @property
    def receipt(self) -> dict[str, Any]:
        """The receipt that ``--json`` printed."""
        loaded: dict[str, Any] = json.loads(self.out)
        return loaded

    def parts(self) -> list[pa.Table]:
        """Return the tables of the parts in index order, as they lie on disk."""
        folder = Path(self.receipt["run_folder"]) / "parts"
        return [pa.ipc.open_file(file).read_all() for file in sorted(folder.glob("*.arrow"))]


def start(*args: str | Path, without_qt: bool = False, folder: Path) -> subprocess.Popen[str]:
    """Start ``loadline`` with `args`; its home and site files are below `folder`."""
    environment = {
        **os.environ,
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }
    command = [sys.executable, "-m", "loadline", *map(str, args)]
    if without_qt:
        site = folder / "without-qt"
        site.mkdir(exist_ok=True)
        (site / "sitecustomize.py").write_text(_WITHOUT_QT)
        environment["PYTHONPATH"] = str(site)
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    )


def ended(process: subprocess.Popen[str], seconds: float = 60.0) -> Ended:
    """Wait for the program; a program that does not end in time is killed, and that fails."""
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    return Ended(process.returncode, out, err)


def run(job: Path, *args: str | Path, without_qt: bool = False, seconds: float = 60.0) -> Ended:
    """Run ``loadline run JOB --json`` with its run folders beside the job file."""
    folder = job.parent
    command = ("run", job, "--json", "--runs-dir", folder / "runs", *args)
    return ended(start(*command, without_qt=without_qt, folder=folder), seconds)


def until(found: Callable[[], object], *, seconds: float) -> None:
    """Wait for what another process does to the file system; fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while not found():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {seconds} s")
        select.select([], [], [], 0.02)
