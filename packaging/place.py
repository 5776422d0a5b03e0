"""Where a packaged program is tried: an empty home, no Python on the path, perhaps another root."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

Fact = TypeVar("Fact")
SAMPLE = Path(__file__).resolve().parents[1] / "resources" / "sample" / "harbour"
SAMPLE_ROWS = 58_400
SECONDS = 60.0
SHADOW = ["LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "QT_PLUGIN_PATH",
          "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "LANGUAGE", "LC_ALL"]  # fmt: skip
_HERE = Path("/")
_JOB = """\
format = 1
kind = "load"
name = "{name}"
[source]
type = "csv-folder"
path = '{data}'
[backend]
type = "local"
workers = 2
[output]
path = "{output}"
overwrite = true
"""


@dataclass(frozen=True)
class Place:
    """The program that is tried, and the home that it gets.

    `program` is its path as it sees it itself, below `root`; `home` is the folder as it is seen
    from outside.
    """

    program: Path
    home: Path
    root: Path = _HERE
    extra: dict[str, str] = field(default_factory=dict)
    """Further variables of its environment."""

    @property
    def file(self) -> Path:
        """The program's own file, as it is seen from outside."""
        return (self.root / self.program.relative_to("/")).resolve() if self._away else self.program

    @property
    def _away(self) -> bool:
        return self.root != _HERE

    def inside(self, path: Path) -> str:
        """Return what the program calls a path of ours."""
        return f"/{path.relative_to(self.root)}" if self._away else str(path)

    @property
    def environment(self) -> dict[str, str]:
        """The surroundings of a person without Python."""
        home = self.inside(self.home)
        kept = {name: value for name, value in os.environ.items() if name not in SHADOW}
        kept |= {"HOME": home, "XDG_RUNTIME_DIR": home}
        kept |= {"USERPROFILE": home, "APPDATA": str(self.home / "AppData")}
        if sys.platform == "linux":
            kept |= {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
            kept |= {"QT_QPA_PLATFORM": "xcb"}
        return kept | self.extra

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start the program with these words on its command line."""
        before = ["chroot", str(self.root)] if self._away else []
        return subprocess.Popen(
            [*before, str(self.program), *words], env=self.environment, cwd=self.home,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, encoding="utf-8", start_new_session=sys.platform != "win32",
        )  # fmt: skip

    def run(self, *words: str) -> tuple[int, str, str]:
        """Run the program to its end; return its exit code, stdout and stderr."""
        process = self.start(*words)
        out, err = process.communicate(timeout=SECONDS)
        return process.returncode, out, err

    def sample(self) -> Path:
        """Return the sample folder, put into the home."""
        folder = self.home / "harbour"
        if not folder.exists():
            shutil.copytree(SAMPLE, folder)
        return folder

    def job(self, data: Path, name: str, output: str = "rows.parquet", more: str = "") -> str:
        """Write a job file that loads the folder `data` with two workers; return its path."""
        text = _JOB.format(name=name, data=self.inside(data), output=output) + more
        return self.write(f"{name}.loadline", text)

    def write(self, name: str, text: str) -> str:
        """Write a file into the home; return its path as the program sees it."""
        file = self.home / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return self.inside(file)

    def processes(self) -> list[str]:
        """Return the command lines of this program's processes (Linux)."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if (folder / "exe").resolve() == self.file.resolve():
                    found.append((folder / "cmdline").read_text().replace("\0", " "))
            except OSError:  # ended meanwhile, or not ours
                continue
        return found


def check(fact: object, sentence: str, told: object = "") -> None:
    """Go on when the fact holds, end the test with the sentence when it does not."""
    if not fact:
        raise SystemExit(f"FAILED: {sentence}\n{told}")
    print(f"  {sentence}")


def until(fact: Callable[[], Fact], sentence: str) -> Fact:
    """Return the fact once there is one; end the test when it does not come."""
    deadline = time.monotonic() + SECONDS
    while not (found := fact()):
        if time.monotonic() > deadline:
            raise SystemExit(f"FAILED: {sentence}")
        time.sleep(0.005)
    return found
