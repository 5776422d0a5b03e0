"""Faults put into the real program: killed at a moment or between two writes, workers shot.

The program under fault is a process of its own, in a process group of its own, so that "the power
goes" is one signal to the group. What is written is counted by a hook in every one of its
processes (see `_BETWEEN_WRITES`), and the group is killed at the k-th write.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pyarrow as pa

from loadline.domain.jobs import Backend, CsvFolderSource, Job, Output
from loadline.domain.policy import Policy
from loadline.store.dataset import Dataset
from loadline.store.job_file import write_job
from tests.support import waiting

FULL = "LOADLINE_FAULTS" in os.environ
"""Whether the full counts are wanted, which take minutes (``make faults``)."""

# Put before everything else into the program and its workers. Each write below FAULT_ROOT adds a
# byte to FAULT_LOG; at the byte number FAULT_AT the whole group is killed, before the write or,
# when torn, in the middle of it.
_BETWEEN_WRITES = """
import os, signal, sys
root, log = os.environ["FAULT_ROOT"], os.environ["FAULT_LOG"]
at, torn = int(os.environ.get("FAULT_AT", "0")), "FAULT_TORN" in os.environ
count = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
plain = {name: getattr(os, name) for name in ("write", "fsync", "ftruncate")}

def hit(half=None):
    plain["write"](count, b".")
    if at and os.fstat(count).st_size >= at:
        if half is not None and torn:
            half()
        os.killpg(0, signal.SIGKILL)

def ours(fd):
    try:
        return os.readlink(f"/proc/self/fd/{fd}").startswith(root)
    except OSError:
        return False

