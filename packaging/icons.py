"""Render the program's icon for every system: ``python packaging/icons.py build/icons``.

Writes ``loadline-<size>.png`` (hicolor sizes), ``loadline.ico`` and ``loadline.icns``, all from
resources/icons/loadline.svg; needs PySide6.
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

SVG = Path(__file__).resolve().parents[1] / "resources" / "icons" / "loadline.svg"
HICOLOR = (16, 22, 24, 32, 48, 64, 128, 256, 512)
WINDOWS = (16, 24, 32, 48, 64, 128, 256)
MAC = {128: b"ic07", 256: b"ic08", 512: b"ic09", 1024: b"ic10"}


def png(size: int) -> bytes:
    """Return the icon as a PNG of `size` by `size` pixels."""
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(SVG)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise OSError("Qt cannot write PNG")
    return bytes(buffer.data().data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """Return a Windows icon of PNGs; layout: header, one 16-byte entry each, the pictures."""
    offset = 6 + 16 * len(pictures)
    entries, body = b"", b""
    for size, data in pictures.items():
        side = size % 256  # 0 stands for 256
        entries += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(data), offset + len(body))
        body += data
    return struct.pack("<HHH", 0, 1, len(pictures)) + entries + body


def icns(pictures: dict[int, bytes]) -> bytes:
    """Return a macOS icon of PNGs; layout: type and length (big-endian) before each."""
    body = b"".join(
        MAC[size] + struct.pack(">I", len(data) + 8) + data for size, data in pictures.items()
    )
    return b"icns" + struct.pack(">I", len(body) + 8) + body


def main(folder: Path) -> None:
    """Write all icons into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {size: png(size) for size in sorted({*HICOLOR, *WINDOWS, *MAC})}
    for size in HICOLOR:
        (folder / f"loadline-{size}.png").write_bytes(pictures[size])
    (folder / "loadline.ico").write_bytes(ico({size: pictures[size] for size in WINDOWS}))
    (folder / "loadline.icns").write_bytes(icns({size: pictures[size] for size in MAC}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
