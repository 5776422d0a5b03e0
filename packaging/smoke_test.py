"""Try the packaged program as a person who just installed it would.

    python packaging/smoke_test.py dist/loadline/loadline [--picture dist/smoke.png]

It gets an empty home, no Python on its path and a virtual screen, and must: tell its version, load
the sample with two workers and account for every row, say what is wrong with a job file, end a
cancelled run with 130, open the window and take its picture, and leave no process and no word on
stderr behind. Ends with 0 when all of that is so. Runs on Linux, macOS and Windows (there without
the cancel, which Windows cannot send).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).resolve().parents[1] / "resources" / "sample" / "harbour"
SAMPLE_ROWS = 58_400
SLOW_ROWS = 4_000_000
SECONDS = 120.0
SCREEN = ["xvfb-run", "--auto-servernum", "--server-args=-screen 0 1280x800x24 -nolisten tcp"]
SHADOW = ["LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "QT_PLUGIN_PATH"]


@dataclass(frozen=True)
class Place:
    """The program that is tried, and the empty home that it gets."""

    program: Path
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        """The surroundings of a person without Python."""
        kept = {name: value for name, value in os.environ.items() if name not in SHADOW}
        kept |= {"HOME": str(self.home), "XDG_RUNTIME_DIR": str(self.home)}
        kept |= {"USERPROFILE": str(self.home), "APPDATA": str(self.home / "AppData")}
        if sys.platform == "linux":
            kept |= {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "xcb"}
        return kept

    def start(self, *words: str, before: tuple[str, ...] = ()) -> subprocess.Popen[str]:
        """Start the program with these words on its command line."""
        return subprocess.Popen(
            [*before, str(self.program), *words], env=self.environment, cwd=self.home,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, encoding="utf-8", start_new_session=sys.platform != "win32",
        )  # fmt: skip

    def run(self, *words: str, before: tuple[str, ...] = ()) -> tuple[int, str, str]:
        """Run the program to its end; return its exit code, stdout and stderr."""
        process = self.start(*words, before=before)
        out, err = process.communicate(timeout=SECONDS)
        return process.returncode, out, err

    def job(self, data: Path, name: str) -> Path:
        """Write a job file that loads the folder `data` with two workers."""
        file = self.home / f"{name}.loadline"
        file.write_text(
            f'format = 1\nkind = "load"\nname = "{name}"\n'
            f"[source]\ntype = \"csv-folder\"\npath = '{data}'\n"
            '[backend]\ntype = "local"\nworkers = 2\n'
            '[output]\npath = "rows.parquet"\noverwrite = true\n',
            encoding="utf-8",
        )
        return file


def check(fact: bool, sentence: str, told: object = "") -> None:
    """Go on when the fact holds, end the test with the sentence when it does not."""
    if not fact:
        raise SystemExit(f"FAILED: {sentence}\n{told}")
    print(f"  {sentence}")


def version(place: Place) -> None:
    """See it start and tell its version."""
    code, out, err = place.run("--version")
    check(code == 0 and out.startswith("Loadline ") and not err, "tells its version", out + err)


def load(place: Place) -> None:
    """See it load the sample with two workers and account for every row."""
    code, out, err = place.run("run", str(place.job(SAMPLE, "sample")), "--json")
    check(code == 0, "a run of the sample ends with 0", out + err)
    receipt: dict[str, Any] = json.loads(out)
    check(receipt["balanced"] and receipt["rows"] == SAMPLE_ROWS, "its receipt adds up", receipt)
    check(all(task["state"] == "done" for task in receipt["tasks"]), "all its files are done")
    check(Path(receipt["run_folder"]).is_relative_to(place.home), "runs are kept in the home")
    written = (place.home / "rows.parquet").read_bytes()
    check(written[:4] == written[-4:] == b"PAR1", "the table is written as Parquet")
    lines = err.splitlines()
    check(len(lines) == 1 and "balanced" in lines[0], "stderr has one line, the result", err)


def wrong_job(place: Place) -> None:
    """See it say what is wrong with a job file."""
    file = place.home / "wrong.loadline"
    file.write_text('format = 1\nkind = "lode"\n', encoding="utf-8")
    code, out, err = place.run("run", str(file))
    told = code == 2 and not out and "Traceback" not in err and err.startswith("loadline: ")
    check(told, "a wrong job file is refused with a sentence", err)


def cancel(place: Place) -> None:
    """See a run that is cancelled by Ctrl+C end with 130, and its workers with it."""
    data = place.home / "slow"
    data.mkdir()
    line = "2021-03-05,{},Silver Heron,19.25\n"
    for number in range(4):
        with (data / f"{number}.csv").open("w", encoding="utf-8") as file:
            file.write("day,call,ship,hours\n")
            file.writelines(line.format(row) for row in range(SLOW_ROWS // 4))
    process = place.start("run", str(place.job(data, "slow")))
    until(lambda: any(place.home.glob("Loadline/slow*/parts/*")), "the run begins to load")
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=SECONDS)
    check(process.returncode == 130, "a run cancelled by Ctrl+C ends with 130", err)
    check("cancelled" in err and "Traceback" not in err, "and says so in plain words", err)
    left = [p.name for p in place.home.glob("Loadline/slow*/parts/*.tmp")]
    check(not left, "no half-written part stays", left)


def window(place: Place, picture: Path) -> None:
    """See it open its window, load the sample there and take a picture."""
    before = tuple(SCREEN) if sys.platform == "linux" else ()
    began = time.monotonic()
    code, out, err = place.run("demo", "--screenshot", str(picture), before=before)
    took = time.monotonic() - began
    check(code == 0, f"the window opens, loads and closes ({took:.1f} s)", out + err)
    check(not err, "without a word on stderr", err)
    check(json.loads(out)["balanced"], "its receipt adds up", out)
    check(picture.stat().st_size > 20_000, f"the picture is {picture}")


def until(fact: Callable[[], bool], sentence: str) -> None:
    """Wait until the fact holds; end the test when it does not come."""
    deadline = time.monotonic() + SECONDS
    while not fact():
        if time.monotonic() > deadline:
            raise SystemExit(f"FAILED: {sentence}")
        time.sleep(0.01)


def processes(program: Path) -> list[str]:
    """Return the command lines of this program's processes (Linux)."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "exe").resolve() == program.resolve():
                found.append((folder / "cmdline").read_text().replace("\0", " "))
        except OSError:  # ended meanwhile, or not ours
            continue
    return found


def main() -> None:
    """Try everything; the first that fails ends the program with 1."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("program", type=Path)
    parser.add_argument("--picture", type=Path, default=Path("dist/smoke.png"))
    args = parser.parse_args()
    picture: Path = args.picture.resolve()
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.unlink(missing_ok=True)
    home = Path(tempfile.mkdtemp(prefix="loadline-home-")).resolve()
    place = Place(args.program.resolve(), home)
    try:
        version(place)
        load(place)
        wrong_job(place)
        if sys.platform != "win32":
            cancel(place)
        window(place, picture)
        if sys.platform == "linux":
            until(lambda: not processes(place.program), f"left: {processes(place.program)}")
            print("  no process is left")
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print(f"{args.program}: all well")


if __name__ == "__main__":
    main()
