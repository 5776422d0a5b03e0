"""The program's words in other languages: ``translations.py collect`` and ``… compile``.

*collect* brings ``resources/i18n/loadline_*.ts`` up to date with the sources (what a person has
translated stays); *compile* makes the ``.qm`` files that the program loads. Both use the tools
that come with PySide6. A new language: copy a ``.ts`` file, change its ``language``, translate.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "app" / "loadline" / "gui"
WORDS = ROOT / "resources" / "i18n"
_HELPER = re.compile(
    r"^def _tr\(text: str\) -> str:\n(?:    \"\"\".*\n)?"
    r"    return (?:QCoreApplication\.|_)translate\((\"[^\"]+\"), text\)",
    re.MULTILINE,
)


def collect(files: list[Path]) -> None:
    """Bring these ``.ts`` files up to date; a string that is gone from the sources goes."""
    with tempfile.TemporaryDirectory() as folder:
        for source in sorted(SOURCES.rglob("*.py")):
            copy = Path(folder, "loadline_" + "_".join(source.relative_to(SOURCES).parts))
            copy.write_text(plain(source.read_text(encoding="utf-8")), encoding="utf-8")
        copies = [str(path) for path in sorted(Path(folder).iterdir())]
        alias = ["-tr-function-alias", "translate+=_translate"]
        quiet = ["-silent", "-no-obsolete", "-locations", "none", "-sort-messages"]
        asked = [_tool("lupdate"), *quiet, *alias, *copies, "-ts", *map(str, files)]
        subprocess.run(asked, check=True)


def plain(source: str) -> str:
    """Return `source` with its helper ``_tr`` written out, which lupdate would not understand."""
    helper = _HELPER.search(source)
    if helper is None:
        return source
    rest = source[: helper.start()] + source[helper.end() :]
    return re.sub(r"(?<![\w.])_tr\(", f"QCoreApplication.translate({helper[1]}, ", rest)


def compiled(file: Path, target: Path) -> Path:
    """Make the ``.qm`` file of a ``.ts`` file in the folder `target` and return it.

    What has no translation stays English.
    """
    made = target / file.with_suffix(".qm").name
    told = [_tool("lrelease"), "-silent", str(file), "-qm", str(made)]
    subprocess.run(told, check=True)
    return made


def marked(source: str) -> set[str]:
    """Return the strings that `source` hands to ``tr``, ``_tr`` or ``translate`` as literals."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _called(node.func) in _PLACES:
            place = _PLACES[_called(node.func)]
            if len(node.args) > place and isinstance(node.args[place], ast.Constant):
                found.add(str(ast.literal_eval(node.args[place])))
    return found


_PLACES = {"tr": 0, "_tr": 0, "translate": 1, "_translate": 1}


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _tool(name: str) -> str:
    beside = Path(sys.executable).parent / f"pyside6-{name}"
    return str(beside) if beside.exists() else f"pyside6-{name}"


def main(command: str) -> None:
    """Collect or compile all languages."""
    files = sorted(WORDS.glob("loadline_*.ts"))
    if command == "collect":
        collect(files)
    elif command == "compile":
        for file in files:
            compiled(file, WORDS)
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
