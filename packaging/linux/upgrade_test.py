"""Try what becomes of a person's settings and runs when the .deb is upgraded and downgraded.

    python packaging/linux/upgrade_test.py dist/loadline_0.1.0_amd64.deb [--pictures FOLDER]

The version before is the same package with a lower number: installed, used (settings, a run, a run
that a kill -9 breaks off), and upgraded by apt-get. Settings and runs must still be there, open and
resume. Then settings, a job and a run as a newer version would leave them must be refused with a
sentence and stay as they are, with and without the window. Needs root (or sudo), and a machine
without the package.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from place import SAMPLE_ROWS, Place, check, until
from smoke_window import opened

BEFORE = "0.0.9"
ROWS = 1_000_000
FILES = 4
SETTINGS = 'format = 1\nappearance = "dark"\nlanguage = "de"\nruns_folder = "~/My runs"\n'
COPY = """\
format = 1
kind = "load"
name = "copy"
[source]
type = "dataset"
path = '{run}'
[output]
path = "copy.parquet"
overwrite = true
"""
REFUSED = "format 2; this program reads up to 1."
OLDEST, DIALOG = (54, 280), (630, 300)
"""Where the third of the recent runs stands in the window, and the middle of a dialog."""
_DARK = 80
"""No part of a dark window's background is lighter, of 255."""


def repacked(package: Path, folder: Path) -> Path:
    """Return the package with the lower number, made in `folder`."""
    subprocess.run(["dpkg-deb", "-R", package, folder / "tree"], check=True)
    control = folder / "tree" / "DEBIAN" / "control"
    text = re.sub(r"(?m)^Version: .*", f"Version: {BEFORE}", control.read_text(encoding="utf-8"))
    control.write_text(text, encoding="utf-8")
    made = folder / f"loadline_{BEFORE}_{package.stem.rpartition('_')[2]}.deb"
    pack = ["dpkg-deb", "--root-owner-group", "-Znone", "-b", str(folder / "tree"), str(made)]
    subprocess.run(pack, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(folder / "tree")
    made.parent.chmod(0o755)  # apt reads it as somebody else
    return made


def apt(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Let apt-get do something, without a question."""
    before = [] if os.geteuid() == 0 else ["sudo", "-n"]
    asked: list[str | Path] = [
        *before,
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "-qq",
        "-y",
        *words,
    ]
    return subprocess.run(asked, stdin=subprocess.DEVNULL, capture_output=True, text=True)  # noqa: PLW1510


def install(package: Path, version: str, *options: str) -> None:
    """Install the package over what is there."""
    told = apt("install", "--no-install-recommends", *options, package)
    asked = ["dpkg-query", "--show", "--showformat=${Version}", "loadline"]
    now = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    check(told.returncode == 0 and now == version, f"version {version} is installed", told)


def content(folder: Path) -> str:
    """Return a checksum of all files below a folder, or of one file."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")) if folder.is_dir() else [folder]:
        if file.is_file() and file.name != "lock":
            digest.update(str(file).encode() + file.read_bytes())
    return digest.hexdigest()


def run(place: Place, *words: str) -> dict[str, Any]:
    """Run a job to its good end and return its receipt."""
    code, out, err = place.run("run", *words, "--json")
    check(code == 0, f"loadline run {Path(words[0]).name} ends with 0", out + err)
    receipt: dict[str, Any] = json.loads(out)
    return receipt


