"""Renew the Lucide icons from an unpacked ``lucide-static`` package.

    npm pack lucide-static && tar xzf lucide-static-*.tgz
    python packaging/renew_icons.py package [more-icon-names ...]

Every icon in resources/icons is written anew, on few lines;
names given on the command line are added.
"""

import re
import shutil
import sys
from pathlib import Path

ICONS = Path(__file__).resolve().parents[1] / "resources" / "icons"
OWN_PREFIX = "loadline"
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" '
    'fill="none" stroke="currentColor" stroke-width="2" '
    'stroke-linecap="round" stroke-linejoin="round">'
)


def compact(svg: str) -> str:
    """Return the drawing of a Lucide file under the program's own head."""
    body = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
    if body is None:
        raise ValueError("not an SVG file")
    shapes = [line.strip() for line in body.group(1).splitlines() if line.strip()]
    return "\n".join([HEAD, *(f"  {shape}" for shape in shapes), "</svg>"]) + "\n"


def main(package: Path, more: list[str]) -> None:
    """Write the present and the named icons from `package`."""
    present = {path.stem for path in ICONS.glob("*.svg")}
    names = {name for name in present if not name.startswith(OWN_PREFIX)} | set(more)
    for name in sorted(names):
        svg = (package / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        (ICONS / f"{name}.svg").write_text(compact(svg), encoding="utf-8", newline="\n")
    shutil.copyfile(package / "LICENSE", ICONS / "LICENSE")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