def write(fd, data):
    if ours(fd):
        hit(lambda: plain["write"](fd, bytes(data)[: len(data) // 2]))
    return plain["write"](fd, data)

def before(name):
    def call(fd, *args):
        if ours(fd):
            hit()
        return plain[name](fd, *args)
    return call

def heard(event, args):
    if event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"):
        path = args[0]
    elif event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR):
        path = args[0]
    else:
        return
    if isinstance(path, (str, bytes, os.PathLike)) and os.fsdecode(path).startswith(root):
        hit()

os.write, os.fsync, os.ftruncate = write, before("fsync"), before("ftruncate")
sys.addaudithook(heard)
"""

# The system clock, as the program sees it, jumps a day ahead and back again with every look.
_JUMPING_CLOCK = """
import datetime, itertools, time
DAY = 86_400
jumps = itertools.cycle((0, DAY, -DAY, 0))
real_time, real_datetime = time.time, datetime.datetime

class Jumping(real_datetime):
    @classmethod
    def now(cls, tz=None):
        return real_datetime.now(tz) + datetime.timedelta(seconds=next(jumps))

time.time = lambda: real_time() + next(jumps)
time.time_ns = lambda: int(time.time() * 1e9)
datetime.datetime = Jumping
"""


@dataclass(frozen=True)
class Ended:
    """How the program ended, with the receipt if it got so far as to print one."""

    code: int
    receipt: dict[str, Any] | None
    err: str


class Bed:
    """A folder with data, a job over it and its runs; the program is run in it and disturbed."""

    def __init__(self, folder: Path, job: Job, runs_dir: Path | None = None) -> None:
        self.folder = folder
        self.runs_dir = runs_dir or folder / "runs"
        self.job = folder / "job.toml"
        self._out, self._err = folder / "stdout", folder / "stderr"
        self._job = job
        write_job(self.job, job)

    @property
    def output(self) -> Path | None:
        """The file that the job writes at the end."""
        return Path(self._job.output.path) if self._job.output else None

    def start(
        self, *, resume: str = "", hook: str = "", env: Mapping[str, str] | None = None
    ) -> subprocess.Popen[str]:
        """Start ``loadline run``, `hook` run first in each of its processes."""
        environment = {**os.environ, "HOME": str(self.folder), **(env or {})}
        if hook:
            site = self.folder / "hook"
            site.mkdir(exist_ok=True)
            (site / "sitecustomize.py").write_text(hook)
            environment["PYTHONPATH"] = str(site)
        command = [sys.executable, "-m", "loadline", "run", str(self.job), "--json"]
        command += ["--runs-dir", str(self.runs_dir), *(["--resume", resume] if resume else [])]
        # Files and no pipes: a pipe that nobody reads while the program is disturbed blocks it.
        with self._out.open("w") as out, self._err.open("w") as err:
            return subprocess.Popen(
                command, stdout=out, stderr=err, text=True, env=environment, start_new_session=True
            )

    def run(self, *, resume: str = "", hook: str = "", **env: str) -> Ended:
        """Run ``loadline run`` to whatever end it comes to."""
        return self.end(self.start(resume=resume, hook=hook, env=env))

    def end(self, process: subprocess.Popen[str], seconds: float = 60.0) -> Ended:
        """Wait until the program has ended, and see that no process of it is left."""
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
        out, err = self._out.read_text(), self._err.read_text()
        waiting.until(lambda: not group(process.pid), "no process of the program is left")
        return Ended(process.returncode, json.loads(out) if out.strip() else None, err)

    def kill(self, process: subprocess.Popen[str], *, workers_too: bool = False) -> None:
        """Kill -9 the program, or at once with its workers, and wait until all have gone."""
        if workers_too:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        self.end(process)

    def cut(self, at: int, *, torn: bool = False) -> tuple[Ended, int]:
        """Run until the write number `at` (0: to the end); return also how many there were."""
        log = self.folder / "writes"
        log.unlink(missing_ok=True)
        env = {"FAULT_ROOT": str(self.folder / "runs"), "FAULT_LOG": str(log), "FAULT_AT": str(at)}
        ended = self.run(hook=_BETWEEN_WRITES, **env, **({"FAULT_TORN": "1"} if torn else {}))
        return ended, log.stat().st_size

    def run_with_jumping_clock(self) -> Ended:
        """Run to the end while the system clock jumps by a day, back and forth."""
        return self.run(hook=_JUMPING_CLOCK)

    def only_run(self) -> Path | None:
        """Return the folder of the one run there is, None when there is none."""
        if not self.runs_dir.is_dir():
            return None
        found = [p for p in self.runs_dir.iterdir() if p.is_dir() and not p.name.startswith(".")]
        assert len(found) <= 1, found
        return found[0] if found else None

    def journal(self) -> list[dict[str, Any]]:
        """Return what the journal of the one run tells."""
        run = self.only_run()
        assert run is not None
        return [json.loads(line) for line in (run / "journal.jsonl").read_text().splitlines()]

    def go_on(self) -> Ended:
        """Resume the run there is; begin it where there is none yet."""
        run = self.only_run()
        return self.run(resume=run.name if run else "")

    def leftovers(self) -> list[str]:
        """Return what should not be in the folders of the job any more."""
        signs = (".tmp", ".partial", ".deleting", ".new")
        return sorted(
            str(path.relative_to(self.folder))
            for path in self.folder.rglob("*")
            if path.name.endswith(signs)
        )


def group(leader: int) -> list[int]:
    """Return the living processes of the group that `leader` has begun."""
    found = []
    for pid in psutil.pids():
        try:
            if os.getpgid(pid) == leader and waiting.alive(pid):
                found.append(pid)
        except OSError:
            continue
    return found


def workers_of(program: int) -> list[int]:
    """Return the worker processes of a program."""
    try:
        children = psutil.Process(program).children()
        return [c.pid for c in children if any("spawn_main" in word for word in c.cmdline())]
    except psutil.Error:
        return []


def table(run: Path) -> pa.Table:
    """Return a run's dataset as one table."""
    dataset = Dataset.open(run)
    return pa.Table.from_batches(list(dataset.batches()), dataset.arrow_schema())


def odd_folder(folder: Path, files: int, rows: int) -> Path:
    """Make CSV files of which some are polluted and one widens a column late in the run."""
    chance = random.Random(files * 1_000_003 + rows)
    folder.mkdir()
    for number in range(files):
        if 6 <= number < files - 1:
            os.link(folder / f"{number % 6}.csv", folder / f"{number}.csv")
            continue
        lines = ["id,name,price"]
        lines += [f"{number * rows + r},n{chance.random():.6f},{r}" for r in range(rows)]
        if number % 3 == 1:
            lines[rows // 2] = "7,short"
        if number == files - 1:
            lines[-1] = f'{rows},"wide",2.5x'
        (folder / f"{number}.csv").write_text("\n".join(lines) + "\n")
    return folder


def bed(
    folder: Path, files: int, rows: int, *, output: bool = False, workers: int = 2, **policy: Any
) -> Bed:
    """Return a folder with so many files of so many rows and a job over them."""
    data = odd_folder(folder / "data", files, rows)
    job = Job(
        name="Faults",
        source=CsvFolderSource(path=str(data)),
        policy=Policy(**policy),
        backend=Backend(workers=workers),
        output=Output(path=str(folder / "runs" / "result.csv")) if output else None,
    )
    return Bed(folder, job)


def shoot_workers(program: subprocess.Popen[str], kills: int, seed: int, every: float) -> int:
    """Kill -9 workers at random until so many are dead or the program has ended; return the dead.

    `every` is the mean of the seconds between two. Workers that are still starting are spared: if
    three in a row cannot start, the run ends with that said, which is another promise.
    """
    chance, dead = random.Random(seed), 0
    while dead < kills:
        workers = [pid for pid in workers_of(program.pid) if _has_started(pid)]
        if workers:
            with suppress(ProcessLookupError):
                os.kill(chance.choice(workers), signal.SIGKILL)
                dead += 1
        with suppress(subprocess.TimeoutExpired):
            program.wait(chance.uniform(0.0, 2 * every))
            break
    return dead


def _has_started(pid: int) -> bool:
    """Tell whether a worker is there for tasks: then it has a thread that hears its pipe."""
    try:
        return psutil.Process(pid).num_threads() > 1
    except psutil.Error:
        return False


def moments(seed: int, count: int, first: float, last: float) -> Iterator[float]:
    """Give moments at random, in seconds."""
    chance = random.Random(seed)
    for _ in range(count):
        yield chance.uniform(first, last)
