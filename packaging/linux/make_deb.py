"""Make dist/loadline_<version>_<architecture>.deb: ``python packaging/linux/make_deb.py``.

What it depends on is found by dpkg-shlibdeps in the program itself, so it names the libraries, and
their versions, that its files ask for and that are not in it. Build it on the oldest Debian that is
to run it. Needs dpkg-dev.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import tree

sys.path.insert(0, str(tree.ROOT / "packaging"))
from licences import system_packages  # found there

MAINTAINER = "Loadline contributors <maintainers@loadline.invalid>"
CONTROL = """\
Package: loadline
Version: {version}
Section: database
Priority: optional
Architecture: {architecture}
Installed-Size: {size}
Maintainer: {maintainer}
Depends: {depends}
Recommends: gnome-keyring | kwalletmanager
Description: load many files or records in order, and account for every row
 Loadline turns many CSV files, or the records of a MongoDB collection, into
 one table, in the order of the source and on all cores. What was read is what
 was loaded plus what was rejected, file by file, or it says so.
 .
 It is a window, and a command for scripts.
"""
CHANGELOG = """\
loadline ({version}) stable; urgency=medium

  * Package of this version; what changed is in CHANGELOG.md.

 -- {maintainer}  {date:%a, %d %b %Y %H:%M:%S +0000}
"""


def depends(program: Path, scratch: Path) -> str:
    """Return the packages, with versions, whose libraries the program asks for."""
    folders = {path.parent for path in program.rglob("*.so*")}
    tree.put(
        scratch / "debian" / "control", "Source: loadline\n\nPackage: loadline\nArchitecture: any\n"
    )
    told = subprocess.run(
        ["dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0",
         # What is in the program is not asked of the system.
         *(f"-x{name}" for name in sorted(system_packages(program))),
         *(f"-l{folder}" for folder in sorted(folders)), *map(str, tree.binaries(program))],
        cwd=scratch, capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = re.search(r"^shlibs:Depends=(.+)$", told.stdout, re.MULTILINE)
    if told.returncode or found is None:
        errors = [line for line in told.stderr.splitlines() if "error:" in line]
        raise SystemExit("\n".join(errors))
    return found.group(1)


def checksums(root: Path) -> str:
    """Return the lines of DEBIAN/md5sums."""
    files = sorted(p for p in root.rglob("*") if p.is_file() and not p.is_symlink())
    lines = []
    for file in files:
        digest = hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()
        lines.append(f"{digest}  {file.relative_to(root)}\n")
    return "".join(lines)


def main() -> None:
    """Plant the tree, add Debian's files, pack."""
    root = tree.ROOT / "build" / "deb"
    tree.plant(root)
    doc = root / "usr" / "share" / "doc" / "loadline"
    tree.put(doc / "copyright", tree.filled("copyright"))
    words = {"version": tree.VERSION, "maintainer": MAINTAINER, "date": tree.changed()}
    tree.squeeze(doc / "changelog.gz", CHANGELOG.format(**words))
    overrides = tree.SHARE / "lintian-overrides"
    tree.copy(overrides, root / "usr" / "share" / "lintian" / "overrides" / "loadline")
    tree.settle(root)
    scratch = tree.ROOT / "build" / "shlibdeps"
    shutil.rmtree(scratch, ignore_errors=True)
    (root / "DEBIAN").mkdir()  # by this dpkg-shlibdeps knows where $ORIGIN is
    sums = checksums(root)
    needs = depends(root / "usr" / "lib" / "loadline", scratch)
    size = sum(p.stat().st_size for p in root.rglob("*") if p.is_file() and not p.is_symlink())
    asked = ["dpkg", "--print-architecture"]
    architecture = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    words |= {"depends": needs, "size": size // 1024, "architecture": architecture}
    tree.put(root / "DEBIAN" / "control", CONTROL.format(**words))
    tree.put(root / "DEBIAN" / "md5sums", sums)
    package = tree.ROOT / "dist" / f"loadline_{tree.VERSION}_{architecture}.deb"
    pack = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z3", "--build", str(root), str(package)]
    subprocess.run(pack, check=True, stdout=subprocess.DEVNULL)
    print(f"{package.relative_to(tree.ROOT)}: {package.stat().st_size / 1e6:.0f} MB")
    print(f"  Depends: {needs}")


if __name__ == "__main__":
    main()
