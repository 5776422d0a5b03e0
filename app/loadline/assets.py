"""The one door to what the program ships beside its code: icons, fonts, style, words, sample.

In an installed or frozen program the folder ``resources`` lies in the package, in a checkout at
its root. Nothing here imports Qt before it is asked to register something with it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

FONT_FILES = ("Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf")
_PACKAGE = Path(__file__).resolve().parent


@cache
def root() -> Path:
    """Return the folder ``resources``; raises `FileNotFoundError` for a broken installation."""
    for folder in (_PACKAGE / "resources", _PACKAGE.parents[1] / "resources"):
        if (folder / "icons").is_dir():
            return folder
    raise FileNotFoundError(f"The program's resources are missing beside {_PACKAGE}.")


def path(*parts: str) -> Path:
    """Return a file or folder below ``resources``; raises `FileNotFoundError` if there is none."""
    found = root().joinpath(*parts)
    if not found.exists():
        raise FileNotFoundError(f"Not shipped: {'/'.join(parts)}")
    return found


def icon(name: str) -> str:
    """Return the SVG text of an icon by its Lucide name, or of ``loadline``, the program's own."""
    return path("icons", f"{name}.svg").read_text(encoding="utf-8")


def style(name: str) -> str:
    """Return the text of a style sheet such as ``loadline.qss``."""
    return path("style", name).read_text(encoding="utf-8")


def sample_folder() -> Path:
    """Return the bundled folder of CSV files that the demonstration loads."""
    return path("sample", "harbour")


def translation(language: str) -> Path | None:
    """Return the compiled words of a language such as ``de``; None where there are none."""
    file = root() / "i18n" / f"loadline_{language}.qm"
    return file if file.is_file() else None


def languages() -> tuple[str, ...]:
    """Return the languages that words are shipped in, beside English."""
    found = (root() / "i18n").glob("loadline_*.qm")
    return tuple(sorted(file.stem.removeprefix("loadline_") for file in found))


def register_fonts() -> tuple[str, ...]:
    """Make the shipped fonts known to Qt and return their families; needs a `QGuiApplication`."""
    from PySide6.QtGui import QFontDatabase

    families: dict[str, None] = {}
    for name in FONT_FILES:
        number = QFontDatabase.addApplicationFont(str(path("fonts", name)))
        if number < 0:
            raise OSError(f"The font {name} cannot be read.")
        families |= dict.fromkeys(QFontDatabase.applicationFontFamilies(number))
    return tuple(families)


def register_search_paths() -> None:
    """Let Qt and style sheets find icons as ``icons:name.svg``; harmless when repeated."""
    from PySide6.QtCore import QDir

    QDir.setSearchPaths("icons", [str(path("icons"))])
