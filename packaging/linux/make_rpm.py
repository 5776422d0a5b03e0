"""Make dist/loadline-<version>-1.<machine>.rpm: ``python packaging/linux/make_rpm.py``.

Needs rpmbuild. What it requires are the libraries that the program's files ask for and that are
not in it, by their sonames, so that one package suits every distribution that uses rpm.
"""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
from pathlib import Path

import tree

SPEC = """\
Name: loadline
Version: {version}
Release: 1
Summary: Load many files or records in order, and account for every row
License: MIT
AutoReqProv: no
{requires}
%global __os_install_post %{{nil}}
%global _build_id_links none
%define _binary_payload w6.zstdio
%description
Loadline turns many CSV files, or the records of a MongoDB collection, into one table, in the order
of the source and on all cores. What was read is what was loaded plus what was rejected, file by
file, or it says so.
%files
%defattr(-, root, root)
/usr/bin/loadline
/usr/lib/loadline
{files}
"""


def requires(program: Path) -> list[str]:
    """Return the sonames that the program asks the system for, and the newest glibc among them."""
    files = tree.binaries(program)
    told = subprocess.run(
        ["readelf", "-W", "-d", "-V", *files], capture_output=True, text=True, check=True
    ).stdout
    inside = {path.name for path in program.rglob("*.so*")}
    asked = set(re.findall(r"\(NEEDED\).*\[(.+)\]", told)) - inside
    newest = max(tuple(map(int, v.split("."))) for v in re.findall(r"GLIBC_(2\.\d+)", told))
    names = [f"{name}()(64bit)" for name in sorted(asked) if not name.startswith("ld-linux")]
    return [*names, f"libc.so.6(GLIBC_{'.'.join(map(str, newest))})(64bit)"]


def main() -> None:
    """Plant the tree, write the spec, pack."""
    top = tree.ROOT / "build" / "rpm"
    shutil.rmtree(top, ignore_errors=True)
    root = top / "root"
    tree.plant(root)
    share = root / "usr" / "share"
    files = [f"/{p.relative_to(root)}" for p in sorted(share.rglob("*")) if p.is_file()]
    needs = requires(root / "usr" / "lib" / "loadline")
    words = {"requires": "\n".join(f"Requires: {name}" for name in needs), "version": tree.VERSION}
    tree.put(top / "loadline.spec", SPEC.format(files="\n".join(files), **words))
    build = ["rpmbuild", "-bb", "--quiet", "--buildroot", str(root), "--define", f"_topdir {top}"]
    subprocess.run([*build, str(top / "loadline.spec")], check=True)
    machine = platform.machine()
    made = top / "RPMS" / machine / f"loadline-{tree.VERSION}-1.{machine}.rpm"
    package = tree.ROOT / "dist" / made.name
    shutil.copyfile(made, package)
    print(f"{package.relative_to(tree.ROOT)}: {package.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
