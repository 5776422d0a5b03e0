"""The installed tree on Linux, from dist/loadline: what .deb, .rpm and .tar.gz have in common."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARE = Path(__file__).with_name("share")
PROGRAM = ROOT / "dist" / "loadline"
ICONS = ROOT / "build" / "icons"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)

sys.path.insert(0, str(ROOT / "app"))
import loadline  # noqa: E402  # the folder must be known first

VERSION = loadline.__version__


def changed() -> datetime:
    """Return when the project last changed: the same input gives the same package."""
    git = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    told = subprocess.run(git, capture_output=True, text=True, check=False).stdout.strip()
    return datetime.fromtimestamp(int(told), UTC) if told else datetime.now(UTC)


def filled(name: str) -> str:
    """Return the text of a file in ``share`` with version, date and licence put in."""
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    holder = re.search(r"Copyright \(c\) (.+)", licence)
    body = licence.partition("\n\n")[2].partition("\n\n")[2].strip()
    lines = (f" {line}" if line else " ." for line in body.splitlines())
    values = {
        "VERSION": VERSION,
        "DATE": f"{changed():%Y-%m-%d}",
        "HOLDER": holder.group(1) if holder else "",
        "LICENCE": "\n".join(lines),
    }
    text = (SHARE / name).read_text(encoding="utf-8")
    return re.sub(r"@([A-Z]+)@", lambda found: values[found.group(1)], text)


def plant_share(share: Path) -> None:
    """Write what desktops read (menu entry, icons, job files' type, description, manual)."""
    put(share / "applications" / "loadline.desktop", filled("loadline.desktop"))
    put(share / "mime" / "packages" / "loadline.xml", filled("loadline.xml"))
    put(share / "metainfo" / "org.loadline.Loadline.metainfo.xml", filled("metainfo.xml"))
    squeeze(share / "man" / "man1" / "loadline.1.gz", filled("loadline.1"))
    hicolor = share / "icons" / "hicolor"
    for size in SIZES:
        copy(ICONS / f"loadline-{size}.png", hicolor / f"{size}x{size}" / "apps" / "loadline.png")
    svg = ROOT / "resources" / "icons" / "loadline.svg"
    copy(svg, hicolor / "scalable" / "apps" / "loadline.svg")


def plant(root: Path) -> None:
    """Write the whole tree below `root`, as a package installs it."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(PROGRAM, root / "usr" / "lib" / "loadline", symlinks=True)
    (root / "usr" / "bin").mkdir()
    (root / "usr" / "bin" / "loadline").symlink_to("../lib/loadline/loadline")
    plant_share(root / "usr" / "share")
    settle(root)


def settle(root: Path) -> None:
    """Give all files the rights that installed files have."""
    for path in [root, *root.rglob("*")]:
        if path.is_symlink():
            continue
        runs = path.is_dir() or path == root / "usr" / "lib" / "loadline" / "loadline"
        path.chmod(0o755 if runs else 0o644)


def put(file: Path, text: str) -> None:
    """Write a text file and the folders that lead to it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def squeeze(file: Path, text: str) -> None:
    """Write a text with gzip as Debian wants it: best compression, no name, no time."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def copy(source: Path, target: Path) -> None:
    """Copy a file and make the folders that lead to it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def binaries(program: Path) -> list[Path]:
    """Return the ELF files of the program, each once."""
    files = [path for path in program.rglob("*") if path.is_file() and not path.is_symlink()]
    return sorted(path for path in files if path.open("rb").read(4) == b"\x7fELF")
