"""The guards of the house are seen to fail: each is given what it must not let pass."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = ROOT / "pyproject.toml"

BAD_TESTS = """
import asyncio, os, subprocess, sys, threading, time, warnings
import pytest
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QLabel

keep = []

def test_warning(): warnings.warn("old")

def test_qt_warning(): qWarning("odd")

def test_thread():
    stop = threading.Event()
    keep.append(stop)
    threading.Thread(target=stop.wait, args=(60,), name="forgotten", daemon=True).start()

def test_child(): keep.append(subprocess.Popen([sys.executable, "-c", "input()"], stdin=-1))

def test_timer(qapp):
    keep.append(QTimer())
    keep[-1].start(1000)

def test_widget(qapp):
    keep.append(QLabel("there"))

@pytest.mark.qt_loop
async def test_loop_exception():
    asyncio.get_running_loop().call_soon(lambda: 1 / 0)
    await asyncio.sleep(0.01)

async def test_plain_loop_exception():
    asyncio.get_running_loop().call_soon(lambda: 1 / 0)
    await asyncio.sleep(0.01)

async def test_task_exception():
    async def fail(): raise ValueError
    task = asyncio.create_task(fail())
    await asyncio.sleep(0.01)

@pytest.mark.time_limit(0.2)
@pytest.mark.qt_loop
async def test_endless_wait(): await asyncio.Event().wait()

@pytest.mark.time_limit(0.2)
def test_endless_work():
    while True: pass

async def test_task_that_cannot_be_cancelled(monkeypatch):
    monkeypatch.setattr("tests.support.coroutines.CANCEL_SECONDS", 0.1)
    async def deaf():
        for _ in range(2):
            try: await asyncio.sleep(60)
            except asyncio.CancelledError: pass
    task = asyncio.create_task(deaf())
    await asyncio.sleep(0)

@pytest.mark.xfail
def test_expected_failure_that_passes(): pass

@pytest.mark.leaves("widgets")
def test_good_widget(qapp): keep.append(QLabel("may stay"))

async def test_good_left_task():
    task = asyncio.create_task(asyncio.sleep(60))
    await asyncio.sleep(0)

