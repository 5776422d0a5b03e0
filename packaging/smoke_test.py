"""Try the packaged program as a person who just installed it would.

    python packaging/smoke_test.py dist/loadline/loadline [--picture dist/smoke.png] [--root DIR]

It gets an empty home, no Python on its path and a virtual screen, and must: tell its version, load
the sample with two workers and account for every row, write Excel and SQLite, score, say what is
wrong with a job file, end a cancelled run with 130, open the window and take its picture, open its
manual, speak German, and leave no process and no word on stderr behind. With ``--root`` it is
started in that root (chroot), where ``program`` is to be found. Ends with 0 when all of that is so.
Runs on Linux, macOS and Windows (there without the cancel, which Windows cannot send; manual and
German are tried on Linux only).
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import sqlite3
import sys
import tempfile
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

from place import SAMPLE_ROWS, SECONDS, Place, check, until

SLOW_ROWS = 4_000_000
PEOPLE = "name,age\nBo Berg,12\nAnne Lee,40\nAnn Lee,41\n"
SCORER = """\
def ends(reference, frame):
    \'\'\'Whether the last letters are the same.\'\'\'
    return (frame["name"].str[-1] == reference["name"][-1]).astype(float)
"""
SCORED = """\
format = 1
kind = "score"
name = "scored"
[source]
type = "csv-folder"
path = "people"
[score]
reference = { name = "Ann Lee", age = 41 }
top = 2
compare = [
  { field = "name", measure = "jaro-winkler", weight = 2.0 },
  { field = "age", measure = "number", tolerance = 10.0 },
]
"""


def version(place: Place) -> None:
    """See it start and tell its version."""
    code, out, err = place.run("--version")
    check(code == 0 and out.startswith("Loadline ") and not err, "tells its version", out + err)


def load(place: Place) -> None:
    """See it load the sample with two workers and account for every row."""
    code, out, err = place.run("run", place.job(place.sample(), "sample"), "--json")
    check(code == 0, "a run of the sample ends with 0", out + err)
    receipt: dict[str, Any] = json.loads(out)
    check(receipt["balanced"] and receipt["rows"] == SAMPLE_ROWS, "its receipt adds up", receipt)
    check(all(task["state"] == "done" for task in receipt["tasks"]), "all its files are done")
    home = place.inside(place.home)
    check(Path(receipt["run_folder"]).is_relative_to(home), "runs are kept in the home")
    written = (place.home / "rows.parquet").read_bytes()
    check(written[:4] == written[-4:] == b"PAR1", "the table is written as Parquet")
    lines = err.splitlines()
    check(len(lines) == 1 and "balanced" in lines[0], "stderr has one line, the result", err)


def export(place: Place) -> None:
    """See the sample written as a workbook and as a database, with every row."""
    for name in ("rows.xlsx", "rows.sqlite"):
        job = place.job(place.sample(), f"to-{name[5:]}", name)
        code, out, err = place.run("run", job)
        check(code == 0, f"a run that writes {name} ends with 0", out + err)
    with zipfile.ZipFile(place.home / "rows.xlsx") as book:
        rows = book.read("xl/worksheets/sheet1.xml").count(b"<row ")
    check(rows == SAMPLE_ROWS + 1, "the workbook has every row and the names", rows)
    with closing(sqlite3.connect(place.home / "rows.sqlite")) as base:
        (table,) = base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchone()
        (rows,) = base.execute(f'SELECT count(*) FROM "{table}"').fetchone()
    check(rows == SAMPLE_ROWS, "the database has every row", rows)


def score(place: Place) -> None:
    """See it score records against a reference and rank them."""
    place.write("people/people.csv", PEOPLE)
    code, out, err = place.run("run", place.write("scored.loadline", SCORED), "--json")
    check(code == 0, "a scoring job ends with 0", out + err)
    receipt: dict[str, Any] = json.loads(out)
    best = receipt["top"]
    check(receipt["balanced"] and receipt["rows"] == len(PEOPLE.splitlines()) - 1, "in full", out)
    told = [(hit["rank"], round(hit["score"], 2)) for hit in best]
    check(told[0] == (1, 1.0) and 0.9 < told[1][1] < 1.0, "the nearest records come first", best)


def own_scorer(place: Place) -> None:
    """See it score with a scorer that lies in the person's own folder for these."""
    place.write("people/people.csv", PEOPLE)
    folder = ".local/share/loadline/scorers"
    place.write(f"{folder}/my_scorers.py", SCORER)
    info = f"{folder}/my_scorers-1.0.dist-info"
    place.write(f"{info}/METADATA", "Metadata-Version: 2.1\nName: my-scorers\nVersion: 1.0\n")
    place.write(f"{info}/entry_points.txt", "[loadline.scorers]\nsame-ends = my_scorers:ends\n")
    job = SCORED.replace("jaro-winkler", "same-ends").replace('"scored"', '"own"')
    code, out, err = place.run("run", place.write("own.loadline", job), "--json")
    check(code == 0, "a job with an own scorer ends with 0", out + err)
    best = json.loads(out)["top"]
    check(best[0]["parts"]["name"] > 0.0 and best[0]["rank"] == 1, "and its scores count", best)


def wrong_job(place: Place) -> None:
    """See it say what is wrong with a job file."""
    file = place.write("wrong.loadline", 'format = 1\nkind = "lode"\n')
    code, out, err = place.run("run", file)
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
    process = place.start("run", place.job(data, "slow"))
    until(lambda: any(place.home.glob("Loadline/slow*/parts/*")), "the run begins to load")
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=SECONDS)
    check(process.returncode == 130, "a run cancelled by Ctrl+C ends with 130", err)
    check("cancelled" in err and "Traceback" not in err, "and says so in plain words", err)
    left = [p.name for p in place.home.glob("Loadline/slow*/parts/*.tmp")]
    check(not left, "no half-written part stays", left)


def window(place: Place, picture: Path) -> None:
    """See it open its window, load the sample there and take a picture; on Linux more."""
    import smoke_window

    if sys.platform == "linux":
        smoke_window.demo(place, picture)
        smoke_window.manual(place, picture.with_name("smoke-manual.png"))
        smoke_window.german(place, picture.parent)
    else:
        smoke_window.plain_demo(place, picture)


def main() -> None:
    """Try everything; the first that fails ends the program with 1."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("program", type=Path)
    parser.add_argument("--picture", type=Path, default=Path("dist/smoke.png"))
    parser.add_argument("--root", type=Path, default=Path("/"))
    args = parser.parse_args()
    picture: Path = args.picture.resolve()
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.unlink(missing_ok=True)
    root: Path = args.root.resolve()
    within = None if root == Path("/") else root / "tmp"
    home = Path(tempfile.mkdtemp(prefix="loadline-home-", dir=within)).resolve()
    program = args.program.resolve() if within is None else args.program
    try:
        everything(Place(program, home, root), picture)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print(f"{args.program}: all well")


def everything(place: Place, picture: Path) -> None:
    """Try one thing after the other, in one home."""
    version(place)
    load(place)
    export(place)
    score(place)
    if sys.platform == "linux":  # elsewhere the folder is another
        own_scorer(place)
    wrong_job(place)
    if sys.platform != "win32":
        cancel(place)
    window(place, picture)
    if sys.platform == "linux":
        until(lambda: not place.processes(), f"left: {place.processes()}")
        print("  no process is left")


if __name__ == "__main__":
    main()
