"""Open a job file as a desktop does on a double-click: ``double_click.py ROOT``.

In the root, where the package is installed: the file's type, the program for that type, and its
menu entry, started by ``gio``. The window must come with the file's folder in it.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from place import Place, check, until
from virtual_screen import VirtualScreen

MIME_TYPE = "application/x-loadline-job"
ENTRY = "/usr/share/applications/loadline.desktop"


def asked(place: Place, *words: str) -> str:
    """Return what a command in the root answers."""
    told = subprocess.run(
        ["chroot", place.root, *words], env=place.environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    return told.stdout.strip() + told.stderr.strip()


def main(root: Path) -> None:
    """Ask for type and program, start it, look, end it."""
    home = Path(tempfile.mkdtemp(prefix="loadline-home-", dir=root / "tmp"))
    # Without a desktop's name xdg-mime would guess from the content alone.
    desktop = {"XDG_CURRENT_DESKTOP": "GNOME"}
    place = Place(Path("/usr/bin/loadline"), home, root, desktop)
    job = place.job(place.sample(), "quays")
    told = asked(place, "xdg-mime", "query", "filetype", job)
    check(told == MIME_TYPE, f"a job file is of the type {MIME_TYPE}", told)
    told = asked(place, "xdg-mime", "query", "default", MIME_TYPE)
    check(told == "loadline.desktop", "which loadline.desktop opens", told)
    with VirtualScreen() as screen:
        there = replace(place, extra=desktop | {"DISPLAY": screen.display})
        before = screen.colours()
        started_by = ["chroot", root, "gio", "launch", ENTRY, job]
        subprocess.run(
            started_by, env=there.environment, check=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        screen.window("Loadline")
        # The preview's table has more colours than the welcome.
        until(lambda: screen.colours() > before and screen.painted(), "the window is painted")
        started = [line for line in place.processes() if job in line]
        check(started, "gio starts it with the job file", place.processes())
        numbers = [n for n in Path("/proc").glob("[0-9]*") if _is(n, job)]
        screen.save(Path("dist/smoke-double-click.png"))
        for number in numbers:
            os.kill(int(number.name), signal.SIGTERM)
        until(lambda: not place.processes(), "it ends")
    shutil.rmtree(home, ignore_errors=True)


def _is(process: Path, job: str) -> bool:
    try:
        return f"open\0{job}\0" in (process / "cmdline").read_text()
    except OSError:
        return False


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
