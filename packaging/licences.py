"""Collect the licence texts of everything that a frozen program ships.

    python packaging/licences.py dist/loadline

Writes ``licences/`` beside the program: one text per distribution that is in it, as its authors
published it, those of Python, the font and the icons, and a list with versions. A distribution
without any text, and without one in ``packaging/licences``, ends the collection with an error:
nothing is shipped that nobody looked at.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXTRA = ROOT / "packaging" / "licences"
_TEXT = re.compile(r"(licen[cs]e|copying|notice|authors|third.?party)[^/]*$", re.IGNORECASE)
UNDER_QT = {"PySide6_Essentials", "shiboken6"}
QT = """Qt, PySide6 and shiboken6 are used under the GNU Lesser General Public License, version 3
(texts: LGPL-3.0.txt, GPL-3.0.txt). They are separate files in this folder, unchanged from the
distributions PySide6_Essentials and shiboken6 of the Python Package Index, and may be replaced by
other builds of the same version: put them into the folder PySide6 and start the program as before.
Their sources: https://download.qt.io/official_releases/ (Qt, QtForPython), version {version}.
"""


def shipped(program: Path) -> dict[str, metadata.Distribution]:
    """Return the distributions that the frozen `program` contains, by name."""
    owners = metadata.packages_distributions()
    names = {owner for module in modules(program) for owner in owners.get(module, ())}
    # What it needs of itself, and what freezing put before it.
    names |= {"pyinstaller"}
    return {name: metadata.distribution(name) for name in sorted(names, key=str.lower)}


def modules(program: Path) -> set[str]:
    """Return the names of the top modules in a frozen program."""
    from PyInstaller.archive.readers import CArchiveReader

    executable = next(program.glob("loadline.exe"), program / "loadline")
    archive = CArchiveReader(str(executable)).open_embedded_archive("PYZ.pyz")
    inside = {name.partition(".")[0] for name in archive.toc}
    return inside | {path.name.partition(".")[0] for path in (program / "_internal").iterdir()}


def texts(distribution: metadata.Distribution) -> dict[str, str]:
    """Return the licence texts of a distribution by the name of their file."""
    found = {}
    for file in distribution.files or ():
        if file.suffix not in {".py", ".pyc", ".so", ".qml"} and _TEXT.search(file.name):
            found[str(file)] = file.read_text(encoding="utf-8")
    return found


def terms(distribution: metadata.Distribution) -> str:
    """Return the licence's name as the authors wrote it, in one line; empty if they did not."""
    said = distribution.metadata.json
    named = str(said.get("license_expression") or said.get("license") or "").partition("\n")[0]
    classes = [line for line in said.get("classifier", ()) if line.startswith("License ::")]
    return named or ", ".join(line.rpartition(" :: ")[2] for line in classes)


def system_packages(program: Path) -> set[str]:
    """Return the Debian packages whose libraries were put into `program`."""
    names = {
        path.name
        for path in (program / "_internal").glob("lib*.so*")
        if "libpython" not in path.name
    }
    known = subprocess.run(["ldconfig", "-p"], capture_output=True, text=True, check=True).stdout
    paths = dict(re.findall(r"^\s+(\S+) .*x86-64.* => (\S+)$", known, re.MULTILINE))
    real = {str(Path(paths[name]).resolve()) for name in names & paths.keys()}
    # A package may still call its library by the old folder, /lib.
    files = real | {path.removeprefix("/usr") for path in real}
    asked = subprocess.run(["dpkg", "-S", *files], capture_output=True, text=True, check=False)
    return set(re.findall(r"^([^:\s]+):", asked.stdout, re.MULTILINE))


def python_text() -> str:
    """Return Python's own licence."""
    import builtins

    printer = vars(builtins)["license"]
    printer._Printer__setup()
    return "\n".join(printer._Printer__lines)


def main(program: Path) -> None:
    """Write the folder ``licences`` into `program`."""
    folder = program / "licences"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(EXTRA, folder)
    rows, missing = [f"Python {sys.version.split()[0]}"], []
    for name, distribution in shipped(program).items():
        if name == "loadline":
            continue
        found = texts(distribution)
        if not found and name not in UNDER_QT and not (EXTRA / f"{name}.txt").is_file():
            missing.append(name)
        for number, text in enumerate(found.values()):
            suffix = f"-{number}" if number else ""
            (folder / f"{name}{suffix}.txt").write_text(text, encoding="utf-8")
        rows.append(f"{name} {distribution.version}  {terms(distribution)}".rstrip())
    for name in sorted(system_packages(program)) if shutil.which("dpkg") else ():
        shutil.copyfile(f"/usr/share/doc/{name}/copyright", folder / f"{name}.txt")
        rows.append(f"{name}, from Debian")
    if missing:
        raise SystemExit(f"No licence text for: {', '.join(missing)}")
    (folder / "Python.txt").write_text(python_text(), encoding="utf-8")
    shutil.copyfile(ROOT / "LICENSE", folder / "Loadline.txt")
    shutil.copyfile(ROOT / "resources" / "fonts" / "OFL.txt", folder / "Inter.txt")
    shutil.copyfile(ROOT / "resources" / "icons" / "LICENSE", folder / "Lucide.txt")
    note = QT.format(version=metadata.version("PySide6_Essentials"))
    (folder / "Qt.txt").write_text(note, encoding="utf-8")
    (folder / "LIST.txt").write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
