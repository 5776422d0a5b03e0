"""Make dist/loadline-<version>-linux-<machine>.tar.gz: ``python packaging/linux/make_tar.py``.

It can be unpacked anywhere and started from there; ``share`` holds what a desktop reads, for those
who want to put it into ~/.local.
"""

from __future__ import annotations

import platform
import shutil
import tarfile

import tree

README = """\
Loadline {version}

Start it:                     ./loadline
Without a window:             ./loadline run JOB
Into the menu, for yourself:  cp -r share/* ~/.local/share/
                              ln -s "$PWD/loadline" ~/.local/bin/

Nothing else is installed. To remove it delete this folder; your runs stay in ~/Loadline.
It needs a 64-bit Linux with glibc 2.35 or newer and a desktop's usual libraries.
"""


def anonymous(info: tarfile.TarInfo) -> tarfile.TarInfo:
    """Return the entry without the names of who built it."""
    info.uid = info.gid = 0
    info.uname = info.gname = "root"
    info.mtime = int(tree.changed().timestamp())
    return info


def main() -> None:
    """Plant the folder and pack it."""
    name = f"loadline-{tree.VERSION}-linux-{platform.machine()}"
    folder = tree.ROOT / "build" / "tar" / name
    shutil.rmtree(folder.parent, ignore_errors=True)
    shutil.copytree(tree.PROGRAM, folder, symlinks=True)
    tree.plant_share(folder / "share")
    tree.put(folder / "README.txt", README.format(version=tree.VERSION))
    package = tree.ROOT / "dist" / f"{name}.tar.gz"
    with tarfile.open(package, "w:gz", compresslevel=6) as archive:
        archive.add(folder, arcname=name, filter=anonymous)
    print(f"{package.relative_to(tree.ROOT)}: {package.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
