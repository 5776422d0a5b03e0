"""Build the frozen program into dist/loadline: ``python packaging/freeze.py``.

Needs PyInstaller and the program with its window in this Python; works alike on all systems.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ROOT / "dist" / "loadline"
MOST_BYTES = 350_000_000


def strip(program: Path) -> None:
    """Take debugging symbols out of Python itself (Linux); wheels come without, and some break."""
    inside = program / "_internal"
    files = [*inside.glob("libpython*.so*"), *inside.glob("python3*/lib-dynload/*.so")]
    files = [file for file in files if not file.is_symlink()]
    subprocess.run(["strip", "--strip-unneeded", *files], check=True)


def size(program: Path) -> int:
    """Return the bytes of all files below `program`, each counted once."""
    return sum(f.stat().st_size for f in program.rglob("*") if f.is_file() and not f.is_symlink())


def main() -> None:
    """Render icons, compile words, freeze, collect licences; refuse what has grown too large."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    packaging = ROOT / "packaging"
    icons = [sys.executable, str(packaging / "icons.py"), str(ROOT / "build" / "icons")]
    subprocess.run(icons, check=True, env=environment)
    words = [sys.executable, str(packaging / "translations.py"), "compile"]
    subprocess.run(words, check=True)
    freeze = ["-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    spec = str(packaging / "pyinstaller" / "loadline.spec")
    # Where it works and where it leaves the program: build/loadline and dist/loadline.
    subprocess.run([sys.executable, *freeze, spec], check=True, cwd=ROOT)
    if sys.platform == "linux":
        strip(PROGRAM)
    subprocess.run([sys.executable, packaging / "licences.py", PROGRAM], check=True)
    total = size(PROGRAM)
    print(f"{PROGRAM.relative_to(ROOT)}: {total / 1e6:.0f} MB")
    if total > MOST_BYTES:
        raise SystemExit(f"More than {MOST_BYTES / 1e6:.0f} MB: see pyinstaller/contents.py")


if __name__ == "__main__":
    main()