@pytest.mark.qt_loop
async def test_good_coroutine(qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    await asyncio.sleep(0)
"""

CAUGHT = {
    "warning": "UserWarning: old",
    "qt_warning": "Qt messages with level WARNING or above emitted",
    "thread": "Threads left running: forgotten",
    "child": "Child processes left running",
    "timer": "Timers left running: QTimer",
    "widget": "Widgets left open: QLabel",
    "loop_exception": "Unhandled on the loop",
    "plain_loop_exception": "ZeroDivisionError",
    "task_exception": "Task exception was never retrieved",
    "endless_wait": "took longer than its limit of 0.2 s",
    "endless_work": "took longer than its limit of 0.2 s",
    "task_that_cannot_be_cancelled": "do not end when cancelled",
    "expected_failure_that_passes": "[XPASS(strict)]",
}


def run(*command: str | Path, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd, input=stdin, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def tool(name: str) -> Path:
    return Path(sys.executable).with_name(name)


@pytest.mark.time_limit(60)
def test_a_test_that_leaks_warns_or_hangs_fails_and_says_why(tmp_path: Path) -> None:
    shutil.copy(SETTINGS, tmp_path)
    shutil.copytree(ROOT / "tests" / "support", tmp_path / "tests" / "support")
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path / "tests")
    (tmp_path / "tests" / "test_bad.py").write_text(BAD_TESTS, encoding="utf-8")
    ended = run(sys.executable, "-m", "pytest", "tests/test_bad.py", "-v", cwd=tmp_path)
    summary = ended.stdout.partition("short test summary info")[2]
    failed = set(re.findall(r"(?:FAILED|ERROR) \S+::test_(\w+)", summary))
    assert failed == set(CAUGHT), ended.stdout
    assert [text for text in CAUGHT.values() if text not in ended.stdout] == []


def test_an_unknown_marker_stops_the_tests(tmp_path: Path) -> None:
    shutil.copy(SETTINGS, tmp_path)
    bad = tmp_path / "test_bad.py"
    bad.write_text("import pytest\n\n@pytest.mark.slwo\ndef test_x(): pass\n", encoding="utf-8")
    ended = run(sys.executable, "-m", "pytest", bad, "-p", "no:pytest-qt", cwd=tmp_path)
    assert "'slwo' not found in `markers`" in ended.stdout


@pytest.mark.parametrize(
    ("rule", "place", "code"),
    [
        ("TID253", "app/loadline/gui/page.py", "import pandas"),
        ("TID253", "app/loadline/engine/run.py", "import pyarrow"),
        ("T201", "app/loadline/store/journal.py", "print(1)"),
        ("BLE001", "app/loadline/engine/run.py", "try:\n    f()\nexcept Exception:\n    pass"),
        ("ANN201", "tests/unit/test_x.py", "def test_x():\n    pass"),
        ("ASYNC251", "app/loadline/engine/run.py", "async def f():\n    time.sleep(1)"),
        ("D103", "app/loadline/domain/jobs.py", "def f() -> None:\n    pass"),
        ("S301", "app/loadline/store/journal.py", "import pickle\npickle.loads(b'')"),
        ("S307", "app/loadline/scoring/values.py", "eval('1')"),
        ("TID252", "app/loadline/domain/jobs.py", "from . import tasks"),
    ],
)
def test_a_broken_rule_is_told(rule: str, place: str, code: str) -> None:
    code = code.replace("time.sleep", "import time\n    time.sleep")
    ended = run(tool("ruff"), "check", "--no-cache", "--output-format=concise",
                "--stdin-filename", ROOT / place, "-", cwd=ROOT, stdin=code)  # fmt: skip
    assert rule in ended.stdout


def test_heavy_imports_are_allowed_where_the_work_is_done() -> None:
    place = ROOT / "app" / "loadline" / "sources" / "csv_reader.py"
    ended = run(tool("ruff"), "check", "--no-cache", "--output-format=concise",
                "--stdin-filename", place, "-", cwd=ROOT, stdin="import pandas")  # fmt: skip
    assert "TID253" not in ended.stdout


@pytest.mark.time_limit(60)
def test_an_import_against_the_layers_is_told(tmp_path: Path) -> None:
    shutil.copy(SETTINGS, tmp_path)
    bad = {
        "domain/jobs.py": "import loadline.store\nimport threading\n",
        "store/journal.py": "def f():\n    import PySide6\n",
        "gui/page.py": "import loadline.cli\n",
    }
    for name in ("domain", "store", "sources", "scoring", "engine", "gui"):
        (tmp_path / "loadline" / name).mkdir(parents=True)
        (tmp_path / "loadline" / name / "__init__.py").touch()
    for name in ("__init__", "cli", "headless"):
        (tmp_path / "loadline" / f"{name}.py").touch()
    for file, code in bad.items():
        (tmp_path / "loadline" / file).write_text(code, encoding="utf-8")
    ended = run(tool("lint-imports"), "--no-cache", cwd=tmp_path)
    for told in (
        "loadline.domain.jobs -> loadline.store",
        "loadline.domain.jobs -> threading",
        "loadline.store.journal -> PySide6",
        "loadline.gui.page -> loadline.cli",
    ):
        assert told in ended.stdout


def test_types_are_strict(tmp_path: Path) -> None:
    shutil.copy(SETTINGS, tmp_path)
    (tmp_path / "bad.py").write_text("def f(x): return x\n", encoding="utf-8")
    ended = run(tool("mypy"), "--config-file", "pyproject.toml", "bad.py", cwd=tmp_path)
    assert "Function is missing a type annotation" in ended.stdout


def test_the_packaging_folder_is_no_package() -> None:
    """As a package it would shadow the distribution `packaging` that build tools import."""
    assert not list((ROOT / "packaging").rglob("__init__.py"))


def test_the_pins_name_no_place_and_fit_the_rule_for_qt() -> None:
    pins = (ROOT / "packaging" / "constraints.txt").read_text(encoding="utf-8")
    lines = [line for line in pins.splitlines() if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.+!-]+", line) for line in lines)
    assert re.search(r"^PySide6_Essentials==6\.1[01]\.", pins, re.MULTILINE)