def interrupted(place: Place) -> str:
    """Break a run off by kill -9 after its first files; return the run's name."""
    data = place.home / "slow"
    data.mkdir()
    for number in range(FILES):
        lines = "".join(f"{row},Silver Heron,19.25\n" for row in range(ROWS // FILES))
        (data / f"{number}.csv").write_text(f"call,ship,hours\n{lines}", encoding="utf-8")
    job = place.job(data, "slow", "slow.parquet", "[policy]\nconcurrency = 1\n")
    process = place.start("run", job)
    runs = place.home / "My runs"
    # The first is in the journal for sure when the second is there.
    until(lambda: len(list(runs.glob("slow*/parts/*.arrow"))) > 1, "two parts are there")
    process.kill()
    process.communicate()
    until(lambda: not place.processes(), "its workers end with it")
    (folder,) = runs.glob("slow*")
    check(not (folder / "receipt.json").exists(), "a run is broken off by kill -9")
    return folder.name


def kept(place: Place, finished: Path, name: str, before: tuple[str, str]) -> None:
    """See settings and runs as they were, the broken-off run resumed, the finished one opened."""
    settings = place.home / ".config" / "loadline" / "settings.toml"
    check((content(settings), content(finished)) == before, "settings and run are as they were")
    resumed = run(place, place.inside(place.home / "slow.loadline"), "--resume", name)
    states = [task["state"] for task in resumed["tasks"]]
    check(resumed["balanced"] and resumed["rows"] == ROWS, "the run is resumed in full", resumed)
    check("kept" in states, f"what it had finished is kept ({', '.join(states)})", states)
    again(place, finished)


def again(place: Place, finished: Path) -> None:
    """See the finished run opened, every part of it checked."""
    job = place.write("copy.loadline", COPY.format(run=place.inside(finished)))
    check(run(place, job)["rows"] == SAMPLE_ROWS, "the finished run is opened")


def refused(place: Place, what: Path, *words: str) -> None:
    """See a thing of a newer format refused with a sentence and left untouched."""
    before = content(what)
    code, out, err = place.run(*words)
    told = (code == 2 and not out, REFUSED in err, "Traceback" not in err)
    check(all(told), f"refused: {err.splitlines()[0] if err else code}", (code, out, err))
    check(content(what) == before, "and left untouched")


def newer(place: Place, finished: Path, pictures: Path) -> None:
    """See what a newer version left refused, without the window and with it."""
    settings = place.home / ".config" / "loadline" / "settings.toml"
    job = place.home / "sample.loadline"
    mark = finished / "run.json"
    texts = {file: file.read_text(encoding="utf-8") for file in (settings, job, mark)}
    job.write_text(texts[job].replace("format = 1", "format = 2"), encoding="utf-8")
    refused(place, job, "run", place.inside(job))
    look(place, pictures / "newer-job.png", job, place.inside(job))
    job.write_text(texts[job], encoding="utf-8")
    mark.write_text(texts[mark].replace('"format":1', '"format":2'), encoding="utf-8")
    refused(place, finished, "run", place.inside(job), "--resume", finished.name)
    look(place, pictures / "newer-run.png", finished, says=f"This run has {REFUSED}", at=OLDEST)
    mark.write_text(texts[mark], encoding="utf-8")
    settings.write_text("format = 2\nlook = 'new'\n", encoding="utf-8")
    refused(place, settings, "run", place.inside(job))
    look(place, pictures / "newer-settings.png", settings, says=f"The settings have {REFUSED}")
    settings.write_text(texts[settings], encoding="utf-8")


def look(
    place: Place,
    picture: Path,
    what: Path,
    *words: str,
    says: str = "",
    at: tuple[int, int] | None = None,
) -> None:
    """Open the window, with a file if one is named; what is of a newer format stays untouched.

    `says`: what a dialog must say, after a click `at` a place of the window if one is given.
    """
    before = content(what)
    with opened(place, *words) as (screen, window):
        if at is not None:
            screen.click(*at)
        if says:
            screen.window(says)
            until(lambda: sum(screen.pixel(*DIALOG)), "the dialog is painted")
            print(f"  the window says: {says}")
        else:
            screen.keys(window, "F1")  # the manual comes after what the window says at its start
            screen.window("(Loadline manual|Handbuch von Loadline)")
            screen.keys(window, "Escape")
        screen.save(picture)
    check(content(what) == before, f"{what.name} is untouched, see {picture.name}")


def used(place: Place) -> tuple[Path, str, tuple[str, str]]:
    """Use the version before; return a finished run, a broken-off one, and what they were like."""
    place.write(".config/loadline/settings.toml", SETTINGS)
    job = place.job(place.sample(), "sample", "sample.parquet")
    finished = Path(run(place, job)["run_folder"])
    check(finished.parent == place.home / "My runs", "it is kept where the settings say")
    name = interrupted(place)
    settings = place.home / ".config" / "loadline" / "settings.toml"
    return finished, name, (content(settings), content(finished))


def looks_german_and_dark(place: Place, picture: Path) -> None:
    """See the window as the settings want it."""
    with opened(place) as (screen, window):
        check(max(screen.pixel(640, 4)) < _DARK, "the window is dark")
        screen.save(picture)
        screen.keys(window, "F1")
        screen.window("Handbuch von Loadline")
        print("  and German")


def main() -> None:
    """Install, use, upgrade, downgrade and remove; the first that fails ends it with 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path)
    parser.add_argument("--pictures", type=Path, default=Path("build/upgrade"))
    args = parser.parse_args()
    args.pictures.mkdir(parents=True, exist_ok=True)
    package: Path = args.package.resolve()
    present = package.name.split("_")[1]
    scratch = Path(tempfile.mkdtemp(prefix="loadline-upgrade-")).resolve()
    try:
        old = repacked(package, scratch)
        (scratch / "home").mkdir()
        place = Place(Path("/usr/bin/loadline"), scratch / "home")
        install(old, BEFORE)
        finished, name, before = used(place)
        install(package, present)
        kept(place, finished, name, before)
        looks_german_and_dark(place, args.pictures / "upgraded.png")
        newer(place, finished, args.pictures)
        told = apt("install", "--no-install-recommends", old)
        check(told.returncode != 0, "apt-get asks before it downgrades", told)
        install(old, BEFORE, "--allow-downgrades")
        again(place, finished)
        check(not place.processes(), "no process is left")
    finally:
        apt("remove", "--purge", "loadline")
        shutil.rmtree(scratch, ignore_errors=True)
    print("upgrade and downgrade: all well")


if __name__ == "__main__":
    main()
