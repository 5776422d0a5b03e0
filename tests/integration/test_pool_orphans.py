"""No worker outlives the program, whatever its main file is and however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from tests.support.waiting import alive, until

ROOT = Path(__file__).parents[2]

PROGRAM = """
import multiprocessing, sys, time
from pathlib import Path

def main():
    multiprocessing.freeze_support()
    from loadline.engine.backends.local_pool import LocalPool
    from tests.support import pool_work as work
    folder, how = Path(sys.argv[1]), sys.argv[2]
    (folder / f"main-{time.monotonic_ns()}").touch()
    pool = LocalPool(2, grace=0.2)
    if how == "modules":
        print(*pool.submit(work.modules, None).result(20))
        pool.close()
        return
    if how == "starting":
        pool.prestart()
    elif how == "hold":
        for name in ("started-1", "started-2"):
            pool.submit(work.hold_the_interpreter, folder / name)
    else:
        for name in ("started-1", "started-2"):
            pool.submit(work.begin_then_sleep, folder / name)
        while len(list(folder.glob("started-*"))) < 2:
            time.sleep(0.01)
    if how == "exit":
        sys.exit(5)
    if how == "fail":
        raise ZeroDivisionError
    try:
        print("ready", flush=True)
        while True:  # an interrupt just before a sleep does not end that one
            time.sleep(0.05)
    except KeyboardInterrupt:
        print("workers:", len(pool.status().pids), flush=True)
        pool.close()

if __name__ == "__main__":
    main()
"""


@contextmanager
def program(folder: Path, how: str, *command: str) -> Iterator[subprocess.Popen[str]]:
    """Run `PROGRAM` in a process group of its own."""
    script = folder / "program.py"
    script.write_text(PROGRAM)
    path = os.pathsep.join([str(folder), str(ROOT), str(ROOT / "app")])
    process = subprocess.Popen(
        [*(command or (sys.executable, str(script))), str(folder), how],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()
        for left in processes_of(process.pid):  # a failed test must not load the machine
            os.kill(left, signal.SIGKILL)


def processes_of(group: int) -> list[int]:
    """Ids of the living processes in a session, zombies left out."""
    return [p.pid for p in psutil.process_iter() if alive(p.pid) and _session(p.pid) == group]


def _session(pid: int) -> int:
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return 0


def assert_nothing_is_left_of(process: subprocess.Popen[str]) -> None:
    until(lambda: not processes_of(process.pid), "the end of every process of the program", 5.0)


@pytest.mark.parametrize("how", ["sleep", "starting"])
def test_killing_the_program_leaves_no_worker(tmp_path: Path, how: str) -> None:
    with program(tmp_path, how) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        if how == "sleep":
            assert len(processes_of(process.pid)) >= 3
        process.kill()
        process.wait()
        assert_nothing_is_left_of(process)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's help exists on Linux only")
def test_killing_the_program_ends_even_a_worker_in_which_no_thread_can_run(tmp_path: Path) -> None:
    with program(tmp_path, "hold") as process:
        until(lambda: len(list(tmp_path.glob("started-*"))) == 2, "two busy workers")
        process.kill()
        process.wait()
        assert_nothing_is_left_of(process)


@pytest.mark.parametrize(("how", "code"), [("exit", 5), ("fail", 1)])
def test_a_program_that_ends_without_closing_its_pool_leaves_no_worker(
    tmp_path: Path, how: str, code: int
) -> None:
    with program(tmp_path, how) as process:
        assert process.wait(10) == code
        assert_nothing_is_left_of(process)


@pytest.mark.parametrize("how", ["sleep", "starting"])
def test_an_interrupt_of_all_processes_ends_no_worker_by_itself(tmp_path: Path, how: str) -> None:
    with program(tmp_path, how) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=10)
        assert "Traceback" not in err
        if how == "sleep":
            assert out == "workers: 2\n"
        assert process.returncode == 0
        assert_nothing_is_left_of(process)


def test_a_pool_works_whatever_the_main_file_is(tmp_path: Path) -> None:
    script = tmp_path / "command"  # as an installed command: no suffix
    script.write_text(
        "import sys\nfrom program import main\nif __name__ == '__main__':\n    sys.exit(main())\n"
    )
    package = tmp_path / "packaged"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(PROGRAM)
    for command in (
        (sys.executable, "-m", "packaged"),
        (sys.executable, "-m", "program"),
        (sys.executable, str(script)),
        (sys.executable, "-c", "from program import main; main()"),
    ):
        for mark in tmp_path.glob("main-*"):
            mark.unlink()
        with program(tmp_path, "modules", *command) as process:
            out, err = process.communicate(timeout=20)
        assert process.returncode == 0, err
        assert len(list(tmp_path.glob("main-*"))) == 1, "the main program ran in a worker"
        loaded = {name.partition(".")[0] for name in out.split()}
        assert not loaded & {"PySide6", "asyncio", "numpy", "pandas", "pyarrow", "msgspec"}
